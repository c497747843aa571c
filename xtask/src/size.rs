//! `size`: what is downloaded, raw and compressed, beside its budget. Over the gate is an error.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::budgets::{ENGINE_GZIP, ENGINE_GZIP_AIM};
use crate::house::House;
use crate::{build, command, component, engine};

/// Bytes of one file or of several together.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the sizes and holds the engine to its gate.
pub(crate) fn size(house: &House) -> Result<()> {
    build::build(house)?;
    let dist = house.dist();
    let file = |name: &str| (format!("  {name}"), vec![dist.join(name)]);
    let rows = [
        (
            "engine for the browser (wasm + glue)".to_owned(),
            vec![dist.join("core_bg.wasm"), dist.join("core.js")],
        ),
        file("core_bg.wasm"),
        file("core.js"),
        (
            "parts (wasm + glue)".to_owned(),
            vec![dist.join("parts_bg.wasm"), dist.join("parts.js")],
        ),
        (
            "simulator (wasm + glue)".to_owned(),
            vec![dist.join("simulator_bg.wasm"), dist.join("simulator.js")],
        ),
        ("component".to_owned(), vec![component::output(house)]),
    ];
    println!(
        "{:<40} {:>10} {:>10} {:>10}",
        "what", "raw", "gzip -9", "brotli"
    );
    let mut engine = None;
    for (what, files) in &rows {
        let size = measure(house, files)?;
        engine.get_or_insert(size);
        println!(
            "{what:<40} {:>10} {:>10} {:>10}",
            size.raw, size.gzip, size.brotli
        );
    }
    let engine = engine.unwrap_or_default().gzip;
    println!(
        "budget of the engine: {ENGINE_GZIP} bytes gzip; aim: {ENGINE_GZIP_AIM}; now: {engine}"
    );
    if engine > ENGINE_GZIP {
        bail!(
            "the engine is {} bytes over its budget",
            engine - ENGINE_GZIP
        );
    }
    Ok(())
}

/// Prints what the decision engine adds to the parts: their binary beside the same one built without it.
pub(crate) fn decisions(house: &House) -> Result<()> {
    let without = engine::without_decisions(house)?;
    let [with, without] =
        [house.dist().join("parts_bg.wasm"), without].map(|file| measure(house, &[file]));
    let (with, without) = (with?, without?);
    println!(
        "the decision engine adds to parts_bg.wasm: {} bytes raw, {} gzip -9, {} brotli",
        with.raw.saturating_sub(without.raw),
        with.gzip.saturating_sub(without.gzip),
        with.brotli.saturating_sub(without.brotli)
    );
    Ok(())
}

/// Each file is compressed by itself, as a server sends it.
fn measure(house: &House, files: &[PathBuf]) -> Result<Size> {
    let printed = command::output(house.node(&house.path("xtask/tools/sizes.mjs")).args(files))?;
    let mut sum = Size::default();
    for line in printed.lines() {
        let mut numbers = line.split(' ').map(str::parse::<u64>);
        let mut next = || {
            numbers
                .next()
                .context("sizes.mjs printed too little")?
                .context("sizes.mjs printed no number")
        };
        sum.raw += next()?;
        sum.gzip += next()?;
        sum.brotli += next()?;
    }
    Ok(sum)
}
