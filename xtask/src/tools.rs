//! What the build needs beyond rustup and Node: installed when it is missing, left alone when it is there.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command;
use crate::house::House;
use crate::progress::step;
use crate::stamp::Stamp;

const WASM: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;
const CARGO_DENY: &str = "0.20.2";

/// The wasm target and the npm packages of the lock file.
pub(crate) fn install(house: &House) -> Result<()> {
    wasm_target(house)?;
    npm_packages(house)?;
    links(house)
}

fn wasm_target(house: &House) -> Result<()> {
    let folder = command::output(house.command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        WASM,
    ]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    step("install the wasm target", || {
        command::run(house.command("rustup").args(["target", "add", WASM]))
    })
}

fn npm_packages(house: &House) -> Result<()> {
    let node = command::output(house.command("node").arg("--version"))
        .context("Node 20 or newer must be on the PATH")?;
    let major = node
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|it| it.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST_NODE) {
        bail!(
            "Node {} is too old: Patchcord is built with Node {OLDEST_NODE} or newer",
            node.trim()
        );
    }
    let tools = house.path("xtask/tools");
    let inputs = ["package.json", "package-lock.json", ".npmrc"].map(|file| tools.join(file));
    let stamp = Stamp::of(house, "npm", &inputs, "")?;
    if stamp.is_current(&[house.node_module(".package-lock.json")]) {
        return Ok(());
    }
    step("install npm packages", || {
        command::run(
            house
                .command("npm")
                .args(["ci", "--loglevel=error"])
                .current_dir(&tools),
        )
    })?;
    stamp.keep()
}

/// Two links let every script of the repository import the tools and `patchcord` itself by name, wherever it stands:
/// `node_modules` → `xtask/tools/node_modules`, and in there `patchcord` → `pkg`.
fn links(house: &House) -> Result<()> {
    link("xtask/tools/node_modules", &house.path("node_modules"))?;
    link("../../../pkg", &house.node_module("patchcord"))
}

fn link(to: &str, at: &Path) -> Result<()> {
    if fs::read_link(at).is_ok_and(|it| it == Path::new(to)) {
        return Ok(());
    }
    if at.is_symlink() {
        fs::remove_file(at).with_context(|| format!("could not replace {}", at.display()))?;
    }
    symlink(to, at).with_context(|| format!("could not link {} to {to}", at.display()))
}

/// A Chromium for the browser tests: `CHROMIUM_PATH`, one on the PATH, or Debian's, installed now.
pub(crate) fn chromium(house: &House) -> Result<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM_PATH") {
        return Ok(path.into());
    }
    if let Some(path) = installed_chromium() {
        return Ok(path);
    }
    step("install chromium", || {
        let apt = |arguments: &[&str]| {
            command::run(
                house
                    .command("apt-get")
                    .args(arguments)
                    .env("DEBIAN_FRONTEND", "noninteractive"),
            )
        };
        apt(&["update", "-qq"])?;
        apt(&[
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "chromium",
        ])
    })
    .context("no Chromium found: install one (apt-get needs root), or name it in CHROMIUM_PATH")?;
    installed_chromium().context("apt-get installed chromium, but it is not on the PATH")
}

fn installed_chromium() -> Option<PathBuf> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|file| file.is_file())
}

/// The licence checker, built once into the build folder.
pub(crate) fn cargo_deny(house: &House) -> Result<PathBuf> {
    let folder = house.cache().join("cargo-deny").join(CARGO_DENY);
    let program = folder.join("bin/cargo-deny");
    if !program.is_file() {
        step("install cargo-deny", || {
            command::run(
                house
                    .command("cargo")
                    .args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY])
                    .args(["--config", "profile.release.opt-level=1"])
                    .arg("--root")
                    .arg(&folder)
                    .env("CARGO_TARGET_DIR", folder.join("build")),
            )
        })?;
        let build = folder.join("build");
        fs::remove_dir_all(&build)
            .with_context(|| format!("could not remove {}", build.display()))?;
    }
    Ok(program)
}
