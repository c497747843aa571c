//! What the analytics of queues are asked for, in the form that all of them take.

use crate::json::{Body, body};

/// The query for some metrics of a queue within an interval, grouped so, in pages of this size where it has pages.
pub(super) fn query<'a>(
    queue: &'a str,
    [from, to]: &'a [String; 2],
    groups: &[&'a str],
    metrics: &[&'a str],
    page_size: Option<u64>,
) -> Body<'a> {
    let range = body([
        ("startDate", from.as_str().into()),
        ("endDate", to.as_str().into()),
    ]);
    let selector = body([("id", queue.into()), ("type", "queue".into())]);
    body([
        ("dateRange", range),
        ("groupBy", groups.into()),
        ("metrics", metrics.into()),
        ("selectors", vec![selector].into()),
        ("pageSize", page_size.into()),
    ])
}
