//! How many agents a goal takes.

use crate::predict::{AGENTS, Load, erlang_a, erlang_c};

/// What shall be met; what is `None` is not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Goal {
    /// The share of all calls offered that is answered within the threshold, at least.
    pub service_level: Option<f64>,
    /// How busy an agent may be, at most.
    pub occupancy: Option<f64>,
    /// The share of all calls that may be abandoned, at most.
    pub abandoned: Option<f64>,
    /// The mean wait, in seconds, at most.
    pub mean_seconds: Option<f64>,
}

/// What so many agents achieve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Staffing {
    /// The fewest agents that meet the goal.
    pub agents: u32,
    /// The part of the goal that one agent fewer would miss first: `serviceLevel`, `occupancy`, `abandoned` or `meanSeconds`;
    /// none where the goal takes no agents.
    pub binding: Option<&'static str>,
    /// The share of all calls offered that is answered within the threshold.
    pub service_level: f64,
    /// How busy an agent is.
    pub occupancy: f64,
    /// The share of all calls that is abandoned.
    pub abandoned: f64,
    /// The mean wait of all calls, in seconds; none in an overload of callers who never give up.
    pub mean_seconds: Option<f64>,
}

/// The fewest agents with which a load meets a goal; the agents of the load itself don't matter. `None` where
/// [`AGENTS`] are not enough.
pub fn staffing(load: &Load, threshold_seconds: f64, goal: &Goal) -> Option<Staffing> {
    // With so few that the line would pass all bounds, every goal is missed.
    let misses = |agents| {
        let tried = tried(load, agents, threshold_seconds, goal);
        tried.map_or((None, Some("serviceLevel")), |(found, missed)| {
            (Some(found), missed)
        })
    };
    let (mut low, mut high) = (0_u32, 1_u32);
    let most = *AGENTS.end() as u32;
    while misses(high).1.is_some() {
        if high == most {
            return None;
        }
        (low, high) = (high, (high * 2).min(most));
    }
    if misses(0).1.is_none() {
        high = 0;
    }
    while high > low + 1 {
        let middle = u32::midpoint(low, high);
        if misses(middle).1.is_some() {
            low = middle;
        } else {
            high = middle;
        }
    }
    let binding = high.checked_sub(1).and_then(|fewer| misses(fewer).1);
    misses(high).0.map(|found| Staffing { binding, ..found })
}

/// What so many agents achieve, and the first part of the goal that they miss.
fn tried(
    load: &Load,
    agents: u32,
    threshold_seconds: f64,
    goal: &Goal,
) -> Option<(Staffing, Option<&'static str>)> {
    let team = load.team().with_agents(f64::from(agents))?;
    let load = load.with_team(team)?;
    let found = match erlang_a(&load, threshold_seconds) {
        Some(found) => Staffing {
            agents,
            binding: None,
            service_level: found.service_level.of_offered,
            occupancy: found.occupancy,
            abandoned: found.abandons,
            mean_seconds: Some(found.mean_seconds),
        },
        None => {
            let found = erlang_c(&load, threshold_seconds);
            Staffing {
                agents,
                binding: None,
                service_level: found.service_level,
                occupancy: found.occupancy,
                abandoned: 0.0,
                mean_seconds: found.mean_seconds,
            }
        }
    };
    let over = |most: Option<f64>, value: f64| most.is_some_and(|most| value > most);
    let missed = [
        (
            "serviceLevel",
            goal.service_level
                .is_some_and(|least| found.service_level < least),
        ),
        ("occupancy", over(goal.occupancy, found.occupancy)),
        ("abandoned", over(goal.abandoned, found.abandoned)),
        (
            "meanSeconds",
            over(
                goal.mean_seconds,
                found.mean_seconds.unwrap_or(f64::INFINITY),
            ),
        ),
    ];
    let missed = missed
        .iter()
        .find(|(_, missed)| *missed)
        .map(|(name, _)| *name);
    Some((found, missed))
}
