//! `caller`: this caller, by a place in line or by the age of the first in it.

use libm::{exp, sqrt};

use crate::predict::caller::Forecast;
use crate::predict::facts::{COUNT, Facts};
use crate::predict::prediction::{Assumption, Why};
use crate::predict::team::{AGENTS, CALLERS};
use crate::predict::{CALLS, Caller, Change, HeadOfLine, LATER, Line, Load, SECONDS, Team};
use crate::validate::Fields;

/// The point of the normal distribution within which nine of ten values lie, on both sides.
const NINE_OF_TEN: f64 = 1.644_853_626_951_472_2;

/// What is known of the caller's place.
enum Place {
    /// So many are ahead.
    Ahead(u32),
    /// The first in line has waited so long, and so many calls come in an hour.
    Behind(f64, f64),
    /// So many are ahead, and the line will change.
    Changing(u32, f64, Vec<Change>),
}

pub(super) fn caller(facts: &mut Facts<'_, '_>) -> Option<()> {
    let threshold = facts.threshold();
    let waited = facts.maybe("waitedSeconds", LATER);
    let team = facts.team();
    let own = facts.maybe("ownPatienceSeconds", SECONDS);
    let free = facts.maybe("agentsAvailable", AGENTS).unwrap_or(0.0);
    let percentile = facts.maybe("percentile", 0.001..=0.999);
    let place = place(facts, free);
    let samples = samples(facts);
    let left = threshold? - waited.unwrap_or(0.0);
    let (team, place) = (team?, place?);
    if waited.is_none() {
        facts.said.assumptions.push(Assumption::CountedFromNow);
    }
    if matches!(place, Place::Ahead(ahead) if free > f64::from(ahead)) {
        facts.said.assumptions.push(Assumption::AgentAvailable);
        let at_once = Forecast {
            late: if left < 0.0 { 1.0 } else { 0.0 },
            not_answered: if left < 0.0 { 1.0 } else { 0.0 },
            abandons: 0.0,
            mean_seconds: Some(0.0),
            p50_seconds: Some(0.0),
            p80_seconds: Some(0.0),
            p95_seconds: Some(0.0),
        };
        write(facts, &at_once);
        return Some(());
    }
    let place = match place {
        // Those who are free take the first in line.
        Place::Ahead(ahead) => Place::Ahead(ahead - free as u32),
        other => other,
    };
    assume(facts, &team, &place, own);
    let forecast = forecast(&team, &place, own, left);
    let forecast = facts.or_refuse(
        forecast,
        "waitingAhead",
        "the line is too long to be followed",
    )?;
    write(facts, &forecast);
    if let (Some(of), Place::Ahead(ahead)) = (percentile, &place) {
        let wait = Caller::new(team, *ahead).and_then(|caller| caller.percentile(of));
        facts.said.add("percentileSeconds", wait);
    }
    weigh(facts, &team, &place, left, samples);
    Some(())
}

fn place(facts: &mut Facts<'_, '_>, free: f64) -> Option<Place> {
    let ahead = facts.count("waitingAhead", CALLERS);
    let age = facts.maybe("headOfLineSeconds", LATER);
    let calls = facts.maybe("callsPerHour", CALLS);
    facts.has("waitingPlaces");
    facts.has("lastWaitSeconds");
    let overtaking = facts.maybe("overtakingCallsPerHour", CALLS);
    let changes = changes(facts)?;
    match (ahead, age, calls) {
        (Some(ahead), _, _) if overtaking.is_none() && changes.is_empty() => {
            Some(Place::Ahead(ahead))
        }
        (Some(ahead), _, _) => {
            let ahead = f64::from(ahead) - free;
            // With somebody free for this caller nothing is left to change.
            Some(if ahead < 0.0 {
                Place::Ahead(0)
            } else {
                Place::Changing(ahead as u32, overtaking.unwrap_or(0.0), changes)
            })
        }
        (None, Some(age), Some(calls)) => Some(Place::Behind(age, calls)),
        (None, Some(_), None) => {
            facts.needed("callsPerHour", CALLS);
            None
        }
        (None, None, _) => {
            facts.needed("waitingAhead", CALLERS);
            None
        }
    }
}

fn changes(facts: &mut Facts<'_, '_>) -> Option<Vec<Change>> {
    let list = facts
        .fields
        .list("agentChanges", facts.report)
        .unwrap_or_default();
    let mut changes = Vec::new();
    for (at, value) in list.iter().enumerate() {
        let path = format!("{}[{at}]", facts.fields.path("agentChanges"));
        let Some(mut fields) = Fields::open(value, path, facts.report) else {
            continue;
        };
        for name in ["inSeconds", "agents"] {
            fields.required(
                name,
                "write { \"inSeconds\": …, \"agents\": … }",
                facts.report,
            );
        }
        let in_seconds = fields.number("inSeconds", LATER, facts.report);
        let agents = fields.number("agents", AGENTS, facts.report);
        fields.finish(facts.report);
        if let (Some(in_seconds), Some(agents)) = (in_seconds, agents) {
            changes.push(Change { in_seconds, agents });
        }
    }
    if !changes.is_sorted_by_key(|change| change.in_seconds) {
        facts.or_refuse(
            None::<()>,
            "agentChanges",
            "put the changes in the order of time",
        )?;
    }
    Some(changes)
}

/// How many handle times and how many abandonments the means rest on; zero is no ground to predict from.
fn samples(facts: &mut Facts<'_, '_>) -> (Option<f64>, Option<f64>) {
    let handle = facts.maybe("handleSamples", COUNT);
    let patience = facts.maybe("patienceSamples", COUNT);
    if handle == Some(0.0) {
        facts.miss("handleSeconds", Why::NoSample);
    }
    if patience == Some(0.0) && facts.has("patienceSeconds") {
        facts.miss("patienceSeconds", Why::NoSample);
    }
    (handle, patience.filter(|_| facts.has("patienceSeconds")))
}

fn assume(facts: &mut Facts<'_, '_>, team: &Team, place: &Place, own: Option<f64>) {
    let patience = if team.patience_seconds().or(own).is_some() {
        Assumption::ExponentialPatience
    } else {
        Assumption::NobodyGivesUp
    };
    let said = &mut facts.said.assumptions;
    said.extend([Assumption::ExponentialHandleTimes, patience]);
    match place {
        Place::Ahead(_) => said.extend([Assumption::FirstComeFirstServed, Assumption::AgentsStay]),
        Place::Behind(..) => said.extend([
            Assumption::PoissonArrivals,
            Assumption::FirstComeFirstServed,
            Assumption::AgentsStay,
        ]),
        Place::Changing(..) => said.push(Assumption::PoissonArrivals),
    }
}

fn forecast(team: &Team, place: &Place, own: Option<f64>, left: f64) -> Option<Forecast> {
    match place {
        Place::Ahead(ahead) => {
            let caller = Caller::new(*team, *ahead)?;
            let caller = own.map_or(Some(caller), |own| caller.with_patience(own))?;
            Some(caller.forecast(left))
        }
        Place::Behind(age, calls) => {
            let load = Load::new(*team, *calls, None)?;
            Some(HeadOfLine::new(&load, *age)?.forecast(left))
        }
        Place::Changing(ahead, overtaking, changes) => {
            let line = Line::new(*team, *ahead, *overtaking, changes.clone())?;
            let line = own.map_or(Some(line.clone()), |own| line.with_patience(own))?;
            line.forecast(left)
        }
    }
}

fn late(team: &Team, place: &Place, left: f64) -> Option<f64> {
    match place {
        Place::Ahead(ahead) => Some(Caller::new(*team, *ahead)?.late(left)),
        Place::Behind(age, calls) => {
            let load = Load::new(*team, *calls, None)?;
            Some(HeadOfLine::new(&load, *age)?.late(left))
        }
        Place::Changing(ahead, overtaking, changes) => {
            Line::new(*team, *ahead, *overtaking, changes.clone())?.late(left)
        }
    }
}

fn write(facts: &mut Facts<'_, '_>, found: &Forecast) {
    let said = &mut facts.said;
    said.probability = Some(found.late);
    let patient = said.assumptions.contains(&Assumption::NobodyGivesUp);
    said.add("notAnswered", found.not_answered);
    // Who might give up is not known where the patience isn't.
    said.add("abandoned", Some(found.abandons).filter(|_| !patient));
    said.add("meanSeconds", found.mean_seconds);
    said.add("p50Seconds", found.p50_seconds);
    said.add("p80Seconds", found.p80_seconds);
    said.add("p95Seconds", found.p95_seconds);
}

/// How far off handle time and patience may be, and what that makes of the probability: each alone, then together as
/// independent errors are.
fn weigh(
    facts: &mut Facts<'_, '_>,
    team: &Team,
    place: &Place,
    left: f64,
    samples: (Option<f64>, Option<f64>),
) {
    let (handle, patience) = samples;
    let Some(probability) = facts
        .said
        .probability
        .filter(|_| handle.or(patience).is_some())
    else {
        facts.said.assumptions.push(Assumption::ParametersExact);
        return;
    };
    let at = |handle_by: f64, patience_by: f64| {
        let patience = team
            .patience_seconds()
            .map(|mean| (mean * patience_by).clamp(0.001, 604_800.0));
        let handle = (team.handle_seconds() * handle_by).clamp(0.001, 604_800.0);
        Team::new(team.agents(), handle, patience)
            .and_then(|team| late(&team, place, left))
            .unwrap_or(probability)
    };
    let factor = |samples: Option<f64>, sign: f64| {
        samples.map_or(1.0, |count| exp(sign * NINE_OF_TEN / sqrt(count)))
    };
    let away = |sign: f64| {
        let by_handle = at(factor(handle, sign), 1.0) - probability;
        let by_patience = at(1.0, factor(patience, sign)) - probability;
        sqrt(by_handle * by_handle + by_patience * by_patience)
    };
    facts.said.interval = Some((
        (probability - away(-1.0)).max(0.0),
        (probability + away(1.0)).min(1.0),
    ));
    facts.said.sample_size = match (handle, patience) {
        (Some(handle), Some(patience)) => Some(handle.min(patience)),
        (handle, patience) => handle.or(patience),
    };
}
