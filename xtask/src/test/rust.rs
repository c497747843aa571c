//! The Rust tests, native for each feature set alone, and in wasm.

use anyhow::Result;

use crate::command;
use crate::counts::Counts;
use crate::house::House;
use crate::stamp;
use crate::test::{FEATURE_SETS, Step, counted};
use crate::tools;

pub(super) fn steps() -> Vec<Step> {
    let mut steps = Vec::new();
    for features in FEATURE_SETS {
        let name = if features.is_empty() {
            "none"
        } else {
            features
        };
        steps.push(Step::new(
            format!("Rust tests, features {name}"),
            move |house| {
                let arguments = ["test", "--package", "patchcord", "--features", features];
                counted(house.command("cargo").args(arguments).arg("--no-fail-fast"))
            },
        ));
    }
    steps.push(Step::new(
        "a million decisions beside the reference model",
        million,
    ));
    steps.push(Step::new("Rust tests of xtask", |house| {
        counted(house.command("cargo").args(["test", "--package", "xtask"]))
    }));
    steps.push(Step::new("wasm tests", wasm));
    steps
}

/// The comparison of the engine with the model, on a million random policies and inputs. Our own code alone is optimised for
/// it: what it depends on stays as the tests above have built it, and so do the checks of overflow.
fn million(house: &House) -> Result<Counts> {
    let mut tests = house.command("cargo");
    tests.args(["test", "--package", "patchcord"]);
    for setting in ["opt-level=2", "debug=0", "codegen-units=8"] {
        tests.args([
            "--config",
            &format!("profile.dev.package.patchcord.{setting}"),
        ]);
    }
    tests
        .args(["--test", "decide", "--", "--nocapture", "agreement::"])
        .env("PATCHCORD_COMPARISONS", "1000000");
    counted(&mut tests)
}

/// The tests of `tests/wasm*.rs`, in Node, by a runner that this package builds.
fn wasm(house: &House) -> Result<Counts> {
    tools::install(house)?;
    let runner = [
        "--package",
        "xtask",
        "--features",
        "wasm-tests",
        "--bin",
        "wasm-test-runner",
    ];
    command::run(house.command("cargo").arg("build").args(runner))?;
    let mut tests = house.command("cargo");
    tests
        .args(["test", "--package", "patchcord", "--no-fail-fast"])
        .args([
            "--target",
            "wasm32-unknown-unknown",
            "--features",
            "engine,parts",
        ])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            house.target().join("debug/wasm-test-runner"),
        );
    for name in wasm_tests(house)? {
        tests.args(["--test", &name]);
    }
    counted(&mut tests)
}

fn wasm_tests(house: &House) -> Result<Vec<String>> {
    let files = stamp::files(&house.path("tests"))?;
    Ok(files
        .iter()
        .filter(|file| file.parent().is_some_and(|it| it.ends_with("tests")))
        .filter(|file| file.extension().is_some_and(|it| it == "rs"))
        .filter_map(|file| file.file_stem()?.to_str())
        .filter(|name| name.starts_with("wasm"))
        .map(str::to_owned)
        .collect())
}
