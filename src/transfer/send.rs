//! The writes of a plan, stage by stage, and what their answers mean.

use crate::http::Response;
use crate::journal::Happened;
use crate::model::reason::{Reason, ReasonCode, Told};
use crate::profile::{Guard, Stage, told};
use crate::time::Timestamp;
use crate::transfer::run::{Exchange, Purpose};
use crate::transfer::{Happening, State, Transfer};

/// How often a stage that was found not to have begun is sent again.
const MOST_RESTARTS: u32 = 1;

impl Transfer {
    /// The plan's stages for the present step.
    pub(super) fn stages(&self) -> &'static [Stage] {
        let intent = self.run.intent_of_step();
        self.profile.stages(intent.to.kind(), intent.mode)
    }

    /// The stage under way.
    pub(super) fn stage(&self) -> Option<&'static Stage> {
        self.stages().get(self.run.stage)
    }

    /// Sends the write of the present stage.
    pub(super) fn begin_stage(&mut self) {
        self.run.unchanged_since = None;
        self.run.next_read = None;
        let Some(stage) = self.stage() else { return };
        match stage.write {
            Some(write) => {
                let intent = self.run.intent_of_step();
                let request = self.profile.write(
                    write,
                    &intent,
                    self.run.seen.as_ref().or(self.run.before.as_ref()),
                );
                self.issue(Purpose::Write, request);
            }
            // Nothing to send: the guard alone is waited for.
            None => self.platform_accepts(),
        }
    }

    /// When the present step has had its time. The last step has all that is left; what others leave to it is kept back.
    pub(super) fn step_deadline(&self) -> Timestamp {
        let run = &self.run;
        let Some(step) = run.step() else {
            return run.deadline;
        };
        let given = run.step_started.after(run.policy.time_of(step));
        let last = run.at + 1 >= run.policy.steps.len();
        given.min(if last {
            run.deadline
        } else {
            run.deadline.before(run.policy.reserve())
        })
    }

    /// The platform answered a write.
    pub(super) fn write_answered(&mut self, exchange: Exchange, response: &Response) {
        let status = response.status;
        if response.succeeded() {
            return self.write_accepted();
        }
        let operation = &exchange.request.operation;
        let Told { code, evidence } = told(self.profile, operation, response);
        if matches!(status, 408 | 409 | 500..=599) {
            // The platform may hold an earlier write of ours whose answer was lost: that is looked into.
            return self.result_is_unknown(Reason::new(code).with_evidence(evidence));
        }
        let evidence = match code {
            ReasonCode::MissingScope => self.missing_scope(operation),
            _ => evidence,
        };
        self.write_rejected(Reason::new(code).with_evidence(evidence));
    }

    /// The write certainly did nothing.
    pub(super) fn write_rejected(&mut self, reason: Reason) {
        self.run.unresolved = self.run.stage > 0;
        self.end_step(reason);
    }

    /// Whether the write did anything is not known.
    pub(super) fn result_is_unknown(&mut self, reason: Reason) {
        self.run.doubt = Some(reason);
        self.run.unchanged_since = None;
        if self.happen(Happening::ResultIsUnknown) {
            self.read_soon();
        }
    }

    fn write_accepted(&mut self) {
        if self
            .stage()
            .is_some_and(|stage| stage.until == Guard::Accepted)
        {
            self.stage_is_over();
        } else {
            self.platform_accepts();
        }
    }

    pub(super) fn platform_accepts(&mut self) {
        if self
            .stage()
            .is_some_and(|stage| stage.until == Guard::AgentCompletes)
        {
            if self.happen(Happening::AgentMayTalk) {
                self.read_soon();
            }
            return;
        }
        if self.happen(Happening::PlatformAccepts) {
            self.read_soon();
            self.look_again();
        }
    }

    /// The present stage's guard is met: the next stage begins.
    pub(super) fn stage_is_over(&mut self) {
        self.run
            .exchanges
            .retain(|exchange| exchange.purpose != Purpose::Write);
        let next = self.stages().get(self.run.stage + 1);
        let (Some(next), true) = (next, self.run.state != State::Talking) else {
            return;
        };
        self.run.stage += 1;
        self.run.unstarted = 0;
        if next.until == Guard::AgentCompletes && next.write.is_none() {
            if self.happen(Happening::AgentMayTalk) {
                self.read_soon();
            }
        } else if self.happen(Happening::GuardIsMet) {
            self.begin_stage();
        }
    }

    /// The agent, who has spoken with the target, hands the caller over.
    pub(super) fn agent_completes(&mut self) {
        if self.run.state == State::Talking && self.happen(Happening::AgentCompletes) {
            self.run.stage += 1;
            self.run.unstarted = 0;
            self.begin_stage();
        } else {
            self.ignore("`complete` without a target on the line".to_owned());
        }
    }

    /// Reads agree that the write did nothing: it is sent again, once, where that may help.
    pub(super) fn nothing_began(&mut self) {
        let doubt = self.run.doubt.take();
        let retryable = doubt
            .as_ref()
            .is_some_and(|doubt| doubt.code.attributes().retryable());
        let left = self.run.now < self.step_deadline() && self.run.retries_left > 0;
        self.run.unresolved = self.run.stage > 0;
        if retryable && left && self.run.unstarted < MOST_RESTARTS {
            self.run.unstarted += 1;
            self.run.retries_left -= 1;
            if self.happen(Happening::NothingBegan) {
                self.begin_stage();
            }
        } else {
            let reason = match doubt {
                // The platform said no itself; the reads show that nothing came of an earlier write either.
                Some(doubt) if doubt.code == ReasonCode::Conflict => doubt,
                Some(doubt) => Reason::new(ReasonCode::NotStarted).with_evidence(doubt.message),
                None => Reason::new(ReasonCode::NotStarted),
            };
            self.end_step(reason);
        }
    }

    /// The step's time may be over.
    pub(super) fn step_passes(&mut self) {
        if self.run.overdue || self.run.now < self.step_deadline() {
            return;
        }
        let word = self.run.seen.as_ref().map(|call| call.word.clone());
        let pending = self.run.unresolved && !self.rests();
        let can_undo = self.undoable() && self.run.stage + 1 < self.stages().len();
        match self.run.state {
            State::Sent if !self.is_under_way(&Purpose::Write) => {
                // The write still waits to be sent: what it waits for takes longer than the step has.
                let code = if self.run.breaker.ready_at(self.run.now) > self.run.now {
                    ReasonCode::CircuitOpen
                } else {
                    ReasonCode::RateLimited
                };
                self.run.exchanges.clear();
                self.end_step(Reason::new(code));
            }
            // Two people who speak are not parted.
            State::Talking | State::Sent => {}
            _ if !pending || can_undo || self.may_overtake(word.as_deref()) => {
                let reason = self.loss(ReasonCode::TimedOut);
                self.end_step(reason);
            }
            _ => {
                self.run.overdue = true;
                let step = self
                    .run
                    .step()
                    .map(|step| step.id.clone())
                    .unwrap_or_default();
                self.tell(Happened::StepOverdue { step });
            }
        }
    }
}
