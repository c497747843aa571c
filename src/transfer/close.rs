//! Ends: of a step, with what it left behind put right, and of the run, in exactly one outcome.

use crate::journal::Happened;
use crate::model::call::PartyKind;
use crate::model::reason::{Reason, ReasonCode};
use crate::model::target::TargetKind;
use crate::private::printable;
use crate::transfer::outcome::{AnsweredBy, Outcome, Status, StepResult};
use crate::transfer::run::{Closing, Purpose};
use crate::transfer::{Happening, State, Transfer};

impl Transfer {
    /// The target took the call.
    pub(super) fn target_connects(&mut self) {
        if self.happen(Happening::TargetConnects) {
            self.run.unresolved = false;
            if let Some(record) = self.run.record() {
                record.result = StepResult::Connected;
            }
            self.finish(Status::Connected);
        }
    }

    /// A step that was taken ends without the call being taken there.
    pub(super) fn end_step(&mut self, reason: Reason) {
        let step = self
            .run
            .step()
            .map(|step| step.id.clone())
            .unwrap_or_default();
        let reason = reason.of_step(&step);
        let fatal = reason.code.attributes().ends_run();
        if let Some(record) = self.run.record() {
            record.result = StepResult::Failed;
            record.reason = Some(reason.clone());
        }
        self.run.reasons.push(reason.clone());
        self.tell(Happened::StepEnded { step, reason });
        if fatal {
            let status = self.status_without_steps();
            self.begin_closing(Happening::RunStops, Some(status));
        } else {
            self.step_is_over();
        }
    }

    /// Goes on to the next step, once what this one left behind is put right.
    pub(super) fn step_is_over(&mut self) {
        self.begin_closing(Happening::StepIsOver, None);
    }

    /// The agent takes the transfer back.
    pub(super) fn agent_cancels(&mut self) {
        self.stop(Status::Cancelled, Reason::new(ReasonCode::Cancelled));
    }

    /// The caller hung up.
    pub(super) fn caller_leaves(&mut self) {
        self.stop(Status::CallerLeft, Reason::new(ReasonCode::CallerLeft));
    }

    /// The time that the caller was given is spent.
    pub(super) fn budget_ends(&mut self) {
        let status = if self.is_stuck() {
            Status::Unresolved
        } else {
            self.status_without_steps()
        };
        self.stop(status, Reason::new(ReasonCode::BudgetSpent));
    }

    /// Nothing else can help: the run ends.
    pub(super) fn stop_for(&mut self, reason: Reason) {
        let status = self.status_without_steps();
        self.stop(status, reason);
    }

    /// No step is left.
    pub(super) fn steps_end(&mut self) {
        let status = self.status_without_steps();
        self.begin_closing(Happening::RunStops, Some(status));
    }

    /// Ends the run from wherever it stands.
    pub(super) fn stop(&mut self, status: Status, reason: Reason) {
        match &mut self.run.closing {
            _ if self.run.outcome.is_some() => {
                self.ignore(format!("{} after the end", reason.code));
                return;
            }
            Some(closing) if closing.status.is_some() => {
                self.ignore(format!("{} while the run ends", reason.code));
                return;
            }
            Some(closing) => {
                closing.status = Some(status);
                self.run.reasons.push(reason);
                return;
            }
            None => {}
        }
        let step = self.run.step().map(|step| step.id.clone());
        let reason = Reason { step, ..reason };
        let begun = !matches!(
            self.run.state,
            State::Planned | State::Checking | State::Deciding
        );
        let stuck = self.is_stuck();
        if let (true, Some(record)) = (begun, self.run.record()) {
            record.result = if stuck {
                StepResult::Unresolved
            } else {
                StepResult::Failed
            };
            record.reason = Some(reason.clone());
        }
        self.run.reasons.push(reason);
        if stuck && status != Status::CallerLeft {
            let unknown = matches!(self.run.state, State::Sent | State::Reconciling);
            let code = if unknown {
                ReasonCode::ResultUnknown
            } else {
                ReasonCode::StillPending
            };
            let doubt = self
                .run
                .doubt
                .as_ref()
                .and_then(|doubt| doubt.evidence.clone());
            self.run.reasons.push(Reason {
                evidence: doubt,
                ..Reason::new(code)
            });
        }
        self.begin_closing(Happening::RunStops, Some(status));
    }

    /// Whether a write is with the platform that cannot be taken back.
    fn is_stuck(&self) -> bool {
        self.run.unresolved
            && !self.rests()
            && self.stage().is_some_and(|stage| stage.undo.is_none())
    }

    /// Whether something of what the step has sent can be taken back.
    pub(super) fn undoable(&self) -> bool {
        self.stages()
            .iter()
            .take(self.run.stage + 1)
            .any(|stage| stage.undo.is_some())
    }

    fn begin_closing(&mut self, happening: Happening, status: Option<Status>) {
        let begun = !matches!(
            self.run.state,
            State::Planned | State::Checking | State::Deciding
        );
        let stages = if begun {
            self.run.stage + usize::from(self.run.unresolved)
        } else {
            0
        };
        self.drop_exchanges();
        if self.happen(happening) {
            self.run.closing = Some(Closing { stages, status });
            self.close();
        }
    }

    /// Puts right what is left, one write at a time, last first; then the next step begins, or the run ends.
    pub(super) fn close(&mut self) {
        let Some(mut closing) = self.run.closing.take() else {
            return;
        };
        while closing.stages > 0 {
            closing.stages -= 1;
            if let Some(undo) = self
                .stages()
                .get(closing.stages)
                .and_then(|stage| stage.undo)
            {
                let intent = self.run.intent_of_step();
                let request = self.profile.write(
                    undo,
                    &intent,
                    self.run.seen.as_ref().or(self.run.before.as_ref()),
                );
                self.run.closing = Some(closing);
                self.issue(Purpose::Undo, request);
                return;
            }
        }
        self.run.unresolved = closing.status == Some(Status::Unresolved);
        let next = match closing.status {
            None => self.next_step(),
            Some(_) => None,
        };
        if let Some(next) = next {
            self.run.at = next;
            if self.happen(Happening::NextStepBegins) {
                self.check_step();
            }
        } else if self.happen(Happening::RunEnds) {
            let status = closing.status;
            let status = status.unwrap_or_else(|| self.status_without_steps());
            self.finish(status);
        }
    }

    fn finish(&mut self, status: Status) {
        self.drop_exchanges();
        self.tell(Happened::Ended {
            status: status.as_str(),
        });
        self.run.status = Some(status);
        self.run.ended = self.run.now;
        self.conclude();
    }

    /// Makes the outcome of a run that has ended.
    pub(super) fn conclude(&mut self) {
        let Some(status) = self.run.status else {
            return;
        };
        let run = &self.run;
        let told = matches!(status, Status::Connected | Status::Unresolved);
        let record = run.steps.get(run.at).filter(|_| told);
        let connected = status == Status::Connected;
        let kind = run.step().filter(|_| connected).map(|step| step.to.kind());
        let call = run.seen.as_ref();
        let party = call.and_then(|call| call.party.as_deref());
        // Where a platform does not say what has the call: whom a queue connects is an agent; behind an extension or a number may
        // stand a person, a voicemail box or an IVR.
        let named = party.is_some_and(|party| printable(party) == party);
        let by_staff = named && kind.is_some_and(TargetKind::is_staffed);
        let answered_by = match call.and_then(|call| call.party_kind) {
            Some(PartyKind::Person) => AnsweredBy::Person,
            Some(PartyKind::Machine | PartyKind::Ivr | PartyKind::Music) => AnsweredBy::Machine,
            None if by_staff => AnsweredBy::Person,
            _ => AnsweredBy::Unknown,
        };
        self.run.outcome = Some(Outcome {
            status,
            step: record.map(|record| record.id.clone()),
            target: record.map(|record| record.target.clone()),
            agent: party
                .filter(|_| by_staff && answered_by == AnsweredBy::Person)
                .map(str::to_owned),
            answered_by: kind.map(|_| answered_by),
            attempts: run.attempts,
            took: u64::try_from(run.ended.since(run.started).as_millis()).unwrap_or(u64::MAX),
            started_at: run.started,
            ended_at: run.ended,
            reasons: run.reasons.clone(),
            steps: run.steps.clone(),
            audit: run.journal.audit(),
            breaker: run.breaker.clone(),
        });
    }
}
