//! What a policy may say.

use patchcord::Timestamp;
use patchcord::decide::engine::Policy;
use patchcord::error::Code;
use patchcord::parts::check_policy;
use serde_json::{Value, json};

use crate::{assert_findings, rounds, vectors};

#[test]
fn policies_are_read_or_refused_as_the_vectors_say() {
    let vectors = vectors("refused.json");
    assert!(vectors.len() > 25);
    for vector in vectors {
        let report = Policy::read(&vector["policy"]).err().unwrap_or_default();
        assert_findings(&report, &vector);
    }
}

#[test]
fn a_policy_has_two_hundred_steps_at_most_with_those_of_the_policies_it_uses() {
    let step = |at: usize| json!({ "id": format!("s{at}"), "to": { "queue": "q" } });
    let policy = |own: usize, night: usize| {
        let steps: Vec<Value> = (0..own).map(step).collect();
        let used: Vec<Value> = (own..own + night).map(step).collect();
        Policy::read(&json!({ "steps": steps, "policies": { "night": { "steps": used } } }))
    };
    assert!(policy(200, 0).is_ok() && policy(150, 50).is_ok());
    for (own, night, path) in [(201, 0, "$.steps"), (150, 51, "$.policies.night.steps")] {
        let report = policy(own, night).unwrap_err();
        let issue = &report.issues()[0];
        assert_eq!((issue.code, issue.path.as_str()), (Code::OutOfRange, path));
    }
}

#[test]
fn a_policy_without_conditions_has_twenty_steps_at_most_each_with_an_id_of_its_own() {
    let found = |ids: &[String]| {
        let step = |id: &String| json!({ "id": id, "to": { "extension": "999" } });
        let policy = json!({ "steps": ids.iter().map(step).collect::<Vec<_>>() });
        let report = check_policy("cxone-v2", &policy.to_string()).expect("a report");
        let issues = report.issues().iter();
        issues
            .map(|issue| (issue.code, issue.path.clone()))
            .collect::<Vec<_>>()
    };
    let mut ids: Vec<String> = (0..20).map(|at| format!("s{at}")).collect();
    assert_eq!(found(&ids), []);
    ids.push("s20".to_owned());
    assert_eq!(found(&ids), [(Code::OutOfRange, "$.steps".to_owned())]);
    for (ids, path) in [
        (["a", "a"], "$.steps[1].id"),
        (["primary", "a"], "$.steps[0].id"),
    ] {
        let taken = (Code::Duplicate, path.to_owned());
        assert_eq!(found(&ids.map(str::to_owned)), [taken]);
    }
}

#[test]
fn a_policy_without_conditions_is_refused_where_a_step_or_a_word_cannot_be_read() {
    let good = || json!({ "id": "a", "to": { "extension": "999" } });
    for (policy, code, path) in [
        (json!([]), Code::WrongType, "$"),
        (
            json!({ "steps": [17, good()] }),
            Code::WrongType,
            "$.steps[0]",
        ),
        (
            json!({ "steps": [good(), { "to": { "extension": "1" } }] }),
            Code::MissingField,
            "$.steps[1].id",
        ),
        (
            json!({ "steps": [{ "id": "b" }, good()] }),
            Code::MissingField,
            "$.steps[0].to",
        ),
        (
            json!({ "steps": [good()], "overtakeIn": ["QUEUED", 5] }),
            Code::WrongType,
            "$.overtakeIn[1]",
        ),
    ] {
        let report = check_policy("cxone-v2", &policy.to_string()).expect("a report");
        let issues = report.issues().iter();
        let found: Vec<_> = issues
            .map(|issue| (issue.code, issue.path.as_str()))
            .collect();
        assert_eq!(found, [(code, path)], "{policy}");
    }
}

#[test]
fn calendars_are_open_when_the_clocks_of_their_zone_say_so() {
    let mut seen = 0;
    for vector in vectors("calendar.json") {
        let policy = json!({ "zones": vector["zones"], "calendars": { "c": vector["calendar"] } });
        let policy = Policy::read(&policy).expect("a policy");
        let calendar = &policy.known.calendars["c"];
        for case in vector["cases"].as_array().unwrap() {
            let at = Timestamp::from_iso(case[0].as_str().unwrap()).unwrap();
            let seconds = case[1].as_u64().unwrap();
            assert_eq!(
                calendar.is_open(at, seconds),
                case[2].as_bool().unwrap(),
                "{} {case}",
                vector["name"]
            );
            seen += 1;
        }
    }
    assert!(seen > 500, "{seen} moments");
}

#[test]
fn a_calendar_is_asked_at_the_ends_of_time_too() {
    let vector = &vectors("calendar.json")[0];
    let policy = json!({ "zones": vector["zones"], "calendars": { "c": vector["calendar"] } });
    let policy = Policy::read(&policy).expect("a policy");
    for at in [i64::MIN, 0, i64::MAX] {
        let at = Timestamp::from_millis(at);
        let _ = policy.known.calendars["c"].is_open(at, u64::MAX);
        assert!(policy.known.calendars["c"].today(at).len() < 3);
    }
}

#[test]
fn what_the_transfer_machine_takes_the_engine_takes_too() {
    let mut rng = fastrand::Rng::with_seed(17);
    let mut one = |values: &[Value]| values[rng.usize(..values.len())].clone();
    let mut taken = 0;
    for _ in 0..rounds(2_000) {
        let mut step = |id: &str| {
            let queue = "7d9b1f9e-2a53-4f0e-9f1a-0f4a5c1d2e3f";
            let targets = [
                json!({ "queue": queue }),
                json!({ "queue": queue, "skill": queue }),
                json!({ "skill": queue }),
                json!({ "extension": "999" }),
                json!({ "phone": "+15550100000" }),
                json!({ "phone": "5550100000" }),
            ];
            let mut step = json!({ "id": id, "to": one(&targets) });
            step["mode"] = one(&[json!(null), json!("blind"), json!("consult"), json!("warm")]);
            step["priority"] = one(&[json!(null), json!(1), json!(5), json!(6)]);
            step["ifUnknown"] = one(&[json!(null), json!("skip"), json!("try")]);
            step["stepSeconds"] = one(&[json!(null), json!(1), json!(3_600.0)]);
            step
        };
        let mut policy = json!({ "steps": [step("a"), step("b")] });
        policy["budgetSeconds"] = one(&[json!(null), json!(1), json!(3_600), json!(0)]);
        policy["pollSeconds"] = one(&[json!(null), json!(60)]);
        policy["settleSeconds"] = one(&[json!(null), json!(1)]);
        policy["overtakeIn"] = one(&[json!(null), json!([]), json!(["QUEUED"])]);
        let report = check_policy("cxone-v2", &policy.to_string()).expect("a report");
        if report.is_ok() {
            taken += 1;
            assert!(Policy::read(&policy).is_ok(), "{policy}");
        }
    }
    assert!(taken > rounds(300), "{taken}");
}
