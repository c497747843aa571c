//! The centre itself: queues, agents, telephones and calls, and the clock that moves them. It knows no HTTP and no platform.

mod agent;
mod call;
mod dispatch;
mod manner;
mod picture;
mod queue;
mod transfer;
mod waits;

use core::time::Duration;
use std::collections::{BTreeMap, BTreeSet};

pub(super) use agent::{AVAILABLE, Agent, AgentSetup, OFFLINE, ON_CALL, RINGING, WRAP_UP};
pub use call::Entry;
pub(super) use call::{Call, CallSetup, End, Order, Transfer};
pub(super) use manner::Manner;
pub use picture::{AgentPicture, BridgePicture, CallPicture, Picture, PlacedPicture, QueuePicture};
pub(super) use queue::{ACTIVE, Campaign, INACTIVE, MAX_WAIT, Queue};
pub(super) use transfer::Refusal;
use transfer::{Happening, What};
pub(super) use waits::Wait;

use crate::error::{Code, Error};
use crate::model::call::PartyKind;
use crate::sim::agenda::Agenda;
use crate::sim::random::{Seed, pick, uuid};
use crate::time::Timestamp;

const SKILL_NAMES: &[&str] = &[
    "Accounts",
    "Billing",
    "Cancellation",
    "Claims",
    "Complaints",
    "English",
    "French",
    "German",
    "Network",
    "Orders",
    "Retention",
    "Returns",
    "Spanish",
    "Technical",
    "Tier 2",
    "VIP",
];

/// What is said of a queue when it is put into the centre.
#[derive(Clone, Debug)]
pub(super) struct QueueSetup {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) status: String,
    /// Statuses, with ids where they were given.
    pub(super) campaigns: Vec<(Option<String>, String)>,
    pub(super) agents: Vec<AgentSetup>,
    pub(super) max_wait: Duration,
    /// What has a call that nobody took in that time; it fails where there is nothing.
    pub(super) ends_in: Option<PartyKind>,
    /// So many made-up callers of the last seven days.
    pub(super) past_callers: u64,
    /// What the host says of its load, by the names of metrics.
    pub(super) metrics: BTreeMap<String, f64>,
}

/// An extension or a number that does not just answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) answers: bool,
    pub(super) rings: Option<Duration>,
    /// What answers, where that shows.
    pub(super) answered_by: Option<PartyKind>,
}

/// The centre.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) seed: Seed,
    manner: Manner,
    now: Timestamp,
    queues: BTreeMap<String, Queue>,
    agents: BTreeMap<String, Agent>,
    /// Skills that were registered, with their names.
    skills: BTreeMap<String, Option<String>>,
    lines: BTreeMap<String, Line>,
    calls: BTreeMap<String, Call>,
    /// The ids of other tenants' calls.
    foreign: BTreeSet<String>,
    agenda: Agenda<Happening>,
}

impl World {
    pub(super) fn new(seed: Seed, manner: Manner, now: Timestamp) -> Self {
        Self {
            seed,
            manner,
            now,
            queues: BTreeMap::new(),
            agents: BTreeMap::new(),
            skills: BTreeMap::new(),
            lines: BTreeMap::new(),
            calls: BTreeMap::new(),
            foreign: BTreeSet::new(),
            agenda: Agenda::default(),
        }
    }

    pub(super) fn add_queue(&mut self, setup: QueueSetup) -> Result<(), Error> {
        if self.queues.contains_key(&setup.id) {
            return Err(taken("queue", &setup.id));
        }
        let mut rng = self.seed.stream("campaign", &setup.id, 0);
        let campaigns = setup.campaigns.into_iter().map(|(id, status)| {
            let seeded = uuid(&mut rng);
            Campaign {
                id: id.unwrap_or(seeded),
                status,
            }
        });
        let queue = Queue {
            name: setup.name.unwrap_or_else(|| setup.id.clone()),
            status: setup.status,
            campaigns: campaigns.collect(),
            agents: setup.agents.iter().map(|agent| agent.id.clone()).collect(),
            max_wait: setup.max_wait,
            ends_in: setup.ends_in,
            past: waits::made_up(self.seed, &setup.id, setup.past_callers, self.now),
            metrics: setup.metrics,
            id: setup.id,
        };
        self.queues.insert(queue.id.clone(), queue);
        for agent in setup.agents {
            self.add_agent(agent);
        }
        self.dispatch();
        Ok(())
    }

    /// An agent who is there already keeps what is not said anew: the same person may work in several queues.
    fn add_agent(&mut self, setup: AgentSetup) {
        let (seed, now, id) = (self.seed, self.now, setup.id.clone());
        let agent = self
            .agents
            .entry(id.clone())
            .or_insert_with(|| Agent::new(seed, &id, now));
        agent.learn(seed, setup, now);
        let connected = self.manner.connected;
        let talks = |call: &&Call| call.state == connected && call.party.as_ref() == Some(&id);
        if agent.engaged.is_none()
            && let Some(call) = self.calls.values().find(talks)
        {
            agent.engage(&call.id, false, now);
        }
    }

    pub(super) fn add_call(&mut self, setup: CallSetup) -> Result<(), Error> {
        if self.calls.contains_key(&setup.id) || self.is_foreign(&setup.id) {
            return Err(taken("call", &setup.id));
        }
        if setup.foreign {
            self.foreign.insert(setup.id);
            return Ok(());
        }
        if let Some(queue) = setup.queue.as_ref().filter(|id| self.queue(id).is_none()) {
            return Err(unknown("queue", queue));
        }
        let party = setup.party.as_ref();
        if let Some(agent) = party.and_then(|party| self.agents.get_mut(party)) {
            if let Some(engaged) = &agent.engaged {
                let message = format!("agent `{}` has call `{}` already", agent.id, engaged.call);
                return Err(Error::new(Code::Duplicate, message)
                    .with_hint("an agent has one call at a time"));
            }
            agent.engage(&setup.id, false, self.now);
        }
        let kind = party.filter(|party| self.agents.contains_key(*party));
        let kind = setup.answered_by.or(kind.map(|_| PartyKind::Person));
        self.calls
            .insert(setup.id.clone(), Call::new(setup, kind, self.now));
        Ok(())
    }

    pub(super) fn add_line(&mut self, number: String, line: Line) {
        self.lines.insert(number, line);
    }

    /// How an extension or a number behaves, where anything was said of it.
    pub(super) fn line(&self, number: &str) -> Option<Line> {
        self.lines.get(number).copied()
    }

    /// The next transfers of a call come to nothing.
    pub(super) fn force_failures(&mut self, call: &str, times: u64) -> Result<(), Error> {
        let call = self
            .calls
            .get_mut(call)
            .ok_or_else(|| unknown("call", call))?;
        call.failures_ahead = call.failures_ahead.saturating_add(times);
        Ok(())
    }

    pub(super) fn set_agent(
        &mut self,
        queue: Option<&str>,
        id: &str,
        status: String,
    ) -> Result<(), Error> {
        if let Some(queue) = queue {
            let found = self
                .queues
                .get(queue)
                .ok_or_else(|| unknown("queue", queue))?;
            if !found.agents.iter().any(|agent| agent == id) {
                return Err(Error::new(
                    Code::UnknownValue,
                    format!("queue `{queue}` has no agent `{id}`"),
                ));
            }
        }
        self.agents
            .get_mut(id)
            .ok_or_else(|| unknown("agent", id))?
            .choose(status, self.now);
        self.dispatch();
        Ok(())
    }

    /// Lets everything happen that is due by `now`. Time never goes back.
    pub(super) fn advance(&mut self, now: Timestamp) {
        while let Some((at, happening)) = self.agenda.pop_due(now) {
            self.now = self.now.max(at);
            self.happen(&happening.call, happening.what);
        }
        self.now = self.now.max(now);
    }

    pub(super) const fn manner(&self) -> Manner {
        self.manner
    }

    pub(super) const fn now(&self) -> Timestamp {
        self.now
    }

    pub(super) fn next_change(&self) -> Option<Timestamp> {
        self.agenda.next()
    }

    pub(super) fn call(&self, id: &str) -> Option<&Call> {
        self.calls.get(id)
    }

    /// Whether this is another tenant's call.
    pub(super) fn is_foreign(&self, id: &str) -> bool {
        self.foreign.contains(id)
    }

    pub(super) fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.values()
    }

    pub(super) fn queue(&self, id: &str) -> Option<&Queue> {
        self.queues.get(id)
    }

    pub(super) fn queues(&self) -> impl Iterator<Item = &Queue> {
        self.queues.values()
    }

    pub(super) fn agent(&self, id: &str) -> Option<&Agent> {
        self.agents.get(id)
    }

    /// The agents of a queue, in its order.
    pub(super) fn agents_of<'w>(&'w self, queue: &'w Queue) -> impl Iterator<Item = &'w Agent> {
        queue.agents.iter().filter_map(|id| self.agents.get(id))
    }

    /// Whether the skill is registered, or anybody has it.
    pub(super) fn knows_skill(&self, skill: &str) -> bool {
        self.skills.contains_key(skill) || self.agents.values().any(|agent| agent.has(Some(skill)))
    }

    /// Registers a skill, whoever has it. A name that was given stays where none is given anew.
    pub(super) fn add_skill(&mut self, id: String, name: Option<String>) {
        let known = self.skills.entry(id).or_default();
        *known = name.or(known.take());
    }

    /// All skills by id, with their names: made up where none were given.
    pub(super) fn skills(&self) -> BTreeMap<&str, &str> {
        let held = self.agents.values().flat_map(|agent| &agent.skills);
        let held = held.map(|skill| skill.id.as_str());
        let all = self.skills.keys().map(String::as_str).chain(held);
        all.map(|id| (id, self.skill_name(id))).collect()
    }

    pub(super) fn skill_name(&self, id: &str) -> &str {
        match self.skills.get(id) {
            Some(Some(name)) => name,
            _ => pick(&mut self.seed.stream("skill-name", id, 0), SKILL_NAMES),
        }
    }

    /// From now on, calls wait in the queue no longer than that.
    pub(super) fn set_max_wait(&mut self, queue: &str, max_wait: Duration) {
        if let Some(queue) = self.queues.get_mut(queue) {
            queue.max_wait = max_wait;
        }
    }

    fn schedule(&mut self, wait: Duration, call: &str, what: What) {
        self.agenda.schedule(
            self.now.after(wait),
            Happening {
                call: call.to_owned(),
                what,
            },
        );
    }
}

fn taken(kind: &str, id: &str) -> Error {
    Error::new(Code::Duplicate, format!("there is a {kind} `{id}` already"))
        .with_hint("give each its own id")
}

pub(super) fn unknown(kind: &str, id: &str) -> Error {
    Error::new(Code::UnknownValue, format!("there is no {kind} `{id}`")).with_hint("add it first")
}
