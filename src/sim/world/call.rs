//! A call, the transfer that it is in, and everything that happened to it.

use core::time::Duration;

use serde::Serialize;

use crate::model::call::PartyKind;
use crate::model::intent::Mode;
use crate::model::target::Target;
use crate::time::Timestamp;

/// What is said of a call when it is put into the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sim) struct CallSetup {
    pub(in crate::sim) id: String,
    pub(in crate::sim) state: String,
    pub(in crate::sim) party: Option<String>,
    /// What has it, where that is no agent of the centre.
    pub(in crate::sim) answered_by: Option<PartyKind>,
    pub(in crate::sim) queue: Option<String>,
    /// How long ago it began.
    pub(in crate::sim) age: Duration,
    /// It is another tenant's: this one does not know it.
    pub(in crate::sim) foreign: bool,
}

/// What a client asked for, checked.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Order {
    pub(in crate::sim) to: Target,
    pub(in crate::sim) mode: Mode,
    /// 1 comes first.
    pub(in crate::sim) priority: u8,
}

/// Where a transfer in flight has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Taken; the call has not moved yet.
    Accepted,
    /// Moved into the queue; not yet offered to anybody.
    Arrived,
    /// Waits for an agent, since that moment.
    Queued(Timestamp),
    /// Rings at this agent, or, without one, at an extension or a number.
    Ringing(Option<String>),
}

/// Why a transfer ended whose caller hung up.
pub(super) const CALLER_LEFT: &str = "caller hung up";

/// How a transfer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) enum End {
    Completed,
    Failed(&'static str),
}

/// A transfer, in flight or ended.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Transfer {
    pub(in crate::sim) id: String,
    pub(in crate::sim) order: Order,
    pub(in crate::sim) accepted: Timestamp,
    pub(in crate::sim) ended: Option<(Timestamp, End)>,
    pub(super) stage: Stage,
    /// The agent who had the call, who is not given it back.
    pub(super) from: Option<String>,
    pub(super) forced_to_fail: bool,
    /// From the acceptance until the call moves.
    pub(super) moves_after: Duration,
    /// From the arrival in a queue until an agent is looked for.
    pub(super) offered_after: Duration,
    /// From the first ring at an extension or a number until it answers.
    pub(super) answered_after: Duration,
}

impl Transfer {
    /// Whether the call is in a queue, and rings nowhere.
    pub(super) fn waits(&self) -> bool {
        matches!(self.stage, Stage::Arrived | Stage::Queued(_))
    }

    /// The agent at whom it rings.
    pub(super) fn rings_at(&self) -> Option<&str> {
        match &self.stage {
            Stage::Ringing(agent) => agent.as_deref(),
            _ => None,
        }
    }
}

/// One line of a call's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What happened: `CALL_ADDED`, `TRANSFER_ACCEPTED`, `QUEUED`, `OFFERED`, `RINGING`, `TRANSFER_SUCCESS`, `TRANSFER_FAILED`,
    /// `BRIDGED`, `CALLER_LEFT`.
    pub action: &'static str,
    /// The call's state from then on.
    pub state: String,
    /// Who has the call from then on: an agent's id, an extension, a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected_to: Option<String>,
    /// What has the call from then on, where that shows: `person`, `machine`, `ivr`, `music`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<PartyKind>,
    /// The id of the transfer that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer: Option<String>,
    /// Where that transfer goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Target>,
    /// The agent at whom it rings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

/// A call.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Call {
    pub(in crate::sim) id: String,
    pub(in crate::sim) state: String,
    pub(in crate::sim) party: Option<String>,
    /// What that is; nothing where it does not show.
    pub(in crate::sim) answered_by: Option<PartyKind>,
    /// The queue in which it was put into the centre, until it leaves that.
    pub(in crate::sim) queue: Option<String>,
    /// In flight.
    pub(in crate::sim) transfer: Option<Transfer>,
    /// Ended, in the order in which they were accepted.
    pub(in crate::sim) past: Vec<Transfer>,
    /// The next so many transfers fail.
    pub(super) failures_ahead: u64,
    pub(in crate::sim) added: Timestamp,
    pub(in crate::sim) history: Vec<Entry>,
}

impl Call {
    pub(super) fn new(setup: CallSetup, answered_by: Option<PartyKind>, now: Timestamp) -> Self {
        let added = now.before(setup.age);
        let mut call = Self {
            id: setup.id,
            state: setup.state,
            party: setup.party,
            answered_by,
            queue: setup.queue,
            transfer: None,
            past: Vec::new(),
            failures_ahead: 0,
            added,
            history: Vec::new(),
        };
        call.note(added, "CALL_ADDED", None);
        call
    }

    /// How many transfers the platform took.
    pub(in crate::sim) fn accepted(&self) -> u64 {
        self.past.len() as u64 + u64::from(self.transfer.is_some())
    }

    /// Whoever has it leaves it, and is told.
    pub(super) fn leave(&mut self) -> Option<String> {
        self.answered_by = None;
        self.party.take()
    }

    /// All its transfers, in the order in which they were accepted.
    pub(in crate::sim) fn transfers(&self) -> impl DoubleEndedIterator<Item = &Transfer> {
        self.past.iter().chain(&self.transfer)
    }

    /// Whether it is in this queue, and nobody took it yet.
    pub(in crate::sim) fn waits_in(&self, queue: &str) -> bool {
        let Some(transfer) = &self.transfer else {
            return self.party.is_none()
                && self.answered_by.is_none()
                && self.queue.as_deref() == Some(queue);
        };
        transfer.waits()
            && transfer
                .order
                .to
                .queue()
                .is_some_and(|to| to.as_str() == queue)
    }

    /// The line of history that held at a moment; the first one before it began.
    pub(in crate::sim) fn as_of(&self, at: Timestamp) -> Option<&Entry> {
        self.history
            .iter()
            .rfind(|entry| entry.at <= at)
            .or_else(|| self.history.first())
    }

    /// Adds a line to the history, with what holds now.
    pub(super) fn note(
        &mut self,
        at: Timestamp,
        action: &'static str,
        reason: Option<&'static str>,
    ) {
        let transfer = self.transfer.as_ref();
        let agent = transfer.and_then(Transfer::rings_at).map(str::to_owned);
        self.history.push(Entry {
            at,
            action,
            state: self.state.clone(),
            connected_to: self.party.clone(),
            answered_by: self.answered_by,
            transfer: transfer.map(|transfer| transfer.id.clone()),
            to: transfer.map(|transfer| transfer.order.to.clone()),
            agent,
            reason,
        });
    }

    /// Ends the transfer in flight, and says so in the history.
    pub(super) fn end_transfer(&mut self, at: Timestamp, action: &'static str, end: End) {
        let reason = match end {
            End::Failed(reason) => Some(reason),
            End::Completed => None,
        };
        self.note(at, action, reason);
        if let Some(mut transfer) = self.transfer.take() {
            transfer.ended = Some((at, end));
            self.past.push(transfer);
        }
    }
}
