//! `docs/decisions.md` says what is so: its policy can be read, and its tables are whole.

use std::path::Path;

use patchcord::decide::engine::{FACTS, Grounds, check_policy};
use serde_json::Value;

fn documentation() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/decisions.md");
    std::fs::read_to_string(path).expect("the documentation")
}

#[test]
fn the_policy_of_the_documentation_has_no_findings() {
    let text = documentation();
    let policy = text
        .split("```json")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let policy: Value = serde_json::from_str(policy.expect("a policy")).expect("JSON");
    let report = check_policy(&policy, None);
    assert!(report.is_ok(), "{report:?}");
}

#[test]
fn every_fact_and_every_code_is_documented_once() {
    let text = documentation();
    for (name, kind, scope, counts) in FACTS {
        let counts = if *counts { "yes" } else { "no" };
        let row = format!("\n| `{name}` | {kind} | {scope} | {counts} |\n");
        assert_eq!(text.matches(&row).count(), 1, "{row}");
    }
    for grounds in Grounds::ALL {
        assert_eq!(
            text.matches(&format!("\n| `{grounds}` | ")).count(),
            1,
            "{grounds}"
        );
    }
}
