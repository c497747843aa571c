//! Why a call did not go where it was sent: typed reasons, each with fixed attributes. The table is data.

use crate::error::spelled;
use crate::json::to_json;
use crate::stored::stored;

spelled! {
    /// Why a step did not take the call, or why a run ended as it did.
    ReasonCode {
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
        /// The queue has no campaign.
        NoCampaign = "no-campaign",
        /// No campaign of the queue is active.
        NoActiveCampaign = "no-active-campaign",
        /// Nobody is free, or nobody who is free has the skill.
        NoAvailableAgent = "no-available-agent",
        /// A fact that the step needs was never asked for.
        NotAsked = "not-asked",
        /// A fact that the step needs is too old.
        FactsStale = "facts-stale",
        /// The platform's answer could not be read.
        UnreadableAnswer = "unreadable-answer",
        /// The target was tried in this run already.
        AlreadyTried = "already-tried",
        /// The platform cannot do this to such a target.
        NotSupported = "not-supported",
        /// Another transfer of the call is under way, which is not ours.
        TransferInProgress = "transfer-in-progress",
        /// The time that the caller was given is spent.
        BudgetSpent = "budget-spent",
        /// The platform asked us to come back later than the step allows.
        RateLimited = "rate-limited",
        /// The platform failed so often that we leave it alone for a while.
        CircuitOpen = "circuit-open",
        /// The platform does not take the host's token.
        Unauthorized = "unauthorized",
        /// The token lacks a scope.
        MissingScope = "missing-scope",
        /// The platform knows no such call.
        CallNotFound = "call-not-found",
        /// The platform keeps the call no longer.
        AgedOut = "aged-out",
        /// The platform knows no such queue, skill or number.
        NotFound = "not-found",
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
        /// The platform took the transfer and gave it up.
        TransferFailed = "transfer-failed",
        /// The target did not answer.
        NoAnswer = "no-answer",
        /// The target hung up, or would not take the call.
        Declined = "declined",
        /// The step's time ran out.
        TimedOut = "timed-out",
        /// Reads agree that the transfer never began.
        NotStarted = "not-started",
        /// The platform still has the transfer in hand.
        StillPending = "still-pending",
        /// Whether the transfer began is not known.
        ResultUnknown = "result-unknown",
        /// The caller hung up.
        CallerLeft = "caller-left",
        /// The agent took the transfer back.
        Cancelled = "cancelled",
        /// A defect of Patchcord.
        Internal = "internal",
    }
}

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

/// What follows from a reason, always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// The same target may be tried again in this run.
    pub retryable: bool,
    /// No other target can do better, so the run ends here.
    pub ends_run: bool,
    /// Whose fault it is.
    pub blame: Blame,
    /// Somebody should be told, beyond the agent.
    pub alert: bool,
    /// What the agent reads.
    pub agent_reads: &'static str,
}

impl ReasonCode {
    /// The reason's row in the table.
    pub const fn attributes(self) -> Attributes {
        use Blame::{Host, Network, Nobody, Patchcord, Platform, Request, Target};
        //                                                  retryable ends_run blame  alert
        let (retryable, ends_run, blame, alert, agent_reads) = match self {
            Self::Eligible => (false, false, Nobody, false, "The target can take the call"),
            Self::NeedsNoFacts => (false, false, Nobody, false, "The target needs no check"),
            Self::Planned => (
                false,
                false,
                Nobody,
                false,
                "The policy sends the call there",
            ),
            Self::NotPlanned => (
                false,
                false,
                Nobody,
                false,
                "The policy does not send the call there now",
            ),
            Self::NotDecided => (
                false,
                false,
                Patchcord,
                true,
                "The step's condition could not be weighed",
            ),
            Self::NoCampaign => (
                false,
                false,
                Target,
                true,
                "Queue is not associated with any active campaign",
            ),
            Self::NoActiveCampaign => (false, false, Target, false, "Campaign is not active"),
            Self::NoAvailableAgent => (false, false, Target, false, "No agent is available"),
            Self::NotAsked => (
                false,
                false,
                Platform,
                false,
                "Nothing is known of this target",
            ),
            Self::FactsStale => (
                false,
                false,
                Platform,
                false,
                "What is known of this target is too old",
            ),
            Self::UnreadableAnswer => (
                false,
                false,
                Platform,
                true,
                "The platform's answer could not be read",
            ),
            Self::AlreadyTried => (
                false,
                false,
                Request,
                false,
                "This target was tried already",
            ),
            Self::NotSupported => (
                false,
                false,
                Request,
                false,
                "The platform cannot transfer a call there",
            ),
            Self::TransferInProgress => (
                false,
                true,
                Nobody,
                false,
                "Another transfer of this call is under way",
            ),
            Self::BudgetSpent => (
                false,
                true,
                Nobody,
                false,
                "The time for this transfer is spent",
            ),
            Self::RateLimited => (false, false, Host, true, "The platform asks for a pause"),
            Self::CircuitOpen => (
                false,
                false,
                Platform,
                true,
                "The platform is failing; it is left alone for a while",
            ),
            Self::Unauthorized => (
                false,
                true,
                Host,
                true,
                "The platform does not accept the sign-in",
            ),
            Self::MissingScope => (false, true, Host, true, "The sign-in lacks a permission"),
            Self::CallNotFound => (
                false,
                true,
                Nobody,
                false,
                "The platform does not know this call",
            ),
            Self::AgedOut => (
                false,
                true,
                Nobody,
                false,
                "The platform no longer keeps this call",
            ),
            Self::NotFound => (
                false,
                false,
                Request,
                true,
                "The platform does not know this target",
            ),
            Self::PayloadRefused => (
                false,
                false,
                Request,
                true,
                "The platform refused the request",
            ),
            Self::Conflict => (
                false,
                false,
                Nobody,
                false,
                "The call cannot be transferred in its present state",
            ),
            Self::Refused => (
                false,
                false,
                Platform,
                true,
                "The platform refused the transfer",
            ),
            Self::ServerError => (
                true,
                false,
                Platform,
                true,
                "The platform had an internal error",
            ),
            Self::AnswerLost => (
                true,
                false,
                Network,
                false,
                "The platform's answer was lost",
            ),
            Self::NotSent => (true, false, Host, true, "The request could not be sent"),
            Self::TransferFailed => (false, false, Target, false, "The transfer failed"),
            Self::NoAnswer => (false, false, Target, false, "Nobody answered"),
            Self::Declined => (
                false,
                false,
                Target,
                false,
                "The target did not take the call",
            ),
            Self::TimedOut => (false, false, Target, false, "Nobody took the call in time"),
            Self::NotStarted => (true, false, Platform, false, "The transfer did not begin"),
            Self::StillPending => (
                false,
                true,
                Platform,
                true,
                "The platform still has the transfer in hand",
            ),
            Self::ResultUnknown => (
                false,
                true,
                Network,
                true,
                "Whether the call was transferred is not known",
            ),
            Self::CallerLeft => (false, true, Nobody, false, "The caller hung up"),
            Self::Cancelled => (false, true, Nobody, false, "The transfer was cancelled"),
            Self::Internal => (
                false,
                true,
                Patchcord,
                true,
                "Patchcord met a defect of its own",
            ),
        };
        Attributes {
            retryable,
            ends_run,
            blame,
            alert,
            agent_reads,
        }
    }
}

/// A reason with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which one.
    pub code: ReasonCode,
    /// The step of the plan that it concerns.
    pub step: Option<String>,
    /// What the agent reads.
    pub message: String,
    /// The platform's own evidence: an HTTP status, a state, a scope's name.
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
