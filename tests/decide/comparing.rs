//! Two policies on the same recorded inputs.

use fastrand::Rng;
use patchcord::decide::engine::{Change, Policy, compare};
use patchcord::json::ToJson;
use serde_json::{Value, json};

use crate::random;

fn policy(most: u32, seconds: u32) -> Policy {
    Policy::read(&json!({
        "stepSeconds": seconds,
        "steps": [
            { "id": "gold", "to": { "queue": "gold" }, "when": { "fact": "tier", "is": "gold" }, "ifUnknown": "skip", "ifStale": "skip" },
            { "id": "billing", "to": { "queue": "billing" }, "when": { "fact": "waiting", "atMost": most }, "ifUnknown": "skip", "ifStale": "skip" },
            { "id": "partner", "to": { "phone": "+15550100000" } },
        ],
        "safe": { "id": "safe", "to": { "voicemail": "box" } },
    }))
    .expect("a policy")
}

fn waiting(calls: Value) -> Value {
    json!({ "now": 0, "queues": { "billing": { "waiting": calls } } })
}

#[test]
fn only_the_decisions_that_differ_are_told_and_why() {
    let recorded = [
        waiting(json!(1)),
        waiting(json!(4)),
        waiting(json!(9)),
        waiting(json!(null)),
    ];
    let found = compare(&policy(3, 30), &policy(5, 30), &recorded).to_json();
    assert_eq!(
        (&found["decisions"], &found["same"]),
        (&json!(4), &json!(3))
    );
    assert_eq!(
        found["changes"],
        json!({ "verdict": 0, "first": 1, "later": 0, "times": 0 })
    );
    let only = &found["differences"][0];
    assert_eq!((&only["at"], &only["change"]), (&json!(1), &json!("first")));
    assert_eq!(only["before"]["step"], "partner");
    assert_eq!(only["after"]["step"], "billing");
    // The step before it is left out by both.
    assert_eq!(only["after"]["other"]["step"], "billing");
    assert_eq!(only["after"]["other"]["code"], "condition-not-met");
    assert_eq!(
        only["after"]["other"]["about"],
        json!({ "fact": "waiting", "atMost": 3, "known": 4 })
    );
    assert!(!found.to_string().contains("5550100"), "{found}");
}

#[test]
fn other_times_and_other_ends_are_told_apart() {
    let change = |before: &Policy, after: &Policy| {
        let found = compare(before, after, &[waiting(json!(1))]);
        found
            .differences
            .first()
            .map(|difference| difference.change)
    };
    assert_eq!(change(&policy(3, 30), &policy(3, 20)), Some(Change::Times));
    let shorter = Policy::read(
        &json!({ "steps": [{ "id": "b", "to": { "queue": "billing" } }], "safe": { "id": "s", "to": { "voicemail": "box" } } }),
    );
    assert_eq!(
        change(&policy(3, 30), &shorter.unwrap()),
        Some(Change::Later)
    );
    let agents = |names: &[&str]| {
        let step = |name: &&str| json!({ "id": name, "to": { "agent": name } });
        Policy::read(&json!({ "steps": names.iter().map(step).collect::<Vec<_>>() })).unwrap()
    };
    let (one, two) = (agents(&["ann"]), agents(&["ann", "bob"]));
    assert_eq!(change(&one, &two), Some(Change::Later));
    let none = Policy::read(&json!({})).unwrap();
    assert_eq!(change(&policy(3, 30), &none), Some(Change::Verdict));
    assert_eq!(change(&none, &none), None);
}

#[test]
fn a_policy_never_differs_from_itself() {
    let mut rng = Rng::with_seed(9);
    for _ in 0..100 {
        let policy = Policy::read(&random::policy(&mut rng)).expect("a policy");
        let recorded: Vec<Value> = (0..10).map(|_| random::inputs(&mut rng)).collect();
        assert_eq!(compare(&policy, &policy, &recorded).differences, []);
    }
}
