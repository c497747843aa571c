//! The audit record of a handoff: who got the call, what they were doing just then, and what the analytics say of it.

use serde_json::Value;

use crate::json::{Given, ToJson, object};
use crate::time::Timestamp;
use crate::validate::{Fields, Report};

/// What stands where the agent's presence is not known.
const UNKNOWN: &str = "UNKNOWN";

/// The record of `{ call, outcome, presence?, metrics? }`: an outcome in JSON, the facts of its agent's presence, and those of
/// the call's transfers. What could not be read is left out; it keeps the record from nothing.
pub fn handoff<'a>(input: impl Into<Given<'a>>, report: &mut Report) -> Option<Value> {
    let mut fields = Fields::open(input, "$", report)?;
    let call = fields.required_id("call", "name the call that was transferred", report);
    let outcome = fields.required("outcome", "pass the outcome as it came", report);
    let presence = fields.value("presence").and_then(|told| told.get("status"));
    let metrics = fields.value("metrics");
    fields.finish(report);
    let (call, outcome) = (call?, outcome?);
    let target = outcome.get("target");
    let mut run = Fields::open(outcome, "$.outcome", report)?;
    let hint = "pass the outcome as it came";
    let status = run
        .required("status", hint, report)
        .and_then(|_| run.text("status", report));
    let ended = run
        .required("endedAt", hint, report)
        .and_then(|_| run.integer("endedAt", 0..=i64::MAX.unsigned_abs(), report));
    let ended = ended.and_then(|at| i64::try_from(at).ok());
    let word = match status? {
        "connected" => "COMPLETED".to_owned(),
        other => other.to_uppercase().replace('-', "_"),
    };
    Some(object([
        ("timestamp", Timestamp::from_millis(ended?).to_iso().into()),
        ("callId", call.into()),
        (
            "targetQueueId",
            target.and_then(|target| target.get("queue")).to_json(),
        ),
        ("agentId", outcome.get("agent").to_json()),
        (
            "agentPresence",
            presence.map_or_else(|| UNKNOWN.into(), |told| told.to_json()),
        ),
        ("analyticsSnapshot", metrics.to_json()),
        ("auditAction", format!("TRANSFER_{word}").into()),
    ]))
}
