//! The npm package: its TypeScript compiled to `pkg/dist`, then the CommonJS flavour for `require`, and Node's
//! entries joined.

use std::fs;

use anyhow::{Context, Result};

use crate::house::House;
use crate::progress::step;
use crate::stamp::{self, Stamp};
use crate::{command, commonjs, component, engine};

/// What Node loads for `patchcord` and `patchcord/simulator`.
const NODE_ENTRIES: [&str; 2] = ["node.js", "simulator/node.js"];

/// The JSON Schema of policies, for whoever writes them.
const SCHEMA: &str = "docs/policy.schema.json";

/// Compiles the package when its sources or the glue changed.
pub(crate) fn build(house: &House) -> Result<()> {
    let mut inputs = [
        "pkg/src",
        "pkg/package.json",
        "pkg/tsconfig.json",
        SCHEMA,
        "xtask/src/package.rs",
        "xtask/src/commonjs.rs",
        "xtask/tools/commonjs.mjs",
        "xtask/tools/package-lock.json",
    ]
    .map(|it| house.path(it))
    .to_vec();
    inputs.extend(engine::all_outputs(house));
    let stamp = Stamp::of(house, "package", &inputs, "")?;
    let outputs: Vec<_> = commonjs::entries(house)?.into_keys().collect();
    if stamp.is_current(&outputs) {
        return Ok(());
    }
    step("package: tsc", || {
        clear(house)?;
        command::run(
            house
                .node(&house.node_module("typescript/bin/tsc"))
                .args(["--project", "pkg/tsconfig.json"]),
        )
    })?;
    fs::copy(house.path(SCHEMA), house.dist().join("policy.schema.json"))
        .with_context(|| format!("could not copy {SCHEMA}"))?;
    step("package: CommonJS", || commonjs::build(house))?;
    step("package: bundle for Node", || bundle(house))?;
    stamp.keep()
}

/// Joins the modules of Node's entries: it takes longer to find twenty files than to compile the engine. What two entries
/// share stays one file, so that there is one instance of the engine and one class of error. Browsers have bundlers.
fn bundle(house: &House) -> Result<()> {
    let dist = house.dist();
    command::run(
        house
            .node(&house.node_module("esbuild/bin/esbuild"))
            .args(NODE_ENTRIES.map(|entry| dist.join(entry)))
            .args(["--bundle", "--splitting", "--format=esm", "--platform=node"])
            .args(["--chunk-names=node-[hash]", "--allow-overwrite"])
            .arg("--log-level=warning")
            .arg(format!("--outbase={}", dist.display()))
            .arg(format!("--outdir={}", dist.display())),
    )
}

/// Removes what earlier sources left, so that no file of a module long gone is published.
fn clear(house: &House) -> Result<()> {
    let mut keep = engine::all_outputs(house);
    keep.push(component::output(house));
    for file in stamp::files(&house.dist())? {
        if !keep.contains(&file) {
            fs::remove_file(&file)
                .with_context(|| format!("could not remove {}", file.display()))?;
        }
    }
    Ok(())
}
