//! A decision: the whole plan, and for each candidate why or why not.

use crate::decide::engine::inputs::Seen;
use crate::decide::engine::place::{Place, Reaches};
use crate::decide::engine::truth::{Leaf, Supposed, Truth};
use crate::error::spelled;
use crate::model::intent::Mode;
use crate::time::Timestamp;
use crate::validate::Issue;

/// The version of the rules by which decisions are made. It changes with every change that can alter one.
pub const RULES: &str = "1";

spelled! {
    /// How much a decision tells of what it did not choose.
    #[derive(Default)]
    Trace {
        /// The plan alone.
        Off = "off",
        /// For each candidate that is not in the plan, why not.
        #[default]
        Summary = "summary",
        /// Besides, every comparison that was made, and what would have changed it.
        Full = "full",
    }
}

spelled! {
    /// What is to be done with the call.
    Verdict {
        /// It goes where the plan says.
        Transfer = "transfer",
        /// It stays where it is; it is never hung up.
        Stay = "stay",
    }
}

spelled! {
    /// Why a candidate is in the plan, or is not.
    Grounds {
        /// In the plan: it has no condition.
        NoCondition = "no-condition",
        /// In the plan: its condition is met.
        ConditionMet = "condition-met",
        /// In the plan: a fact is not known, and the rule says to try.
        TriedUnknown = "tried-unknown",
        /// In the plan: a fact is old, and the rule says to try.
        TriedStale = "tried-stale",
        /// In the plan: the best of several.
        Best = "best",
        /// In the plan: the safe end.
        SafeEnd = "safe-end",
        /// Its condition is not met.
        ConditionNotMet = "condition-not-met",
        /// A fact that its condition needs is not known.
        FactUnknown = "fact-unknown",
        /// A fact that its condition needs is too old.
        FactStale = "fact-stale",
        /// Others of the several are better.
        RankedLower = "ranked-lower",
        /// A step before it was the last one.
        AfterLast = "after-last",
        /// The policy that it uses was used already.
        PolicyUsed = "policy-used",
        /// The inputs cannot be read where loops and budgets are guarded.
        InputsUnreadable = "inputs-unreadable",
        /// The platform cannot send calls there so.
        NotSupported = "not-supported",
        /// The caller did not agree to be rung back.
        NoConsent = "no-consent",
        /// The caller's number is not known to be right.
        NumberInvalid = "number-invalid",
        /// There is no such mailbox.
        NoMailbox = "no-mailbox",
        /// It is not known who sent the call.
        NobodyToReturnTo = "nobody-to-return-to",
        /// It is in the plan already.
        AlreadyPlanned = "already-planned",
        /// The call has just failed there.
        JustFailed = "just-failed",
        /// That agent sent the call.
        SentTheCall = "sent-the-call",
        /// The call has been there.
        Visited = "visited",
        /// The call has been to as many people as it may.
        TooManyPeople = "too-many-people",
        /// The call has been to as many machines as it may.
        TooManyMachines = "too-many-machines",
        /// It costs more than is left.
        OverCost = "over-cost",
        /// Too little of the caller's time is left.
        NoTimeLeft = "no-time-left",
        /// The final transfer was made already.
        FinalTransferMade = "final-transfer-made",
        /// The policy has no safe end.
        NoSafeEnd = "no-safe-end",
    }
}

/// The figures behind the grounds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum About<'a> {
    /// There are none.
    Nothing,
    /// The part of a condition that decided.
    Leaf(Leaf<'a>),
    /// What was predicted, and what the best has.
    Predicted(Seen<'a>, Option<f64>),
    /// What is so, and how much is allowed, in the unit that the grounds are about (hops, cents, milliseconds).
    Limit {
        /// How much it would be.
        found: i64,
        /// How much may be.
        limit: i64,
    },
    /// Which step or policy has it already.
    By(&'a str),
}

/// A step of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned<'a> {
    /// The step's name.
    pub step: &'a str,
    /// How it begins as JSON.
    pub(super) head: &'a str,
    /// Which of several candidates, from 0.
    pub option: Option<usize>,
    /// Where the call goes.
    pub to: &'a Place,
    /// The same as JSON.
    pub(super) to_text: &'a str,
    /// How it changes hands.
    pub mode: Mode,
    /// Its priority there.
    pub priority: Option<u8>,
    /// Who takes it there.
    pub reaches: Reaches,
    /// Why.
    pub grounds: Grounds,
    /// The figures behind that.
    pub about: About<'a>,
    /// When it begins at the latest, in milliseconds from now: when all steps before it have used their time.
    pub after_millis: i64,
    /// How long it may take, in milliseconds.
    pub millis: i64,
    /// When it must be over; none where the time is not known.
    pub deadline: Option<Timestamp>,
    /// What it costs.
    pub cost_cents: u64,
}

/// A candidate that was weighed and is not in the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Considered<'a> {
    /// The step's name.
    pub step: &'a str,
    /// How it begins as JSON.
    pub(super) head: &'a str,
    /// Which of several candidates, from 0.
    pub option: Option<usize>,
    /// Why not.
    pub grounds: Grounds,
    /// The figures behind that.
    pub about: About<'a>,
    /// Full trace: every comparison, and whether it holds.
    pub compared: Vec<(Leaf<'a>, Truth)>,
    /// Full trace: what would have met its condition. Each entry is enough on its own; its parts are needed together.
    pub would_if: Vec<Vec<Supposed<'a>>>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<'a> {
    /// What is to be done.
    pub verdict: Verdict,
    /// The steps in order; the safe end is the last. Empty where the call stays.
    pub plan: Vec<Planned<'a>>,
    /// What is not in the plan, and why not; what the agent asked for also with the trace off.
    pub considered: Vec<Considered<'a>>,
    /// What the agent asked for was refused so, and this step of the plan is the best that is allowed.
    pub refused: Option<(Grounds, Option<&'a str>)>,
    /// Why the plan has no safe end.
    pub no_safe_end: Option<Grounds>,
    /// What of the inputs cannot be read.
    pub issues: &'a [Issue],
    /// The hash of the policy.
    pub policy_hash: &'a str,
    /// The hash of the inputs.
    pub inputs_hash: &'a str,
}
