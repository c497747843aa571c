//! Following the call: what an observation means for the stage under way.

use crate::http::Response;
use crate::journal::Happened;
use crate::model::call::{CallFacts, CallState, LegState, Party, PartyKind};
use crate::model::reason::{Reason, ReasonCode, Told};
use crate::private::printable;
use crate::profile::Guard;
use crate::transfer::outcome::Status;
use crate::transfer::run::{Exchange, Purpose};
use crate::transfer::{Happening, State, Transfer};

/// What the call as it is seen means for a guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// It is met.
    Met,
    /// It will not be met.
    Lost(ReasonCode),
    /// The call is on its way.
    OnItsWay,
    /// Nothing is seen that was not there before.
    Nothing,
}

impl Transfer {
    /// The call was read.
    pub(super) fn call_answered(&mut self, exchange: Exchange, response: &Response) {
        match response.status {
            200..=299 => match self.profile.call_facts(response) {
                Ok(facts) => self.observe(&facts, false),
                Err(unreadable) => {
                    self.tell_unreadable(&exchange, unreadable.0);
                    self.call_unread(exchange, ReasonCode::UnreadableAnswer);
                }
            },
            404 => self.call_is_gone(),
            401 | 403 if self.run.state == State::Checking => {
                let missing = response.status == 403;
                let code = self
                    .profile
                    .refusal(&exchange.request.operation, response.status);
                let evidence = if missing {
                    self.missing_scope(&exchange.request.operation)
                } else {
                    "HTTP 401".to_owned()
                };
                self.stop_for(Reason::new(code).with_evidence(evidence));
            }
            status => {
                let why = self.profile.refusal(&exchange.request.operation, status);
                self.call_unread(exchange, why);
            }
        }
    }

    /// The call could not be read.
    pub(super) fn call_unread(&mut self, exchange: Exchange, why: ReasonCode) {
        // Reads that fail agree with nothing.
        self.run.unchanged_since = None;
        if self.run.state == State::Checking {
            if !self.ask_again(exchange, why) {
                self.when_checked();
            }
        } else {
            self.read_later();
        }
    }

    /// The platform says that there is no such call.
    fn call_is_gone(&mut self) {
        let reason = Reason::new(ReasonCode::CallNotFound).with_evidence("HTTP 404");
        if self.run.state == State::Checking {
            self.stop_for(reason);
            return;
        }
        // A replica may not have it yet: only reads that agree for a while are believed.
        let since = *self.run.gone_since.get_or_insert(self.run.now);
        self.run.unchanged_since = None;
        if self.run.now >= since.after(self.run.policy.settle) {
            let status = if self.is_pending() {
                Status::Unresolved
            } else {
                self.status_without_steps()
            };
            self.stop(status, reason);
        } else {
            self.read_later();
        }
    }

    /// The platform told of the call.
    pub(super) fn observe(&mut self, facts: &CallFacts, pushed: bool) {
        if matches!(self.run.state, State::Done) {
            self.ignore("news of a call whose run is over".to_owned());
            return;
        }
        self.tell_observed(facts, pushed);
        self.run.gone_since = None;
        if facts.state == Some(CallState::Ended)
            || facts.leg(Party::Caller) == Some(LegState::Ended)
        {
            let mut reason = Reason::new(ReasonCode::CallerLeft);
            reason.evidence = facts.failure.clone().map(|told| told.evidence);
            self.stop(Status::CallerLeft, reason);
            return;
        }
        match self.run.state {
            State::Planned | State::Closing | State::Done => {}
            State::Checking | State::Deciding => {
                match &mut self.run.before {
                    Some(before) => before.learn(facts),
                    before => *before = Some(facts.clone()),
                }
                self.run.next_read = None;
                self.when_checked();
            }
            _ => {
                self.run.moved |= self.is_movement(facts);
                match &mut self.run.seen {
                    Some(seen) => seen.learn(facts),
                    seen => *seen = Some(facts.clone()),
                }
                self.judge(pushed);
            }
        }
    }

    /// Whether this differs from how the call was before anything was sent.
    fn is_movement(&self, facts: &CallFacts) -> bool {
        let Some(state) = facts.state.filter(|state| *state != CallState::Unknown) else {
            return false;
        };
        match self.run.before.as_ref().and_then(|before| before.state) {
            // A caller who waits elsewhere has moved too.
            Some(before) => state != before || self.party_changed(facts),
            None => state == CallState::Moving,
        }
    }

    /// Judges what has been seen so far once more: events may run ahead of the answer to the write.
    pub(super) fn look_again(&mut self) {
        if self.run.seen.is_some() {
            self.judge(true);
        }
    }

    fn judge(&mut self, pushed: bool) {
        let Some(stage) = self.stage() else { return };
        let last = self.run.stage + 1 == self.stages().len();
        match (self.sign(stage.until), self.run.state) {
            (Sign::Met, _) if last => self.target_connects(),
            (Sign::Met, State::Talking) => {}
            (Sign::Met, _) => self.stage_is_over(),
            // The answer to the write may still say that it never began.
            (Sign::Lost(_) | Sign::OnItsWay, State::Sent) => {}
            (Sign::Lost(code), _) => {
                // A machine is still on the line: where the platform can, it is hung up.
                self.run.unresolved = code == ReasonCode::MachineAnswered && stage.undo.is_some();
                let reason = self.loss(code);
                self.end_step(reason);
            }
            (Sign::OnItsWay, State::Accepted | State::Reconciling) => {
                self.happen(Happening::TargetRings);
                self.read_later();
            }
            (Sign::Nothing, State::Reconciling | State::Accepted) if !pushed => self.nothing_new(),
            _ => self.read_later(),
        }
    }

    /// What the call as it is seen means for a guard.
    fn sign(&self, guard: Guard) -> Sign {
        let Some(seen) = &self.run.seen else {
            return Sign::Nothing;
        };
        let target = seen.leg(Party::Target);
        match (guard, target) {
            (Guard::Accepted, _) => Sign::Met,
            (Guard::CallerHeld, _) if seen.leg(Party::Caller) == Some(LegState::Held) => Sign::Met,
            (Guard::CallerHeld, _) => Sign::Nothing,
            (Guard::TargetActive, Some(LegState::Active)) => self.taken(seen),
            (Guard::TargetActive | Guard::Moved, Some(LegState::Ended)) => {
                Sign::Lost(ReasonCode::NoAnswer)
            }
            (Guard::TargetActive, Some(LegState::Ringing)) => Sign::OnItsWay,
            (Guard::TargetActive, _) => Sign::Nothing,
            (Guard::AgentCompletes, Some(LegState::Ended)) => Sign::Lost(ReasonCode::Declined),
            (Guard::AgentCompletes, _) => Sign::OnItsWay,
            (Guard::Moved, Some(LegState::Active))
                if seen.leg(Party::Agent) == Some(LegState::Ended) =>
            {
                self.taken(seen)
            }
            (Guard::Moved, _) => match seen.state {
                Some(CallState::Connected) if self.run.moved || self.party_changed(seen) => {
                    self.taken(seen)
                }
                Some(CallState::Failed) if self.run.moved => Sign::Lost(ReasonCode::TransferFailed),
                Some(CallState::Waiting | CallState::Moving) if self.run.moved => Sign::OnItsWay,
                _ => Sign::Nothing,
            },
        }
    }

    /// What it means that whatever has the call now has taken it.
    fn taken(&self, seen: &CallFacts) -> Sign {
        let Some(to) = self.run.step().map(|step| &step.to) else {
            return Sign::Nothing;
        };
        let staffed = to.kind().is_staffed();
        match seen.party_kind {
            Some(PartyKind::Queue) => Sign::OnItsWay,
            Some(PartyKind::Ivr | PartyKind::Music) if staffed => Sign::OnItsWay,
            // Where the call cannot be taken elsewhere, that is what has become of it.
            Some(PartyKind::Machine) if staffed && self.profile.may_transfer(seen) => {
                Sign::Lost(ReasonCode::MachineAnswered)
            }
            // The queue itself has the call, and nobody in it.
            None if seen.party.is_some() && seen.party.as_deref() == to.id() => Sign::OnItsWay,
            _ => Sign::Met,
        }
    }

    /// Why the step is lost: as the platform says, where it says more than can be seen. Its caller is still there, so nothing
    /// that was told of one leg ends the run; and what was told before the step is not told of it.
    pub(super) fn loss(&self, code: ReasonCode) -> Reason {
        let Some(seen) = &self.run.seen else {
            return Reason::new(code);
        };
        let before = self.run.before.as_ref();
        let earlier = before.and_then(|before| before.failure.as_ref());
        let failed = seen.state == Some(CallState::Failed);
        let told = seen.failure.as_ref().filter(|told| {
            code != ReasonCode::MachineAnswered && (failed || Some(*told) != earlier)
        });
        let says_more = |told: &&Told| {
            code != ReasonCode::TimedOut
                && told.code != ReasonCode::TransferFailed
                && !told.code.attributes().ends_run()
        };
        let reason = Reason::new(told.filter(says_more).map_or(code, |told| told.code));
        reason.with_evidence(told.map_or(&seen.word, |told| &told.evidence))
    }

    /// Whether the platform has brought the call to something that is nobody, and left it there: nothing is pending, and it may
    /// be taken elsewhere.
    pub(super) fn rests(&self) -> bool {
        self.run.moved
            && self.run.seen.as_ref().is_some_and(|seen| {
                let nobody = matches!(seen.party_kind, Some(PartyKind::Ivr | PartyKind::Music));
                nobody
                    && seen.state == Some(CallState::Connected)
                    && self.profile.may_transfer(seen)
            })
    }

    /// Whether somebody has the call who did not have it before, or something. A call reads "connected" before its transfer too:
    /// to the agent who has it, and a platform that said nothing of that one is taken to have meant a person.
    fn party_changed(&self, seen: &CallFacts) -> bool {
        self.run.before.as_ref().is_some_and(|before| {
            let person = before.state == Some(CallState::Connected);
            let kind = before
                .party_kind
                .or_else(|| person.then_some(PartyKind::Person));
            seen.party.is_some() && seen.party != before.party
                || kind.is_some() && seen.party_kind.is_some() && seen.party_kind != kind
        })
    }

    /// A read shows the call as it was before. After a while of agreement that means something.
    fn nothing_new(&mut self) {
        let settled = self
            .run
            .unchanged_since
            .get_or_insert(self.run.now)
            .after(self.run.policy.settle);
        if self.run.now < settled {
            self.read_later();
            // The reads that decide should not come later than they have to.
            self.run.next_read = self.run.next_read.map(|next| next.min(settled));
            return;
        }
        let state = self.run.seen.as_ref().and_then(|call| call.state);
        let whole_call = self
            .stage()
            .is_some_and(|stage| stage.until == Guard::Moved);
        match self.run.state {
            // Without a look at the call before, nothing can be said to be as it was.
            State::Reconciling if self.run.before.is_some() || !whole_call => self.nothing_began(),
            State::Accepted if whole_call && state == Some(CallState::Failed) => {
                self.run.unresolved = false;
                self.end_step(Reason::new(ReasonCode::TransferFailed));
            }
            _ => self.read_later(),
        }
    }

    pub(super) fn read_soon(&mut self) {
        self.run.next_read = Some(self.run.now);
    }

    pub(super) fn read_later(&mut self) {
        self.run.next_read = Some(self.run.now.after(self.run.policy.poll));
    }

    /// Reads the call when its time has come, one read at a time.
    pub(super) fn read_when_due(&mut self) {
        let due = self.run.next_read.is_some_and(|next| next <= self.run.now);
        if due && self.follows() && !self.is_asked(&Purpose::Call) {
            self.run.next_read = None;
            let request = self.profile.read_call(&self.run.intent.call);
            self.issue(Purpose::Call, request);
        }
    }

    /// When the call is read next, where that is planned.
    pub(super) fn next_read(&self) -> Option<crate::Timestamp> {
        self.run
            .next_read
            .filter(|_| self.follows() && !self.is_asked(&Purpose::Call))
    }

    fn follows(&self) -> bool {
        matches!(
            self.run.state,
            State::Checking
                | State::Accepted
                | State::Ringing
                | State::Talking
                | State::Reconciling
        )
    }

    fn tell_observed(&mut self, facts: &CallFacts, pushed: bool) {
        if facts.state == Some(CallState::Unknown) {
            self.tell(Happened::StateUnknown {
                state: facts.word.clone(),
            });
        }
        let party = facts
            .party
            .as_deref()
            .map(|party| printable(party).to_owned());
        self.tell(Happened::CallObserved {
            state: facts.word.clone(),
            party,
            party_kind: facts.party_kind,
            pushed,
        });
    }
}
