//! `erlang-b`, `erlang-c` and `erlang-a`: what a steady load does to its callers.

use serde_json::Value;

use crate::json::object;
use crate::predict::facts::Facts;
use crate::predict::prediction::{Assumption, Prediction};
use crate::predict::team::AGENTS;
use crate::predict::{CALLS, Load, SECONDS, ServiceLevel, SteadyState, Team, erlang_b, erlang_c};

/// What all three take for granted.
const ALL: [Assumption; 2] = [Assumption::PoissonArrivals, Assumption::SteadyState];

/// Erlangs that may be offered.
const ERLANGS: core::ops::RangeInclusive<f64> = 0.0..=1e10;

pub(super) fn b(facts: &mut Facts<'_, '_>) -> Option<()> {
    let agents = facts.needed("agents", AGENTS);
    let offered = if facts.has("offeredErlangs") {
        facts.needed("offeredErlangs", ERLANGS)
    } else {
        let calls = facts.needed("callsPerHour", CALLS);
        let handle = facts.needed("handleSeconds", SECONDS);
        calls
            .zip(handle)
            .map(|(calls, handle)| calls / 3_600.0 * handle)
    };
    let (agents, offered) = (agents?, offered?);
    facts.said.assumptions.extend(ALL);
    let lost = erlang_b(agents, offered)?;
    facts.said.probability = Some(lost);
    facts.said.add("offeredErlangs", offered);
    let carried = offered * (1.0 - lost);
    facts.said.add(
        "occupancy",
        if agents > 0.0 {
            (carried / agents).min(1.0)
        } else {
            0.0
        },
    );
    Some(())
}

pub(super) fn c(facts: &mut Facts<'_, '_>) -> Option<()> {
    let threshold = facts.threshold();
    let team = facts.team();
    // With nobody giving up, patience is no part of the load, and the line has no end.
    let team = team.and_then(|team| Team::new(team.agents(), team.handle_seconds(), None));
    facts.has("waitingPlaces");
    let calls = facts.needed("callsPerHour", CALLS);
    let percentile = facts.maybe("percentile", 0.001..=0.999);
    let load = Load::new(team?, calls?, None)?;
    let found = erlang_c(&load, threshold?);
    facts.said.assumptions.extend(ALL);
    facts.said.assumptions.extend([
        Assumption::ExponentialHandleTimes,
        Assumption::NobodyGivesUp,
    ]);
    let said = &mut facts.said;
    said.probability = Some(found.late);
    said.add("stable", found.stable);
    said.add("waits", found.waits);
    said.add("serviceLevel", found.service_level);
    said.add("occupancy", found.occupancy);
    said.add("meanSeconds", found.mean_seconds);
    said.add("waiting", found.waiting);
    said.add("offeredErlangs", load.offered());
    percentiles(said, percentile, |of| found.percentile(of));
    Some(())
}

pub(super) fn a(facts: &mut Facts<'_, '_>) -> Option<()> {
    let threshold = facts.threshold();
    let team = facts.team();
    let load = facts.load(team);
    let percentile = facts.maybe("percentile", 0.001..=0.999);
    let endless =
        |load: &Load| load.team().patience_seconds().is_none() && load.waiting_places().is_none();
    if load.as_ref().is_some_and(endless) {
        facts.needed("patienceSeconds", SECONDS);
    }
    let (threshold, load) = (threshold?, load?);
    let state = SteadyState::new(&load)?;
    let found = state.at(threshold);
    facts.said.assumptions.extend(ALL);
    facts.said.assumptions.extend([
        Assumption::ExponentialHandleTimes,
        Assumption::of_patience(load.team()),
    ]);
    let said = &mut facts.said;
    said.probability = Some(found.late.min(1.0));
    said.add("waits", found.waits);
    said.add("blocked", found.blocked);
    said.add("abandoned", found.abandons);
    said.add("serviceLevel", levels(&found.service_level));
    said.add("occupancy", found.occupancy);
    said.add("meanSeconds", found.mean_seconds);
    said.add("waiting", found.waiting);
    said.add("offeredErlangs", load.offered());
    percentiles(said, percentile, |of| state.percentile(of));
    Some(())
}

/// The usual percentiles, and the one that was asked for.
fn percentiles(said: &mut Prediction, asked: Option<f64>, at: impl Fn(f64) -> Option<f64>) {
    said.add("p50Seconds", at(0.5));
    said.add("p80Seconds", at(0.8));
    said.add("p95Seconds", at(0.95));
    said.add("percentileSeconds", asked.and_then(at));
}

fn levels(found: &ServiceLevel) -> Value {
    object([
        ("ofOffered", found.of_offered.into()),
        (
            "ofOfferedLessShortAbandons",
            found.of_offered_less_short_abandons.into(),
        ),
        ("ofPatient", found.of_patient.into()),
        ("ofAnswered", found.of_answered.into()),
    ])
}
