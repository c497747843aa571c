//! Whatever is asked, an answer is a number in its range or is not given.

use patchcord::predict::{Caller, Horizon, Line, Load, SteadyState, Team, erlang_b, erlang_c};
use proptest::prelude::*;

fn share(value: f64) -> bool {
    (0.0..=1.0 + 1e-12).contains(&value)
}

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
            prop_assert!(times.iter().flatten().is_sorted(), "{found:?}");
            prop_assert!(found.mean_seconds.is_none_or(f64::is_finite), "{found:?}");
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
