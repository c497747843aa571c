//! Tries every estimator on your own call log, in the order of time: the first part is learned from, the callers of the
//! rest are scored.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{IsTerminal as _, stderr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use jiff::civil::DateTime;
use patchcord::predict::{Call, Trial, trial};
use patchcord::sim::queueing::{DAY, Queue};

/// Scores the estimators of Patchcord on a call log.
///
/// The log is CSV with a header and these columns, in any order: `entered` and `left` (when the caller entered the queue and
/// left it: `2026-01-31T08:00:00` in the centre's own time, or seconds since any midnight), `outcome` (`served` or
/// `abandoned`), `agent` (any name; empty where nobody answered) and `handle_seconds`. Optional: `high_priority` (`true`
/// or `false`) and `kind` (0 to 3). Other columns are passed over.
#[derive(Parser)]
#[command(name = "replay")]
struct Options {
    /// The call log.
    #[arg(required_unless_present = "generate")]
    log: Option<PathBuf>,
    /// Within how many seconds a call shall be answered.
    #[arg(long, default_value_t = 20.0)]
    threshold: f64,
    /// The share of the log's time that is learned from, between 0 and 1.
    #[arg(long, default_value_t = 0.5)]
    learn: f64,
    /// Writes a simulated log of so many days to standard output instead.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3_660))]
    generate: Option<u32>,
    /// Where the chance of a simulated log comes from.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let done = match options.generate {
        Some(days) => generate(days, options.seed),
        None => score(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(days: u32, seed: u64) -> Result<(), Box<dyn Error>> {
    let mut to = csv::Writer::from_writer(std::io::stdout().lock());
    to.write_record([
        "entered",
        "left",
        "outcome",
        "agent",
        "handle_seconds",
        "high_priority",
    ])?;
    for call in Queue::as_they_are(seed, days).run() {
        let outcome = if call.agent.is_some() {
            "served"
        } else {
            "abandoned"
        };
        to.write_record([
            format!("{:.3}", call.entered),
            format!("{:.3}", call.left),
            outcome.to_owned(),
            call.agent
                .map(|agent| format!("agent-{agent}"))
                .unwrap_or_default(),
            call.agent
                .map(|_| format!("{:.3}", call.handle_seconds))
                .unwrap_or_default(),
            call.high_priority.to_string(),
        ])?;
    }
    to.flush()?;
    Ok(())
}

fn score(options: &Options) -> Result<(), Box<dyn Error>> {
    if !(options.threshold > 0.0 && options.threshold.is_finite()) {
        return Err("--threshold takes seconds above 0".into());
    }
    if !(options.learn > 0.0 && options.learn < 1.0) {
        return Err("--learn takes a share between 0 and 1".into());
    }
    let path = options.log.as_ref().ok_or("name a call log")?;
    let calls = read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    say(&format!("{} calls read; going through them …", calls.len()));
    let (first, last) = match calls.as_slice() {
        [first, .., last] => (first.entered, last.entered),
        _ => return Err("a log of at least two calls is needed".into()),
    };
    let learn_until = first + options.learn * (last - first);
    let found = trial(&calls, options.threshold, learn_until)
        .ok_or("one part of the log has nobody who was answered: choose another --learn")?;
    print(&found, options.threshold);
    Ok(())
}

fn read(path: &PathBuf) -> Result<Vec<Call>, Box<dyn Error>> {
    let mut from = csv::Reader::from_path(path)?;
    let header = from.headers()?.clone();
    let place = |name: &str| header.iter().position(|column| column.trim() == name);
    let needed = |name: &'static str| place(name).ok_or(format!("there is no column `{name}`"));
    let (entered, left, outcome) = (needed("entered")?, needed("left")?, needed("outcome")?);
    let (agent, handle) = (needed("agent")?, needed("handle_seconds")?);
    let (priority, kind) = (place("high_priority"), place("kind"));
    let mut names = BTreeMap::new();
    let mut calls = Vec::new();
    for record in from.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let of = |at: usize| record.get(at).unwrap_or_default().trim();
        let wrong = |what: &str, text: &str| format!("line {line}: `{text}` is no {what}");
        let time = |text: &str| seconds(text).ok_or_else(|| wrong("time", text));
        let served = match of(outcome) {
            "served" => true,
            "abandoned" => false,
            other => return Err(wrong("outcome: say `served` or `abandoned`", other).into()),
        };
        let handle_seconds = match (served, of(handle)) {
            (false, _) => 0.0,
            (true, text) => text
                .parse()
                .ok()
                .filter(|seconds: &f64| *seconds >= 0.0 && seconds.is_finite())
                .ok_or_else(|| wrong("handle time in seconds", text))?,
        };
        let next = u32::try_from(names.len())?;
        let call = Call {
            entered: time(of(entered))?,
            left: time(of(left))?,
            agent: served.then(|| *names.entry(of(agent).to_owned()).or_insert(next)),
            handle_seconds,
            high_priority: priority.is_some_and(|at| of(at) == "true"),
            kind: kind.and_then(|at| of(at).parse().ok()).unwrap_or(0),
        };
        if call.left < call.entered {
            return Err(format!("line {line}: the caller left before entering").into());
        }
        calls.push(call);
        if calls.len() % 100_000 == 0 {
            say(&format!("{} calls read …", calls.len()));
        }
    }
    calls.sort_by(|one: &Call, other| one.entered.total_cmp(&other.entered));
    Ok(calls)
}

/// Seconds since some midnight, from a number or from a date and time.
fn seconds(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse::<f64>() {
        return Some(number).filter(|number| *number >= 0.0 && number.is_finite());
    }
    let at: DateTime = text.trim_end_matches('Z').replace(' ', "T").parse().ok()?;
    let day = at.date() - jiff::civil::date(1970, 1, 1);
    let time = at.time() - jiff::civil::Time::midnight();
    let of_day = time.total(jiff::Unit::Second).ok()?;
    Some(f64::from(day.get_days()) * DAY + of_day)
}

fn print(found: &Trial, threshold: f64) {
    println!(
        "learned from {} calls: handle time {:.1} s, patience {}",
        found.learned_from,
        found.handle_seconds,
        found
            .patience_seconds
            .map_or("endless".to_owned(), |seconds| format!("{seconds:.1} s")),
    );
    let callers = found.sheets.first().map_or(0, |(_, sheet)| sheet.callers);
    println!(
        "scored on {callers} callers after that; {:.1} % gave up within {threshold} s and are left out\n",
        100.0 * found.left_out,
    );
    println!(
        "{:<16} {:>8} {:>8} {:>9} {:>7} {:>12}",
        "later than", "Brier", "skill", "log loss", "AUC", "calibration"
    );
    println!(
        "{:<16} {:>8} {:>8} {:>9} {:>7} {:>12}",
        format!("{threshold} s"),
        "",
        "",
        "",
        "",
        "error"
    );
    for (name, sheet) in &found.sheets {
        let number =
            |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
        println!(
            "{name:<16} {:>8.4} {:>8} {:>9.3} {:>7} {:>12.3}",
            sheet.brier,
            number(sheet.brier_skill),
            sheet.log_loss,
            number(sheet.auc),
            sheet.calibration_error,
        );
    }
}

/// Tells how far it has come, where somebody looks.
fn say(what: &str) {
    if stderr().is_terminal() {
        eprintln!("{what}");
    }
}
