//! The tests of the npm package, the edge worker, the desk and the component, all by Node's own runner.

use anyhow::Result;

use crate::command;
use crate::counts::Counts;
use crate::house::House;
use crate::stamp;
use crate::test::{Step, counted};
use crate::tools;

/// The folders of `tests/`, the plainest host first.
const SUITES: [&str; 5] = ["node", "packaging", "component", "workerd", "browser"];

pub(super) fn steps() -> Vec<Step> {
    let mut steps = vec![Step::check("types", types)];
    for suite in SUITES {
        steps.push(Step::new(format!("{suite} tests"), move |house| {
            run(house, suite)
        }));
    }
    steps
}

/// `tsc --strict` over the type tests.
fn types(house: &House) -> Result<()> {
    command::run(house.node(&house.node_module("typescript/bin/tsc")).args([
        "--noEmit",
        "--project",
        "tests/types/tsconfig.json",
    ]))
}

fn run(house: &House, suite: &str) -> Result<Counts> {
    let files = stamp::files(&house.path("tests").join(suite))?;
    let tests: Vec<_> = files
        .iter()
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    if tests.is_empty() {
        println!("tests/{suite} holds no test");
        return Ok(Counts::default());
    }
    let mut node = house.command("node");
    node.args(["--test", "--test-reporter=spec", "--test-timeout=300000"])
        .args(tests);
    if suite == "browser" {
        node.env("CHROMIUM_PATH", tools::chromium(house)?);
    }
    counted(&mut node)
}
