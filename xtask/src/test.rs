//! `test`: every check and every test, cheap ones first. A failure does not stop the steps after it.

mod checks;
mod javascript;
mod rust;

use anyhow::{Result, bail};

use crate::counts::Counts;
use crate::house::House;
use crate::progress::{Stopwatch, seconds};
use crate::{build, command, size};

/// Each is built and tested alone: together they would lend each other what they need.
const FEATURE_SETS: [&str; 5] = ["", "engine", "sim", "component", "parts,sim"];

type Work = Box<dyn Fn(&House) -> Result<Counts>>;

/// What one step is called and does.
struct Step {
    name: String,
    run: Work,
}

impl Step {
    fn new(name: impl Into<String>, run: impl Fn(&House) -> Result<Counts> + 'static) -> Self {
        Self {
            name: name.into(),
            run: Box::new(run),
        }
    }

    /// A step that is one check: it passes or fails as a whole.
    fn check(name: impl Into<String>, run: impl Fn(&House) -> Result<()> + 'static) -> Self {
        Self::new(name, move |house| {
            run(house)?;
            Ok(Counts::one(true))
        })
    }
}

/// Runs the steps whose name contains `only`, or all.
pub(crate) fn test(house: &House, only: Option<&str>) -> Result<()> {
    let all = Stopwatch::start();
    let mut steps = checks::steps();
    steps.extend(rust::steps());
    steps.push(Step::check("build", build::build));
    steps.push(Step::check("size", size::size));
    steps.extend(javascript::steps());
    steps.retain(|step| only.is_none_or(|text| step.name.contains(text)));

    let mut total = Counts::default();
    let mut report = Vec::new();
    let count = steps.len();
    for (index, step) in steps.iter().enumerate() {
        println!("\n── {}/{count} {}", index + 1, step.name);
        let stopwatch = Stopwatch::start();
        let counts = (step.run)(house).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Counts::one(false)
        });
        let mark = if counts.failed == 0 { "✓" } else { "✗" };
        let line = format!(
            "{mark} {}: {counts} ({})",
            step.name,
            seconds(stopwatch.elapsed())
        );
        println!("{line}");
        report.push(line);
        total += counts;
    }

    println!("\n── all steps, {}", seconds(all.elapsed()));
    report.iter().for_each(|line| println!("{line}"));
    let nothing = total.passed + total.failed == 0;
    if nothing {
        println!("error: no step ran");
        total.failed = 1;
    }
    println!("\n{total}");
    if total.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

/// Runs a test runner and counts what its summary says; one that ends badly without saying so counts as one failure.
fn counted(command: &mut std::process::Command) -> Result<Counts> {
    let mut counts = Counts::default();
    let status = command::watch(command, |line| counts.read(line))?;
    if !status.success() && counts.failed == 0 {
        bail!("`{}` ended with {status}", command::line(command));
    }
    Ok(counts)
}
