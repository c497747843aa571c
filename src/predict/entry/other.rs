//! `rule`, `history`, `learned` and `staffing`.

use crate::error::Code;
use crate::predict::facts::{COUNT, Facts, SHARE};
use crate::predict::prediction::{Assumption, Why};
use crate::predict::{AGENTS, Goal, LATER, Learned};

pub(super) fn rule(facts: &mut Facts<'_, '_>) -> Option<()> {
    let threshold = facts.threshold();
    let occupancy = facts.needed("occupancy", SHARE);
    let wait = facts.needed("waitSeconds", LATER);
    let abandoned = facts.needed("abandoned", COUNT);
    let answered = facts.needed("answered", COUNT);
    facts.said.assumptions.push(Assumption::NoModel);
    let found = crate::predict::rule(occupancy?, wait?, threshold?, abandoned?, answered?);
    let Some(found) = found else {
        facts.miss("answered", Why::NoSample);
        return None;
    };
    facts.said.add("breachPredicted", found.breach_predicted);
    facts.said.add("confidence", found.confidence);
    facts.said.add("abandonmentRate", found.abandonment_rate);
    Some(())
}

pub(super) fn history(facts: &mut Facts<'_, '_>) -> Option<()> {
    let threshold = facts.threshold();
    let waited = facts.maybe("waitedSeconds", LATER).unwrap_or(0.0);
    let last = facts.maybe("lastWaitSeconds", LATER);
    let head = facts.maybe("headOfLineSeconds", LATER);
    facts.said.assumptions.push(Assumption::LikeOthersBefore);
    let Some(found) = crate::predict::history(last, head) else {
        facts.needed("lastWaitSeconds", LATER);
        return None;
    };
    facts
        .said
        .add("meanSeconds", (found.mean_seconds - waited).max(0.0));
    facts.said.add(
        "breachPredicted",
        found.mean_seconds.max(waited) > threshold?,
    );
    let from = if found.from_last_to_enter_service {
        "lastWaitSeconds"
    } else {
        "headOfLineSeconds"
    };
    facts.said.add("from", from);
    Some(())
}

/// By the predictor that `predictor` holds; by one that has seen nothing where it is absent.
pub(super) fn learned(facts: &mut Facts<'_, '_>) -> Option<()> {
    let stored = facts.fields.value("predictor");
    let learned = stored.map_or_else(|| Ok(Learned::new()), Learned::from_json);
    if let Err(error) = &learned {
        let path = facts.fields.path("predictor");
        let hint = "pass what a predictor was stored as, or leave it out";
        facts
            .report
            .add(Code::InvalidSnapshot, path, error.message(), hint);
    }
    learned.unwrap_or_default().foretell(facts);
    Some(())
}

pub(super) fn staffing(facts: &mut Facts<'_, '_>) -> Option<()> {
    let threshold = facts.threshold();
    let goal = Goal {
        service_level: facts.maybe("serviceLevelGoal", SHARE),
        occupancy: facts.maybe("mostOccupancy", SHARE),
        abandoned: facts.maybe("mostAbandoned", SHARE),
        mean_seconds: facts.maybe("mostMeanSeconds", LATER),
    };
    if goal == Goal::default() {
        facts.needed("serviceLevelGoal", SHARE);
    }
    let team = facts.team_of(Some(*AGENTS.end()));
    let load = facts.load(team);
    let (threshold, load) = (threshold?, load?);
    if !facts.said.missing.is_empty() {
        return None;
    }
    facts.said.assumptions.extend([
        Assumption::PoissonArrivals,
        Assumption::SteadyState,
        Assumption::ExponentialHandleTimes,
        Assumption::of_patience(load.team()),
    ]);
    let found = crate::predict::staffing(&load, threshold, &goal);
    let found = facts.or_refuse(
        found,
        "serviceLevelGoal",
        "no number of agents meets the goal",
    )?;
    facts.said.probability = Some(1.0 - found.service_level);
    facts.said.add("agents", found.agents);
    facts.said.add("binding", found.binding);
    facts.said.add("serviceLevel", found.service_level);
    facts.said.add("occupancy", found.occupancy);
    facts.said.add("abandoned", found.abandoned);
    facts.said.add("meanSeconds", found.mean_seconds);
    facts.said.add("offeredErlangs", load.offered());
    Some(())
}
