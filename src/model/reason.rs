//! Why a call did not go where it was sent, and why it did: one vocabulary, whoever says so. What follows from each reason stands
//! in one table; what the codes of HTTP, SIP, Q.850 and the vendors mean in it, in another. The documentation is made from both.

mod attributes;
mod codes;
mod table;

use crate::error::spelled;
use crate::json::to_json;
use crate::stored::stored;

pub use attributes::{Attributes, Blame, Next, Phrase};
pub use codes::{
    CXONE, GENESYS, HTTP, Meaning, Q850, SIP, Told, VENDORS, Words, of_number, of_word, told,
};
pub use table::{FAILURES, OTHERS};

spelled! {
    /// Why a step did not take the call, or why a run ended as it did.
    ReasonCode {
        /// The target is on the line already.
        Busy = "busy",
        /// The target did not answer.
        NoAnswer = "no-answer",
        /// The target hung up, or would not take the call.
        Declined = "declined",
        /// The target cannot be reached just now.
        Unreachable = "unreachable",
        /// A machine answered where a person was wanted.
        MachineAnswered = "machine-answered",
        /// There is no such number, or it is not whole.
        NumberInvalid = "number-invalid",
        /// Calls to this number, or from this house, are not let through.
        NumberBarred = "number-barred",
        /// The platform knows no such queue, skill, agent or number.
        NotFound = "not-found",
        /// The queue has no campaign.
        NoCampaign = "no-campaign",
        /// No campaign of the queue is active.
        NoActiveCampaign = "no-active-campaign",
        /// The queue takes no calls at this time.
        QueueClosed = "queue-closed",
        /// The queue takes no more calls.
        QueueFull = "queue-full",
        /// Nobody is free, or nobody who is free has the skill.
        NoAvailableAgent = "no-available-agent",
        /// The call went in a circle.
        RoutingLoop = "routing-loop",
        /// The platform, or the network, cannot do this to such a target.
        NotSupported = "not-supported",
        /// The two sides have no way of speech in common.
        MediaFailed = "media-failed",
        /// The network is full.
        NetworkCongested = "network-congested",
        /// The network failed.
        NetworkFailed = "network-failed",
        /// The platform asks for a pause.
        RateLimited = "rate-limited",
        /// The platform does not take the host's token.
        Unauthorized = "unauthorized",
        /// The token lacks a scope.
        MissingScope = "missing-scope",
        /// The platform refused the payload.
        PayloadRefused = "payload-refused",
        /// The call was in a state that allows no transfer.
        Conflict = "conflict",
        /// The platform refused for a reason of its own.
        Refused = "refused-by-platform",
        /// The platform failed inside.
        ServerError = "server-error",
        /// No whole answer came back.
        AnswerLost = "answer-lost",
        /// The request never left this host.
        NotSent = "not-sent",
        /// Nobody took the call in time.
        TimedOut = "timed-out",
        /// The platform knows no such call.
        CallNotFound = "call-not-found",
        /// The platform keeps the call no longer.
        AgedOut = "aged-out",
        /// The caller hung up.
        CallerLeft = "caller-left",
        /// The agent took the transfer back.
        Cancelled = "cancelled",
        /// The platform took the transfer and gave it up, and nothing says why.
        TransferFailed = "transfer-failed",
        /// The target can take the call, as far as is known.
        Eligible = "eligible",
        /// The target is tried without asking about it first.
        NeedsNoFacts = "needs-no-facts",
        /// The policy sends the call there.
        Planned = "planned",
        /// The policy does not send the call there now.
        NotPlanned = "not-planned",
        /// Nobody could weigh the step's condition.
        NotDecided = "not-decided",
        /// A fact that the step needs was never asked for.
        NotAsked = "not-asked",
        /// A fact that the step needs is too old.
        FactsStale = "facts-stale",
        /// The platform's answer could not be read.
        UnreadableAnswer = "unreadable-answer",
        /// The target was tried in this run already.
        AlreadyTried = "already-tried",
        /// Another transfer of the call is under way, which is not ours.
        TransferInProgress = "transfer-in-progress",
        /// The time that the caller was given is spent.
        BudgetSpent = "budget-spent",
        /// The platform failed so often that we leave it alone for a while.
        CircuitOpen = "circuit-open",
        /// Reads agree that the transfer never began.
        NotStarted = "not-started",
        /// The platform still has the transfer in hand.
        StillPending = "still-pending",
        /// Whether the transfer began is not known.
        ResultUnknown = "result-unknown",
        /// A defect of Patchcord.
        Internal = "internal",
    }
}

impl ReasonCode {
    /// The reason's row in the table.
    pub fn attributes(self) -> Attributes {
        table::row_of(self)
    }
}

/// A reason with what belongs to it. What follows from it is told by its code: [`ReasonCode::attributes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which one.
    pub code: ReasonCode,
    /// The step of the plan that it concerns.
    pub step: Option<String>,
    /// What the agent reads.
    pub message: String,
    /// The platform's own evidence: a status, a state, a code as it was told, a scope's name.
    pub evidence: Option<String>,
}

stored!(Reason {
    code,
    step,
    message,
    evidence,
});
to_json!(Reason {
    "code": code,
    "step": step,
    "message": message,
    "evidence": evidence,
});

impl Reason {
    /// A reason in the words of the table.
    pub fn new(code: ReasonCode) -> Self {
        Self {
            code,
            step: None,
            message: code.attributes().agent_reads.to_owned(),
            evidence: None,
        }
    }

    /// The same with the platform's own evidence.
    #[must_use]
    pub fn with_evidence(mut self, evidence: impl Into<String>) -> Self {
        self.evidence = Some(evidence.into());
        self
    }

    /// The same in other words.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The same, said of a step.
    #[must_use]
    pub fn of_step(mut self, step: &str) -> Self {
        self.step = Some(step.to_owned());
        self
    }
}
