//! The house's layering: imports run downwards only, and platforms stay at the top.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each top-level module and its floor. A module may use those on lower floors, and itself.
const FLOORS: &[(&str, u8)] = &[
    ("json", 0),
    ("stored", 0),
    ("time", 1),
    ("error", 1),
    ("private", 1),
    ("model", 2),
    ("validate", 3),
    ("predict", 4),
    ("http", 3),
    ("decide", 4),
    ("journal", 4),
    ("profile", 4),
    ("transfer", 5),
    ("parts", 6),
    ("operation", 7),
    ("sim", 7),
    ("js", 8),
    ("component", 8),
];

/// What only one module may name.
const PLATFORMS: &[(&str, &str)] = &[
    ("wasm_bindgen", "js"),
    ("js_sys", "js"),
    ("web_sys", "js"),
    ("gloo_net", "js"),
    ("serde_wasm_bindgen", "js"),
    ("wit_bindgen", "component"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file, with the top-level module that it belongs to.
fn house() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let named = |path: PathBuf| {
        let inside = path
            .strip_prefix(&src)
            .expect("inside")
            .to_string_lossy()
            .into_owned();
        let module = inside
            .split(['/', '.'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let text = fs::read_to_string(&path).expect("a text");
        (inside, module, text)
    };
    files
        .into_iter()
        .map(named)
        .filter(|(_, module, _)| module != "lib")
        .collect()
}

fn floor(module: &str) -> u8 {
    let found = FLOORS.iter().find(|(name, _)| *name == module);
    found
        .unwrap_or_else(|| {
            panic!("`{module}` has no floor: give it one in this test and in the design")
        })
        .1
}

/// The modules that a file names behind `crate::`, but for its tests and its documentation.
fn used(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let names = |line: &str| {
        let name = |rest: &str| {
            rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .next()
                .map(str::to_owned)
        };
        line.split("crate::")
            .skip(1)
            .filter_map(name)
            .collect::<Vec<_>>()
    };
    lines
        .flat_map(names)
        .filter(|name| name.chars().next().is_some_and(char::is_lowercase))
        .collect()
}

#[test]
fn imports_run_downwards_only() {
    let mut seen = BTreeMap::new();
    for (file, module, text) in house() {
        let from = floor(&module);
        for name in used(&text) {
            assert!(
                name == module || floor(&name) < from,
                "{file} uses `{name}`, which is not below `{module}`"
            );
            *seen.entry(name).or_insert(0) += 1;
        }
    }
    assert!(seen.len() > 8, "the imports were read: {seen:?}");
}

#[test]
fn only_the_bindings_know_their_platform() {
    for (file, module, text) in house() {
        for (name, home) in PLATFORMS {
            let named = text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(name));
            assert!(
                !named || module == *home,
                "{file} names `{name}`, which only `{home}` may"
            );
        }
    }
}

#[test]
fn predictions_call_no_mathematics_of_the_host() {
    let host = [
        ".exp()",
        ".exp_m1()",
        ".ln()",
        ".ln_1p()",
        ".log10()",
        ".sqrt()",
        ".powf(",
        ".powi(",
        ".sin()",
        ".cos()",
    ];
    let predict = house()
        .into_iter()
        .filter(|(_, module, _)| module == "predict");
    let mut files = 0;
    for (file, _, text) in predict {
        files += 1;
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for line in lines {
            assert!(
                !host.iter().any(|call| line.contains(call)),
                "{file} must call `libm`: {line}"
            );
        }
    }
    assert!(files > 20, "{files} files were read");
}
