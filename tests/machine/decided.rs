//! The machine takes its plan from the decision engine: conditions, calendars, the best of several, guards against loops.

use patchcord::Timestamp;
use patchcord::json::ToJson;
use patchcord::model::reason::ReasonCode;
use patchcord::transfer::{Decider, Options, Outcome, Status, StepResult, Transfer};
use serde_json::{Value, json};

use crate::host::{BILLING, OVERFLOW};
use crate::scripted::Act::Say;
use crate::scripted::{ACTIVE, ANN, Act, FAILED, MINE, MOVING, Platform, TAKEN, codes, voicemail};

const NIGHT: &str = "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c33";

/// The fallback of the first founding document: to another queue that is open and staffed, else to the mailbox.
fn fallback() -> Value {
    let open = json!({ "all": [{ "fact": "accepts", "is": true }, { "fact": "agentsAvailable", "atLeast": 1 }] });
    json!({ "steps": [
        { "id": "overflow", "to": { "queue": OVERFLOW }, "when": open, "ifUnknown": "skip", "ifStale": "skip" },
        voicemail(),
    ] })
}

/// How the call reads while three queues are asked about, the best of two is tried and fails, and another place takes it.
const BEST_FAILS: [&str; 9] = [MINE, MINE, MINE, MINE, MOVING, FAILED, MINE, MOVING, TAKEN];

/// A platform that tells this of the agents, one answer a queue, and this of the call, one answer a read.
fn scripted(agents: &[Act], call: &[&'static str]) -> Platform {
    let call: Vec<_> = call.iter().map(|body| Say(200, body)).collect();
    Platform::new(&[("agents", agents), ("call", &call)])
}

/// Why each step was left out or failed, in the words of the engine.
fn evidence(outcome: &Outcome) -> Vec<Option<&str>> {
    outcome
        .steps
        .iter()
        .map(|step| step.reason.as_ref()?.evidence.as_deref())
        .collect()
}

fn results(outcome: &Outcome) -> Vec<(&str, StepResult)> {
    outcome
        .steps
        .iter()
        .map(|step| (step.id.as_str(), step.result))
        .collect()
}

fn begin_told(policy: &Value, inputs: &Value) -> Transfer {
    let options = json!({
        "profile": "cxone-v2", "policy": policy, "inputs": inputs,
        "transfer": { "call": "call-1", "to": { "queue": BILLING } },
    });
    let options = Options::from_json(&options.to_string()).expect("options");
    Transfer::new(options, Timestamp::from_millis(0))
}

fn begin(policy: &Value) -> Transfer {
    begin_told(policy, &json!({}))
}

#[test]
fn a_step_is_taken_where_its_condition_is_met_and_left_out_where_it_is_not() {
    // Nobody is in the queue that was asked for; somebody is in the other.
    let mut platform = scripted(
        &[Say(200, "[]"), Say(200, ANN)],
        &[MINE, MINE, MOVING, TAKEN],
    );
    let outcome = platform.drive(&mut begin(&fallback()));
    assert_eq!(
        (outcome.status, outcome.step.as_deref()),
        (Status::Connected, Some("overflow"))
    );
    assert_eq!(
        codes(&outcome),
        [ReasonCode::NoAvailableAgent, ReasonCode::Planned]
    );
    assert_eq!(
        outcome.reasons[1].evidence.as_deref(),
        Some("condition-met")
    );
    assert!(platform.has("decided"));

    let mut platform = scripted(&[Say(200, "[]")], &[MINE, MINE, MINE, MOVING, TAKEN]);
    let outcome = platform.drive(&mut begin(&fallback()));
    assert_eq!(
        (outcome.status, outcome.step.as_deref()),
        (Status::Connected, Some("voicemail"))
    );
    assert_eq!(
        outcome.reasons[1].evidence.as_deref(),
        Some(r#"condition-not-met {"atLeast":1,"fact":"agentsAvailable","known":0}"#)
    );
    assert_eq!((outcome.attempts, platform.transfers()), (1, 1));
}

#[test]
fn what_of_the_inputs_cannot_be_read_is_told_with_the_plan() {
    let script = || {
        scripted(
            &[Say(200, "[]"), Say(200, ANN)],
            &[MINE, MINE, MOVING, TAKEN],
        )
    };
    let issues = |inputs: Value| {
        let mut platform = script();
        platform.drive(&mut begin_told(&fallback(), &inputs));
        platform.first("decided").unwrap()["issues"].clone()
    };
    assert_eq!(issues(json!({})), json!([]));
    let found = "$.fact: did you mean `facts`?";
    assert_eq!(
        issues(json!({ "fact": { "tier": "gold" } })),
        json!([found])
    );
}

#[test]
fn what_the_platform_does_not_tell_is_unknown_and_the_rule_says_what_then() {
    let mut policy = fallback();
    let left_out = [MINE, MINE, MINE, MOVING, TAKEN];
    let tried = [MINE, MINE, MOVING, TAKEN];
    for (if_unknown, step, call) in [
        ("skip", "voicemail", left_out.as_slice()),
        ("try", "overflow", &tried),
    ] {
        policy["steps"][0]["ifUnknown"] = json!(if_unknown);
        let outcome = scripted(&[Say(404, "")], call).drive(&mut begin(&policy));
        assert_eq!(outcome.step.as_deref(), Some(step), "{if_unknown}");
    }
}

#[test]
fn a_condition_that_can_be_told_without_asking_costs_no_request() {
    let policy = json!({ "steps": [
        { "id": "gold", "to": { "queue": OVERFLOW }, "when": { "fact": "tier", "is": "gold" }, "ifUnknown": "skip", "ifStale": "skip" },
        voicemail(),
    ] });
    let agents = |platform: &Platform| {
        platform
            .sent
            .iter()
            .filter(|(operation, ..)| operation == "agents")
            .count()
    };
    for (tier, asked, step) in [("blue", 1, "voicemail"), ("gold", 2, "gold")] {
        let mut platform = scripted(&[Say(200, "[]")], &[MINE, MINE, MOVING, TAKEN]);
        let outcome = platform.drive(&mut begin_told(
            &policy,
            &json!({ "facts": { "tier": tier } }),
        ));
        assert_eq!(
            (outcome.step.as_deref(), agents(&platform)),
            (Some(step), asked),
            "{tier}"
        );
        // A word of the caller may be a name: it stands in no reason, event or record.
        assert!(!ToJson::to_json(&outcome).to_string().contains("blue"));
    }
}

#[test]
fn the_best_of_several_is_taken_and_the_next_best_where_it_fails() {
    let policy = json!({ "steps": [
        { "id": "others", "ifUnknown": "skip", "ifStale": "skip", "best": {
            "of": [{ "to": { "queue": OVERFLOW } }, { "to": { "queue": NIGHT } }], "by": "expectedWaitSeconds", "take": 2 } },
        voicemail(),
    ] });
    let inputs = json!({ "queues": { OVERFLOW: { "expectedWaitSeconds": 50.5 }, NIGHT: { "expectedWaitSeconds": 20.25 } } });
    // The queue asked for, both candidates, the best again; it fails; the other one takes it.
    let mut platform = scripted(&[Say(200, "[]")], &BEST_FAILS);
    let outcome = platform.drive(&mut begin_told(&policy, &inputs));
    assert_eq!(
        (outcome.status, outcome.step.as_deref()),
        (Status::Connected, Some("others[0]")),
        "{outcome:?}"
    );
    assert_eq!(
        results(&outcome),
        [
            ("primary", StepResult::Skipped),
            ("others[0]", StepResult::Connected),
            ("others[1]", StepResult::Failed),
            ("voicemail", StepResult::NotReached),
        ]
    );
    assert_eq!(outcome.attempts, 2);
}

#[test]
fn candidates_that_are_not_taken_say_why() {
    let policy = json!({ "steps": [
        { "id": "others", "ifUnknown": "skip", "ifStale": "skip", "best": {
            "of": [{ "to": { "queue": OVERFLOW } }, { "to": { "queue": NIGHT } }], "by": "expectedWaitSeconds" } },
        voicemail(),
    ] });
    let inputs = json!({ "queues": { OVERFLOW: { "expectedWaitSeconds": 50 } } });
    let mut platform = scripted(&[Say(200, "[]")], &BEST_FAILS);
    let outcome = platform.drive(&mut begin_told(&policy, &inputs));
    assert_eq!(outcome.step.as_deref(), Some("voicemail"));
    assert_eq!(
        results(&outcome)[1..],
        [
            ("others[0]", StepResult::Failed),
            ("others[1]", StepResult::Skipped),
            ("voicemail", StepResult::Connected),
        ]
    );
    let why = outcome.steps[2].reason.as_ref().expect("a reason");
    assert_eq!(
        why.evidence.as_deref(),
        Some(r#"fact-unknown {"unknown":"absent"}"#)
    );
}

#[test]
fn a_closed_calendar_and_the_last_step_before_it_leave_steps_out() {
    // The run begins on a Thursday, 1 January 1970, at midnight.
    let policy = json!({
        "zones": { "utc": { "utcOffsetMinutes": 0 } },
        "calendars": { "office": { "zone": "utc", "weekly": [{ "days": ["monday"], "from": "09:00", "to": "17:00" }] } },
        "steps": [
            { "id": "office", "to": { "queue": OVERFLOW }, "when": { "calendar": "office" } },
            { "id": "night", "to": { "queue": NIGHT }, "when": { "not": { "calendar": "office" } }, "last": true },
            { "id": "never", "to": { "phone": "+15550100999" } },
        ],
        "safe": voicemail(),
    });
    let mut platform = scripted(
        &[Say(200, "[]")],
        &[MINE, MINE, MOVING, FAILED, MINE, MOVING, TAKEN],
    );
    let outcome = platform.drive(&mut begin(&policy));
    assert_eq!(outcome.step.as_deref(), Some("voicemail"), "{outcome:?}");
    assert_eq!(
        evidence(&outcome)[1],
        Some(r#"condition-not-met {"calendar":"office"}"#)
    );
    assert_eq!(evidence(&outcome)[3], Some(r#"after-last {"by":"night"}"#));
}

#[test]
fn where_the_call_has_been_it_does_not_go_again() {
    let policy = json!({ "hops": { "people": 3 }, "steps": [
        { "id": "again", "to": { "queue": OVERFLOW } },
        { "id": "ring", "to": { "phone": "+15550100999" } },
    ], "safe": voicemail() });
    let path = json!([{ "to": { "queue": OVERFLOW }, "by": "person" }, { "to": { "queue": NIGHT }, "by": "person" }]);
    let mut platform = scripted(
        &[Say(200, ANN)],
        &[MINE, MOVING, FAILED, MINE, MOVING, TAKEN],
    );
    let outcome = platform.drive(&mut begin_told(&policy, &json!({ "path": path })));
    assert_eq!(outcome.step.as_deref(), Some("voicemail"), "{outcome:?}");
    assert_eq!(
        evidence(&outcome)[1..3],
        [
            Some("visited"),
            Some(r#"too-many-people {"found":3,"limit":3}"#)
        ]
    );
}

#[test]
fn without_an_engine_only_what_was_asked_for_and_the_safe_end_are_tried() {
    // Whether the night's step has its turn is told by the condition of the step that uses it.
    let mut policy = fallback();
    policy["policies"] =
        json!({ "night": { "steps": [{ "id": "night", "to": { "phone": "+15550100999" } }] } });
    policy["steps"][1] = json!({ "id": "closed", "use": "night", "when": { "not": { "fact": "tier", "is": "gold" } },
        "ifUnknown": "skip", "ifStale": "skip" });
    policy["safe"] = voicemail();
    let options = json!({
        "profile": "cxone-v2", "policy": policy, "transfer": { "call": "call-1", "to": { "queue": BILLING } },
    });
    let options = Options::from_json(&options.to_string()).expect("options");
    for decider in [
        None,
        Some((|_, _, _| None) as Decider),
        Some(|_, _, _| Some("{".to_owned())),
    ] {
        let mut platform = scripted(&[Say(200, "[]")], &[MINE, MINE, MOVING, TAKEN]);
        let mut transfer =
            Transfer::decided_by(decider, options.clone(), Timestamp::from_millis(0));
        let outcome = platform.drive(&mut transfer);
        assert_eq!(outcome.step.as_deref(), Some("voicemail"));
        assert_eq!(
            codes(&outcome)[1..3],
            [ReasonCode::NotDecided, ReasonCode::NotDecided]
        );
    }
}

#[test]
fn a_run_that_is_taken_up_elsewhere_goes_on_by_the_same_policy() {
    let begun = || {
        let agents = [Say(200, "[]"), Say(200, ANN)];
        scripted(&agents, &[MINE, MINE, MOVING, TAKEN])
    };
    let whole = begun().drive(&mut begin(&fallback()));
    let mut platform = begun();
    let mut transfer = begin(&fallback());
    platform.drive_until(&mut transfer, |platform| platform.has("step-skipped"));
    let text = transfer.snapshot();
    let mut taken_up = Transfer::restore(&text, Timestamp::from_millis(0)).expect("restored");
    let outcome = platform.drive(&mut taken_up);
    assert_eq!((outcome.status, &outcome.step), (whole.status, &whole.step));
}

#[test]
fn a_policy_is_refused_where_a_place_is_no_target_of_the_platform() {
    let refused = |policy: Value| {
        let options = json!({ "profile": "genesys-v2", "policy": policy, "transfer": { "call": "c", "to": { "queue": BILLING } } });
        let (_, report) = Options::from_json(&options.to_string()).expect_err("refused");
        report
            .issues()
            .iter()
            .map(|it| (it.code.as_str(), it.path.clone()))
            .collect::<Vec<_>>()
    };
    let steps = json!([
        { "id": "a", "to": { "callback": "q" }, "when": { "fact": "tier", "is": "gold" }, "ifUnknown": "skip", "ifStale": "skip" },
        { "id": "b", "use": "night" },
    ]);
    let found = refused(
        json!({ "steps": steps, "policies": { "night": { "steps": [{ "id": "c", "to": { "extension": "9" } }] } },
        "safe": { "id": "d", "to": { "voicemail": "box" } } }),
    );
    assert_eq!(
        found,
        [
            ("not-supported", "$.policy.steps[0].to".to_owned()),
            (
                "not-supported",
                "$.policy.policies.night.steps[0].to".to_owned()
            ),
            ("not-supported", "$.policy.safe.to".to_owned()),
        ]
    );
    let found = refused(
        json!({ "name": "x", "steps": [{ "id": "a", "to": { "queue": BILLING }, "wen": 1 }] }),
    );
    assert_eq!(
        found,
        [("unknown-field", "$.policy.steps[0].wen".to_owned())]
    );
}

#[test]
fn the_same_steps_without_conditions_go_the_same_way_by_the_engine() {
    let steps = json!([
        { "id": "a", "to": { "queue": OVERFLOW }, "ifUnknown": "try" }, { "id": "b", "to": { "queue": NIGHT } }, voicemail(),
    ]);
    for agents in ["[]", ANN] {
        for end in [FAILED, TAKEN] {
            let run = |policy: Value| {
                let mut platform = Platform::new(&[
                    (
                        "campaigns",
                        &[Say(200, ACTIVE), Say(404, ""), Say(200, ACTIVE)],
                    ),
                    ("agents", &[Say(200, "[]"), Say(200, agents)]),
                    (
                        "call",
                        &[
                            Say(200, MINE),
                            Say(200, MINE),
                            Say(200, MINE),
                            Say(200, MOVING),
                            Say(200, end),
                        ],
                    ),
                ]);
                let outcome = platform.drive(&mut begin(&policy));
                (outcome.status, outcome.steps, outcome.took, platform.sent)
            };
            let (plain, decided) = (
                run(json!({ "steps": steps })),
                run(json!({ "name": "same", "steps": steps })),
            );
            assert_eq!(plain, decided);
        }
    }
}
