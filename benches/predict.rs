//! The estimators in wasm, without the way there and back: loops that `predict.bench.mjs` times. It returns a sum of what
//! they said, so that no compiler leaves the work out.
#![expect(
    unsafe_code,
    reason = "a plain name for what the script calls; nothing is dereferenced"
)]

use patchcord::predict::{Caller, Load, Team, erlang_a, erlang_c};

/// Seconds to the threshold, another each time.
fn threshold(round: u32) -> f64 {
    20.0 + f64::from(round % 64)
}

fn caller() -> Option<Caller> {
    Caller::new(Team::new(10.0, 180.0, Some(240.0))?, 20)
}

/// How likely a caller with 20 ahead waits too long.
#[unsafe(no_mangle)]
pub extern "C" fn caller_late(rounds: u32) -> f64 {
    let late = |caller: Caller| (0..rounds).map(|round| caller.late(threshold(round))).sum();
    caller().map_or(0.0, late)
}

/// All that awaits that caller, the percentiles too.
#[unsafe(no_mangle)]
pub extern "C" fn caller_forecast(rounds: u32) -> f64 {
    let forecast = |round, caller: &Caller| {
        let forecast = caller.forecast(threshold(round));
        forecast.late + forecast.not_answered + forecast.p95_seconds.unwrap_or_default()
    };
    let all = |caller: Caller| (0..rounds).map(|round| forecast(round, &caller)).sum();
    caller().map_or(0.0, all)
}

/// A load of 0.95 erlangs an agent.
fn load(agents: u32, patience_seconds: Option<f64>) -> Option<Load> {
    let agents = f64::from(agents);
    let team = Team::new(agents, 180.0, patience_seconds)?;
    Load::new(team, 0.95 * agents * 20.0, None)
}

/// Every metric of Erlang A.
#[unsafe(no_mangle)]
pub extern "C" fn erlang_a_all(agents: u32, rounds: u32) -> f64 {
    let all = |round| {
        let erlang = erlang_a(&load(agents, Some(180.0))?, threshold(round))?;
        Some(erlang.waits + erlang.abandons + erlang.late + erlang.service_level.of_answered)
    };
    (0..rounds).filter_map(all).sum()
}

/// Every metric of Erlang C.
#[unsafe(no_mangle)]
pub extern "C" fn erlang_c_all(agents: u32, rounds: u32) -> f64 {
    let all = |round| {
        let erlang = erlang_c(&load(agents, None)?, threshold(round));
        Some(erlang.waits)
    };
    (0..rounds).filter_map(all).sum()
}
