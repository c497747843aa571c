//! How it ended, as data.

use serde_json::Value;

use crate::error::spelled;
use crate::json::to_json;
use crate::time::Timestamp;
use crate::transfer::Breaker;

spelled! {
    /// How an operation ended.
    Status {
        /// The platform did it, or told what was asked.
        Done = "done",
        /// The platform refused it: nothing was done.
        Refused = "refused",
        /// It may have been done or not: look before it is sent again.
        Unknown = "unknown",
        /// It came to nothing: nothing was done, and nothing was told.
        Failed = "failed",
        /// It was cancelled before anything could be done.
        Cancelled = "cancelled",
    }
}

/// How an operation ended, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The operation's name.
    pub operation: &'static str,
    /// How it ended.
    pub status: Status,
    /// The HTTP status of the last answer.
    pub http_status: Option<u16>,
    /// What the platform told, as facts in JSON: see [`parts::read_response`](crate::parts::read_response).
    pub answer: Option<Value>,
    /// Why it is not done, or why its answer could not be read: `{ code, message, hint, … }`.
    pub problem: Option<Value>,
    /// How often it was sent.
    pub attempts: u32,
    /// Milliseconds that the last request took to its answer.
    pub latency: Option<u64>,
    /// Milliseconds from the beginning to the end.
    pub took: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How well the platform does; hand it to the next run on the same platform.
    pub breaker: Breaker,
}

to_json!(Outcome {
    "operation": operation,
    "status": status,
    "httpStatus": http_status,
    "answer": answer,
    "problem": problem,
    "attempts": attempts,
    "latency": latency,
    "took": took,
    "startedAt": started_at,
    "endedAt": ended_at,
    "breaker": breaker,
});
