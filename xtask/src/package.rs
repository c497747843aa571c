//! The npm package: its TypeScript compiled to `pkg/dist`, then the CommonJS flavour for `require`.

use anyhow::Result;

use crate::house::House;
use crate::progress::step;
use crate::stamp::Stamp;
use crate::{command, commonjs, engine};

/// Compiles the package when its sources or the glue changed.
pub(crate) fn build(house: &House) -> Result<()> {
    let mut inputs = [
        "pkg/src",
        "pkg/package.json",
        "pkg/tsconfig.json",
        "xtask/src",
        "xtask/tools",
    ]
    .map(|it| house.path(it))
    .to_vec();
    for name in ["core", "simulator"] {
        inputs.extend(engine::outputs(house, name));
    }
    let stamp = Stamp::of(house, "package", &inputs, "")?;
    let outputs: Vec<_> = commonjs::entries(house)?.into_keys().collect();
    if stamp.is_current(&outputs) {
        return Ok(());
    }
    step("package: tsc", || {
        command::run(
            house
                .node(&house.node_module("typescript/bin/tsc"))
                .args(["--project", "pkg/tsconfig.json"]),
        )
    })?;
    step("package: CommonJS", || commonjs::build(house))?;
    stamp.keep()
}
