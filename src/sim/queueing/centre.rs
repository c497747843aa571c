//! A contact centre as they are, to try estimators on.

use fastrand::Rng;

use crate::sim::queueing::{Agent, DAY, Distribution, Queue};

const HOUR: f64 = 3_600.0;

/// How many agents there are on paper.
const AGENTS: u32 = 24;
/// The share of days on which one of them stays away.
const ABSENT: f64 = 0.15;
/// How long the break in the middle of a shift is, in seconds.
const BREAK: f64 = 2_400.0;

/// Calls an hour from seven in the morning on.
const CALLS: [f64; 12] = [
    60.0, 130.0, 210.0, 260.0, 250.0, 200.0, 220.0, 240.0, 200.0, 130.0, 80.0, 30.0,
];

impl Queue {
    /// A centre of some two thousand calls a day: handle times with a long tail, busy hours, callers who go before others, and
    /// agents who come, go on breaks, and stay away on some days.
    pub fn as_they_are(seed: u64, days: u32) -> Self {
        let mut chance = Rng::with_seed(seed);
        let agents = (0..AGENTS).map(|at| Agent {
            skills: u8::MAX,
            shifts: (0..days)
                .filter_map(|day| shift(at, day, &mut chance))
                .flatten()
                .collect(),
        });
        let agents = agents.collect();
        let mut calls_per_hour = [0.0; 24];
        let from_seven = calls_per_hour.iter_mut().skip(7);
        from_seven
            .zip(CALLS)
            .for_each(|(hour, calls)| *hour = calls);
        Self {
            seed,
            seconds: f64::from(days) * DAY,
            calls_per_hour,
            handle: Distribution::Lognormal {
                mean: 240.0,
                squared_variation: 1.5,
            },
            patience: Some(Distribution::Lognormal {
                mean: 300.0,
                squared_variation: 2.0,
            }),
            high_priority: 0.2,
            kinds: Vec::new(),
            agents,
        }
    }
}

/// The two halves of an agent's day, eight hours in all; nothing on a day off.
fn shift(agent: u32, day: u32, chance: &mut Rng) -> Option<[(f64, f64); 2]> {
    if chance.f64() < ABSENT {
        return None;
    }
    let begins = f64::from(day) * DAY + (7.0 + f64::from(agent % 5)) * HOUR;
    let pause = begins + (3.0 + chance.f64()) * HOUR;
    Some([(begins, pause), (pause + BREAK, begins + 8.0 * HOUR)])
}
