//! Whole rosters from the seed: plausible agents in any number, for benches and busy demonstrations.

use crate::sim::random::{Seed, pick, uuid};
use crate::sim::world::{AVAILABLE, AgentSetup, OFFLINE, ON_CALL, WRAP_UP};

/// How many skills a generated roster draws from, where none are named.
const SKILLS: u64 = 12;

/// What agents do at a busy hour, as often as the word stands here.
const STATUSES: &[&str] = &[
    AVAILABLE, AVAILABLE, AVAILABLE, ON_CALL, ON_CALL, ON_CALL, ON_CALL, ON_CALL, WRAP_UP, WRAP_UP,
    "BREAK", "TRAINING", OFFLINE, OFFLINE,
];

/// The skills that every generated roster of this seed draws from.
pub(super) fn skills(seed: Seed) -> Vec<String> {
    (0..SKILLS)
        .map(|number| uuid(&mut seed.stream("skill", "", number)))
        .collect()
}

/// So many agents for a queue, each with two to six of the skills.
pub(super) fn agents(seed: Seed, queue: &str, count: u64, skills: &[String]) -> Vec<AgentSetup> {
    let agent = |number| {
        let mut rng = seed.stream("roster", queue, number);
        let mut own = skills.to_vec();
        rng.shuffle(&mut own);
        own.truncate(rng.usize(2..=6));
        AgentSetup {
            id: uuid(&mut rng),
            status: Some(pick(&mut rng, STATUSES).to_owned()),
            skills: Some(own),
            ..AgentSetup::default()
        }
    };
    (0..count).map(agent).collect()
}
