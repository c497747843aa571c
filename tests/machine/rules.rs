//! How a transfer goes where the platform is well: one rule a test.

use patchcord::Timestamp;
use patchcord::model::reason::ReasonCode;
use patchcord::transfer::{Input, Output, Status, StepResult, Transfer};
use serde_json::json;

use crate::host::{BILLING, OVERFLOW};
use crate::scripted::Act::{Say, SayLater};
use crate::scripted::{
    ACTIVE, Act, FAILED, MINE, MOVING, Platform, TAKEN, begin, billing, codes, voicemail,
};

#[test]
fn an_eligible_queue_takes_the_call() {
    let mut platform =
        Platform::new(&[("call", &[Say(200, MINE), Say(200, MOVING), Say(200, TAKEN)])]);
    let outcome = platform.drive(&mut billing());
    assert_eq!(
        (outcome.status, outcome.agent.as_deref(), outcome.attempts),
        (Status::Connected, Some("ann"), 1)
    );
    assert_eq!(
        (outcome.step.as_deref(), outcome.took),
        (Some("primary"), 3_000)
    );
}

#[test]
fn a_stale_connected_is_not_success() {
    let mut platform = Platform::new(&[(
        "call",
        &[
            Say(200, MINE),
            Say(200, MINE),
            Say(200, MINE),
            Say(200, TAKEN),
        ],
    )]);
    let outcome = platform.drive(&mut billing());
    assert_eq!((outcome.status, outcome.took), (Status::Connected, 6_000));
    let mut platform = Platform::new(&[("call", &[Say(200, MINE)])]);
    let outcome = platform.drive(&mut billing());
    assert_eq!(
        (outcome.status, outcome.took),
        (Status::Unresolved, 120_000)
    );
    assert!(codes(&outcome).contains(&ReasonCode::StillPending));
}

#[test]
fn a_consult_runs_to_connected_likewise() {
    let options = json!({
        "profile": "cxone-v2", "transfer": { "call": "call-1", "to": { "extension": "12" }, "mode": "consult" },
    });
    let options = patchcord::transfer::Options::from_json(&options.to_string()).expect("options");
    let mut platform =
        Platform::new(&[("call", &[Say(200, MINE), Say(200, MOVING), Say(200, TAKEN)])]);
    let outcome = platform.drive(&mut Transfer::new(options, Timestamp::from_millis(0)));
    assert_eq!(outcome.status, Status::Connected);
    assert!(
        platform
            .sent
            .iter()
            .any(|(_, body, ..)| body.as_deref().is_some_and(|body| body.contains("CONSULT")))
    );
}

#[test]
fn the_seeds_fallback_goes_to_the_next_queue_and_then_to_voicemail() {
    let policy =
        json!({ "steps": [{ "id": "overflow", "to": { "queue": OVERFLOW } }, voicemail()] });
    let mut platform = Platform::new(&[
        ("campaigns", &[Say(200, "[]"), Say(200, ACTIVE)]),
        (
            "call",
            &[
                Say(200, MINE),
                Say(200, MINE),
                Say(200, MOVING),
                Say(200, FAILED),
                Say(200, FAILED),
                Say(200, MOVING),
                Say(200, r#"{"state":"CONNECTED","connectedTo":"999"}"#),
            ],
        ),
    ]);
    let outcome = platform.drive(&mut begin(&json!({ "queue": BILLING }), &policy));
    assert_eq!(
        (outcome.status, outcome.step.as_deref(), outcome.attempts),
        (Status::Connected, Some("voicemail"), 2)
    );
    let results = outcome
        .steps
        .iter()
        .map(|step| step.result)
        .collect::<Vec<_>>();
    assert_eq!(
        results,
        [
            StepResult::Skipped,
            StepResult::Failed,
            StepResult::Connected
        ]
    );
    assert_eq!(
        outcome.reasons[0].message,
        "Queue is not associated with any active campaign"
    );
}

#[test]
fn a_pending_transfer_is_followed_on_when_its_step_is_over_unless_its_state_may_be_overtaken() {
    let waiting: &[Act] = &[Say(200, MINE), Say(200, r#"{"state":"WAITING"}"#)];
    let mut platform = Platform::new(&[("call", waiting)]);
    let outcome = platform.drive(&mut begin(
        &json!({ "queue": BILLING }),
        &json!({ "steps": [voicemail()] }),
    ));
    assert_eq!(
        (outcome.status, platform.transfers(), outcome.took),
        (Status::Unresolved, 1, 120_000)
    );
    assert!(platform.has("step-overdue"));

    let mut platform = Platform::new(&[("call", waiting)]);
    let policy = json!({ "steps": [voicemail()], "overtakeIn": ["WAITING"] });
    platform.drive(&mut begin(&json!({ "queue": BILLING }), &policy));
    assert_eq!(platform.transfers(), 2);
}

#[test]
fn the_safe_step_always_fits() {
    let mut platform = Platform::new(&[
        ("transfer", &[SayLater("100"), Say(202, "{}")]),
        ("call", &[Say(200, MINE), Say(200, MINE), Say(200, TAKEN)]),
    ]);
    let policy = json!({ "budgetSeconds": 20, "stepSeconds": 30, "steps": [voicemail()] });
    let outcome = platform.drive(&mut begin(&json!({ "queue": BILLING }), &policy));
    let primary = &outcome.steps[0];
    assert_eq!(
        primary.reason.as_ref().map(|reason| reason.code),
        Some(ReasonCode::RateLimited)
    );
    assert!(outcome.took <= 20_000);
}

#[test]
fn the_agent_may_cancel_and_the_caller_may_leave_at_any_moment() {
    for operation in ["call", "transfer"] {
        for (input, status) in [
            (Input::Cancel, Status::Cancelled),
            (Input::CallerLeft, Status::CallerLeft),
        ] {
            let mut platform = Platform::new(&[]);
            let mut transfer = billing();
            let cut = platform.drive_until(&mut transfer, |platform| {
                platform.sent.iter().any(|sent| sent.0 == operation)
            });
            assert!(cut.is_none());
            transfer.handle_input(input, Timestamp::from_millis(1_000));
            let outcome = platform.drive(&mut transfer);
            assert_eq!(outcome.status, status, "{operation}");
            let pending = codes(&outcome).contains(&ReasonCode::ResultUnknown);
            assert_eq!(
                pending,
                operation == "transfer" && status == Status::Cancelled,
                "what may still happen is said"
            );
        }
    }
    let mut platform = Platform::new(&[(
        "call",
        &[Say(200, MINE), Say(200, r#"{"state":"DISCONNECTED"}"#)],
    )]);
    assert_eq!(platform.drive(&mut billing()).status, Status::CallerLeft);
}

#[test]
fn a_target_that_was_tried_is_not_tried_again() {
    let policy = json!({ "steps": [{ "id": "again", "to": { "queue": BILLING } }, voicemail()] });
    let mut platform = Platform::new(&[
        ("transfer", &[Say(400, ""), Say(202, "{}")]),
        ("call", &[Say(200, MINE), Say(200, MINE), Say(200, TAKEN)]),
    ]);
    let outcome = platform.drive(&mut begin(&json!({ "queue": BILLING }), &policy));
    assert_eq!(outcome.step.as_deref(), Some("voicemail"));
    assert_eq!(
        outcome.steps[1].reason.as_ref().map(|reason| reason.code),
        Some(ReasonCode::AlreadyTried)
    );
}

#[test]
fn somebody_elses_transfer_is_waited_for_and_not_overtaken() {
    let mut platform = Platform::new(&[("call", &[Say(200, MOVING)])]);
    let outcome = platform.drive(&mut billing());
    assert_eq!((outcome.status, platform.transfers()), (Status::Refused, 0));
    assert_eq!(codes(&outcome), [ReasonCode::TransferInProgress]);
    let mut platform =
        Platform::new(&[("call", &[Say(200, MOVING), Say(200, MINE), Say(200, TAKEN)])]);
    assert_eq!(platform.drive(&mut billing()).status, Status::Connected);
}

#[test]
fn a_run_that_is_over_is_written_down_with_its_outcome() {
    let mut platform = Platform::new(&[("call", &[Say(200, MINE), Say(200, TAKEN)])]);
    let mut transfer = billing();
    let outcome = platform.drive(&mut transfer);
    let mut again = Transfer::restore(&transfer.snapshot(), Timestamp::from_millis(99_000))
        .expect("our own snapshot");
    assert_eq!(again.poll_output(), Output::Done(outcome));
}
