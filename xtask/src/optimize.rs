//! What is downloaded is made small: the binary by wasm-opt (npm package `binaryen`), its glue by esbuild.

use std::path::Path;

use anyhow::Result;

use crate::command;
use crate::compile::Tuning;
use crate::house::House;

/// Makes `from` smaller and writes it to `to`. Which wasm features the binary uses is read from the binary itself.
pub(crate) fn optimize(house: &House, from: &Path, to: &Path, tuning: Tuning) -> Result<()> {
    command::run(
        house
            .node(&house.node_module("binaryen/bin/wasm-opt"))
            .arg(tuning.level())
            .arg(from)
            .arg("-o")
            .arg(to),
    )
}

/// Shortens a script in place. Its exports keep their names.
pub(crate) fn minify(house: &House, script: &Path) -> Result<()> {
    command::run(
        house
            .node(&house.node_module("esbuild/bin/esbuild"))
            .arg(script)
            .args([
                "--minify",
                "--format=esm",
                "--log-level=warning",
                "--allow-overwrite",
            ])
            .arg(format!("--outfile={}", script.display())),
    )
}
