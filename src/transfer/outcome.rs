//! How a run ended. Each ends in exactly one outcome.

use crate::error::spelled;
use crate::journal::Audit;
use crate::json::to_json;
use crate::model::reason::Reason;
use crate::model::target::Target;
use crate::stored::stored;
use crate::time::Timestamp;
use crate::transfer::Breaker;

spelled! {
    /// How a run ended.
    Status {
        /// The target took the call.
        Connected = "connected",
        /// Every step ended without the call being taken; nothing is pending.
        Failed = "failed",
        /// Nothing that could move the call was ever sent.
        Refused = "refused",
        /// The caller hung up.
        CallerLeft = "caller-left",
        /// The agent took the transfer back.
        Cancelled = "cancelled",
        /// The time ended while a transfer was pending, or its result unknown.
        Unresolved = "unresolved",
    }
}

spelled! {
    /// What answered.
    AnsweredBy {
        /// Somebody.
        Person = "person",
        /// A voicemail box, an IVR, music.
        Machine = "machine",
        /// The platform does not tell.
        Unknown = "unknown",
    }
}

spelled! {
    /// What became of a step.
    StepResult {
        /// It took the call.
        Connected = "connected",
        /// It was tried, and did not take the call.
        Failed = "failed",
        /// It was left out.
        Skipped = "skipped",
        /// It was tried, and how it ended is not known.
        Unresolved = "unresolved",
        /// The run ended before it could be tried.
        NotReached = "not-reached",
    }
}

/// One step of the plan, as it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRecord {
    /// Its id in the policy.
    pub id: String,
    /// Where the call was to go.
    pub target: Target,
    /// What became of it.
    pub result: StepResult,
    /// Why.
    pub reason: Option<Reason>,
    /// How often a transfer was sent for it.
    pub attempts: u32,
}

stored!(StepRecord {
    id,
    target,
    result,
    reason,
    attempts,
});
to_json!(StepRecord {
    "id": id,
    "target": target,
    "result": result,
    "reason": reason,
    "attempts": attempts,
});

/// How a run ended, why, and the record that proves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// The step that took the call, or that was under way.
    pub step: Option<String>,
    /// Where that step sent it.
    pub target: Option<Target>,
    /// The agent who took it, where the platform says so.
    pub agent: Option<String>,
    /// What answered.
    pub answered_by: Option<AnsweredBy>,
    /// How many transfers were sent.
    pub attempts: u32,
    /// Milliseconds from the beginning to the end.
    pub took: u64,
    /// When the run began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// Why it ended so: one reason a step that ended, in order, and the one that ended the run.
    pub reasons: Vec<Reason>,
    /// Every step of the plan.
    pub steps: Vec<StepRecord>,
    /// What happened, in order, with its chain of hashes.
    pub audit: Audit,
    /// How well the platform does; hand it to the next run on the same platform.
    pub breaker: Breaker,
}

to_json!(Outcome {
    "status": status,
    "step": step,
    "target": target,
    "agent": agent,
    "answeredBy": answered_by,
    "attempts": attempts,
    "took": took,
    "startedAt": started_at,
    "endedAt": ended_at,
    "reasons": reasons,
    "steps": steps,
    "audit": audit,
    "breaker": breaker,
});
