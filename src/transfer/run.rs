//! All that a run knows. It can be written down at any point, and taken up elsewhere.

use crate::decide::{Policy, Step};
use crate::http::Request;
use crate::journal::Chain;
use crate::model::call::CallFacts;
use crate::model::intent::Intent;
use crate::model::queue::QueueFacts;
use crate::model::reason::Reason;
use crate::stored::{Reader, Stored, stored};
use crate::time::Timestamp;
use crate::transfer::outcome::{Outcome, Status, StepRecord, StepResult};
use crate::transfer::retry::RETRIES_OF_A_RUN;
use crate::transfer::{Breaker, Options, State};

/// What a request of the machine is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Reads the call.
    Call,
    /// Reads what is to know of the step's queue.
    Queue,
    /// Moves the call on: the write of the present stage.
    Write,
    /// Puts right what a step left behind.
    Undo,
}

impl Stored for Purpose {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(*self as u8);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let cases = [Self::Call, Self::Queue, Self::Write, Self::Undo];
        from.case(&cases, Self::Call)
    }
}

/// A request that is on its way, or waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exchange {
    pub(super) id: u32,
    pub(super) purpose: Purpose,
    pub(super) request: Request,
    /// How often it has been asked, this time counted.
    pub(super) attempt: u32,
    /// The host was asked for a fresh token.
    pub(super) refresh: bool,
    /// When it was sent; `None` while it waits.
    pub(super) sent: Option<Timestamp>,
    /// While it waits: when it is sent.
    pub(super) due: Timestamp,
}

stored!(Exchange {
    id,
    purpose,
    request,
    attempt,
    refresh,
    sent,
    due,
});

impl Exchange {
    /// When something happens to it by itself: it is sent, or its answer counts as lost.
    pub(super) fn deadline(&self) -> Timestamp {
        self.sent
            .map_or(self.due, |sent| sent.after(self.request.timeout))
    }
}

/// What is being put right, and what comes after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closing {
    /// How many stages, from the first, may still have to be undone.
    pub(super) stages: usize,
    /// How the run ends; `None` where the next step follows.
    pub(super) status: Option<Status>,
}

stored!(Closing { stages, status });

/// All that a run knows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) intent: Intent,
    /// Its first step is the request itself.
    pub(super) policy: Policy,
    pub(super) seed: u64,
    pub(super) breaker: Breaker,
    pub(super) started: Timestamp,
    pub(super) now: Timestamp,
    pub(super) deadline: Timestamp,
    pub(super) state: State,

    /// The step under way.
    pub(super) at: usize,
    pub(super) step_started: Timestamp,
    /// What became of each step.
    pub(super) steps: Vec<StepRecord>,
    /// How far the step's plan has come.
    pub(super) stage: usize,
    /// How often the present stage was found not to have begun.
    pub(super) unstarted: u32,
    /// The step's time is over, and it is followed on.
    pub(super) overdue: bool,
    pub(super) queue: QueueFacts,
    /// What the host tells for decisions, as JSON text.
    pub(super) told: String,
    /// What the platform said of each target that was asked about, for decisions: JSON values, each behind a comma.
    pub(super) said: String,
    /// The candidates of several that have been asked about, by their places among the steps.
    pub(super) checked: Vec<u64>,
    /// The steps of the plan as it was told last.
    pub(super) plan: Vec<String>,

    /// The call before the step sent anything.
    pub(super) before: Option<CallFacts>,
    /// The call as it was last seen.
    pub(super) seen: Option<CallFacts>,
    /// The call was seen to move since the step sent something.
    pub(super) moved: bool,
    /// Since when reads agree that nothing has changed.
    pub(super) unchanged_since: Option<Timestamp>,
    /// Since when the platform says that there is no such call.
    pub(super) gone_since: Option<Timestamp>,
    /// A transfer is under way whose end is not known.
    pub(super) unresolved: bool,
    /// Why the last write's result is unknown.
    pub(super) doubt: Option<Reason>,

    pub(super) exchanges: Vec<Exchange>,
    pub(super) requests: u32,
    /// Until when the platform wants no more of an operation.
    pub(super) holds: Vec<(String, Timestamp)>,
    pub(super) retries_left: u32,
    /// The scope that the platform found missing when it was asked about a queue.
    pub(super) missing_scope: Option<String>,
    pub(super) next_read: Option<Timestamp>,

    pub(super) attempts: u32,
    pub(super) reasons: Vec<Reason>,
    pub(super) closing: Option<Closing>,
    pub(super) journal: Chain,
    /// How the run ended, once it has.
    pub(super) status: Option<Status>,
    pub(super) ended: Timestamp,
    /// What the host is told of it: made of all the rest, so it is not written down.
    pub(super) outcome: Option<Outcome>,
    /// How much has come since the end. It is told, and belongs to no record.
    pub(super) late: u32,
}

stored!(Run { intent, policy, seed, breaker, started, now, deadline, state, at, step_started, steps, stage, unstarted, overdue, queue, told, said, checked, plan, before, seen, moved, unchanged_since, gone_since, unresolved, doubt, exchanges, requests, holds, retries_left, missing_scope, next_read, attempts, reasons, closing, journal, status, ended, late, } made outcome);

impl Run {
    pub(super) fn new(options: Options, now: Timestamp) -> Self {
        let policy = options.policy.led_by(&options.intent);
        let steps = policy.steps.iter().map(|step| StepRecord {
            id: step.id.clone(),
            target: step.to.redacted(),
            result: StepResult::NotReached,
            reason: None,
            attempts: 0,
        });
        Self {
            steps: steps.collect(),
            deadline: now.after(policy.budget),
            intent: options.intent,
            policy,
            seed: options.seed,
            breaker: options.breaker,
            started: now,
            now,
            state: State::Planned,
            at: 0,
            step_started: now,
            stage: 0,
            unstarted: 0,
            overdue: false,
            queue: QueueFacts::default(),
            told: options.inputs,
            said: String::new(),
            checked: Vec::new(),
            plan: Vec::new(),
            before: None,
            seen: None,
            moved: false,
            unchanged_since: None,
            gone_since: None,
            unresolved: false,
            doubt: None,
            exchanges: Vec::new(),
            requests: 0,
            holds: Vec::new(),
            retries_left: RETRIES_OF_A_RUN,
            missing_scope: None,
            next_read: None,
            attempts: 0,
            reasons: Vec::new(),
            closing: None,
            journal: Chain::new(),
            status: None,
            ended: now,
            outcome: None,
            late: 0,
        }
    }

    /// The step under way; `None` past the last.
    pub(super) fn step(&self) -> Option<&Step> {
        self.policy.steps.get(self.at)
    }

    /// What the step asks for, as an intent of its own.
    pub(super) fn intent_of_step(&self) -> Intent {
        let mut intent = self.intent.clone();
        if let Some(step) = self.step() {
            intent.to = step.to.clone();
            intent.mode = step.mode.unwrap_or(intent.mode);
            intent.priority = step.priority.or(intent.priority);
        }
        intent
    }

    pub(super) fn record(&mut self) -> Option<&mut StepRecord> {
        self.steps.get_mut(self.at)
    }
}
