//! `POST /api/v2/analytics/queues/details/query`: how busy a queue is just now, as facts for the predictor.

use serde_json::Value;

use crate::http::{Request, Response};
use crate::json::{Given, ToJson, to_json};
use crate::profile::answer::{AMOUNT, SHARE, id, json as answer, number, rows};
use crate::profile::ask::{AN_ID, Clock, interval};
use crate::profile::cxone_v2::analytics;
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::{Fields, Report};

pub(super) const OPERATION: Operation = Operation::new(
    "queue-metrics",
    "analytics:queues:read",
    build,
    |response, _| facts(response).map(|told| told.to_json()),
);

const PATH: &str = "/api/v2/analytics/queues/details/query";

/// How busy a queue is.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueMetrics {
    /// The queue.
    pub queue: Option<String>,
    /// What is known of it, under the names that the predictor's method `rule` reads.
    pub facts: Measures,
}

to_json!(QueueMetrics {
    "queue": queue,
    "facts": facts,
});

/// What is known of a queue's load. What the platform doesn't tell is unknown, not zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// The share of their time that agents are busy, 0 to 1.
    pub occupancy: Option<f64>,
    /// How long callers wait, in seconds.
    pub wait_seconds: Option<f64>,
    /// Calls whose callers hung up while they waited.
    pub abandoned: Option<f64>,
    /// Calls that were answered.
    pub answered: Option<f64>,
}

to_json!(Measures {
    "occupancy": occupancy,
    "waitSeconds": wait_seconds,
    "abandoned": abandoned,
    "answered": answered,
});

/// Reads `{ queue, from?, to? }`: the last five minutes unless it says otherwise.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let queue = fields.required_id("queue", AN_ID, report);
    let usual = [Some("now-5m"), Some("now")];
    let interval = interval(&mut fields, Clock::Relative, usual, report);
    fields.finish(report);
    let (queue, interval) = (queue?, interval?);
    let body = analytics::query(
        queue,
        &interval,
        &["queue"],
        &["occupancy", "waitTime", "abandonedCount", "answeredCount"],
        None,
    );
    Some(Request::queries(OPERATION.name, PATH, &body))
}

/// What the answer tells, queue by queue.
///
/// # Errors
/// Where it holds no list of metrics.
pub fn facts(response: &Response) -> Result<Vec<QueueMetrics>, Unreadable> {
    let answer = answer(response)?;
    let one = |row: &Value| QueueMetrics {
        queue: id(row, &["queue", "queueId"]),
        facts: Measures {
            occupancy: number(row, &["occupancy"], SHARE),
            wait_seconds: number(row, &["waitTime"], AMOUNT),
            abandoned: number(row, &["abandonedCount"], AMOUNT),
            answered: number(row, &["answeredCount"], AMOUNT),
        },
    };
    Ok(rows(&answer, &["metrics", "results"])?
        .iter()
        .map(one)
        .collect())
}
