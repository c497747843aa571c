//! Why a transfer failed, whoever says so: one table of failures with fixed attributes, and what the codes of HTTP, SIP, Q.850
//! and the vendors mean in it. The code that was told is kept as evidence. The documentation is made from the same table.

mod codes;
mod table;

use serde_json::Value;

use crate::error::spelled;
use crate::json::{ToJson, object};
use crate::model::reason::Blame;
use crate::private::scrubbed;

pub use codes::{HTTP, Meaning, Q850, SIP, VENDORS, of_http, of_q850, of_sip, of_vendor};
pub use table::FAILURES;

spelled! {
    /// Why a transfer failed.
    Failure {
        /// The target is on the line already.
        Busy = "busy",
        /// The target did not answer.
        NoAnswer = "no-answer",
        /// The target would not take the call.
        Declined = "declined",
        /// The target cannot be reached just now.
        Unreachable = "unreachable",
        /// A machine answered where a person was wanted.
        MachineAnswered = "machine-answered",
        /// There is no such number, or it is not whole.
        NumberInvalid = "number-invalid",
        /// Calls to this number, or from this house, are not let through.
        NumberBarred = "number-barred",
        /// There is no such queue, skill or agent.
        NotFound = "not-found",
        /// The queue takes no calls at this time.
        QueueClosed = "queue-closed",
        /// The queue is full.
        QueueFull = "queue-full",
        /// Nobody is there for the queue, or nobody with the skill.
        NoAvailableAgent = "no-available-agent",
        /// The call went in a circle.
        RoutingLoop = "routing-loop",
        /// The platform, or the network, cannot do this.
        NotSupported = "not-supported",
        /// The two sides have no way of speech in common.
        MediaFailed = "media-failed",
        /// The network is full.
        NetworkCongested = "network-congested",
        /// The network failed.
        NetworkFailed = "network-failed",
        /// The platform asks for a pause.
        RateLimited = "rate-limited",
        /// The platform does not take the sign-in.
        Unauthorized = "unauthorized",
        /// The sign-in lacks a permission.
        MissingScope = "missing-scope",
        /// The platform refused the request as it was written.
        PayloadRefused = "payload-refused",
        /// The call is in a state that allows no transfer.
        Conflict = "conflict",
        /// The platform failed inside.
        ServerError = "server-error",
        /// No whole answer came back: whether the transfer began is not known.
        AnswerLost = "answer-lost",
        /// The request never left this host.
        NotSent = "not-sent",
        /// Nobody took the call in time.
        TimedOut = "timed-out",
        /// The platform does not know the call, or no longer.
        CallNotFound = "call-not-found",
        /// The caller hung up.
        CallerLeft = "caller-left",
        /// The transfer was taken back.
        Cancelled = "cancelled",
        /// The transfer failed, and nothing says why.
        TransferFailed = "transfer-failed",
    }
}

spelled! {
    /// Where to go on after a failure.
    Next {
        /// The same target may be tried again.
        SameTarget = "same-target",
        /// Another target may do better.
        NextTarget = "next-target",
        /// The platform must be asked first what became of the call.
        AskFirst = "ask-first",
        /// No target can do better.
        End = "end",
    }
}

/// What follows from a failure, always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailureAttributes {
    /// The failure.
    pub failure: Failure,
    /// The same may be tried again in this run, with a pause.
    pub retryable: bool,
    /// Where to go on.
    pub next: Next,
    /// Whose fault it is.
    pub blame: Blame,
    /// Somebody should be told, beyond the agent.
    pub alert: bool,
    /// What the agent reads.
    pub agent_reads: &'static str,
    /// What the caller hears, where they should hear anything.
    pub caller_hears: &'static str,
}

impl Failure {
    /// The failure's row in the table.
    pub fn attributes(self) -> FailureAttributes {
        table::row_of(self)
    }
}

/// A failure with the code by which it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The failure.
    pub failure: Failure,
    /// Who told it: `http`, `sip`, `q850`, or a vendor's name.
    pub told_by: String,
    /// The code as it was told.
    pub evidence: String,
}

impl ToJson for Failed {
    fn to_json(&self) -> Value {
        let row = self.failure.attributes();
        object([
            ("code", self.failure.to_json()),
            ("retryable", row.retryable.into()),
            ("next", row.next.to_json()),
            ("blame", row.blame.to_json()),
            ("alert", row.alert.into()),
            ("agentReads", row.agent_reads.into()),
            ("callerHears", row.caller_hears.into()),
            ("toldBy", self.told_by.to_json()),
            ("evidence", self.evidence.to_json()),
        ])
    }
}

/// What a code means. `told_by` is `http`, `sip`, `q850`, or a vendor's name; what is not known is a failed transfer, with its
/// evidence. Phone numbers in a code are redacted.
///
/// ```
/// use patchcord::model::failure::{Failure, failed};
///
/// let busy = failed("sip", "486");
/// assert_eq!((busy.failure, busy.evidence.as_str()), (Failure::Busy, "486"));
/// ```
pub fn failed(told_by: &str, code: &str) -> Failed {
    let number = code.trim().parse::<u16>().ok();
    let failure = match told_by {
        "http" => number.map(of_http),
        "sip" => number.map(of_sip),
        "q850" => number.map(of_q850),
        vendor => of_vendor(vendor, code),
    };
    Failed {
        failure: failure.unwrap_or(Failure::TransferFailed),
        told_by: scrubbed(told_by),
        evidence: scrubbed(code),
    }
}
