//! What follows from a reason, always the same.

use serde_json::Value;

use crate::error::spelled;
use crate::json::{ToJson, object, serialize};
use crate::model::reason::ReasonCode;

spelled! {
    /// Whose fault it is.
    Blame {
        /// Nobody's: that is how calls go.
        Nobody = "nobody",
        /// The target's: closed, unstaffed, not answering.
        Target = "target",
        /// The platform's.
        Platform = "platform",
        /// The network's.
        Network = "network",
        /// The host's: its token, its scopes, its time.
        Host = "host",
        /// The policy's or the request's.
        Request = "request",
        /// Ours.
        Patchcord = "patchcord",
    }
}

spelled! {
    /// Where to go on.
    Next {
        /// To the target itself: it is no failure.
        ThisTarget = "this-target",
        /// The same target may be tried again, with a pause.
        SameTarget = "same-target",
        /// Another target may do better.
        NextTarget = "next-target",
        /// The platform must be asked first what became of the call.
        AskFirst = "ask-first",
        /// No target can do better, so the run ends here.
        End = "end",
    }
}

spelled! {
    /// What the caller hears meanwhile.
    Phrase {
        /// Nothing.
        Nothing = "",
        /// Somebody else is tried.
        Another = "I'm trying someone else for you.",
        /// It is nobody's business but ours.
        Moment = "One moment, please.",
        /// There are too many calls.
        Busy = "All lines are busy. Please stay on the line.",
        /// Something is broken.
        Trouble = "We have a technical problem. Please stay on the line.",
    }
}

/// A reason's row in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// The reason.
    pub code: ReasonCode,
    /// Where to go on.
    pub next: Next,
    /// Whose fault it is.
    pub blame: Blame,
    /// Somebody should be told, beyond the agent.
    pub alert: bool,
    /// What the agent reads.
    pub agent_reads: &'static str,
    /// What the caller hears, where they should hear anything.
    pub caller_hears: Phrase,
}

impl Attributes {
    /// Whether the same target may be tried again in this run, at once or once the platform was asked.
    pub const fn retryable(&self) -> bool {
        matches!(self.next, Next::SameTarget | Next::AskFirst)
    }

    /// Whether no other target can do better, so that the run ends.
    pub const fn ends_run(&self) -> bool {
        matches!(self.next, Next::End)
    }
}

impl ToJson for Attributes {
    fn to_json(&self) -> Value {
        object([
            ("code", self.code.to_json()),
            ("retryable", self.retryable().into()),
            ("next", self.next.to_json()),
            ("blame", self.blame.to_json()),
            ("alert", self.alert.into()),
            ("agentReads", self.agent_reads.into()),
            ("callerHears", self.caller_hears.to_json()),
        ])
    }
}
serialize!(Attributes);
