//! `POST /api/v2/analytics/queues/data/query`: how long callers of a queue waited and how many gave up, page by page.

use crate::http::{Request, Response};
use crate::json::{Given, ToJson, to_json};
use crate::profile::answer::{AMOUNT, Page, id, number, page, text};
use crate::profile::ask::{AN_ID, Clock, asks_next, first_page, interval, next_page};
use crate::profile::cxone_v2::analytics;
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::Report;

pub(super) const OPERATION: Operation = Operation::new(
    "wait-distribution",
    "analytics:conversations:read",
    build,
    |response, _| facts(response).map(|told| told.to_json()),
)
.optional();

const PATH: &str = "/api/v2/analytics/queues/data/query";

/// The callers of a queue whose wait lay in one range.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitRange {
    /// The queue.
    pub queue: Option<String>,
    /// The platform's word for the range.
    pub range: Option<String>,
    /// Callers who hung up while they waited.
    pub abandoned: Option<f64>,
    /// How long they waited, in seconds.
    pub wait_seconds: Option<f64>,
}

to_json!(WaitRange {
    "queue": queue,
    "range": range,
    "abandoned": abandoned,
    "waitSeconds": wait_seconds,
});

/// Reads `{ queue, from?, to?, pageSize? }` for the first page, the last seven days unless it says otherwise; `{ next,
/// nextMethod? }` for each after it.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    if asks_next(input) {
        return next_page(OPERATION.name, PATH, input, report);
    }
    let mut fields = first_page(input, report)?;
    let queue = fields.required_id("queue", AN_ID, report);
    let usual = [Some("now-7d"), Some("now")];
    let interval = interval(&mut fields, Clock::Relative, usual, report);
    let size = fields.integer("pageSize", 1..=1_000, report).unwrap_or(50);
    fields.finish(report);
    let (queue, interval) = (queue?, interval?);
    let body = analytics::query(
        queue,
        &interval,
        &["waitTimeRange", "queue"],
        &["abandonedCount", "waitTime"],
        Some(size),
    );
    Some(Request::queries(OPERATION.name, PATH, &body))
}

/// One page of the distribution.
///
/// # Errors
/// Where it holds no list of results.
pub fn facts(response: &Response) -> Result<Page<WaitRange>, Unreadable> {
    page(response, &["results"], |row| {
        Some(WaitRange {
            queue: id(row, &["queue", "queueId"]),
            range: text(row, &["waitTimeRange"]),
            abandoned: number(row, &["abandonedCount"], AMOUNT),
            wait_seconds: number(row, &["waitTime"], AMOUNT),
        })
    })
}
