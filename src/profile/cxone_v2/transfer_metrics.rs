//! `POST /api/v2/analytics/conversations/details/query`: how the transfers of a call went, within an interval.

use crate::http::{Request, Response};
use crate::json::{Body, Given, ToJson, body, to_json};
use crate::profile::answer::{AMOUNT, number, object as answer};
use crate::profile::ask::{AN_ID, Clock, interval};
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::{Fields, Report};

pub(super) const OPERATION: Operation = Operation::new(
    "transfer-metrics",
    "analytics:conversation:read",
    build,
    |response, _| facts(response).map(|told| told.to_json()),
)
.optional();

const PATH: &str = "/api/v2/analytics/conversations/details/query";

/// How many conversations an answer may tell of.
const MOST_CONVERSATIONS: u64 = 1_000;

/// What the analytics count of a call's transfers. What they don't tell is unknown, not zero.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferMetrics {
    /// Transfers that succeeded.
    pub succeeded: Option<f64>,
    /// How long a transfer took on average, in seconds.
    pub mean_seconds: Option<f64>,
}

to_json!(TransferMetrics {
    "succeeded": succeeded,
    "meanSeconds": mean_seconds,
});

/// Reads `{ call, from, to }`: the interval is the caller's, or the run's own `startedAt` and `endedAt`.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let call = fields.required_id("call", AN_ID, report);
    let interval = interval(&mut fields, Clock::Absolute, [None; 2], report);
    fields.finish(report);
    let ([from, to], call) = (interval?, call?);
    let metric = |name, kind| body([("name", Body::Text(name)), ("type", Body::Text(kind))]);
    let filter = body([
        ("type", "call".into()),
        ("field", "callId".into()),
        ("values", vec![call].into()),
    ]);
    let metrics = vec![
        metric("transferSuccess", "count"),
        metric("transferDuration", "average"),
    ];
    let counted = body([
        ("metrics", metrics.into()),
        ("filters", vec![filter].into()),
    ]);
    let body = body([
        ("from", from.as_str().into()),
        ("to", to.as_str().into()),
        ("size", MOST_CONVERSATIONS.into()),
        ("aggregations", body([("transferMetrics", counted)])),
    ]);
    Some(Request::queries(OPERATION.name, PATH, &body))
}

/// What the answer counts.
///
/// # Errors
/// Where it is no object.
pub fn facts(response: &Response) -> Result<TransferMetrics, Unreadable> {
    let answer = answer(response)?;
    let told = answer.pointer("/aggregations/transferMetrics");
    let metric = |name| told.and_then(|told| number(told, &[name], AMOUNT));
    Ok(TransferMetrics {
        succeeded: metric("transferSuccess"),
        mean_seconds: metric("transferDuration"),
    })
}
