//! The centre as data, for whoever shows it: a test, a page, a log. It decides nothing.

use serde::Serialize;

use crate::model::call::PartyKind;
use crate::sim::world::World;
use crate::sim::world::agent::Agent;
use crate::sim::world::call::{Call, Entry};
use crate::sim::world::queue::Queue;
use crate::time::Timestamp;

/// The centre at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Picture {
    /// When.
    pub now: Timestamp,
    /// Its queues, by id.
    pub queues: Vec<QueuePicture>,
    /// Its calls, by id.
    pub calls: Vec<CallPicture>,
    /// The calls that the platform placed, by id.
    pub placed: Vec<PlacedPicture>,
    /// The bridges that were made, in their order.
    pub bridges: Vec<BridgePicture>,
}

/// A call that the platform placed, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlacedPicture {
    /// Its id.
    pub id: String,
    /// `queued`, `initiated`, `ringing`, `answered`, `completed` or `failed`.
    pub status: String,
    /// The flow that it runs.
    pub flow: String,
    /// The number that it comes from.
    pub from: String,
    /// The number that is called.
    pub to: String,
}

/// A bridge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BridgePicture {
    /// Its id.
    pub id: String,
    /// The call whose legs were joined.
    pub call: String,
    /// `inbound`, `outbound`, `transfer` or `consult`.
    pub direction: String,
    /// The numbers that joined the call, in their order.
    pub targets: Vec<String>,
}

/// A queue at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct QueuePicture {
    /// Its id.
    pub id: String,
    /// Its name; the id where none was given.
    pub name: String,
    /// `ACTIVE` or `INACTIVE`.
    pub status: String,
    /// The statuses of the campaigns that feed it.
    pub campaigns: Vec<String>,
    /// Its agents, in its order.
    pub agents: Vec<AgentPicture>,
    /// The calls that a transfer brought here and nobody took yet.
    pub waiting: Vec<String>,
}

/// An agent at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgentPicture {
    /// The agent's id.
    pub id: String,
    /// The made-up name.
    pub name: String,
    /// The word that the platform shows.
    pub status: String,
    /// The ids of the agent's skills.
    pub skills: Vec<String>,
    /// The call that the agent has or that rings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
}

/// A call at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallPicture {
    /// Its id.
    pub id: String,
    /// Its state in the platform's words.
    pub state: String,
    /// Who has it: an agent's id, an extension, a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected_to: Option<String>,
    /// What has it, where that shows: `person`, `machine`, `ivr`, `music`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<PartyKind>,
    /// How many transfers of it the platform took.
    pub transfers: u64,
    /// Whether one of them is in flight.
    pub in_flight: bool,
    /// All that happened to it.
    pub history: Vec<Entry>,
}

impl From<&Call> for CallPicture {
    fn from(call: &Call) -> Self {
        Self {
            id: call.id.clone(),
            state: call.state.clone(),
            connected_to: call.party.clone(),
            answered_by: call.answered_by,
            transfers: call.accepted(),
            in_flight: call.transfer.is_some(),
            history: call.history.clone(),
        }
    }
}

impl From<&Agent> for AgentPicture {
    fn from(agent: &Agent) -> Self {
        Self {
            id: agent.id.clone(),
            name: agent.full_name(),
            status: agent.status().to_owned(),
            skills: agent.skills.iter().map(|skill| skill.id.clone()).collect(),
            call: agent.engaged.as_ref().map(|engaged| engaged.call.clone()),
        }
    }
}

impl World {
    /// The centre as it is now; of what is beside it nothing.
    pub(in crate::sim) fn picture(&self) -> Picture {
        let queue = |queue: &Queue| QueuePicture {
            id: queue.id.clone(),
            name: queue.name.clone(),
            status: queue.status.clone(),
            campaigns: queue
                .campaigns
                .iter()
                .map(|campaign| campaign.status.clone())
                .collect(),
            agents: self.agents_of(queue).map(AgentPicture::from).collect(),
            waiting: self
                .calls
                .values()
                .filter(|call| call.waits_in(&queue.id))
                .map(|call| call.id.clone())
                .collect(),
        };
        Picture {
            now: self.now,
            queues: self.queues.values().map(queue).collect(),
            calls: self.calls.values().map(CallPicture::from).collect(),
            placed: Vec::new(),
            bridges: Vec::new(),
        }
    }
}
