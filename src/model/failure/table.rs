//! The table of failures: what follows from each, as data.

use crate::model::failure::{Failure, FailureAttributes, Next};
use crate::model::reason::Blame;

const ANOTHER: &str = "I'm trying someone else for you.";
const TROUBLE: &str = "We have a technical problem. Please stay on the line.";
const MOMENT: &str = "One moment, please.";
const BUSY: &str = "All lines are busy. Please stay on the line.";

/// All failures and what follows from them.
pub const FAILURES: &[FailureAttributes] = {
    use Blame::{Host, Network, Nobody, Platform, Request, Target};
    use Next::{AskFirst, End, NextTarget, SameTarget};
    &[
        row(
            Failure::Busy,
            NextTarget,
            Target,
            false,
            "The target is busy",
            ANOTHER,
        ),
        row(
            Failure::NoAnswer,
            NextTarget,
            Target,
            false,
            "Nobody answered",
            ANOTHER,
        ),
        row(
            Failure::Declined,
            NextTarget,
            Target,
            false,
            "The target did not take the call",
            ANOTHER,
        ),
        row(
            Failure::Unreachable,
            NextTarget,
            Target,
            false,
            "The target cannot be reached just now",
            ANOTHER,
        ),
        row(
            Failure::MachineAnswered,
            NextTarget,
            Target,
            false,
            "A machine answered",
            ANOTHER,
        ),
        row(
            Failure::NumberInvalid,
            NextTarget,
            Request,
            true,
            "There is no such number",
            ANOTHER,
        ),
        row(
            Failure::NumberBarred,
            NextTarget,
            Request,
            true,
            "Calls to this number are not let through",
            ANOTHER,
        ),
        row(
            Failure::NotFound,
            NextTarget,
            Request,
            true,
            "The platform does not know this target",
            ANOTHER,
        ),
        row(
            Failure::QueueClosed,
            NextTarget,
            Target,
            false,
            "The queue is closed",
            ANOTHER,
        ),
        row(
            Failure::QueueFull,
            NextTarget,
            Target,
            false,
            "The queue is full",
            BUSY,
        ),
        row(
            Failure::NoAvailableAgent,
            NextTarget,
            Target,
            false,
            "No agent is available",
            BUSY,
        ),
        row(
            Failure::RoutingLoop,
            NextTarget,
            Request,
            true,
            "The call went in a circle",
            MOMENT,
        ),
        row(
            Failure::NotSupported,
            NextTarget,
            Request,
            false,
            "The platform cannot transfer a call there",
            ANOTHER,
        ),
        row(
            Failure::MediaFailed,
            NextTarget,
            Network,
            true,
            "The two sides have no codec in common",
            ANOTHER,
        ),
        row(
            Failure::NetworkCongested,
            SameTarget,
            Network,
            false,
            "The network is full",
            BUSY,
        ),
        row(
            Failure::NetworkFailed,
            SameTarget,
            Network,
            true,
            "The network failed",
            MOMENT,
        ),
        row(
            Failure::RateLimited,
            SameTarget,
            Host,
            true,
            "The platform asks for a pause",
            MOMENT,
        ),
        row(
            Failure::Unauthorized,
            End,
            Host,
            true,
            "The platform does not accept the sign-in",
            TROUBLE,
        ),
        row(
            Failure::MissingScope,
            End,
            Host,
            true,
            "The sign-in lacks a permission",
            TROUBLE,
        ),
        row(
            Failure::PayloadRefused,
            NextTarget,
            Request,
            true,
            "The platform refused the request",
            MOMENT,
        ),
        row(
            Failure::Conflict,
            NextTarget,
            Nobody,
            false,
            "The call cannot be transferred in its present state",
            MOMENT,
        ),
        row(
            Failure::ServerError,
            AskFirst,
            Platform,
            true,
            "The platform had an internal error",
            MOMENT,
        ),
        row(
            Failure::AnswerLost,
            AskFirst,
            Network,
            false,
            "The platform's answer was lost",
            MOMENT,
        ),
        row(
            Failure::NotSent,
            SameTarget,
            Host,
            true,
            "The request could not be sent",
            TROUBLE,
        ),
        row(
            Failure::TimedOut,
            NextTarget,
            Target,
            false,
            "Nobody took the call in time",
            ANOTHER,
        ),
        row(
            Failure::CallNotFound,
            End,
            Nobody,
            false,
            "The platform does not know this call",
            "",
        ),
        row(
            Failure::CallerLeft,
            End,
            Nobody,
            false,
            "The caller hung up",
            "",
        ),
        row(
            Failure::Cancelled,
            End,
            Nobody,
            false,
            "The transfer was cancelled",
            MOMENT,
        ),
        row(
            Failure::TransferFailed,
            NextTarget,
            Target,
            false,
            "The transfer failed",
            ANOTHER,
        ),
    ]
};

/// A row of the table. What may be tried again at the same target, or after the platform was asked, is retryable.
const fn row(
    failure: Failure,
    next: Next,
    blame: Blame,
    alert: bool,
    agent_reads: &'static str,
    caller_hears: &'static str,
) -> FailureAttributes {
    FailureAttributes {
        failure,
        retryable: matches!(next, Next::SameTarget | Next::AskFirst),
        next,
        blame,
        alert,
        agent_reads,
        caller_hears,
    }
}

/// The row of a failure. Every failure has one; what had none would be a defect of ours.
pub(super) fn row_of(failure: Failure) -> FailureAttributes {
    let found = FAILURES.iter().find(|row| row.failure == failure);
    let defect = row(
        failure,
        Next::NextTarget,
        Blame::Patchcord,
        true,
        "The transfer failed",
        "",
    );
    found.copied().unwrap_or(defect)
}
