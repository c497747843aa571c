//! How queues are configured: versions, and the time until a deployed one shows. It knows no HTTP.

mod audit;
mod check;

use core::time::Duration;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub(super) use audit::{Deployment, Entry, Log};
pub(super) use check::{FIELDS, checked, usual};

use crate::sim::random::{Seed, wait};
use crate::time::Timestamp;

/// A configuration, in the platform's words, and its version.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Version {
    pub(super) number: u64,
    pub(super) config: Map<String, Value>,
}

impl Version {
    /// The ids of the skills that it asks for.
    pub(super) fn skills(&self) -> impl Iterator<Item = &str> {
        let skills = self.config.get("skills").and_then(Value::as_array);
        let skills = skills.into_iter().flatten();
        skills.filter_map(|skill| skill.get("id")?.as_str())
    }

    /// How long a caller may wait.
    pub(super) fn max_wait(&self) -> Option<Duration> {
        let seconds = self.config.get("maxWaitTime")?.as_u64()?;
        Some(Duration::from_secs(seconds))
    }
}

/// What is said of a queue's configuration when the queue is put into the centre.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ConfigSetup {
    pub(super) version: Version,
    /// How long a deployed version takes to show; 1 to 5 seconds from the seed where nothing is said.
    pub(super) propagation: Option<Duration>,
}

/// A queue's configuration.
#[derive(Clone, Debug)]
struct Configured {
    shown: Version,
    /// Deployed, and when each shows, in that order.
    deployed: Vec<(Timestamp, Version)>,
    propagation: Option<Duration>,
}

impl Configured {
    fn latest(&self) -> &Version {
        self.deployed
            .last()
            .map_or(&self.shown, |(_, version)| version)
    }
}

/// The configurations of all queues, and the log of their changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Routing {
    queues: BTreeMap<String, Configured>,
    pub(super) log: Log,
}

impl Routing {
    pub(super) fn add(&mut self, queue: &str, setup: ConfigSetup) {
        let configured = Configured {
            shown: setup.version,
            deployed: Vec::new(),
            propagation: setup.propagation,
        };
        self.queues.insert(queue.to_owned(), configured);
    }

    /// The version that a read shows.
    pub(super) fn shown(&self, queue: &str) -> Option<&Version> {
        self.queues.get(queue).map(|found| &found.shown)
    }

    /// The version that a deployment must name: the last one that was deployed, shown or not.
    pub(super) fn latest(&self, queue: &str) -> Option<&Version> {
        self.queues.get(queue).map(Configured::latest)
    }

    /// Deploys a configuration, and writes that down. It shows after a while.
    pub(super) fn deploy(&mut self, seed: Seed, deployment: Deployment) -> Option<Version> {
        let found = self.queues.get_mut(&deployment.queue)?;
        let before = found.latest().clone();
        let version = Version {
            number: before.number.saturating_add(1),
            config: deployment.config.clone(),
        };
        let mut rng = seed.stream("propagation", &deployment.queue, version.number);
        let usual = wait(&mut rng, 1_000..=5_000);
        let shows = deployment.at.after(found.propagation.unwrap_or(usual));
        let shows = found
            .deployed
            .last()
            .map_or(shows, |(at, _)| shows.max(*at));
        found.deployed.push((shows, version.clone()));
        self.log.note(seed, &deployment, &before, version.number);
        Some(version)
    }

    /// When the next deployed version shows.
    pub(super) fn due(&self) -> Option<Timestamp> {
        let first = |found: &Configured| found.deployed.first().map(|(at, _)| *at);
        self.queues.values().filter_map(first).min()
    }

    /// Shows what is due by `now`: the queues with how long a caller may wait there from then on.
    pub(super) fn show(&mut self, now: Timestamp) -> Vec<(String, Duration)> {
        let mut changed = Vec::new();
        for (id, found) in &mut self.queues {
            let due = found.deployed.iter().filter(|(at, _)| *at <= now).count();
            if let Some((_, version)) = found.deployed.drain(..due).next_back() {
                changed.extend(version.max_wait().map(|wait| (id.clone(), wait)));
                found.shown = version;
            }
        }
        changed
    }
}
