//! The decision engine: its vocabulary, its decisions, its checks, held against vectors and against a model written another way.
#![cfg(feature = "decide")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

mod agreement;
mod checks;
mod clock;
mod comparing;
mod decisions;
mod documentation;
mod during;
mod model;
mod outline;
mod parts;
mod random;
mod schema;
mod vocabulary;

use std::fs;
use std::path::Path;

use patchcord::json::ToJson;
use patchcord::validate::Report;
use serde_json::Value;

/// How often a random test goes round: a twentieth as often where `PATCHCORD_QUICK` is set, as it is for mutants.
fn rounds(usual: u32) -> u32 {
    match std::env::var_os("PATCHCORD_QUICK") {
        Some(_) => usual / 20,
        None => usual,
    }
}

/// A file of vectors.
fn vectors(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors/decide")
        .join(name);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("a list of vectors")
}

/// The findings are those of the vector: as many, in order, each with what the vector says of it.
fn assert_findings(report: &Report, vector: &Value) {
    let json = report.to_json();
    let found = json["issues"].as_array().expect("findings");
    let wanted = vector["report"].as_array().expect("findings");
    assert_eq!(found.len(), wanted.len(), "{}: {json}", vector["name"]);
    for (found, wanted) in found.iter().zip(wanted) {
        for (key, value) in wanted.as_object().expect("a finding") {
            assert_eq!(&found[key], value, "{}: {json}", vector["name"]);
        }
    }
}
