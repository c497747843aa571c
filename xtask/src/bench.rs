//! `bench`: runs the benches and prints the budgets with what was measured beside each.
//!
//! A bench is a script that says what it likes to people, and to this tool one line a measurement:
//! `{"budget": "cold-start", "value": 7.1}`.

use anyhow::{Result, bail};
use serde_json::Value;

use crate::budgets::MEASURED;
use crate::house::House;
use crate::{build, command, compile, size, stamp};

/// What one bench measured for one budget.
struct Measurement {
    budget: String,
    value: f64,
}

/// Runs every bench and prints the table.
pub(crate) fn bench(house: &House) -> Result<()> {
    build::build(house)?;
    let predict = compile::bench(house, "predict")?;
    let folder = house.target().join("bench");
    let mut measured = Vec::new();
    for script in stamp::files(&house.path("benches"))? {
        let is_bench = script.to_string_lossy().ends_with(".bench.mjs");
        if !is_bench {
            continue;
        }
        println!(
            "\n── {}",
            script
                .strip_prefix(house.root())
                .unwrap_or(&script)
                .display()
        );
        let mut node = house.node(&script);
        node.env("PATCHCORD_PREDICT_WASM", &predict)
            .env("PATCHCORD_BENCH_FOLDER", &folder);
        let status = command::watch(&mut node, |line| measured.extend(read(line)))?;
        if !status.success() {
            bail!("`{}` ended with {status}", command::line(&node));
        }
    }
    println!("\n── calibration of the predictions");
    command::run(
        house
            .command("cargo")
            .args(["run", "--release", "--package", "patchcord"])
            .args(["--features", "sim", "--example", "calibration", "--"])
            .arg(&folder),
    )?;
    println!("\n── budgets");
    let mut missed = 0;
    for budget in &MEASURED {
        let last = measured.iter().rev().find(|it| it.budget == budget.key);
        let shown = last.map_or_else(
            || "not measured".to_owned(),
            |it| {
                let met = budget.is_met(it.value);
                missed += u32::from(!met);
                format!(
                    "{} {} {}",
                    rounded(it.value),
                    budget.unit,
                    if met { "✓" } else { "✗" }
                )
            },
        );
        println!("{:<72} {:>22}   {shown}", budget.what, budget.limit());
    }
    println!();
    size::size(house)?;
    size::decisions(house)?;
    if missed > 0 {
        bail!("{missed} of the budgets are missed on this machine");
    }
    Ok(())
}

fn read(line: &str) -> Option<Measurement> {
    let line: Value = serde_json::from_str(line).ok()?;
    Some(Measurement {
        budget: line.get("budget")?.as_str()?.to_owned(),
        value: line.get("value")?.as_f64()?,
    })
}

fn rounded(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_for_this_tool_are_measurements() {
        assert!(read("median 7 ms").is_none());
        assert!(read("42").is_none());
        let found = read(r#"{"budget": "roster", "value": 3.4, "peer": "JSON.parse"}"#).unwrap();
        assert_eq!((found.budget.as_str(), found.value), ("roster", 3.4));
    }
}
