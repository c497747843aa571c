//! How many decisions a second, JSON in and out, on a table of eleven transfer rules: `cargo run --release --example decide`;
//! a trace behind it (`-- summary`) measures that one alone.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a bench reads the clock, and stops where something is wrong"
)]

use std::hint::black_box;
use std::time::Instant;

use fastrand::Rng;
use patchcord::decide::engine::{Inputs, Policy, Trace, decide};
use serde_json::{Value, json};

const ROUNDS: usize = 9;
const DECISIONS: usize = 50_000;

fn inputs() -> Vec<String> {
    let mut rng = Rng::with_seed(11);
    let mut one = || {
        let flag = rng.bool();
        let inputs = json!({
            "now": 1_774_000_000_000_i64 + rng.i64(0..31_000_000) * 1_000,
            "elapsedSeconds": rng.u32(0..60),
            "facts": { "waitedSeconds": rng.u32(0..120), "tier": if flag { "gold" } else { "blue" }, "callbackConsent": flag,
                "callerNumberValid": true, "language": if rng.bool() { "de" } else { "en" } },
            "queues": { "billing": { "waiting": rng.u32(0..12), "agentsAvailable": rng.u32(0..3), "breachShare": rng.f64() } },
        });
        inputs.to_string()
    };
    (0..256).map(|_| one()).collect()
}

fn main() {
    let table = include_str!("../tests/vectors/decide/eleven-rules.json");
    let table: Value = serde_json::from_str(table).expect("the table");
    let policy = Policy::read(&table).expect("a policy");
    let inputs = inputs();
    let bytes: usize = inputs.iter().map(String::len).sum();
    println!(
        "11 rules, inputs of {} bytes, JSON in and out",
        bytes / inputs.len()
    );
    let wanted = std::env::args().nth(1);
    for trace in [Trace::Off, Trace::Summary, Trace::Full] {
        if wanted
            .as_ref()
            .is_some_and(|wanted| wanted != trace.as_str())
        {
            continue;
        }
        let mut rates: Vec<f64> = Vec::new();
        let mut out = 0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            for text in inputs.iter().cycle().take(DECISIONS) {
                let value: Value = serde_json::from_str(black_box(text)).expect("JSON");
                out = black_box(decide(&policy, &Inputs::read(&value), trace).to_text()).len();
            }
            rates.push(DECISIONS as f64 / start.elapsed().as_secs_f64());
        }
        rates.sort_by(f64::total_cmp);
        let median = rates.get(ROUNDS / 2).copied().unwrap_or_default();
        println!(
            "{trace:>8}: {median:>9.0} a second (median of {ROUNDS}); the last decision has {out} bytes"
        );
    }
}
