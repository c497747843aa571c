//! The one way in for JSON: what is answered, and what is refused with code and path.

use std::fs;
use std::path::Path;

use patchcord::json::ToJson;
use patchcord::predict::score::Scores;
use patchcord::predict::{predict, predict_many, rule};
use patchcord::validate::Report;
use serde_json::{Value, json};

fn vectors(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors/predict")
        .join(name);
    serde_json::from_str(&fs::read_to_string(path).expect("the vectors")).expect("a list")
}

#[test]
fn every_input_is_answered_as_its_vector_says() {
    for vector in vectors("answered.json") {
        let mut report = Report::default();
        let found = predict(&vector["input"], &mut report);
        let found = found
            .unwrap_or_else(|| panic!("{}: {report:?}", vector["name"]))
            .to_json();
        // By way of text: then both have been through the same parser.
        let again: Value = serde_json::from_str(&found.to_string()).expect("JSON");
        assert_eq!(again, vector["prediction"], "{}", vector["name"]);
    }
}

#[test]
fn every_bad_input_is_refused_as_its_vector_says() {
    for vector in vectors("refused.json") {
        let mut report = Report::default();
        assert_eq!(
            predict(&vector["input"], &mut report),
            None,
            "{}",
            vector["name"]
        );
        assert_eq!(brief(&report), vector["report"], "{}", vector["name"]);
    }
}

/// The findings without their sentences.
fn brief(report: &Report) -> Value {
    let issues = &report.to_json()["issues"];
    let brief = |issue: &Value| json!({ "code": issue["code"], "path": issue["path"], "hint": issue["hint"] });
    issues
        .as_array()
        .expect("issues")
        .iter()
        .map(brief)
        .collect()
}

#[test]
fn predictions_are_scored_or_refused_as_their_vectors_say() {
    for vector in vectors("scores.json") {
        let mut report = Report::default();
        let found = Scores::of_json(&vector["input"], &mut report).map(|found| found.to_json());
        let again: Value = found.map_or(Value::Null, |found| {
            serde_json::from_str(&found.to_string()).expect("JSON")
        });
        assert_eq!(again, vector["scores"], "{}", vector["name"]);
        if again.is_null() {
            assert_eq!(brief(&report), vector["report"], "{}", vector["name"]);
        }
    }
}

#[test]
fn one_bad_row_of_a_wallboard_does_not_keep_the_others_back() {
    let row = json!({ "method": "auto", "waitingAhead": 4, "agents": 10, "handleSeconds": 180, "thresholdSeconds": 20 });
    let mut bad = row.clone();
    bad["agents"] = json!(-1);
    let found = predict_many(&[row.clone(), bad, row]);
    assert!(found[0].is_ok() && found[2].is_ok());
    let report = found[1].as_ref().expect_err("it is refused");
    assert_eq!(report.issues()[0].path, "$[1].agents");
}

#[test]
fn the_rule_rounds_like_the_founding_document() {
    for at in 0..20_000_u32 {
        let (abandoned, answered) = (f64::from(at * 7 % 1_000), f64::from(at % 913 + 1));
        let found =
            rule(f64::from(at % 101) / 100.0, 11.0, 20.0, abandoned, answered).expect("a rule");
        let rate = abandoned / (abandoned + answered);
        assert_eq!(
            found.abandonment_rate,
            format!("{rate:.3}").parse::<f64>().expect("a number"),
            "{rate}"
        );
        let confidence = (f64::from(at % 101) / 100.0 * 0.6 + rate * 0.4).min(1.0);
        assert_eq!(
            found.confidence,
            format!("{confidence:.3}").parse::<f64>().expect("a number"),
            "{confidence}"
        );
    }
    assert!(
        !rule(0.85, 19.0, 20.0, 1.0, 1.0)
            .expect("a rule")
            .breach_predicted,
        "occupancy must pass 0.85"
    );
    assert!(
        !rule(1.0, 10.0, 20.0, 1.0, 1.0)
            .expect("a rule")
            .breach_predicted,
        "the wait must pass the half"
    );
    assert!(
        rule(0.850_000_1, 10.000_1, 20.0, 1.0, 1.0)
            .expect("a rule")
            .breach_predicted
    );
    assert_eq!(rule(f64::NAN, 1.0, 1.0, 1.0, 1.0), None);
    assert_eq!(rule(0.9, 1.0, 1.0, 0.0, 0.0), None, "nothing was counted");
}
