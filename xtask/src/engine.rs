//! The engine and the simulator: the core as wasm for JavaScript hosts, with its glue.
//!
//! wasm-bindgen runs as a library, pinned to the version of the core, so that nobody installs a command line tool.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::compile::Tuning;
use crate::house::House;
use crate::progress::step;
use crate::stamp::Stamp;
use crate::{compile, glue, optimize};

/// One wasm binary for JavaScript: its name in `pkg/dist` and the features of the core that it carries.
struct Binary {
    name: &'static str,
    features: &'static str,
    tuning: Tuning,
}

const BINARIES: [Binary; 3] = [
    Binary {
        name: "core",
        features: "engine",
        tuning: Tuning::Small,
    },
    Binary {
        name: "parts",
        features: "parts,decide",
        tuning: Tuning::Fast,
    },
    Binary {
        name: "simulator",
        features: "js,sim",
        tuning: Tuning::Small,
    },
];

/// The parts without the decision engine: what they are larger with it, it adds.
const WITHOUT_DECISIONS: Binary = Binary {
    name: "parts-without-decide",
    features: "parts",
    tuning: Tuning::Fast,
};

/// Builds the parts without the decision engine, outside of `pkg/dist`, and returns the optimised binary.
pub(crate) fn without_decisions(house: &House) -> Result<PathBuf> {
    let binary = &WITHOUT_DECISIONS;
    let wasm = compile::compile(house, binary.name, binary.features, binary.tuning)?;
    let folder = house.cache().join(binary.name);
    bind(house, binary, &wasm, &folder)?;
    Ok(folder.join(format!("{}_bg.wasm", binary.name)))
}

/// Builds the binaries whose compiled core changed.
pub(crate) fn build(house: &House) -> Result<()> {
    let mut stale = Vec::new();
    for binary in &BINARIES {
        let wasm = compile::compile(house, binary.name, binary.features, binary.tuning)?;
        let mut inputs = vec![wasm.clone(), house.path("xtask/tools/package-lock.json")];
        inputs.extend(
            ["engine", "glue", "optimize"].map(|it| house.path(&format!("xtask/src/{it}.rs"))),
        );
        let stamp = Stamp::of(house, binary.name, &inputs, "")?;
        if !stamp.is_current(&outputs(house, binary.name)) {
            stale.push((binary, stamp, wasm));
        }
    }
    thread::scope(|scope| {
        let running: Vec<_> = stale
            .into_iter()
            .map(|(binary, stamp, wasm)| {
                scope.spawn(move || {
                    bind(house, binary, &wasm, &house.dist())?;
                    stamp.keep()
                })
            })
            .collect();
        running.into_iter().try_for_each(|it| {
            it.join()
                .map_err(|_| anyhow!("wasm-bindgen panicked; its message stands above"))?
        })
    })
}

/// The files that all binaries leave in `pkg/dist`.
pub(crate) fn all_outputs(house: &House) -> Vec<PathBuf> {
    BINARIES
        .iter()
        .flat_map(|binary| outputs(house, binary.name))
        .collect()
}

fn outputs(house: &House, name: &str) -> Vec<PathBuf> {
    [
        format!("{name}.js"),
        format!("{name}.d.ts"),
        format!("{name}_bg.wasm"),
    ]
    .map(|file| house.dist().join(file))
    .to_vec()
}

/// Writes glue, types and the optimised binary to a folder.
fn bind(house: &House, binary: &Binary, wasm: &Path, to: &Path) -> Result<()> {
    let name = binary.name;
    let folder = house.cache().join("bound").join(name);
    step(&format!("{name}: wasm-bindgen"), || {
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(wasm)
            .out_name(name)
            .typescript(true)
            .remove_name_section(true)
            .remove_producers_section(true)
            .omit_default_module_path(true)
            .reset_state_function(true);
        bindgen.web(true)?.generate(&folder)
    })?;
    let read = |file: &str| {
        let path = folder.join(file);
        fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))
    };
    let mut js = glue::guard_tasks(&read(&format!("{name}.js"))?);
    if matches!(binary.tuning, Tuning::Fast) {
        js = glue::encode_at_once(&js)?;
    }
    let types = glue::declare_listener(&read(&format!("{name}.d.ts"))?);
    fs::create_dir_all(to).with_context(|| format!("could not create {}", to.display()))?;
    let write = |file: String, text: &str| {
        let path = to.join(file);
        fs::write(&path, text).with_context(|| format!("could not write {}", path.display()))
    };
    step(&format!("{name}: wasm-opt"), || {
        let file = format!("{name}_bg.wasm");
        optimize::optimize(house, &folder.join(&file), &to.join(&file), binary.tuning)
    })?;
    write(format!("{name}.js"), &js)?;
    optimize::minify(house, &to.join(format!("{name}.js")))?;
    write(format!("{name}.d.ts"), &types)
}
