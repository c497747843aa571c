//! `horizon` and `interval`: the calls that come next.

use crate::predict::facts::{COUNT, Facts, SHARE};
use crate::predict::prediction::Assumption;
use crate::predict::team::CALLERS;
use crate::predict::{Horizon, SECONDS, SoFar};

/// The next seconds of a load that finds some callers there: `callersPresent`, in conversation or waiting, or
/// `callersWaiting` alone where it is not zero, since all agents are busy then.
fn rest(facts: &mut Facts<'_, '_>, field: &'static str) -> Option<Horizon> {
    let team = facts.team();
    let load = facts.load(team);
    let seconds = facts.needed(field, SECONDS);
    let waiting = facts.maybe("callersWaiting", CALLERS);
    let busy = team.filter(|_| waiting.is_some_and(|waiting| waiting > 0.0));
    let present = match busy {
        Some(team) if !facts.has("callersPresent") => Some(team.agents() + waiting.unwrap_or(0.0)),
        _ => facts.needed("callersPresent", 0.0..=200_000.0),
    };
    let (load, seconds, present) = (load?, seconds?, present?);
    facts.said.assumptions.extend([
        Assumption::PoissonArrivals,
        Assumption::ExponentialHandleTimes,
        Assumption::of_patience(load.team()),
        Assumption::AgentsStay,
    ]);
    let found = Horizon::new(&load, present.round() as u32, seconds);
    facts.or_refuse(
        found,
        field,
        "so many agents can't be followed for so long: pass a shorter time",
    )
}

pub(super) fn horizon(facts: &mut Facts<'_, '_>) -> Option<()> {
    let threshold = facts.threshold();
    let rest = rest(facts, "horizonSeconds");
    let (threshold, rest) = (threshold?, rest?);
    if !facts.said.missing.is_empty() {
        return None;
    }
    facts.said.probability = Some(rest.late(threshold));
    facts
        .said
        .add("serviceLevel", rest.service_level(threshold));
    facts.said.add("allBusyAtEnd", rest.all_busy_at_end());
    facts.said.add("presentAtEnd", rest.present_at_end());
    Some(())
}

pub(super) fn interval(facts: &mut Facts<'_, '_>) -> Option<()> {
    let threshold = facts.threshold();
    let offered = facts.needed("offered", COUNT);
    let in_time = facts.needed("answeredInTime", COUNT);
    let goal = facts.needed("serviceLevelGoal", SHARE);
    let rest = rest(facts, "remainingSeconds");
    facts.said.assumptions.push(Assumption::NormalSum);
    let so_far = SoFar {
        offered: offered?,
        answered_in_time: in_time?,
    };
    let found = crate::predict::interval(&rest?, so_far, threshold?, goal?);
    let found = facts.or_refuse(found, "answeredInTime", "pass no more than `offered`")?;
    facts.said.probability = Some(found.miss);
    facts.said.add("serviceLevel", found.service_level);
    facts.said.add("serviceLevelDeviation", found.deviation);
    facts.said.add("varianceRatio", found.variance_ratio);
    Some(())
}
