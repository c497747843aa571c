//! Where things are in this repository.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command;

/// The repository and its build folder.
pub(crate) struct House {
    root: PathBuf,
    target: PathBuf,
}

impl House {
    /// Finds the repository from the manifest that cargo runs, or else that this tool was compiled from.
    pub(crate) fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .parent()
            .context("xtask has no folder above it")?
            .to_path_buf();
        let metadata = command::output(
            Command::new("cargo")
                .args(["metadata", "--no-deps", "--format-version", "1"])
                .current_dir(&root),
        )?;
        let metadata: Value =
            serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
        let target = metadata
            .get("target_directory")
            .and_then(Value::as_str)
            .context("cargo metadata names no target directory")?
            .into();
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the repository.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's own build folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// What this tool keeps between runs.
    pub(crate) fn cache(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The built npm package.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("pkg/dist")
    }

    /// A file of an installed npm package.
    pub(crate) fn node_module(&self, file: &str) -> PathBuf {
        self.path("xtask/tools/node_modules").join(file)
    }

    /// A command that runs in the repository's root.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// Node running a script.
    pub(crate) fn node(&self, script: &Path) -> Command {
        let mut command = self.command("node");
        command.arg(script);
        command
    }
}
