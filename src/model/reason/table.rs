//! The table of reasons: what follows from each, as data.

use crate::model::reason::{Attributes, Blame, Next, Phrase, ReasonCode};

use Blame::{Host, Network, Nobody, Patchcord, Platform, Request, Target};
use Next::{AskFirst, End, NextTarget, SameTarget, ThisTarget};
use Phrase::{Another, Busy, Moment, Nothing, Trouble};
use ReasonCode as Code;

/// Why a transfer failed, and what follows from it.
#[rustfmt::skip]
pub const FAILURES: &[Attributes] = &[
    row(Code::Busy, NextTarget, Target, false, "The target is busy", Another),
    row(Code::NoAnswer, NextTarget, Target, false, "Nobody answered", Another),
    row(Code::Declined, NextTarget, Target, false, "The target did not take the call", Another),
    row(Code::Unreachable, NextTarget, Target, false, "The target cannot be reached just now", Another),
    row(Code::MachineAnswered, NextTarget, Target, false, "A machine answered", Another),
    row(Code::NumberInvalid, NextTarget, Request, true, "There is no such number", Another),
    row(Code::NumberBarred, NextTarget, Request, true, "Calls to this number are not let through", Another),
    row(Code::NotFound, NextTarget, Request, true, "The platform does not know this target", Another),
    row(Code::NoCampaign, NextTarget, Target, true, "Queue is not associated with any active campaign", Another),
    row(Code::NoActiveCampaign, NextTarget, Target, false, "Campaign is not active", Another),
    row(Code::QueueClosed, NextTarget, Target, false, "The queue is closed", Another),
    row(Code::QueueFull, NextTarget, Target, false, "The queue is full", Busy),
    row(Code::NoAvailableAgent, NextTarget, Target, false, "No agent is available", Busy),
    row(Code::RoutingLoop, NextTarget, Request, true, "The call went in a circle", Moment),
    row(Code::NotSupported, NextTarget, Request, false, "The platform cannot transfer a call there", Another),
    row(Code::MediaFailed, NextTarget, Network, true, "The two sides have no codec in common", Another),
    row(Code::NetworkCongested, SameTarget, Network, false, "The network is full", Busy),
    row(Code::NetworkFailed, SameTarget, Network, true, "The network failed", Moment),
    row(Code::RateLimited, SameTarget, Host, true, "The platform asks for a pause", Moment),
    row(Code::Unauthorized, End, Host, true, "The platform does not accept the sign-in", Trouble),
    row(Code::MissingScope, End, Host, true, "The sign-in lacks a permission", Trouble),
    row(Code::PayloadRefused, NextTarget, Request, true, "The platform refused the request", Moment),
    row(Code::Conflict, NextTarget, Nobody, false, "The call cannot be transferred in its present state", Moment),
    row(Code::Refused, NextTarget, Platform, true, "The platform refused the transfer", Moment),
    row(Code::ServerError, AskFirst, Platform, true, "The platform had an internal error", Moment),
    row(Code::AnswerLost, AskFirst, Network, false, "The platform's answer was lost", Moment),
    row(Code::NotSent, SameTarget, Host, true, "The request could not be sent", Trouble),
    row(Code::TimedOut, NextTarget, Target, false, "Nobody took the call in time", Another),
    row(Code::CallNotFound, End, Nobody, false, "The platform does not know this call", Nothing),
    row(Code::AgedOut, End, Nobody, false, "The platform no longer keeps this call", Nothing),
    row(Code::CallerLeft, End, Nobody, false, "The caller hung up", Nothing),
    row(Code::Cancelled, End, Nobody, false, "The transfer was cancelled", Moment),
    row(Code::TransferFailed, NextTarget, Target, false, "The transfer failed", Another),
];

/// Why a step was taken or left out, and why a run ended, where no transfer failed.
#[rustfmt::skip]
pub const OTHERS: &[Attributes] = &[
    row(Code::Eligible, ThisTarget, Nobody, false, "The target can take the call", Nothing),
    row(Code::NeedsNoFacts, ThisTarget, Nobody, false, "The target needs no check", Nothing),
    row(Code::Planned, ThisTarget, Nobody, false, "The policy sends the call there", Nothing),
    row(Code::NotPlanned, NextTarget, Nobody, false, "The policy does not send the call there now", Nothing),
    row(Code::NotDecided, NextTarget, Patchcord, true, "The step's condition could not be weighed", Nothing),
    row(Code::NotAsked, NextTarget, Platform, false, "Nothing is known of this target", Nothing),
    row(Code::FactsStale, NextTarget, Platform, false, "What is known of this target is too old", Nothing),
    row(Code::UnreadableAnswer, NextTarget, Platform, true, "The platform's answer could not be read", Moment),
    row(Code::AlreadyTried, NextTarget, Request, false, "This target was tried already", Nothing),
    row(Code::TransferInProgress, End, Nobody, false, "Another transfer of this call is under way", Moment),
    row(Code::BudgetSpent, End, Nobody, false, "The time for this transfer is spent", Moment),
    row(Code::CircuitOpen, NextTarget, Platform, true, "The platform is failing; it is left alone for a while", Trouble),
    row(Code::NotStarted, SameTarget, Platform, false, "The transfer did not begin", Moment),
    row(Code::StillPending, End, Platform, true, "The platform still has the transfer in hand", Moment),
    row(Code::ResultUnknown, End, Network, true, "Whether the call was transferred is not known", Moment),
    row(Code::Internal, End, Patchcord, true, "Patchcord met a defect of its own", Trouble),
];

const fn row(
    code: ReasonCode,
    next: Next,
    blame: Blame,
    alert: bool,
    agent_reads: &'static str,
    caller_hears: Phrase,
) -> Attributes {
    Attributes {
        code,
        next,
        blame,
        alert,
        agent_reads,
        caller_hears,
    }
}

/// What a reason without a row would be. Every reason has one; the tests say so.
const DEFECT: Attributes = row(Code::Internal, End, Patchcord, true, "", Nothing);

/// The row of a reason.
pub(super) fn row_of(code: ReasonCode) -> Attributes {
    let mut rows = FAILURES.iter().chain(OTHERS);
    *rows.find(|row| row.code == code).unwrap_or(&DEFECT)
}
