//! A queue of callers, simulated event by event: what estimators are measured against.
//!
//! Calls come at random, more at some hours than at others; agents have skills, come and go; callers have patience, and some
//! go before others. It knows everything and tells a log, as a platform would. The same seed makes the same log on every
//! host.

mod centre;
mod distribution;
mod floor;

pub use distribution::Distribution;

use fastrand::Rng;

use crate::predict::Call;
use crate::sim::queueing::distribution::exponential;
use crate::sim::queueing::floor::Floor;

/// Seconds of a day.
pub const DAY: f64 = 86_400.0;

/// One agent.
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    /// The kinds of call that the agent takes, a bit each; bit 0 for kind 0.
    pub skills: u8,
    /// When the agent is there: from and to, in seconds from the beginning, in order. A call that is under way at the end is
    /// handled to its own.
    pub shifts: Vec<(f64, f64)>,
}

impl Agent {
    /// An agent who takes every call and never leaves.
    pub fn always() -> Self {
        Self {
            skills: u8::MAX,
            shifts: vec![(0.0, f64::INFINITY)],
        }
    }
}

/// A queue to be simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Where chance comes from.
    pub seed: u64,
    /// How long calls come, in seconds.
    pub seconds: f64,
    /// Calls an hour, for each hour of the day.
    pub calls_per_hour: [f64; 24],
    /// How long a call takes.
    pub handle: Distribution,
    /// How long callers wait before they give up; for ever where there is none.
    pub patience: Option<Distribution>,
    /// The share of callers who go before others.
    pub high_priority: f64,
    /// How much of each kind of call there is; kind 0 alone where empty.
    pub kinds: Vec<f64>,
    /// Who answers.
    pub agents: Vec<Agent>,
}

impl Queue {
    /// Calls without memory that come evenly, for agents who stay: what formulas take for granted.
    pub fn steady(
        seed: u64,
        seconds: f64,
        calls_per_hour: f64,
        handle_seconds: f64,
        patience_seconds: Option<f64>,
        agents: usize,
    ) -> Self {
        Self {
            seed,
            seconds,
            calls_per_hour: [calls_per_hour; 24],
            handle: Distribution::Exponential {
                mean: handle_seconds,
            },
            patience: patience_seconds.map(|mean| Distribution::Exponential { mean }),
            high_priority: 0.0,
            kinds: Vec::new(),
            agents: vec![Agent::always(); agents],
        }
    }

    /// The log of all callers who entered, in that order. Whoever still waits when nobody will come any more leaves with the
    /// last agent.
    pub fn run(&self) -> Vec<Call> {
        let mut chance = Rng::with_seed(self.seed);
        let mut floor = Floor::new(&self.agents);
        let mut now = 0.0;
        while let Some(next) = self.next_call(now, &mut chance) {
            now = next;
            floor.until(now);
            let kind = self.kind(&mut chance);
            let high_priority = chance.f64() < self.high_priority;
            let handle_seconds = self.handle.draw(&mut chance);
            let patience = self.patience.map(|patience| patience.draw(&mut chance));
            floor.enters(now, kind, high_priority, handle_seconds, patience);
        }
        floor.until(f64::INFINITY);
        floor.log()
    }

    /// When the next call comes: candidates at the busiest hour's rate, of which the quieter hours keep their share.
    fn next_call(&self, mut now: f64, chance: &mut Rng) -> Option<f64> {
        let most = self.calls_per_hour.iter().copied().fold(0.0, f64::max);
        if most <= 0.0 {
            return None;
        }
        loop {
            now += 3_600.0 / most * exponential(chance);
            if now >= self.seconds {
                return None;
            }
            let hour = (now % DAY / 3_600.0) as usize;
            let rate = self.calls_per_hour.get(hour).copied().unwrap_or(0.0);
            if chance.f64() * most < rate {
                return Some(now);
            }
        }
    }

    fn kind(&self, chance: &mut Rng) -> u32 {
        let mut left = chance.f64() * self.kinds.iter().sum::<f64>();
        let found = self.kinds.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        found.and_then(|kind| u32::try_from(kind).ok()).unwrap_or(0)
    }
}
