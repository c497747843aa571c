//! The component of `wit/`: the core with the feature `component`, wrapped for plugin hosts.
//!
//! It is built for `wasm32-unknown-unknown`, because a build for a WASI target imports a dozen WASI interfaces as soon as
//! it formats a string, and ours must import nothing.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasmparser::{Parser, Payload};
use wit_component::ComponentEncoder;

use crate::compile::Tuning;
use crate::house::House;
use crate::progress::step;
use crate::stamp::Stamp;
use crate::{compile, optimize};

/// Builds the component when the compiled core changed.
pub(crate) fn build(house: &House) -> Result<()> {
    let output = output(house);
    let compiled = compile::compile(house, "component", "component,operations", Tuning::Small)?;
    let mut inputs = vec![
        compiled.clone(),
        house.path("xtask/tools/package-lock.json"),
    ];
    inputs.extend(["component", "optimize"].map(|it| house.path(&format!("xtask/src/{it}.rs"))));
    let stamp = Stamp::of(house, "component", &inputs, "")?;
    if stamp.is_current(std::slice::from_ref(&output)) {
        return Ok(());
    }
    let small = compiled.with_file_name("component-small.wasm");
    step("component: wasm-opt", || {
        optimize::optimize(house, &compiled, &small, Tuning::Small)
    })?;
    step("component: encode", || {
        let module =
            fs::read(&small).with_context(|| format!("could not read {}", small.display()))?;
        let component = encode(&module)?;
        fs::create_dir_all(house.dist()).context("could not create pkg/dist")?;
        fs::write(&output, component)
            .with_context(|| format!("could not write {}", output.display()))
    })?;
    stamp.keep()
}

/// Where the component stands when it is built.
pub(crate) fn output(house: &House) -> PathBuf {
    house.dist().join("patchcord.component.wasm")
}

fn encode(module: &[u8]) -> Result<Vec<u8>> {
    let component = ComponentEncoder::default()
        .module(module)
        .context("the core module carries no component types")?
        .validate(true)
        .encode()
        .context("the core module can't be wrapped as a component")?;
    let imports = imports(&component)?;
    if !imports.is_empty() {
        bail!(
            "the component must import nothing, but it imports {} (an interface of which only types are used has to be exported too)",
            imports.join(", ")
        );
    }
    Ok(component)
}

/// The names that the outermost component imports.
fn imports(component: &[u8]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut depth = 0_u32;
    for payload in Parser::new(0).parse_all(component) {
        match payload.context("the component does not parse")? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(section) if depth == 0 => {
                for import in section {
                    names.push(
                        import
                            .context("an import does not parse")?
                            .name
                            .name
                            .to_owned(),
                    );
                }
            }
            _ => {}
        }
    }
    Ok(names)
}
