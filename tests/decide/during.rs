//! Deciding for a run is deciding by what the host told and what the run has come to know, joined.

use patchcord::decide::engine::{Inputs, Policy, Trace, decide, decide_during};
use patchcord::json::ToJson;
use serde_json::{Value, json};

fn policy() -> Value {
    json!({ "costCents": 100, "safe": { "id": "safe", "to": { "voicemail": "box" } }, "steps": [
        { "id": "first", "to": { "queue": "first" } },
        { "id": "second", "to": { "queue": "second" }, "costCents": 50 },
    ] })
}

/// A run decides by these inputs where the host told and the run knows those.
fn assert_joined(told: &Value, known: &Value, joined: &Value) {
    let kept = json!({ "policy": policy(), "can": null }).to_string();
    let text = decide_during(&kept, &told.to_string(), &json!([known]).to_string());
    let found: Value = serde_json::from_str(&text.expect("a decision")).unwrap();
    let mut inputs = joined.clone();
    inputs["can"] = json!(null);
    let policy = Policy::read(&policy()).expect("a policy");
    let wanted = decide(&policy, &Inputs::read(&inputs), Trace::Summary).to_json();
    // The hash of the inputs is in it: they are the same.
    assert_eq!(found, wanted, "{told} {known}");
}

#[test]
fn the_path_of_a_run_goes_on_from_the_one_that_the_host_told() {
    let [first, second] = ["first", "second"].map(|queue| json!({ "to": { "queue": queue } }));
    for (told, known, joined) in [
        (json!([first]), json!([second]), json!([first, second])),
        (json!(null), json!([second]), json!([second])),
        // What cannot be read is reported, and not forgotten.
        (json!("first"), json!([second]), json!("first")),
    ] {
        let path = |path: &Value| json!({ "now": 0, "path": path });
        assert_joined(&path(&told), &path(&known), &path(&joined));
    }
}

#[test]
fn the_time_and_the_money_of_a_run_are_added_to_what_the_host_told() {
    for name in ["elapsedSeconds", "spentCents"] {
        for (told, known, joined) in [
            (json!(40), json!(11), json!(51)),
            (json!(12.5), json!(11), json!(23.5)),
            (json!(null), json!(11), json!(11)),
            (json!("40"), json!(11), json!("40")),
        ] {
            let inputs = |value: &Value| json!({ "now": 0, name: value });
            assert_joined(&inputs(&told), &inputs(&known), &inputs(&joined));
        }
    }
}

#[test]
fn what_the_run_knows_of_anything_else_stands_before_what_the_host_told() {
    assert_joined(
        &json!({ "now": 0, "mode": "consult", "from": "ann" }),
        &json!({ "now": 7, "mode": "blind" }),
        &json!({ "now": 7, "mode": "blind", "from": "ann" }),
    );
}
