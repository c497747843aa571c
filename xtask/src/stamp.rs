//! What is up to date: a fingerprint of a step's inputs, kept beside the build.
//!
//! Contents are hashed, not times, so that a fresh clone, a branch switch or a touched file does not rebuild.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::house::House;

/// The fingerprint of one step's inputs and the place where the last one is kept.
pub(crate) struct Stamp {
    file: PathBuf,
    fingerprint: String,
}

impl Stamp {
    /// Takes the fingerprint of `inputs` (files, or folders with all in them; missing ones count as missing) and of
    /// `settings`, anything else that the step's result hangs on.
    pub(crate) fn of(
        house: &House,
        step: &str,
        inputs: &[PathBuf],
        settings: &str,
    ) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        settings.hash(&mut hasher);
        for input in inputs {
            for file in files(input)? {
                file.strip_prefix(house.root())
                    .unwrap_or(&file)
                    .hash(&mut hasher);
                fs::read(&file)
                    .with_context(|| format!("could not read {}", file.display()))?
                    .hash(&mut hasher);
            }
        }
        Ok(Self {
            file: house.cache().join("stamps").join(step),
            fingerprint: format!("{:016x}", hasher.finish()),
        })
    }

    /// Whether the step ran on these very inputs and its outputs are still there.
    pub(crate) fn is_current(&self, outputs: &[PathBuf]) -> bool {
        outputs.iter().all(|output| output.exists())
            && fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.fingerprint)
    }

    /// Notes that the step ran to its end.
    pub(crate) fn keep(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("could not create {}", folder.display()))?;
        }
        fs::write(&self.file, &self.fingerprint)
            .with_context(|| format!("could not write {}", self.file.display()))
    }
}

/// All files below a path, in a fixed order. Nothing when the path does not exist.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let entries =
        fs::read_dir(path).with_context(|| format!("could not list {}", path.display()))?;
    let mut entries = entries
        .map(|entry| entry.map(|it| it.path()))
        .collect::<Result<Vec<_>, _>>()
        .with_context(|| format!("could not list {}", path.display()))?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.file_name().is_some_and(|name| name != "node_modules") {
            found.extend(files(&entry)?);
        }
    }
    Ok(found)
}
