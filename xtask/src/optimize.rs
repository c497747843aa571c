//! wasm-opt, from the npm package `binaryen`.

use std::path::Path;

use anyhow::Result;

use crate::command;
use crate::house::House;

/// The binary is tuned for size, as the compiler's own `opt-level` is; CONTRIBUTING.md has the measurements.
const LEVEL: &str = "-Oz";

/// Makes `from` smaller and writes it to `to`. Which wasm features the binary uses is read from the binary itself.
pub(crate) fn optimize(house: &House, from: &Path, to: &Path) -> Result<()> {
    command::run(
        house
            .node(&house.node_module("binaryen/bin/wasm-opt"))
            .arg(LEVEL)
            .arg(from)
            .arg("-o")
            .arg(to),
    )
}
