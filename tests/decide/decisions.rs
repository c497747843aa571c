//! What a decision says, case by case.

use fastrand::Rng;
use patchcord::decide::engine::{
    Bound, Grounds, Inputs, Lack, Policy, Supposed, Told, Trace, decide,
};
use patchcord::json::ToJson;
use serde_json::{Value, json};

use crate::{model, random, rounds, vectors};

fn decision(policy: &Value, inputs: &Value, trace: Trace) -> Value {
    let policy = Policy::read(policy).expect("a policy");
    decide(&policy, &Inputs::read(inputs), trace).to_json()
}

#[test]
fn decisions_are_as_the_vectors_say_bit_for_bit() {
    let vectors = vectors("decisions.json");
    assert!(vectors.len() > 15);
    for vector in vectors {
        let trace = vector["trace"].as_str().unwrap_or("summary");
        let trace = *Trace::ALL
            .iter()
            .find(|known| known.as_str() == trace)
            .unwrap();
        let policy = Policy::read(&vector["policy"]).expect("a policy");
        let text = decide(&policy, &Inputs::read(&vector["inputs"]), trace).to_text();
        assert_eq!(
            text,
            vector["decision"].as_str().unwrap(),
            "{}",
            vector["name"]
        );
        if trace == Trace::Summary && vector["inputs"].is_object() {
            let mut decision: Value = serde_json::from_str(&text).unwrap();
            let fields = decision.as_object_mut().unwrap();
            fields.remove("hashes");
            fields.remove("issues");
            let model = model::decided(&vector["policy"], &vector["inputs"]);
            assert_eq!(decision, model, "{}", vector["name"]);
        }
    }
}

#[test]
fn inputs_in_which_a_guard_cannot_be_read_leave_the_safe_end_alone() {
    let policy = json!({ "steps": [{ "id": "a", "to": { "queue": "q" } }], "safe": { "id": "safe", "to": { "voicemail": "box" } } });
    for (name, value) in [
        ("path", json!([{ "to": { "queue": "" } }])),
        ("path", json!("5")),
        ("elapsedSeconds", json!("5")),
        ("elapsedSeconds", json!(-1)),
        ("spentCents", json!(0.5)),
        ("mode", json!("warm")),
        ("from", json!(17)),
        ("can", json!([])),
    ] {
        let found = decision(&policy, &json!({ "now": 0, name: value }), Trace::Summary);
        assert_eq!(
            found["plan"].as_array().unwrap().len(),
            1,
            "{name}: {found}"
        );
        assert_eq!(
            found["considered"][0]["code"], "inputs-unreadable",
            "{name}: {found}"
        );
        assert_eq!(
            found["issues"].as_array().unwrap().len(),
            1,
            "{name}: {found}"
        );
    }
}

#[test]
fn a_final_transfer_is_seen_in_a_path_that_cannot_be_read_otherwise() {
    let policy = json!({ "steps": [{ "id": "a", "to": { "queue": "q" } }], "safe": { "id": "safe", "to": { "voicemail": "box" } } });
    let found = decision(
        &policy,
        &json!({ "now": 0, "path": [{ "final": true }] }),
        Trace::Summary,
    );
    assert_eq!(
        (&found["verdict"], &found["noSafeEnd"]),
        (&json!("stay"), &json!("final-transfer-made"))
    );
}

#[test]
fn a_path_that_is_too_long_leaves_the_safe_end_and_still_tells_the_final_transfer() {
    let policy = json!({ "steps": [{ "id": "a", "to": { "queue": "q" } }], "safe": { "id": "safe", "to": { "voicemail": "box" } } });
    let mut path = vec![json!({ "to": { "agent": "ann" } }); 200];
    let found = decision(&policy, &json!({ "now": 0, "path": path }), Trace::Summary);
    assert_eq!(found["plan"][0]["step"], "a");
    path.push(path[0].clone());
    let found = decision(&policy, &json!({ "now": 0, "path": path }), Trace::Summary);
    assert_eq!(found["considered"][0]["code"], "inputs-unreadable");
    assert_eq!(found["plan"][0]["step"], "safe");
    path[200]["final"] = json!(true);
    let found = decision(&policy, &json!({ "now": 0, "path": path }), Trace::Summary);
    assert_eq!(found["verdict"], "stay");
}

#[test]
fn a_trace_that_is_off_changes_no_plan_and_still_answers_what_was_asked() {
    let mut rng = Rng::with_seed(3);
    let mut refused = 0;
    for _ in 0..300 {
        let policy = Policy::read(&random::policy(&mut rng)).expect("a policy");
        let inputs = random::inputs(&mut rng);
        let inputs = Inputs::read(&inputs);
        let [off, summary, full] =
            [Trace::Off, Trace::Summary, Trace::Full].map(|trace| decide(&policy, &inputs, trace));
        assert_eq!((&off.plan, &off.refused), (&summary.plan, &summary.refused));
        assert_eq!(full.plan, summary.plan);
        assert_eq!(full.considered.len(), summary.considered.len());
        assert!(off.considered.iter().all(|each| each.step == "primary"));
        refused += u32::from(off.refused.is_some());
    }
    assert!(refused > 10, "{refused}");
}

/// Whether two ends of one interval are supposed apart: what this test puts there has one value for both. One end has one value.
fn several_ends(own: &Value, together: &[Supposed<'_>]) -> bool {
    let fact = |supposed: &Supposed<'_>| match supposed {
        Supposed::Fact(comparison, _) => {
            let of = comparison.of.as_ref().map_or(own.clone(), ToJson::to_json);
            let fact = (comparison.fact.name.clone(), of.to_string());
            Some((fact, comparison.bound))
        }
        _ => None,
    };
    let facts: Vec<_> = together.iter().filter_map(fact).collect();
    let repeated = |(at, (fact, bound)): (usize, &((String, String), Bound))| {
        let mut others = facts.iter().take(at).filter(|(other, _)| other == fact);
        assert!(
            facts
                .iter()
                .take(at)
                .all(|other| *other != (fact.clone(), *bound)),
            "{fact:?} is supposed to be two things: {together:?}"
        );
        others.next().is_some()
    };
    facts.iter().enumerate().any(repeated)
}

/// Puts a supposed value where the inputs tell the fact.
fn suppose(inputs: &mut Value, own: &Value, supposed: &Supposed<'_>) -> bool {
    let Supposed::Fact(comparison, told) = supposed else {
        return false;
    };
    let name = comparison.fact.name.as_str();
    let value = match told {
        Told::Number(number) => json!(number),
        Told::Flag(flag) => json!(flag),
        Told::Word(word) => json!(word),
    };
    let value = json!({ "value": value, "low": value, "high": value });
    if name == "hops" {
        return false;
    }
    if comparison.fact.scope.as_str() == "call" {
        inputs["facts"][name] = value;
        return true;
    }
    let of = comparison.of.as_ref().map_or(own.clone(), ToJson::to_json);
    match (of["queue"].as_str(), of["skill"].as_str()) {
        (Some(queue), Some(skill)) if comparison.fact.of_team => {
            inputs["queues"][queue]["skills"][skill][name] = value
        }
        (Some(queue), _) => inputs["queues"][queue][name] = value,
        _ => return false,
    }
    true
}

#[test]
fn what_would_have_changed_a_decision_does_change_it() {
    let mut rng = Rng::with_seed(5);
    let mut tried = 0;
    for _ in 0..rounds(3_000) {
        let json = random::policy(&mut rng);
        let policy = Policy::read(&json).expect("a policy");
        let value = random::inputs(&mut rng);
        let inputs = Inputs::read(&value);
        let decision = decide(&policy, &inputs, Trace::Full);
        for considered in &decision.considered {
            let steps = json["steps"].as_array().unwrap();
            let step = steps.iter().find(|step| step["id"] == considered.step);
            let Some(own) = step
                .filter(|_| considered.option.is_none())
                .map(|step| &step["to"])
            else {
                continue;
            };
            for together in &considered.would_if {
                let mut other = value.clone();
                if several_ends(own, together)
                    || !together
                        .iter()
                        .all(|supposed| suppose(&mut other, own, supposed))
                {
                    continue;
                }
                let inputs = Inputs::read(&other);
                let again = decide(&policy, &inputs, Trace::Summary);
                let by_rule = [
                    Grounds::ConditionNotMet,
                    Grounds::FactUnknown,
                    Grounds::FactStale,
                ];
                let still = again.considered.iter().any(|each| {
                    each.step == considered.step
                        && each.option.is_none()
                        && by_rule.contains(&each.grounds)
                });
                assert!(
                    !still,
                    "{together:?} does not help {}\n{json}\n{value}",
                    considered.step
                );
                tried += 1;
            }
        }
    }
    assert!(tried > rounds(1_000), "{tried} suppositions");
}

#[test]
fn why_a_fact_is_not_known_is_told_apart() {
    let policy = json!({ "steps": [{ "id": "a", "to": { "queue": "q" }, "when": { "fact": "waiting", "atMost": 5, "bound": "upper" },
        "ifUnknown": "skip", "ifStale": "skip" }] });
    for (fact, lack) in [
        (json!(null), Lack::Absent),
        (json!({ "unknown": "no permission" }), Lack::Unknown),
        (json!({ "value": 3 }), Lack::NoInterval),
        (json!(3), Lack::NoInterval),
        (json!({ "high": "3" }), Lack::Unreadable),
        (json!({ "high": 3, "asOf": "now" }), Lack::Unreadable),
    ] {
        let found = decision(
            &policy,
            &json!({ "now": 0, "queues": { "q": { "waiting": fact } } }),
            Trace::Summary,
        );
        assert_eq!(
            found["considered"][0]["about"]["unknown"],
            lack.as_str(),
            "{fact}"
        );
    }
}
