//! What the checker finds, and that it is right.

use fastrand::Rng;
use patchcord::decide::engine::{Inputs, Policy, Trace, Verdict, check_policy, decide};
use patchcord::error::Code;
use serde_json::{Value, json};

use crate::{assert_findings, random, rounds, vectors};

#[test]
fn policies_are_checked_as_the_vectors_say() {
    for vector in vectors("checks.json") {
        let report = check_policy(&vector["policy"], vector.get("world"));
        assert_findings(&report, &vector);
        for issue in report.issues() {
            assert!(!issue.hint.is_empty() && !issue.message.is_empty());
        }
    }
}

/// The step at a path like `$.steps[3]`, by its id.
fn step_id(policy: &Value, path: &str) -> Option<String> {
    let pointer = path.replace(['.', '['], "/").replace(']', "");
    let found = policy.pointer(pointer.strip_prefix('$')?)?;
    Some(found.get("id")?.as_str()?.to_owned())
}

#[test]
fn what_the_checker_passes_the_engine_never_refuses_and_what_it_calls_unreachable_is_never_reached()
{
    let mut rng = Rng::with_seed(11);
    let (mut passed, mut dead, mut transfers) = (0, 0_u32, 0_u32);
    for _ in 0..rounds(6_000) {
        let json = random::policy(&mut rng);
        let policy = Policy::read(&json).expect("a policy");
        let mut inputs: Vec<Value> = (0..8).map(|_| random::inputs(&mut rng)).collect();
        let can = json!({ "queue": ["blind"], "voicemail": ["consult"], "announce": ["blind"], "skill": ["blind"],
            "extension": ["consult"], "phone": ["blind"] });
        for inputs in &mut inputs {
            inputs["can"] = can.clone();
        }
        let report = check_policy(&json, Some(&json!({ "can": can })));
        let codes = [Code::UnreachableStep, Code::ShadowedStep];
        let unreached: Vec<String> = report
            .issues()
            .iter()
            .filter(|issue| codes.contains(&issue.code))
            .filter_map(|issue| step_id(&json, &issue.path))
            .collect();
        let safe = |issue: &&patchcord::validate::Issue| {
            issue.code == Code::NoSafeEnd
                || issue.code == Code::DeadTarget && issue.path.starts_with("$.safe")
        };
        let is_last_step = policy.safe_is_last_step;
        let ends = report.issues().iter().find(safe).is_none() && !is_last_step;
        for inputs in &inputs {
            let inputs = Inputs::read(inputs);
            let decision = decide(&policy, &inputs, Trace::Off);
            for planned in &decision.plan {
                let reached = unreached.iter().any(|id| id == planned.step);
                assert!(!reached, "{} was reached\n{json}\n{report:?}", planned.step);
            }
            if ends && !inputs.ended {
                assert_eq!(
                    (decision.verdict, decision.no_safe_end),
                    (Verdict::Transfer, None),
                    "{json}"
                );
                transfers += 1;
            }
        }
        passed += u32::from(report.is_ok());
        dead += unreached.len() as u32;
    }
    assert!(
        dead > rounds(500) && transfers > rounds(10_000),
        "{passed} passed, {dead} unreachable, {transfers} transfers"
    );
}

#[test]
fn a_plan_ends_in_the_safe_end_whatever_the_inputs_say() {
    let policy = json!({ "budgetSeconds": 1, "hops": { "people": 0, "machines": 0 }, "costCents": 0,
        "steps": [{ "id": "a", "to": { "queue": "q" } }], "safe": { "id": "safe", "to": { "voicemail": "box" }, "costCents": 5 } });
    let policy = Policy::read(&policy).expect("a policy");
    for inputs in [
        json!(null),
        json!([]),
        json!({}),
        json!({ "now": "today", "path": 3, "elapsedSeconds": "5", "mode": "loud", "from": 7, "facts": [] }),
        json!({ "now": 1e300, "elapsedSeconds": 1e9, "spentCents": 1_000_000_000 }),
        json!({ "mailboxes": { "box": { "exists": false } } }),
    ] {
        let read = Inputs::read(&inputs);
        let decision = decide(&policy, &read, Trace::Summary);
        let plan: Vec<&str> = decision.plan.iter().map(|planned| planned.step).collect();
        assert_eq!(plan, ["safe"], "{inputs}");
        assert!(decision.plan[0].millis > 0);
    }
}
