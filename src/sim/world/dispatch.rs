//! Who gets which call. It knows queues, skills and who is idle, and starts nothing but the ringing.

use crate::sim::world::World;
use crate::sim::world::agent::Agent;
use crate::sim::world::call::{Stage, Transfer};
use crate::sim::world::queue::Queue;
use crate::time::Timestamp;

impl World {
    pub(super) fn queue_of(&self, transfer: &Transfer) -> Option<&Queue> {
        self.queues.get(transfer.order.to.queue()?.as_str())
    }

    /// Who may take the transfer at all: never the agent who gave the call away.
    pub(super) fn candidates(&self, transfer: &Transfer) -> Vec<&Agent> {
        let to = &transfer.order.to;
        let skill = to.skill().map(|skill| skill.as_str());
        let fits = |agent: &&Agent| agent.has(skill) && transfer.from.as_ref() != Some(&agent.id);
        match (self.queue_of(transfer), to.queue()) {
            (Some(queue), _) => self.agents_of(queue).filter(fits).collect(),
            (None, None) => self.agents.values().filter(fits).collect(),
            (None, Some(_)) => Vec::new(),
        }
    }

    /// Gives waiting calls to free agents: the most urgent call that waited longest, to the agent who was idle longest.
    pub(super) fn dispatch(&mut self) {
        let mut waiting: Vec<(u8, Timestamp, String)> = Vec::new();
        for call in self.calls.values() {
            if let Some(Transfer {
                stage: Stage::Queued(since),
                order,
                ..
            }) = &call.transfer
            {
                waiting.push((order.priority, *since, call.id.clone()));
            }
        }
        waiting.sort();
        for (.., id) in waiting {
            let Some(transfer) = self.in_flight(&id) else {
                continue;
            };
            // A queue that keeps calls keeps these too.
            let closed = self.queue_of(&transfer).and_then(Queue::closed);
            if transfer.forced_to_fail || closed.is_some() {
                continue;
            }
            let free = self
                .candidates(&transfer)
                .into_iter()
                .filter(|agent| agent.is_free());
            if let Some(agent) = free
                .min_by_key(|agent| agent.since)
                .map(|agent| agent.id.clone())
            {
                self.rings_at(&id, agent);
            }
        }
    }
}
