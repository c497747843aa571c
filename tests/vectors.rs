//! The vectors of `tests/vectors`: the contract that every runtime reads.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

use std::fs;
use std::path::Path;

use patchcord::json::ToJson;
use patchcord::parts;
use serde_json::{Value, json};

fn vectors(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(name);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let vectors: Vec<Value> = serde_json::from_str(&text).expect("a list of vectors");
    assert!(vectors.len() > 5, "{name} holds vectors");
    vectors
}

fn text<'v>(vector: &'v Value, name: &str) -> &'v str {
    vector[name].as_str().expect("a text")
}

/// The findings without their messages, which may change.
fn findings(report: &Value) -> Value {
    let issue = |issue: &Value| json!({ "code": issue["code"], "path": issue["path"], "hint": issue["hint"] });
    report["issues"]
        .as_array()
        .expect("issues")
        .iter()
        .map(issue)
        .collect()
}

fn builds_or_reports(file: &str) {
    for vector in vectors(file) {
        let (profile, operation) = (text(&vector, "profile"), text(&vector, "operation"));
        let input = vector["input"].to_string();
        let report =
            ToJson::to_json(&parts::validate(profile, operation, &input).expect("a report"));
        let built = parts::build_request(profile, operation, &input);
        let name = text(&vector, "name");
        match vector.get("request") {
            Some(request) => {
                assert_eq!(report, json!({ "ok": true, "issues": [] }), "{name}");
                assert_eq!(&ToJson::to_json(&built.expect(name)), request, "{name}");
            }
            None => {
                assert_eq!(findings(&report), vector["report"], "{name}");
                let refusal = built.expect_err(name);
                assert_eq!(refusal.error.code().as_str(), "invalid-input", "{name}");
                assert_eq!(ToJson::to_json(&refusal.report), report, "{name}");
            }
        }
    }
}

#[test]
fn every_transfer_is_built_or_reported_as_its_vector_says() {
    builds_or_reports("cxone-v2/transfer.json");
}

#[test]
fn every_read_is_built_or_reported_as_its_vector_says() {
    builds_or_reports("cxone-v2/reads.json");
}

#[test]
fn eligibility_is_judged_as_its_vectors_say() {
    for vector in vectors("cxone-v2/eligibility.json") {
        let (target, answers) = (vector["target"].to_string(), vector["answers"].to_string());
        let verdict =
            parts::eligibility(text(&vector, "profile"), &target, &answers).expect("a verdict");
        assert_eq!(
            ToJson::to_json(&verdict),
            vector["eligibility"],
            "{}",
            text(&vector, "name")
        );
    }
}

#[test]
fn a_report_repeats_no_phone_number() {
    for vector in vectors("cxone-v2/transfer.json") {
        let report = parts::validate("cxone-v2", "transfer", &vector["input"].to_string())
            .expect("a report");
        let numbers = [
            &vector["input"]["to"]["phone"],
            &vector["input"]["callbackNumber"],
        ];
        for number in numbers
            .into_iter()
            .filter_map(Value::as_str)
            .filter(|number| number.len() > 5)
        {
            assert!(
                report
                    .issues()
                    .iter()
                    .all(|issue| !issue.message.contains(number)),
                "{report:?}"
            );
        }
    }
}

#[test]
fn what_has_no_name_is_refused_with_the_names_there_are() {
    let unknown = parts::build_request("cxone-v9", "transfer", "{}").expect_err("no such profile");
    assert_eq!(unknown.error.code().as_str(), "unknown-profile");
    assert!(
        unknown
            .error
            .hint()
            .is_some_and(|hint| hint.contains("`cxone-v2`"))
    );
    let unknown =
        parts::build_request("cxone-v2", "teleport", "{}").expect_err("no such operation");
    assert_eq!(unknown.error.code().as_str(), "unknown-operation");
    assert!(
        unknown
            .error
            .hint()
            .is_some_and(|hint| hint.contains("`transfer`"))
    );
    let garbage = parts::validate("cxone-v2", "transfer", "{").expect("a report");
    assert_eq!(
        findings(&ToJson::to_json(&garbage))[0]["code"],
        "invalid-json"
    );
}
