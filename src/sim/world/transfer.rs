//! How a transfer goes: accepted, moved, offered, rung, answered or not. Every way through ends, or waits in a queue that keeps it.
//!
//! ```text
//! accepted ── moves ──→ queued, waiting ── an agent is free ──→ ringing ── answers ──→ connected
//!               │            │ nobody comes, or nobody can          │ rings out
//!               │            └───────────────→ failed ←─────────────┤
//!               └──→ (extension, number) ───────────────────────────┘
//! ```
//!
//! What answers may be a machine, and what a queue gives up may end in an IVR, with music or in a voicemail box: the platform
//! counts each as a transfer that is done.
//!
//! Until a call moves it reads as it did before, connected to the agent who gives it away: a client must not take that
//! for the result. Where queues keep calls, none fails: it goes back to its queue, and may be sent elsewhere from there.

use crate::error::Error;
use crate::model::call::PartyKind;
use crate::model::intent::Mode;
use crate::model::target::Target;
use crate::sim::random::{uuid, wait};
use crate::sim::world::agent::{AVAILABLE, REFUSED, RINGS_OUT};
use crate::sim::world::call::{CALLER_LEFT, End, Order, Stage, Transfer};
use crate::sim::world::queue::{MAX_WAIT, Queue};
use crate::sim::world::waits::Wait;
use crate::sim::world::{World, unknown};

const FORCED: &str = "forced to fail";

/// What happens next to a call in transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// It leaves who had it.
    Moves,
    /// The queue looks for an agent.
    Offered,
    /// The queue gives it up.
    Expires,
    /// Its target answers.
    Answers,
    /// Its target lets it ring.
    RingsOut,
}

/// Something on the agenda. A call has at most one at a time.
#[derive(Clone, Debug)]
pub(super) struct Happening {
    pub(super) call: String,
    pub(super) what: What,
}

/// Why a transfer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) enum Refusal {
    UnknownCall,
    Pending,
    Over,
}

impl World {
    /// Takes a transfer, whose id it returns.
    pub(in crate::sim) fn accept(&mut self, id: &str, order: Order) -> Result<String, Refusal> {
        let manner = self.manner;
        let call = self.calls.get_mut(id).ok_or(Refusal::UnknownCall)?;
        if call.state == manner.disconnected {
            return Err(Refusal::Over);
        }
        match &call.transfer {
            Some(waiting) if manner.keeps_calls && waiting.waits() => {
                let end = End::Failed("sent elsewhere");
                call.end_transfer(self.now, "TRANSFER_FAILED", end);
                self.agenda.strike(|happening| happening.call == id);
            }
            Some(_) => return Err(Refusal::Pending),
            None => {}
        }
        let mut rng = self.seed.stream("transfer", id, call.accepted());
        let transfer = Transfer {
            id: uuid(&mut rng),
            order,
            accepted: self.now,
            ended: None,
            stage: Stage::Accepted,
            from: call
                .party
                .clone()
                .filter(|party| self.agents.contains_key(party)),
            forced_to_fail: call.failures_ahead > 0,
            moves_after: wait(&mut rng, 100..=900),
            offered_after: wait(&mut rng, 200..=1_200),
            answered_after: wait(&mut rng, 1_000..=5_000),
        };
        call.failures_ahead = call.failures_ahead.saturating_sub(1);
        let (transfer_id, moves_after) = (transfer.id.clone(), transfer.moves_after);
        call.transfer = Some(transfer);
        if call.state == manner.failed {
            // That was said of the transfer before this one.
            manner.waiting.clone_into(&mut call.state);
        }
        call.note(self.now, "TRANSFER_ACCEPTED", None);
        if manner.keeps_calls {
            self.moves(id);
        } else {
            self.schedule(moves_after, id, What::Moves);
        }
        Ok(transfer_id)
    }

    /// The caller hangs up, whatever is going on. Nothing brings the call back.
    pub(in crate::sim) fn hang_up(&mut self, id: &str) -> Result<(), Error> {
        let call = self.calls.get_mut(id).ok_or_else(|| unknown("call", id))?;
        if call.state == self.manner.disconnected {
            return Ok(());
        }
        let mut engaged: Vec<String> = call.leave().into_iter().collect();
        engaged.extend(
            call.transfer
                .as_ref()
                .and_then(Transfer::rings_at)
                .map(str::to_owned),
        );
        let waited = call.transfer.is_none() && engaged.is_empty();
        if let Some(queue) = call.queue.take().filter(|_| waited)
            && let Some(queue) = self.queues.get_mut(&queue)
        {
            queue.past.push(Wait {
                at: self.now,
                waited: self.now.since(call.added),
                abandoned: true,
            });
        }
        self.manner.disconnected.clone_into(&mut call.state);
        call.end_transfer(self.now, "CALLER_LEFT", End::Failed(CALLER_LEFT));
        self.release(id, &engaged);
        self.agenda.strike(|happening| happening.call == id);
        self.dispatch();
        Ok(())
    }

    /// Joins a number to a call. Who has the call leaves it, or stays.
    pub(in crate::sim) fn bridge(
        &mut self,
        id: &str,
        number: String,
        leaves: bool,
    ) -> Result<(), Refusal> {
        let call = self.calls.get_mut(id).ok_or(Refusal::UnknownCall)?;
        if call.state == self.manner.disconnected {
            return Err(Refusal::Over);
        }
        if call.transfer.is_some() {
            return Err(Refusal::Pending);
        }
        let left = if leaves { call.leave() } else { None };
        call.party.get_or_insert(number);
        call.queue = None;
        self.manner.connected.clone_into(&mut call.state);
        call.note(self.now, "BRIDGED", None);
        self.release(id, left.as_slice());
        self.dispatch();
        Ok(())
    }

    pub(super) fn happen(&mut self, id: &str, what: What) {
        match what {
            What::Moves => self.moves(id),
            What::Offered => self.offered(id),
            What::Expires => self.gives_up(id, "queue overflow"),
            What::Answers => self.answers(id),
            What::RingsOut => self.rings_out(id),
        }
    }

    fn moves(&mut self, id: &str) {
        let Some(Transfer {
            order,
            offered_after,
            answered_after,
            forced_to_fail,
            ..
        }) = self.in_flight(id)
        else {
            return;
        };
        let mut left = None;
        if let Some(call) = self.calls.get_mut(id) {
            call.queue = None;
            if order.mode == Mode::Blind {
                left = call.leave();
            }
        }
        if let Some(number) = line_of(&order.to) {
            let line = self.line(number);
            let answers = line.is_none_or(|line| line.answers) && !forced_to_fail;
            let rings = line.and_then(|line| line.rings);
            self.change(id, self.manner.ringing, Stage::Ringing(None), "RINGING");
            if answers {
                self.schedule(rings.unwrap_or(answered_after), id, What::Answers);
            } else {
                self.schedule(rings.unwrap_or(RINGS_OUT), id, What::RingsOut);
            }
        } else {
            self.change(id, self.manner.queued, Stage::Arrived, "QUEUED");
            self.schedule(offered_after, id, What::Offered);
        }
        self.release(id, left.as_slice());
        self.dispatch();
    }

    /// The queue has the call: it says at once what can never work, and looks for an agent.
    fn offered(&mut self, id: &str) {
        let Some(transfer) = self.in_flight(id) else {
            return;
        };
        if self.manner.keeps_calls {
            return self.keeps_waiting(id, transfer.rings_at());
        }
        if let Some(reason) = self.hopeless(&transfer) {
            return self.gives_up(id, reason);
        }
        let max_wait = self
            .queue_of(&transfer)
            .map_or(MAX_WAIT, |queue| queue.max_wait);
        if let Some(transfer) = self
            .calls
            .get_mut(id)
            .and_then(|call| call.transfer.as_mut())
        {
            transfer.stage = Stage::Queued(self.now);
        }
        self.schedule(max_wait, id, What::Expires);
        self.dispatch();
    }

    /// The call waits in its queue, until somebody takes it or somebody sends it elsewhere.
    fn keeps_waiting(&mut self, id: &str, rung: Option<&str>) {
        let stage = Stage::Queued(self.now);
        self.change(id, self.manner.waiting, stage, "OFFERED");
        self.release(id, rung.map(str::to_owned).as_slice());
        let queue = self
            .in_flight(id)
            .and_then(|transfer| self.queue_of(&transfer).cloned());
        if let Some(queue) = queue.filter(|queue| queue.ends_in.is_some()) {
            self.schedule(queue.max_wait, id, What::Expires);
        }
        self.dispatch();
    }

    fn hopeless(&self, transfer: &Transfer) -> Option<&'static str> {
        if transfer.forced_to_fail {
            return Some(FORCED);
        }
        let closed = self.queue_of(transfer).and_then(Queue::closed);
        let staffed = self
            .candidates(transfer)
            .iter()
            .any(|agent| agent.is_signed_in());
        closed.or((!staffed).then_some("No available agents with required skill"))
    }

    pub(super) fn rings_at(&mut self, id: &str, agent: String) {
        let Some(found) = self.agents.get_mut(&agent) else {
            return;
        };
        found.engage(id, true, self.now);
        let (answers, rings) = (found.answers, found.rings);
        self.agenda.strike(|happening| happening.call == id);
        self.change(
            id,
            self.manner.ringing,
            Stage::Ringing(Some(agent)),
            "RINGING",
        );
        self.schedule(
            rings,
            id,
            if answers {
                What::Answers
            } else {
                What::RingsOut
            },
        );
    }

    fn answers(&mut self, id: &str) {
        let Some(transfer) = self.in_flight(id) else {
            return;
        };
        let rung = transfer.rings_at().map(str::to_owned);
        let mut kind = None;
        if let Some(agent) = rung.as_ref().and_then(|agent| self.agents.get_mut(agent)) {
            // Who went away while it rang does not answer.
            if agent.chosen != AVAILABLE {
                return self.fails(id, "no answer");
            }
            kind = Some(agent.answered_by);
            if agent.answered_by == PartyKind::Person {
                agent.engage(id, false, self.now);
            } else {
                agent.release(id, self.now);
            }
        }
        let line = line_of(&transfer.order.to);
        let kind = kind.or_else(|| self.line(line?)?.answered_by);
        self.taken(id, rung.or_else(|| line.map(str::to_owned)), kind);
    }

    /// The call is with this party from now on, or with something that has no name.
    fn taken(&mut self, id: &str, party: Option<String>, kind: Option<PartyKind>) {
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        let left = core::mem::replace(&mut call.party, party);
        call.answered_by = kind;
        self.manner.connected.clone_into(&mut call.state);
        call.end_transfer(self.now, "TRANSFER_SUCCESS", End::Completed);
        self.release(id, left.as_slice());
        self.dispatch();
    }

    fn rings_out(&mut self, id: &str) {
        let Some(transfer) = self.in_flight(id) else {
            return;
        };
        if let Some(agent) = transfer
            .rings_at()
            .and_then(|agent| self.agents.get_mut(agent))
            && agent.chosen == AVAILABLE
        {
            agent.choose(REFUSED.to_owned(), self.now);
        }
        self.fails(
            id,
            if transfer.forced_to_fail {
                FORCED
            } else {
                "no answer"
            },
        );
    }

    /// Nobody took the call: its queue keeps it, where queues do that.
    fn fails(&mut self, id: &str, reason: &'static str) {
        if self.manner.keeps_calls {
            let rung = self.rung(id);
            return self.keeps_waiting(id, rung.as_deref());
        }
        self.gives_up(id, reason);
    }

    /// The transfer comes to nothing, or ends in what its queue leads to.
    fn gives_up(&mut self, id: &str, reason: &'static str) {
        let rung = self.rung(id);
        let ends_in = self
            .in_flight(id)
            .filter(|transfer| !transfer.forced_to_fail)
            .and_then(|transfer| self.queue_of(&transfer)?.ends_in);
        self.release(id, rung.as_slice());
        if ends_in.is_some() {
            return self.taken(id, None, ends_in);
        }
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        self.manner.failed.clone_into(&mut call.state);
        call.end_transfer(self.now, "TRANSFER_FAILED", End::Failed(reason));
        self.dispatch();
    }

    fn rung(&self, id: &str) -> Option<String> {
        Some(self.in_flight(id)?.rings_at()?.to_owned())
    }

    pub(super) fn in_flight(&self, id: &str) -> Option<Transfer> {
        self.calls.get(id)?.transfer.clone()
    }

    fn change(&mut self, id: &str, state: &str, stage: Stage, action: &'static str) {
        let now = self.now;
        if let Some(call) = self.calls.get_mut(id) {
            state.clone_into(&mut call.state);
            if let Some(transfer) = &mut call.transfer {
                transfer.stage = stage;
            }
            call.note(now, action, None);
        }
    }

    fn release(&mut self, call: &str, agents: &[String]) {
        for id in agents {
            if let Some(agent) = self.agents.get_mut(id) {
                agent.release(call, self.now);
            }
        }
    }
}

fn line_of(to: &Target) -> Option<&str> {
    match to {
        Target::Extension { extension } => Some(extension),
        Target::Phone { phone } => Some(phone.reveal()),
        Target::Queue { .. } | Target::Skill { .. } => None,
    }
}
