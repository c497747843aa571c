//! The machine: its transition table, and the two verbs that the host drives it with.

use core::time::Duration;
use std::collections::VecDeque;

use crate::error::spelled;
use crate::journal::{Event, Happened};
use crate::profile::Profile;
use crate::time::Timestamp;
use crate::transfer::decided::{DECIDER, Decider};
use crate::transfer::run::Run;
use crate::transfer::{Input, Options, Output};

/// How long a host waits where nothing is planned. Nothing should come to that.
const IDLE: Duration = Duration::from_secs(1);

/// What follows what. A pair that does not stand here cannot happen: the machine records it and changes nothing.
pub const TRANSITIONS: &[(State, Happening, State)] = {
    use {Happening as H, State as S};
    &[
        (S::Planned, H::Begins, S::Checking),
        // The call and the step's target are read.
        (S::Checking, H::FactsAreIn, S::Deciding),
        (S::Checking, H::StepIsOver, S::Closing),
        (S::Checking, H::RunStops, S::Closing),
        // The step is taken or left out. Nothing has been sent for it yet.
        (S::Deciding, H::StepIsTaken, S::Sent),
        (S::Deciding, H::StepIsOver, S::Closing),
        (S::Deciding, H::RunStops, S::Closing),
        // A write is on its way, or waits to be.
        (S::Sent, H::PlatformAccepts, S::Accepted),
        (S::Sent, H::ResultIsUnknown, S::Reconciling),
        (S::Sent, H::GuardIsMet, S::Sent),
        (S::Sent, H::AgentMayTalk, S::Talking),
        (S::Sent, H::TargetConnects, S::Done),
        (S::Sent, H::StepIsOver, S::Closing),
        (S::Sent, H::RunStops, S::Closing),
        // The result of a write is unknown: the call is read until it tells.
        (S::Reconciling, H::PlatformAccepts, S::Accepted),
        (S::Reconciling, H::TargetRings, S::Ringing),
        (S::Reconciling, H::NothingBegan, S::Sent),
        (S::Reconciling, H::GuardIsMet, S::Sent),
        (S::Reconciling, H::AgentMayTalk, S::Talking),
        (S::Reconciling, H::TargetConnects, S::Done),
        (S::Reconciling, H::StepIsOver, S::Closing),
        (S::Reconciling, H::RunStops, S::Closing),
        // The platform has the transfer in hand.
        (S::Accepted, H::TargetRings, S::Ringing),
        (S::Accepted, H::GuardIsMet, S::Sent),
        (S::Accepted, H::AgentMayTalk, S::Talking),
        (S::Accepted, H::TargetConnects, S::Done),
        (S::Accepted, H::StepIsOver, S::Closing),
        (S::Accepted, H::RunStops, S::Closing),
        (S::Ringing, H::GuardIsMet, S::Sent),
        (S::Ringing, H::AgentMayTalk, S::Talking),
        (S::Ringing, H::TargetConnects, S::Done),
        (S::Ringing, H::StepIsOver, S::Closing),
        (S::Ringing, H::RunStops, S::Closing),
        // A consult: the agent speaks with the target.
        (S::Talking, H::AgentCompletes, S::Sent),
        (S::Talking, H::TargetConnects, S::Done),
        (S::Talking, H::StepIsOver, S::Closing),
        (S::Talking, H::RunStops, S::Closing),
        // What the step left behind is put right: a held caller, a ringing target.
        (S::Closing, H::NextStepBegins, S::Checking),
        (S::Closing, H::RunEnds, S::Done),
    ]
};

spelled! {
    /// Where a run stands.
    State {
        /// Not begun.
        Planned = "planned",
        /// The call and the step's target are being read.
        Checking = "checking",
        /// The step is being weighed.
        Deciding = "deciding",
        /// A write is on its way, or waits to be sent.
        Sent = "sent",
        /// The result of a write is unknown; the call is read until it tells.
        Reconciling = "reconciling",
        /// The platform said yes; nothing has moved yet.
        Accepted = "accepted",
        /// The call is on its way: queued, or ringing somewhere.
        Ringing = "ringing",
        /// The agent speaks with the target.
        Talking = "talking",
        /// What a step left behind is being put right.
        Closing = "closing",
        /// Over.
        Done = "done",
    }
}

/// What moves a run from one state to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Happening {
    /// The host starts it.
    Begins,
    /// All that will be known of the step is known.
    FactsAreIn,
    /// The step is taken.
    StepIsTaken,
    /// The platform has the write.
    PlatformAccepts,
    /// Whether the platform has the write is not known.
    ResultIsUnknown,
    /// Reads agree that the write did nothing; it is sent again.
    NothingBegan,
    /// The call is on its way.
    TargetRings,
    /// What the stage waited for is there; the next one begins.
    GuardIsMet,
    /// The target is on the line, and the agent speaks first.
    AgentMayTalk,
    /// The agent says "complete".
    AgentCompletes,
    /// Somebody else has the call.
    TargetConnects,
    /// The step will not take the call.
    StepIsOver,
    /// No step can: the caller left, the agent cancelled, the time is spent, the host may not.
    RunStops,
    /// Nothing is left to put right, and there is another step.
    NextStepBegins,
    /// Nothing is left to put right, and nothing more to try.
    RunEnds,
}

/// One transfer. See the [module](crate::transfer) for how it is driven.
#[derive(Debug)]
pub struct Transfer {
    pub(super) profile: &'static dyn Profile,
    pub(super) run: Run,
    /// Who weighs the steps of a policy with conditions.
    pub(super) decider: Option<Decider>,
    outputs: VecDeque<Output>,
}

impl Transfer {
    /// Begins a transfer at `now`.
    pub fn new(options: Options, now: Timestamp) -> Self {
        Self::decided_by(DECIDER, options, now)
    }

    /// The same where the decision engine is in another binary.
    pub fn decided_by(decider: Option<Decider>, options: Options, now: Timestamp) -> Self {
        let profile = options.profile;
        let mut transfer = Self::taken_up(profile, decider, Run::new(options, now));
        transfer.begin();
        transfer
    }

    pub(super) const fn taken_up(
        profile: &'static dyn Profile,
        decider: Option<Decider>,
        run: Run,
    ) -> Self {
        Self {
            profile,
            run,
            decider,
            outputs: VecDeque::new(),
        }
    }

    /// Takes in what happened at `now`. What comes late, twice or out of place is recorded and changes nothing.
    pub fn handle_input(&mut self, input: Input, now: Timestamp) {
        // A clock that steps back would make time run twice.
        self.run.now = self.run.now.max(now);
        match input {
            Input::Response { id, response } => match self.take_exchange(id) {
                Some(exchange) => self.answered(exchange, &response),
                None => self.ignore(format!("an answer to request {id}")),
            },
            Input::Lost { id, reason } => match self.take_exchange(id) {
                Some(exchange) => self.lost(exchange, &reason),
                None => self.ignore(format!("the loss of request {id}")),
            },
            Input::NotSent { id, reason } => match self.take_exchange(id) {
                Some(exchange) => self.not_sent(exchange, &reason),
                None => self.ignore(format!("a failure of request {id}")),
            },
            Input::Pushed { event } => match self.profile.pushed(&self.run.intent.call, &event) {
                Some(facts) => self.observe(&facts, true),
                None => self.ignore("an event that says nothing of this call".to_owned()),
            },
            Input::Complete => self.agent_completes(),
            Input::Cancel => self.agent_cancels(),
            Input::CallerLeft => self.caller_leaves(),
            Input::Wake => {}
        }
        self.time_passes();
    }

    /// What to do next. Call it until [`Output::Wait`] or [`Output::Done`].
    pub fn poll_output(&mut self) -> Output {
        if let Some(output) = self.outputs.pop_front() {
            return output;
        }
        match &self.run.outcome {
            Some(outcome) => Output::Done(outcome.clone()),
            None => Output::Wait {
                until: self.next_deadline(),
            },
        }
    }

    /// Where the run stands.
    pub const fn state(&self) -> State {
        self.run.state
    }

    /// Whether a transfer is under way whose end is not known.
    pub const fn is_unresolved(&self) -> bool {
        self.run.unresolved
    }

    /// Whether the policy is the decision engine's to weigh.
    pub const fn needs_decisions(&self) -> bool {
        self.run.policy.decided_by.is_some()
    }

    /// Moves by the table. What the table does not know is recorded and changes nothing.
    pub(super) fn happen(&mut self, happening: Happening) -> bool {
        let from = self.run.state;
        let next = TRANSITIONS
            .iter()
            .find(|(state, what, _)| *state == from && *what == happening);
        let Some((_, _, to)) = next else {
            self.ignore(format!("{happening:?} while {from}"));
            return false;
        };
        self.run.state = *to;
        if from != *to {
            self.tell(Happened::StateChanged {
                from: from.as_str(),
                to: to.as_str(),
            });
        }
        true
    }

    pub(super) fn tell(&mut self, happened: Happened) {
        let ended = self.run.outcome.is_some();
        self.run.late += u32::from(ended);
        let sequence = self
            .run
            .journal
            .len()
            .saturating_add(if ended { self.run.late } else { 1 });
        let event = Event {
            sequence,
            at: self.run.now,
            happened,
        };
        if !ended {
            self.run.journal.record(&event);
        }
        self.outputs.push_back(Output::Event(event));
    }

    pub(super) fn ignore(&mut self, what: String) {
        self.tell(Happened::Ignored { what });
    }

    pub(super) fn put_out(&mut self, output: Output) {
        self.outputs.push_back(output);
    }

    fn begin(&mut self) {
        self.tell(Happened::Started {
            call: self.run.intent.call.as_str().to_owned(),
            to: self.run.intent.to.redacted(),
            mode: self.run.intent.mode,
            steps: self
                .run
                .policy
                .steps
                .iter()
                .map(|step| step.id.clone())
                .collect(),
        });
        if self.happen(Happening::Begins) {
            self.check_step();
        }
        self.time_passes();
    }

    /// Lets everything happen that time alone makes happen, until nothing more does: one end may bring about the next.
    pub(super) fn time_passes(&mut self) {
        loop {
            let told = self.run.journal.len();
            self.time_passes_once();
            if self.run.journal.len() == told {
                return;
            }
        }
    }

    fn time_passes_once(&mut self) {
        if self.run.outcome.is_none()
            && self.run.now >= self.run.deadline
            && self.run.closing.is_none()
        {
            self.budget_ends();
        }
        self.exchanges_pass();
        match self.run.state {
            State::Checking if self.run.now >= self.check_deadline() => self.facts_are_in(),
            State::Sent | State::Accepted | State::Ringing | State::Talking => self.step_passes(),
            _ => {}
        }
        self.read_when_due();
    }

    /// The next moment at which time alone makes something happen.
    fn next_deadline(&self) -> Timestamp {
        let run = &self.run;
        let mut next = run
            .exchanges
            .iter()
            .map(|exchange| exchange.deadline())
            .collect::<Vec<_>>();
        match run.state {
            State::Checking => next.push(self.check_deadline()),
            State::Sent | State::Accepted | State::Ringing => next.push(self.step_deadline()),
            _ => {}
        }
        next.extend(self.next_read());
        if run.closing.is_none() {
            next.push(run.deadline);
        }
        // What lies behind has been looked at, and waits for something else.
        next.into_iter()
            .filter(|at| *at > run.now)
            .min()
            .unwrap_or(run.now.after(IDLE))
    }
}
