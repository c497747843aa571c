//! The CommonJS flavour: every `require` entry of `pkg/package.json`, translated from the ES module beside it.
//!
//! File for file and not bundled, so that two entries share one instance of the engine and one class of error.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command;
use crate::house::House;

/// Translates every `require` entry and what it imports.
pub(crate) fn build(house: &House) -> Result<()> {
    let entries = entries(house)?;
    if entries.is_empty() {
        return Ok(());
    }
    let mut node = house.node(&house.path("xtask/tools/commonjs.mjs"));
    for (to, from) in entries {
        node.args([from, to]);
    }
    command::run(&mut node)
}

/// The CommonJS files that the package names, each with the ES module that it is translated from.
pub(crate) fn entries(house: &House) -> Result<BTreeMap<PathBuf, PathBuf>> {
    let path = house.path("pkg/package.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let package: Value =
        serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
    let mut found = BTreeMap::new();
    pairs(package.get("exports").unwrap_or(&Value::Null), &mut found);
    let place = |name: &str| house.path("pkg").join(name.trim_start_matches("./"));
    Ok(found
        .iter()
        .map(|(to, from)| (place(to), place(from)))
        .collect())
}

/// A `require` condition is paired with the `import` or `default` one beside it. The more particular branches are looked
/// at first: the last resort for unknown hosts names the same file as the branch for Node, beside another module.
fn pairs<'a>(conditions: &'a Value, found: &mut BTreeMap<&'a str, &'a str>) {
    let Value::Object(branches) = conditions else {
        return;
    };
    for branch in branches.values() {
        pairs(branch, found);
    }
    let file = |condition: &str| branches.get(condition).and_then(Value::as_str);
    if let (Some(to), Some(from)) = (file("require"), file("import").or_else(|| file("default")))
        && to.ends_with(".cjs")
    {
        found.entry(to).or_insert(from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_require_entry_is_translated_from_the_module_beside_it() {
        let exports = serde_json::json!({
            ".": {
                "types": { "require": "./dist/require.d.cts", "default": "./dist/index.d.ts" },
                "node": { "require": "./dist/node.cjs", "default": "./dist/node.js" },
                "browser": "./dist/browser.js",
                "require": "./dist/node.cjs",
                "default": "./dist/browser.js",
            },
            "./core.wasm": "./dist/core_bg.wasm",
        });
        let mut found = BTreeMap::new();
        pairs(&exports, &mut found);
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [("./dist/node.cjs", "./dist/node.js")]
        );
    }
}
