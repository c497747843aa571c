//! Every reference value, to 1e-12. What is printed in a source is met within its printed digits by the reference itself.

use std::fs;
use std::path::Path;

use patchcord::predict::{Horizon, Line, Load, erlang_a, erlang_b, erlang_b_load, erlang_c};
use serde_json::Value;

use crate::support::{caller, load, near, team};

fn reference() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/queueing.json");
    serde_json::from_str(&fs::read_to_string(path).expect("the vectors")).expect("JSON")
}

/// A number, a quotient such as `1/65`, or the one product `48*(1-0.031)`.
fn number(value: &Value) -> f64 {
    let Some(text) = value.as_str() else {
        return value.as_f64().expect("a number");
    };
    if let Some((over, under)) = text.split_once('/') {
        return over.parse::<f64>().expect("a number") / under.parse::<f64>().expect("a number");
    }
    match text {
        "48*(1-0.031)" => 48.0 * (1.0 - 0.031),
        text => text.parse().expect("a number"),
    }
}

fn load_of(inputs: &Value) -> (Load, f64) {
    let has = |name: &str| !inputs[name].is_null();
    let of = |name: &str| number(&inputs[name]);
    let n = of("n");
    let either = |names: &[(&str, f64)]| {
        let found = names.iter().find(|(name, _)| has(name));
        found.map(|(name, unit)| of(name) * unit)
    };
    const YEAR: f64 = 31_536_000.0;
    let handle = either(&[
        ("aht_s", 1.0),
        ("aht_min", 60.0),
        ("mean_service_s", 1.0),
        ("mean_service_min", 60.0),
    ]);
    let handle = handle.unwrap_or_else(|| {
        if has("mu_per_yr") {
            YEAR / of("mu_per_yr")
        } else {
            1.0 / of("mu")
        }
    });
    let patience = either(&[
        ("mean_patience_s", 1.0),
        ("mean_patience_min", 60.0),
        ("patience_min", 60.0),
    ]);
    let patience = patience.or_else(|| has("theta_over_mu").then(|| handle / of("theta_over_mu")));
    let rate = either(&[
        ("lambda_per_s", 1.0),
        ("lambda_per_min", 1.0 / 60.0),
        ("lambda_per_yr", 1.0 / YEAR),
    ]);
    let rate = rate.unwrap_or_else(|| {
        if has("calls") {
            of("calls") / of("period_s")
        } else if has("transactions") {
            of("transactions") / (60.0 * of("interval_min"))
        } else if has("rho") {
            of("rho") * n / handle
        } else {
            of("a") / handle
        }
    });
    let places = has("K").then(|| (of("K") - n) as u32);
    let asa = has("asa_min").then(|| 60.0 * of("asa_min"));
    let threshold = either(&[("target_s", 1.0), ("T", 1.0)]).or(asa);
    (
        load(team(n, handle, patience.unwrap_or(0.0)), rate, places),
        threshold.unwrap_or(20.0),
    )
}

fn computed(model: &str, output: &str, inputs: &Value) -> f64 {
    let of = |name: &str| number(&inputs[name]);
    match model {
        "ErlangB" => erlang_b(of("n"), of("a")).expect("a blocking"),
        "ErlangB inverse load" => erlang_b_load(of("n"), of("B")).expect("a load"),
        "traffic" => load(team(1.0, of("service_s"), 0.0), of("rate_per_s"), None).offered(),
        "M/M/1" => {
            let load = load(
                team(1.0, 60.0 * of("mean_service_min"), 0.0),
                of("lambda_per_h") / 3_600.0,
                None,
            );
            erlang_c(&load, 20.0).mean_seconds.expect("a mean") / 60.0
        }
        "ErlangC" | "M/M/n" => {
            let (load, threshold) = if model == "ErlangC" {
                load_of(inputs)
            } else {
                (
                    load(team(of("n"), 1.0 / of("mu"), 0.0), of("lam"), None),
                    20.0,
                )
            };
            let found = erlang_c(&load, threshold);
            let mean = found.mean_seconds.expect("a mean");
            match output {
                "P(wait)" => found.waits,
                "service level" => found.service_level,
                "E[W] seconds" | "E[W] s" | "ASA seconds" => mean,
                "E[Nq]" => found.waiting.expect("a line"),
                "Wq yr" => mean / 31_536_000.0,
                "L" => found.waiting.expect("a line") + load.offered(),
                // Nobody there at all: what Erlang C says is the chance of all busy, over that of none.
                "P0" => {
                    let (n, a) = (load.team().agents(), load.offered());
                    let busy = (1..=n as u32).fold(1.0, |weight, k| weight * a / f64::from(k));
                    found.waits * (1.0 - a / n) / busy
                }
                other => panic!("an output without a value: {other}"),
            }
        }
        "ErlangC staffing" => {
            let with = |n: f64| {
                load(
                    team(n, of("aht_s"), 0.0),
                    of("calls") / of("period_s"),
                    None,
                )
            };
            let fits = |n: &f64| {
                let found = erlang_c(&with(*n), of("target_s"));
                found.service_level >= of("sl") && found.occupancy <= of("max_occ")
            };
            (1..).map(f64::from).find(fits).expect("agents")
        }
        "ErlangA" | "M/M/n/K+M" => {
            let (load, threshold) = load_of(inputs);
            let found = erlang_a(&load, threshold).expect("it settles");
            match output {
                "p_wait" | "P(wait)" => found.waits,
                "pAb" | "P(abandon)" => found.abandons,
                "P(abandon) %" => found.abandons * 100.0,
                "P(abandon | admitted)" => found.abandons / (1.0 - found.blocked),
                "P(blocked)" => found.blocked,
                "EW" | "E[W] s" | "E[W]=E[Nq]/lambda (per offered call), s" => found.mean_seconds,
                "E[W] min" => found.mean_seconds / 60.0,
                "E[Lq]" | "E[Nq]" => found.waiting,
                "P_V_gt_T" => found.late,
                "P_served_within_T" | "P(served within 20 s)" => found.service_level.of_offered,
                other => panic!("an output without a value: {other}"),
            }
        }
        "state tail P(V>T | m ahead)"
        | "state P(served within T | m ahead, own patience theta)"
        | "E[V | m ahead]" => {
            let team = team(of("n"), 1.0 / of("mu"), 1.0 / of("theta"));
            let caller = caller(team, of("ahead") as u32);
            match output {
                "prob" if model.starts_with("state tail") => caller.late(of("T")),
                "prob" => caller.answered_within(of("T")),
                _ => caller.mean_seconds().expect("a mean"),
            }
        }
        "transient M/M/n+M (K-truncated, uniformisation)" => {
            let team = team(of("n"), 1.0 / of("mu"), 1.0 / of("theta"));
            let load = load(team, of("lam"), Some((of("K") - of("n")) as u32));
            let horizon =
                Horizon::new(&load, of("start_state") as u32, of("H")).expect("a horizon");
            match output {
                "EN" => horizon.present_at_end(),
                "P_all_busy" => horizon.all_busy_at_end(),
                "mean_V_gt_T" => horizon.late(of("T")),
                "mean_served_within_T" => horizon.service_level(of("T")),
                other => panic!("an output without a value: {other}"),
            }
        }
        "state tail with priority overtaking" => {
            let team = team(of("n"), 1.0 / of("mu"), 1.0 / of("theta"));
            let hourly = 3_600.0 * of("lambda_high");
            let line = Line::new(team, of("ahead") as u32, hourly, Vec::new()).expect("a line");
            line.late(of("T")).expect("it is followed")
        }
        other => panic!("a model without an estimator: {other}"),
    }
}

#[test]
fn every_reference_value_is_met_to_twelve_digits() {
    let reference = reference();
    let mut met = 0;
    for kind in ["published", "golden"] {
        for vector in reference[kind].as_array().expect("a list") {
            let text = |name: &str| vector[name].as_str().expect("a text");
            let (model, output) = (text("model"), text("output"));
            let found = computed(model, output, &vector["inputs"]);
            let wanted = number(&vector["value"]);
            near(
                found,
                wanted,
                1e-12,
                &format!("{model}, {output}, {}", vector["inputs"]),
            );
            met += 1;
        }
    }
    assert!(met >= 126, "{met} vectors were read");
}
