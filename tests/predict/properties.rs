//! Whatever is asked, an answer is a number in its range or is not given.

use patchcord::error::Code;
use patchcord::json::ToJson;
use patchcord::predict::predict;
use patchcord::predict::{Caller, Horizon, Line, Load, SteadyState, Team, erlang_b, erlang_c};
use patchcord::validate::Report;
use proptest::prelude::*;
use serde_json::{Map, Value};

fn share(value: f64) -> bool {
    (0.0..=1.0 + 1e-12).contains(&value)
}

/// Those that answer at once, whatever the size.
const METHODS: [&str; 8] = [
    "auto", "caller", "erlang-a", "erlang-b", "erlang-c", "history", "rule", "staffing",
];

/// What they read.
const FIELDS: [&str; 20] = [
    "thresholdSeconds",
    "agents",
    "handleSeconds",
    "patienceSeconds",
    "waitedSeconds",
    "waitingAhead",
    "headOfLineSeconds",
    "callsPerHour",
    "agentsAvailable",
    "ownPatienceSeconds",
    "handleSamples",
    "patienceSamples",
    "waitSeconds",
    "abandoned",
    "answered",
    "occupancy",
    "lastWaitSeconds",
    "serviceLevelGoal",
    "mostOccupancy",
    "percentile",
];

/// Those of them that are shares.
const SHARES: [&str; 4] = [
    "occupancy",
    "serviceLevelGoal",
    "mostOccupancy",
    "percentile",
];

/// Numbers of every size, and the odd ones.
fn odd() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => (-4.0..6.0).prop_map(|log: f64| 10.0_f64.powf(log)),
        1 => any::<f64>(),
        1 => prop::sample::select(vec![0.0, -0.0, 1.0, f64::MIN_POSITIVE, f64::MAX, f64::INFINITY, f64::NAN, -1.0]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn callers_are_told_numbers(agents in odd(), handle in odd(), patience in prop::option::of(odd()), ahead in 0_u32..3_000, seconds in -10.0..1e5_f64, own in odd()) {
        let Some(team) = Team::new(agents, handle, patience) else { return Ok(()) };
        let caller = Caller::new(team, ahead).expect("a caller");
        for caller in [Some(caller), caller.with_patience(own)].into_iter().flatten() {
            let found = caller.forecast(seconds);
            prop_assert!(share(found.late) && share(found.not_answered) && share(found.abandons), "{found:?}");
            prop_assert!(found.not_answered >= found.late - 1e-9, "who is late is not answered: {found:?}");
            let times = [found.p50_seconds, found.p80_seconds, found.p95_seconds];
            prop_assert!(times.iter().flatten().all(|time| time.is_finite() && *time >= 0.0), "{found:?}");
            prop_assert!(times.is_sorted(), "{found:?}");
            prop_assert!(found.mean_seconds.is_none_or(f64::is_finite), "{found:?}");
        }
    }

    #[test]
    fn whatever_json_comes_it_is_answered_or_refused_with_code_and_path(method in 0..METHODS.len(), numbers in prop::collection::vec(prop::option::weighted(0.8, odd()), FIELDS.len()), usual in any::<bool>()) {
        let mut input = Map::new();
        input.insert("method".to_owned(), METHODS[method].into());
        for (name, number) in FIELDS.iter().zip(numbers).filter_map(|(name, number)| Some((name, number?))) {
            // Half the time in a range that is taken, so that more than the refusals is tried.
            let taken = number.abs().clamp(0.01, 200.0) / if SHARES.contains(name) { 201.0 } else { 1.0 };
            input.insert((*name).to_owned(), if usual { taken } else { number }.into());
        }
        // What the method does not read is not asked.
        let mut report = Report::default();
        predict(&Value::Object(input.clone()), &mut report);
        for issue in report.issues().iter().filter(|issue| issue.code == Code::UnknownField) {
            input.remove(issue.path.trim_start_matches("$."));
        }
        let mut report = Report::default();
        match predict(&Value::Object(input), &mut report) {
            Some(found) => {
                prop_assert!(report.is_ok());
                prop_assert!(found.probability.is_none_or(share), "{found:?}");
                prop_assert!(found.missing.is_empty() || found.probability.is_none(), "{found:?}");
                prop_assert!(found.interval.is_none_or(|(low, high)| low <= high), "{found:?}");
                prop_assert!(found.to_json()["status"].is_string());
            }
            None => prop_assert!(report.issues().iter().all(|issue| issue.path.starts_with('$') && !issue.hint.is_empty()) && !report.is_ok()),
        }
    }

    #[test]
    fn a_wait_grows_with_those_ahead_and_shrinks_with_agents_and_time(agents in 1.0..300.0_f64, handle in 10.0..1_000.0_f64, patience in 5.0..2_000.0_f64, ahead in 0_u32..300, seconds in 0.1..600.0_f64) {
        let late = |agents, ahead, seconds| Caller::new(Team::new(agents, handle, Some(patience)).expect("a team"), ahead).expect("a caller").late(seconds);
        let here = late(agents, ahead, seconds);
        prop_assert!(late(agents, ahead + 1, seconds) >= here - 1e-12);
        prop_assert!(late(agents + 1.0, ahead, seconds) <= here + 1e-12);
        prop_assert!(late(agents, ahead, seconds * 1.1) <= here + 1e-12);
    }

    #[test]
    fn loads_are_told_numbers(agents in odd(), handle in odd(), patience in prop::option::of(odd()), calls in odd(), places in prop::option::of(0_u32..2_000), threshold in 0.0..1e5_f64) {
        prop_assert!(erlang_b(agents, calls).is_none_or(share));
        let Some(load) = Team::new(agents, handle, patience).and_then(|team| Load::new(team, calls, places)) else { return Ok(()) };
        let found = erlang_c(&load, threshold);
        prop_assert!(share(found.waits) && share(found.late) && share(found.service_level), "{found:?}");
        prop_assert!(found.mean_seconds.is_none_or(|mean| mean.is_finite() && mean >= 0.0), "{found:?}");
        let Some(state) = SteadyState::new(&load) else { return Ok(()) };
        let found = state.at(threshold);
        let level = found.service_level;
        for value in [found.waits, found.blocked, found.abandons, found.late, found.occupancy, level.of_offered, level.of_offered_less_short_abandons, level.of_patient, level.of_answered] {
            prop_assert!(share(value), "{load:?} {found:?}");
        }
        prop_assert!(found.mean_seconds.is_finite() && found.waiting.is_finite(), "{found:?}");
        prop_assert!(state.percentile(0.8).is_none_or(|wait| wait.is_finite() && wait >= 0.0));
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changing_lines_and_horizons_are_told_numbers(agents in 0.01..30.0_f64, handle in 1.0..1_000.0_f64, patience in prop::option::of(1.0..5_000.0_f64), calls in 0.0..500.0_f64, ahead in 0_u32..40, seconds in 0.01..600.0_f64) {
        let team = Team::new(agents, handle, patience).expect("a team");
        if let Some(found) = Line::new(team, ahead, calls / 10.0, Vec::new()).expect("a line").forecast(seconds) {
            prop_assert!(share(found.late) && share(found.not_answered) && share(found.abandons), "{found:?}");
            prop_assert!([found.p50_seconds, found.p80_seconds, found.p95_seconds].into_iter().flatten().is_sorted());
        }
        let Some(load) = Load::new(team, calls, None) else { return Ok(()) };
        if let Some(rest) = Horizon::new(&load, ahead, seconds) {
            prop_assert!(share(rest.service_level(20.0)) && share(rest.late(20.0)) && share(rest.all_busy_at_end()));
        }
    }
}
