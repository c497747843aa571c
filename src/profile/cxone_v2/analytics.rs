//! What the analytics of queues are asked for, in the form that all of them take.

use serde_json::Value;

use crate::json::object;

/// The query for some metrics of a queue within an interval, grouped so, in pages of this size where it has pages.
pub(super) fn query(
    queue: &str,
    [from, to]: [String; 2],
    groups: &[&str],
    metrics: &[&str],
    page_size: Option<u64>,
) -> Value {
    let range = object([("startDate", from.into()), ("endDate", to.into())]);
    let selector = object([("id", queue.into()), ("type", "queue".into())]);
    object([
        ("dateRange", range),
        ("groupBy", groups.into()),
        ("metrics", metrics.into()),
        ("selectors", vec![selector].into()),
        ("pageSize", page_size.into()),
    ])
}
