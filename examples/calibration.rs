//! How well calibrated the estimators are, on a simulated contact centre: a table, and a reliability plot each.
//!
//! `cargo run --release --features sim --example calibration -- FOLDER` writes both into the folder.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use patchcord::predict::score::{Bin, Sheet};
use patchcord::predict::{Trial, trial};
use patchcord::sim::queueing::{DAY, Queue};

const DAYS: u32 = 28;
/// Days that are learned from before any caller is scored.
const LEARNED: f64 = 14.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder: PathBuf = env::args_os()
        .nth(1)
        .ok_or("name the folder to write into")?
        .into();
    fs::create_dir_all(&folder)?;
    let mut table = String::new();
    for threshold in [20.0, 60.0, 120.0] {
        let calls = Queue::as_they_are(7, DAYS).run();
        let found = trial(&calls, threshold, LEARNED * DAY).ok_or("nobody to score")?;
        write_table(&mut table, &found, threshold)?;
        for (name, sheet) in found.sheets.iter().filter(|_| threshold == 60.0) {
            fs::write(
                folder.join(format!("reliability-{name}.svg")),
                plot(name, sheet)?,
            )?;
        }
    }
    fs::write(folder.join("calibration.md"), &table)?;
    print!("{table}");
    println!("written to {}", folder.display());
    Ok(())
}

fn write_table(table: &mut String, found: &Trial, threshold: f64) -> Result<(), std::fmt::Error> {
    let callers = found.sheets.first().map_or(0, |(_, sheet)| sheet.callers);
    writeln!(
        table,
        "## Later than {threshold} s: {callers} callers of {:.0} days that nobody had seen\n",
        f64::from(DAYS) - LEARNED
    )?;
    writeln!(
        table,
        "| estimator | Brier | skill | log loss | AUC | calibration error |\n|---|---|---|---|---|---|"
    )?;
    for (name, sheet) in &found.sheets {
        let number =
            |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
        let Sheet {
            brier,
            brier_skill,
            log_loss,
            auc,
            calibration_error,
            ..
        } = sheet;
        writeln!(
            table,
            "| {name} | {brier:.4} | {} | {log_loss:.3} | {} | {calibration_error:.3} |",
            number(*brier_skill),
            number(*auc)
        )?;
    }
    writeln!(table)
}

/// A reliability curve: what was said against what happened, the perfect predictor on the diagonal.
fn plot(name: &str, sheet: &Sheet) -> Result<String, std::fmt::Error> {
    const SIZE: f64 = 320.0;
    const EDGE: f64 = 48.0;
    let place = |bin: &Bin| (EDGE + bin.said * SIZE, EDGE + (1.0 - bin.late) * SIZE);
    let points: Vec<_> = sheet.reliability.iter().map(place).collect();
    let whole = SIZE + 2.0 * EDGE;
    let (near, far, middle) = (EDGE, EDGE + SIZE, EDGE + SIZE / 2.0);
    let mut svg = String::new();
    writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="system-ui, sans-serif" font-size="12" fill="none">"#
    )?;
    writeln!(
        svg,
        r##"<rect width="{whole}" height="{whole}" fill="#fff"/><rect x="{near}" y="{near}" width="{SIZE}" height="{SIZE}" stroke="#94a3b8"/>"##
    )?;
    writeln!(
        svg,
        r##"<path d="M{near} {far}L{far} {near}" stroke="#94a3b8" stroke-dasharray="4 4"/>"##
    )?;
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let (x, y) = (near + share * SIZE, far - share * SIZE);
        writeln!(
            svg,
            r##"<text x="{x}" y="{}" text-anchor="middle" fill="#475569">{share}</text><text x="{}" y="{}" text-anchor="end" fill="#475569">{share}</text>"##,
            far + 16.0,
            near - 6.0,
            y + 4.0
        )?;
    }
    let line: Vec<_> = points
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    writeln!(
        svg,
        r##"<polyline points="{}" stroke="#1d4ed8" stroke-width="2"/>"##,
        line.join(" ")
    )?;
    for (x, y) in &points {
        writeln!(
            svg,
            r##"<circle cx="{x:.1}" cy="{y:.1}" r="4" fill="#1d4ed8"/>"##
        )?;
    }
    writeln!(
        svg,
        r##"<text x="{middle}" y="26" text-anchor="middle" font-weight="600" fill="#0f172a">{name}: Brier {:.3}, calibration error {:.3}</text>"##,
        sheet.brier, sheet.calibration_error
    )?;
    writeln!(
        svg,
        r##"<text x="{middle}" y="{}" text-anchor="middle" fill="#0f172a">said</text><text x="14" y="{middle}" fill="#0f172a" transform="rotate(-90 14 {middle})" text-anchor="middle">happened</text></svg>"##,
        whole - 10.0
    )?;
    Ok(svg)
}
