//! What the bindings offer: text in, answers or refusals out.

use patchcord::json::{ToJson, text};
use patchcord::parts;
use patchcord::predict::Learned;
use serde_json::Value;

const CALLER: &str = r#"{ "method": "caller", "waitingAhead": 4, "agents": 10, "handleSeconds": 180, "thresholdSeconds": 20 }"#;

#[test]
fn a_refusal_names_its_first_finding() {
    let refused = parts::predict(r#"{ "method": "caller", "agents": -1, "thresholdSeconds": 20 }"#)
        .expect_err("it is refused");
    assert_eq!(refused.error.code().as_str(), "invalid-input");
    assert_eq!(refused.report.issues()[0].path, "$.agents");
    assert!(refused.error.message().contains("$.agents"));
    assert_eq!(
        parts::predict("{")
            .expect_err("no JSON")
            .error
            .code()
            .as_str(),
        "invalid-json"
    );
}

#[test]
fn a_wallboard_is_answered_row_by_row() {
    let found = parts::predict_many(&format!("[{CALLER}, 1, {CALLER}]")).expect("a list");
    let found: Value = serde_json::from_str(&found).expect("JSON");
    assert_eq!(
        found[0],
        parts::predict(CALLER).expect("a prediction").to_json()
    );
    assert_eq!(
        (&found[0]["status"], &found[1]["status"], &found[2]),
        (&"ok".into(), &"refused".into(), &found[0])
    );
    assert_eq!(found[1]["report"]["issues"][0]["path"], "$[1]");
    assert_eq!(
        parts::predict_many("{}")
            .expect_err("no list")
            .code()
            .as_str(),
        "wrong-type"
    );
}

#[test]
fn a_predictor_is_told_asked_and_stored_as_text() {
    let mut learned = Learned::new();
    let state =
        r#"{ "waitingAhead": 4, "agents": 10, "handleSeconds": 180, "thresholdSeconds": 20 }"#;
    let outcome = r#"{ "waitingAhead": 4, "agents": 10, "handleSeconds": 180, "thresholdSeconds": 20, "waitedSeconds": 50, "outcome": "abandoned" }"#;
    assert_eq!(parts::observe(&mut learned, outcome), Ok(true));
    let again = parts::restore_learned(&text(&learned.to_json())).expect("it was stored");
    let said = |learned| {
        parts::predict_learned(learned, state)
            .expect("a prediction")
            .to_json()
    };
    assert_eq!(said(&again), said(&learned));
    assert!(
        parts::observe(&mut learned, state).is_err(),
        "an outcome says what became of the caller"
    );
    assert_eq!(
        parts::restore_learned("{}")
            .expect_err("it is none")
            .code()
            .as_str(),
        "invalid-snapshot"
    );
}

#[test]
fn metrics_become_inputs_and_an_unknown_dialect_is_refused() {
    let inputs = parts::prediction_inputs("cxone-v2", r#"{ "occupancy": 0.9 }"#).expect("inputs");
    assert_eq!(inputs["occupancy"], 0.9);
    let unknown = parts::prediction_inputs("genesys-v2", "{}").expect_err("no metrics");
    assert_eq!(unknown.code().as_str(), "unknown-profile");
}
