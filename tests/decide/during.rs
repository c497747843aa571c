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

/// What is decided for a run where the host told this; what the run knows is a list.
fn decided(policy: &Value, told: &Value, known: &Value) -> Value {
    let kept = json!({ "policy": policy, "can": null }).to_string();
    let text = decide_during(&kept, &told.to_string(), &known.to_string());
    serde_json::from_str(&text.expect("a decision")).unwrap()
}

/// A run decides by these inputs where the host told and the run knows those.
fn assert_joined(told: &Value, known: &Value, joined: &Value) {
    let found = decided(&policy(), told, known);
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
        assert_joined(&path(&told), &json!([path(&known)]), &path(&joined));
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
            assert_joined(&inputs(&told), &json!([inputs(&known)]), &inputs(&joined));
        }
    }
}

#[test]
fn what_the_run_knows_of_anything_else_stands_before_what_the_host_told() {
    assert_joined(
        &json!({ "now": 0, "mode": "consult", "from": "ann" }),
        &json!([{ "now": 7, "mode": "blind" }]),
        &json!({ "now": 7, "mode": "blind", "from": "ann" }),
    );
}

#[test]
fn what_the_platform_said_of_a_queue_is_a_fact_of_it_and_of_its_skill() {
    let said = json!([
        { "now": 0 },
        { "to": { "queue": "first" }, "accepts": true, "agentsAvailable": 3, "agentsEligible": 3 },
        { "to": { "queue": "second", "skill": "german" }, "accepts": false, "agentsAvailable": 2, "agentsEligible": 1 },
        { "to": { "phone": "+15550100000" }, "accepts": null },
    ]);
    assert_joined(
        &json!({ "now": 0, "queues": { "first": { "waiting": 4, "agentsAvailable": 9 } } }),
        &said,
        &json!({ "now": 0, "queues": {
            "first": { "waiting": 4, "accepts": true, "agentsAvailable": 3 },
            "second": { "accepts": false, "agentsAvailable": 2, "skills": { "german": { "agentsAvailable": 1 } } },
        } }),
    );
}

#[test]
fn a_word_that_was_told_of_a_caller_is_not_repeated_and_a_number_is() {
    let policy = json!({ "steps": [
        { "id": "gold", "to": { "queue": "gold" }, "when": { "fact": "tier", "is": "gold" }, "ifUnknown": "skip", "ifStale": "skip" },
        { "id": "long", "to": { "queue": "long" }, "when": { "fact": "waitedSeconds", "atLeast": 60 }, "ifUnknown": "skip", "ifStale": "skip" },
    ] });
    let told = json!({ "facts": { "tier": "ann", "waitedSeconds": 7 } });
    let found = decided(&policy, &told, &json!([{ "now": 0 }]));
    let about = |at: usize| &found["considered"][at]["about"];
    assert_eq!(about(0), &json!({ "fact": "tier", "is": "gold" }));
    assert_eq!(
        about(1),
        &json!({ "fact": "waitedSeconds", "atLeast": 60, "known": 7 })
    );
}
