//! Before anything is sent: the call and the step's target are read, and the step is weighed.

use core::time::Duration;

use crate::decide::{Choice, Step, choose};
use crate::journal::Happened;
use crate::model::call::CallState;
use crate::model::queue::QueueFacts;
use crate::model::reason::{Reason, ReasonCode};
use crate::time::Timestamp;
use crate::transfer::decided::Weighed;
use crate::transfer::outcome::{Status, StepResult};
use crate::transfer::run::Purpose;
use crate::transfer::{Happening, State, Transfer};

/// How long facts may take to come in. What is not known by then stays unknown.
const CHECK_LIMIT: Duration = Duration::from_secs(10);

impl Transfer {
    /// Begins the present step: asks for all that it takes to weigh it.
    pub(super) fn check_step(&mut self) {
        let run = &mut self.run;
        run.step_started = run.now;
        run.queue = QueueFacts::default();
        run.stage = 0;
        run.unstarted = 0;
        run.overdue = false;
        run.before = None;
        run.seen = None;
        run.moved = false;
        run.unchanged_since = None;
        run.gone_since = None;
        run.doubt = None;
        run.missing_scope = None;
        run.next_read = None;
        if let Some(reason) = self.ruled_out() {
            self.skip_for(reason);
            return;
        }
        let intent = self.run.intent_of_step();
        self.issue(Purpose::Call, self.profile.read_call(&intent.call));
        if let Some(queue) = intent.to.queue() {
            for request in self.profile.queue_reads(queue) {
                self.issue(Purpose::Queue, request);
            }
        }
    }

    pub(super) fn check_deadline(&self) -> Timestamp {
        self.run.step_started.after(CHECK_LIMIT)
    }

    /// What rules the step out before anything is asked.
    fn ruled_out(&mut self) -> Option<Reason> {
        let decided = self.decided();
        if let Some(Weighed::Left(reason)) = decided {
            return Some(reason);
        }
        let run = &self.run;
        let intent = run.intent_of_step();
        let tried = |earlier: &Step| earlier.to == intent.to;
        if decided.is_none() && run.policy.steps.iter().take(run.at).any(tried) {
            return Some(Reason::new(ReasonCode::AlreadyTried));
        }
        if self
            .profile
            .stages(intent.to.kind(), intent.mode)
            .is_empty()
        {
            return Some(Reason::new(ReasonCode::NotSupported));
        }
        let is_spent = self.step_deadline() <= run.now;
        is_spent.then(|| Reason::new(ReasonCode::BudgetSpent))
    }

    /// Goes on to weigh the step once nothing is left to wait for.
    pub(super) fn when_checked(&mut self) {
        let busy = self
            .run
            .before
            .as_ref()
            .is_some_and(|call| self.is_busy(call.state));
        if self.run.state != State::Checking || !self.run.exchanges.is_empty() {
            return;
        }
        if busy {
            // Somebody else's transfer may be over in a moment.
            self.run.next_read = Some(self.run.now.after(self.run.policy.poll));
        } else if self.run.next_read.is_none() {
            self.facts_are_in();
        }
    }

    /// Weighs the step by what is known by now.
    pub(super) fn facts_are_in(&mut self) {
        if self.is_asked(&Purpose::Queue) {
            self.queue_not_told(ReasonCode::AnswerLost);
        }
        self.drop_exchanges();
        if !self.happen(Happening::FactsAreIn) {
            return;
        }
        let state = self.run.before.as_ref().and_then(|call| call.state);
        if state == Some(CallState::Ended) {
            self.caller_leaves();
        } else if let Some(word) = self.not_transferable() {
            self.stop_for(Reason::new(ReasonCode::Conflict).with_evidence(word));
        } else if self.is_busy(state) {
            self.stop_for(Reason::new(ReasonCode::TransferInProgress));
        } else {
            self.weigh();
        }
    }

    /// Whether the call is on its way somewhere, in a state in which it may not be overtaken.
    fn is_busy(&self, state: Option<CallState>) -> bool {
        let word = self.run.before.as_ref().map(|call| call.word.as_str());
        state == Some(CallState::Moving) && !self.may_overtake(word)
    }

    /// The platform's word for the call's state, where it transfers no call in it.
    fn not_transferable(&self) -> Option<String> {
        let call = self.run.before.as_ref()?;
        let word = || call.word.clone();
        (!self.profile.may_transfer(call)).then(word)
    }

    /// Whether a transfer that is pending in this state of the call may be followed by another.
    pub(super) fn may_overtake(&self, word: Option<&str>) -> bool {
        word.is_some_and(|word| {
            self.run
                .policy
                .overtake_in
                .iter()
                .any(|state| state == word)
        })
    }

    fn weigh(&mut self) {
        let Some(step) = self.run.step().cloned() else {
            self.steps_end();
            return;
        };
        let told = |queue| !self.profile.queue_reads(queue).is_empty();
        let own = if step.to.queue().is_none_or(told) {
            choose(&step, &self.run.queue)
        } else {
            Choice::Take(Reason::new(ReasonCode::NeedsNoFacts).of_step(&step.id))
        };
        let Some(choice) = self.choice(&step, own) else {
            self.step_is_over();
            return;
        };
        match choice {
            Choice::Take(reason) => {
                let target = step.to.redacted();
                self.run.reasons.push(reason.clone());
                self.tell(Happened::StepChosen {
                    step: step.id,
                    target,
                    reason,
                });
                if self.happen(Happening::StepIsTaken) {
                    self.begin_stage();
                }
            }
            Choice::Skip(reason) => {
                let scope = self
                    .run
                    .missing_scope
                    .clone()
                    .filter(|_| reason.code == ReasonCode::MissingScope);
                self.skip_for(Reason {
                    evidence: scope.or(reason.evidence),
                    ..reason
                });
            }
        }
    }

    /// Whether the step is taken, by the policy and, where it has no condition, by what the target says (`own`). Nothing where
    /// that is still open: others of several candidates may be better.
    fn choice(&mut self, step: &Step, own: Choice) -> Option<Choice> {
        self.keep_facts();
        let group = self.group();
        let at = self.run.at as u64;
        let again = self.run.checked.contains(&at);
        if let Some(group) = &group {
            self.run.checked.push(at);
            if self.unasked(group).is_some() {
                return None;
            }
        }
        match self.decided() {
            None => Some(own),
            Some(Weighed::Planned { first: false, .. } | Weighed::Lower(_))
                if group.is_some() && !again =>
            {
                None
            }
            Some(Weighed::Planned { reason, mode, .. }) => {
                if let Some(step) = self.run.policy.steps.get_mut(self.run.at) {
                    step.mode = mode.or(step.mode);
                }
                Some(if step.conditional {
                    Choice::Take(reason.of_step(&step.id))
                } else {
                    own
                })
            }
            Some(Weighed::Lower(reason) | Weighed::Unknown(reason) | Weighed::Left(reason)) => {
                Some(Choice::Skip(reason))
            }
        }
    }

    fn skip_for(&mut self, reason: Reason) {
        self.leave_out(self.run.at, reason);
        self.step_is_over();
    }

    /// Keeps why a step is left out.
    pub(super) fn leave_out(&mut self, at: usize, reason: Reason) {
        let Some(record) = self.run.steps.get_mut(at) else {
            return;
        };
        let step = record.id.clone();
        let reason = reason.of_step(&step);
        record.result = StepResult::Skipped;
        record.reason = Some(reason.clone());
        self.run.reasons.push(reason.clone());
        self.tell(Happened::StepSkipped { step, reason });
    }

    /// The end of a run for which no step is left.
    pub(super) fn status_without_steps(&self) -> Status {
        if self.run.attempts > 0 {
            Status::Failed
        } else {
            Status::Refused
        }
    }
}
