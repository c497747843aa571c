//! A call, the transfer that it is in, and everything that happened to it.

use core::time::Duration;

use serde::Serialize;

use crate::model::intent::Mode;
use crate::model::target::Target;
use crate::time::Timestamp;

/// The word for a call that is in a queue.
pub(in crate::sim) const WAITING: &str = "WAITING";
/// The word for a call that rings at its target.
pub(in crate::sim) const IN_TRANSFER: &str = "IN_TRANSFER";
/// The word for a call that somebody has.
pub(in crate::sim) const CONNECTED: &str = "CONNECTED";
/// The word for a call whose transfer came to nothing.
pub(in crate::sim) const FAILED: &str = "FAILED";
/// The word for a call whose caller hung up.
pub(in crate::sim) const DISCONNECTED: &str = "DISCONNECTED";

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
    /// What happened: `CALL_ADDED`, `TRANSFER_ACCEPTED`, `QUEUED`, `RINGING`, `TRANSFER_SUCCESS`, `TRANSFER_FAILED`, `CALLER_LEFT`.
    pub action: &'static str,
    /// The call's state from then on.
    pub state: String,
    /// Who has the call from then on: an agent's id, an extension, a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected_to: Option<String>,
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
    pub(super) fn new(id: String, state: String, party: Option<String>, now: Timestamp) -> Self {
        let (transfer, past, history) = (None, Vec::new(), Vec::new());
        let mut call = Self {
            id,
            state,
            party,
            transfer,
            past,
            failures_ahead: 0,
            added: now,
            history,
        };
        call.note(now, "CALL_ADDED", None);
        call
    }

    /// How many transfers the platform took.
    pub(in crate::sim) fn accepted(&self) -> u64 {
        self.past.len() as u64 + u64::from(self.transfer.is_some())
    }

    /// All its transfers, in the order in which they were accepted.
    pub(in crate::sim) fn transfers(&self) -> impl DoubleEndedIterator<Item = &Transfer> {
        self.past.iter().chain(&self.transfer)
    }

    /// Whether a transfer brought it to this queue, and nobody took it yet.
    pub(super) fn waits_in(&self, queue: &str) -> bool {
        self.transfer.as_ref().is_some_and(|transfer| {
            matches!(transfer.stage, Stage::Arrived | Stage::Queued(_))
                && transfer
                    .order
                    .to
                    .queue()
                    .is_some_and(|to| to.as_str() == queue)
        })
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
