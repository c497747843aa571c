//! The engine as hosts call it: JSON in, JSON out.

use patchcord::decide::engine::{self, Inputs, Trace};
use patchcord::error::Code;
use patchcord::parts::decisions::{can, check_policy, compare, decide, read_policy};
use serde_json::{Value, json};

use crate::vectors;

#[test]
fn the_vectors_come_out_of_texts_as_they_do_of_values() {
    for vector in vectors("decisions.json") {
        let policy = read_policy(&vector["policy"].to_string()).expect("a policy");
        let trace = Trace::ALL
            .iter()
            .find(|trace| trace.as_str() == vector["trace"]);
        let text = decide(&policy, &vector["inputs"].to_string(), *trace.unwrap());
        assert_eq!(text, vector["decision"].as_str().unwrap());
    }
}

#[test]
fn inputs_that_are_no_json_leave_the_safe_end() {
    let policy =
        read_policy(r#"{ "safe": { "id": "safe", "to": { "voicemail": "box" } } }"#).unwrap();
    let decided = |inputs| -> Value {
        serde_json::from_str(&decide(&policy, inputs, Trace::Summary)).unwrap()
    };
    let [one, other] = [decided("{"), decided("\u{feff}{}")];
    for decision in [&one, &other] {
        assert_eq!(decision["plan"][0]["step"], "safe");
        assert_eq!(decision["issues"][0]["code"], "invalid-json");
    }
    assert_ne!(one["hashes"]["inputs"], other["hashes"]["inputs"]);
}

#[test]
fn an_object_of_many_fields_is_read_as_one_of_few() {
    let policy = r#"{ "steps": [{ "id": "last", "to": { "queue": "q99" }, "when": { "fact": "waiting", "atMost": 5 },
        "ifUnknown": "skip", "ifStale": "skip" }], "safe": { "id": "safe", "to": { "voicemail": "box" } } }"#;
    let policy = read_policy(policy).unwrap();
    for many in [1, 31, 32, 33, 100] {
        let queues =
            (100 - many..100).map(|at| (format!("q{at}"), json!({ "waiting": at % 10 - 4 })));
        let inputs = json!({ "now": 1, "queues": Value::Object(queues.collect()) });
        let text = decide(&policy, &inputs.to_string(), Trace::Summary);
        let value = engine::decide(&policy, &Inputs::read(&inputs), Trace::Summary).to_text();
        assert_eq!(text, value, "{many} queues");
        assert!(text.contains(r#""step":"last""#), "{text}");
    }
}

#[test]
fn policies_that_are_refused_say_what_is_wrong() {
    let refusal = read_policy(r#"{ "stepz": [] }"#).unwrap_err();
    assert_eq!(refusal.error.code(), Code::InvalidInput);
    assert_eq!(refusal.report.issues()[0].code, Code::UnknownField);
    assert_eq!(
        read_policy("{").unwrap_err().error.code(),
        Code::InvalidJson
    );
}

#[test]
fn what_a_profile_cannot_do_is_a_finding_and_is_never_offered() {
    assert_eq!(
        can("cxone-v2").unwrap()["queue"],
        json!(["blind", "consult"])
    );
    let policy = r#"{ "steps": [{ "id": "a", "to": { "agent": "ann" } }], "safe": { "id": "safe", "to": { "extension": "999" } } }"#;
    let found = |profile, world| check_policy(policy, profile, world).unwrap();
    assert!(found(None, None).is_ok());
    let report = found(Some("cxone-v2"), None);
    assert_eq!(
        (report.issues()[0].code, report.issues()[0].path.as_str()),
        (Code::DeadTarget, "$.steps[0].to")
    );
    assert!(
        found(
            Some("cxone-v2"),
            Some(r#"{ "can": { "agent": ["blind"], "extension": ["blind"] } }"#)
        )
        .is_ok()
    );
    assert_eq!(
        check_policy("{", None, None).unwrap().issues()[0].code,
        Code::InvalidJson
    );
    assert_eq!(
        check_policy(policy, Some("x"), None).unwrap_err().code(),
        Code::UnknownProfile
    );
    let inputs = json!({ "now": 0, "can": can("cxone-v2").unwrap() }).to_string();
    let decision: Value = serde_json::from_str(&decide(
        &read_policy(policy).unwrap(),
        &inputs,
        Trace::Summary,
    ))
    .unwrap();
    assert_eq!(decision["considered"][0]["code"], "not-supported");
}

#[test]
fn recorded_inputs_are_compared_from_their_text() {
    let [one, other] = ["a", "b"].map(|queue| {
        read_policy(&json!({ "steps": [{ "id": "x", "to": { "queue": queue } }] }).to_string())
            .unwrap()
    });
    assert_eq!(
        compare(&one, &other, "[{ \"now\": 0 }]").unwrap()["changes"]["first"],
        1
    );
    assert_eq!(
        compare(&one, &other, "{}").unwrap_err().code(),
        Code::WrongType
    );
}
