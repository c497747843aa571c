//! The core compiled for wasm, once for each set of features that a host needs.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command;
use crate::house::House;
use crate::progress::step;
use crate::stamp::Stamp;

/// All that a wasm binary is made from.
const SOURCES: [&str; 7] = [
    "src",
    "wit",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "xtask/src/compile.rs",
];

/// What a binary is tuned for.
#[derive(Clone, Copy)]
pub(crate) enum Tuning {
    /// Its download: CONTRIBUTING.md has the measurements.
    Small,
    /// The time that a call takes.
    Fast,
}

impl Tuning {
    /// The profile of the compiler.
    const fn profile(self) -> &'static str {
        match self {
            Self::Small => "wasm",
            Self::Fast => "wasm-fast",
        }
    }

    /// The level of wasm-opt.
    pub(crate) const fn level(self) -> &'static str {
        match self {
            Self::Small => "-Oz",
            Self::Fast => "-O3",
        }
    }
}

/// Compiles the core with these features for wasm and returns a copy that the next build does not overwrite.
pub(crate) fn compile(
    house: &House,
    name: &str,
    features: &str,
    tuning: Tuning,
) -> Result<PathBuf> {
    let profile = tuning.profile();
    let copy = house.cache().join("compiled").join(format!("{name}.wasm"));
    let sources = SOURCES.map(|it| house.path(it));
    let stamp = Stamp::of(
        house,
        &format!("compiled-{name}"),
        &sources,
        &format!("{features} {profile}"),
    )?;
    if stamp.is_current(std::slice::from_ref(&copy)) {
        return Ok(copy);
    }
    step(&format!("{name}: compile (features {features})"), || {
        command::run(
            house
                .command("cargo")
                .args(["rustc", "--package", "patchcord", "--lib"])
                .args(["--crate-type", "cdylib", "--profile", profile])
                .args(["--target", "wasm32-unknown-unknown"])
                .args(["--no-default-features", "--features", features])
                .args(["--config", &flags(house)]),
        )
    })?;
    let built = house
        .target()
        .join(format!("wasm32-unknown-unknown/{profile}/patchcord.wasm"));
    if let Some(folder) = copy.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("could not create {}", folder.display()))?;
    }
    fs::copy(&built, &copy).with_context(|| format!("could not copy {}", built.display()))?;
    stamp.keep()?;
    Ok(copy)
}

/// Compiles a bench that runs in wasm by itself, with the flags of what is shipped.
pub(crate) fn bench(house: &House, name: &str) -> Result<PathBuf> {
    let target = "wasm32-unknown-unknown";
    let profile = Tuning::Fast.profile();
    step(&format!("{name}: compile its bench"), || {
        command::run(
            house
                .command("cargo")
                .args(["build", "--package", "patchcord", "--example", name])
                .args(["--features", "sim"])
                .args(["--profile", profile, "--target", target])
                .args(["--config", &flags(house)]),
        )
    })?;
    let built = format!("{target}/{profile}/examples/{name}.wasm");
    Ok(house.target().join(built))
}

/// Paths of the building machine stay out of the binary: they make it larger, differ everywhere and are nobody's business.
/// As configuration the flags join those of `.cargo/config.toml`; in the environment they would replace them.
fn flags(house: &House) -> String {
    let registry = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .map(|home| format!("--remap-path-prefix={}=cargo", home.display()));
    let root = format!("--remap-path-prefix={}=patchcord", house.root().display());
    let flags: Vec<_> = registry.into_iter().chain([root]).collect();
    format!("target.wasm32-unknown-unknown.rustflags={flags:?}")
}
