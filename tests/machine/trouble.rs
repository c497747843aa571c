//! What becomes of a transfer where answers fail, get lost or make no sense: one rule a test.

use core::time::Duration;

use patchcord::Timestamp;
use patchcord::json::ToJson;
use patchcord::model::reason::ReasonCode;
use patchcord::transfer::{Input, Output, Status, Transfer};
use serde_json::json;

use crate::host::{BILLING, OVERFLOW};
use crate::scripted::Act::{Lose, NotSend, Say, SayLater};
use crate::scripted::{MINE, MOVING, Platform, TAKEN, begin, billing, codes, voicemail};

#[test]
fn a_5xx_or_a_lost_answer_to_the_transfer_is_looked_into_before_anything_is_sent_again() {
    for act in [Say(500, ""), Say(503, ""), Say(408, ""), Lose] {
        let mut landed = Platform::new(&[
            ("transfer", std::slice::from_ref(&act)),
            ("call", &[Say(200, MINE), Say(200, MOVING), Say(200, TAKEN)]),
        ]);
        let outcome = landed.drive(&mut billing());
        assert_eq!((outcome.status, landed.transfers()), (Status::Connected, 1));

        let mut nothing = Platform::new(&[
            ("transfer", &[act, Say(202, "{}")]),
            (
                "call",
                &[
                    Say(200, MINE),
                    Say(200, MINE),
                    Say(200, MINE),
                    Say(200, MINE),
                    Say(200, TAKEN),
                ],
            ),
        ]);
        let outcome = nothing.drive(&mut billing());
        assert_eq!(
            (outcome.status, nothing.transfers()),
            (Status::Connected, 2)
        );
        let [first, second] = [0, 1].map(|at| {
            nothing
                .sent
                .iter()
                .filter(|sent| sent.0 == "transfer")
                .nth(at)
                .expect("sent")
                .3
        });
        assert!(
            second - first >= 6,
            "reads agree for settleSeconds before it is sent again"
        );
    }
}

#[test]
fn an_unknown_result_that_stays_unknown_is_unresolved_and_never_called_failed() {
    let mut platform = Platform::new(&[
        ("transfer", &[Lose]),
        ("call", &[Say(200, MINE), Say(500, "")]),
    ]);
    let outcome = platform.drive(&mut begin(
        &json!({ "queue": BILLING }),
        &json!({ "steps": [voicemail()] }),
    ));
    assert_eq!(
        (outcome.status, platform.transfers()),
        (Status::Unresolved, 1)
    );
    assert!(codes(&outcome).contains(&ReasonCode::ResultUnknown));
}

#[test]
fn a_429_waits_as_long_as_the_platform_says_or_backs_off() {
    let mut platform = Platform::new(&[
        ("transfer", &[SayLater("7"), Say(202, "{}")]),
        ("call", &[Say(200, MINE), Say(200, TAKEN)]),
    ]);
    let outcome = platform.drive(&mut billing());
    assert_eq!((outcome.status, outcome.attempts), (Status::Connected, 2));
    assert!((7_000..8_000).contains(&outcome.took), "{}", outcome.took);

    let mut dated = Platform::new(&[
        (
            "transfer",
            &[SayLater("Thu, 01 Jan 1970 00:00:09 GMT"), Say(202, "{}")],
        ),
        ("call", &[Say(200, MINE), Say(200, TAKEN)]),
    ]);
    assert_eq!(dated.drive(&mut billing()).took, 9_000);

    let mut never = Platform::new(&[
        ("transfer", &[SayLater("600")]),
        ("call", &[Say(200, MINE)]),
    ]);
    let outcome = never.drive(&mut billing());
    assert_eq!((outcome.status, never.transfers()), (Status::Failed, 1));
    assert!(
        codes(&outcome).contains(&ReasonCode::BudgetSpent)
            || codes(&outcome).contains(&ReasonCode::RateLimited)
    );
}

#[test]
fn a_401_asks_once_for_a_fresh_token_and_then_gives_up() {
    let mut platform = Platform::new(&[
        ("transfer", &[Say(401, ""), Say(202, "{}")]),
        ("call", &[Say(200, MINE), Say(200, TAKEN)]),
    ]);
    assert_eq!(platform.drive(&mut billing()).status, Status::Connected);
    let refreshed = platform
        .sent
        .iter()
        .filter(|(operation, ..)| operation == "transfer")
        .map(|sent| sent.2)
        .collect::<Vec<_>>();
    assert_eq!(refreshed, [false, true]);

    let mut refused = Platform::new(&[("call", &[Say(401, "")])]);
    let outcome = refused.drive(&mut billing());
    assert_eq!((outcome.status, refused.transfers()), (Status::Refused, 0));
    assert_eq!(codes(&outcome), [ReasonCode::Unauthorized]);
}

#[test]
fn a_403_says_which_scope_is_missing() {
    for (operation, scope) in [
        ("call", "voice:call:control"),
        ("campaigns", "voice:campaign:read"),
        ("agents", "voice:queue:read"),
    ] {
        let mut platform = Platform::new(&[(operation, &[Say(403, "")])]);
        let outcome = platform.drive(&mut billing());
        assert_eq!(outcome.status, Status::Refused, "{operation}");
        let reason = outcome
            .reasons
            .iter()
            .find(|reason| reason.code == ReasonCode::MissingScope)
            .expect(operation);
        assert_eq!(reason.evidence.as_deref(), Some(scope));
    }
    let mut platform = Platform::new(&[("transfer", &[Say(403, "")])]);
    let outcome = platform.drive(&mut billing());
    assert_eq!((outcome.status, platform.transfers()), (Status::Failed, 1));
    assert!(
        outcome
            .reasons
            .iter()
            .any(|reason| reason.evidence.as_deref() == Some("voice:call:control"))
    );
}

#[test]
fn an_unknown_call_is_refused_as_call_not_found() {
    let mut platform = Platform::new(&[("call", &[Say(404, "")])]);
    let outcome = platform.drive(&mut billing());
    assert_eq!(
        (outcome.status, codes(&outcome)),
        (Status::Refused, vec![ReasonCode::CallNotFound])
    );
}

#[test]
fn an_answer_that_cannot_be_read_is_told_and_the_run_goes_on() {
    for garbage in ["", "<html>", "{}", r#"{"state":7}"#, "[[[[", "null"] {
        let mut platform = Platform::new(&[(
            "call",
            &[Say(200, MINE), Say(200, garbage), Say(200, TAKEN)],
        )]);
        assert_eq!(
            platform.drive(&mut billing()).status,
            Status::Connected,
            "{garbage}"
        );
        assert!(platform.has("response-unreadable"), "{garbage}");

        let mut platform = Platform::new(&[
            ("campaigns", &[Say(200, garbage)]),
            ("call", &[Say(200, MINE), Say(200, MOVING), Say(200, TAKEN)]),
        ]);
        let outcome = platform.drive(&mut begin(
            &json!({ "queue": BILLING }),
            &json!({ "steps": [voicemail()] }),
        ));
        assert_eq!(outcome.step.as_deref(), Some("voicemail"), "{garbage}");
        assert_eq!(outcome.reasons[0].code, ReasonCode::UnreadableAnswer);
    }
    let mut platform = Platform::new(&[(
        "call",
        &[
            Say(200, MINE),
            Say(200, r#"{"state":"PARKED"}"#),
            Say(200, TAKEN),
        ],
    )]);
    assert_eq!(platform.drive(&mut billing()).status, Status::Connected);
    assert!(platform.has("state-unknown"));
}

#[test]
fn a_step_whose_facts_are_unknown_is_left_out_unless_it_says_try() {
    let policy = |unknown: &str| json!({ "steps": [{ "id": "overflow", "to": { "queue": OVERFLOW }, "ifUnknown": unknown }] });
    for (unknown, status) in [("skip", Status::Refused), ("try", Status::Connected)] {
        let mut platform = Platform::new(&[
            ("agents", &[Say(500, "")]),
            ("call", &[Say(200, MINE), Say(200, MINE), Say(200, TAKEN)]),
        ]);
        let outcome = platform.drive(&mut begin(&json!({ "queue": BILLING }), &policy(unknown)));
        assert_eq!(outcome.status, status, "{unknown}: {:?}", outcome.reasons);
    }
}

#[test]
fn a_run_written_down_between_request_and_answer_never_sends_a_second_transfer() {
    let mut platform =
        Platform::new(&[("call", &[Say(200, MINE), Say(200, MOVING), Say(200, TAKEN)])]);
    let mut transfer = billing();
    platform.drive_until(&mut transfer, |platform| platform.transfers() == 1);
    let text = transfer.snapshot();
    let mut elsewhere =
        Transfer::restore(&text, Timestamp::from_millis(5_000)).expect("our own snapshot");
    let outcome = platform.drive(&mut elsewhere);
    assert_eq!(
        (outcome.status, platform.transfers(), outcome.attempts),
        (Status::Connected, 1, 1)
    );
    assert!(patchcord::journal::verify(&outcome.audit).ok);
    let altered = text.replacen("\"run\":\"", "\"run\":\"00", 1);
    assert_eq!(
        Transfer::restore(&altered, Timestamp::default())
            .expect_err("altered")
            .code()
            .as_str(),
        "invalid-snapshot"
    );
}

#[test]
fn a_request_that_never_left_is_asked_again_and_then_given_up_without_a_doubt() {
    let mut platform = Platform::new(&[
        ("transfer", &[NotSend, Say(202, "{}")]),
        ("call", &[Say(200, MINE), Say(200, TAKEN)]),
    ]);
    assert_eq!(platform.drive(&mut billing()).status, Status::Connected);
    let mut platform = Platform::new(&[("transfer", &[NotSend])]);
    let outcome = platform.drive(&mut billing());
    assert_eq!(outcome.status, Status::Failed);
    assert!(codes(&outcome).contains(&ReasonCode::NotSent));
}

#[test]
fn a_breaker_that_one_run_opened_is_heeded_by_the_next() {
    let mut platform = Platform::new(&[
        ("call", &[Say(500, "")]),
        ("campaigns", &[Say(500, "")]),
        ("agents", &[Say(500, "")]),
    ]);
    let breaker = ToJson::to_json(&platform.drive(&mut billing()).breaker);
    assert!(breaker["openUntil"].is_number(), "{breaker}");
    let options = json!({
        "profile": "cxone-v2", "breaker": { "failures": 5, "openUntil": 8_000 },
        "transfer": { "call": "call-1", "to": { "extension": "999" } },
    });
    let options = patchcord::transfer::Options::from_json(&options.to_string()).expect("options");
    let mut platform = Platform::new(&[("call", &[Say(200, MINE), Say(200, TAKEN)])]);
    let outcome = platform.drive(&mut Transfer::new(options, Timestamp::from_millis(0)));
    assert_eq!(outcome.status, Status::Connected);
    assert!(
        platform.sent.iter().all(|sent| sent.3 >= 8),
        "{:?}",
        platform.sent
    );
}

#[test]
fn a_late_answer_and_a_pushed_event_of_another_call_are_told_and_change_nothing() {
    let mut transfer = billing();
    let mut platform = Platform::new(&[]);
    platform.drive_until(&mut transfer, |platform| platform.transfers() == 1);
    let (state, later) = (transfer.state(), Timestamp::from_millis(10));
    transfer.handle_input(crate::host::answer(1, 200, TAKEN), later);
    transfer.handle_input(
        Input::Pushed {
            event: json!({ "callId": "other", "state": "CONNECTED", "connectedTo": "x" }),
        },
        later,
    );
    transfer.handle_input(Input::Complete, later);
    assert_eq!(transfer.state(), state);
    let mut ignored = 0;
    while let Output::Event(event) = transfer.poll_output() {
        ignored += usize::from(ToJson::to_json(&event)["type"] == "ignored");
    }
    assert_eq!(ignored, 3);
    transfer.handle_input(
        Input::Pushed {
            event: json!({ "callId": "call-1", "state": "CONNECTED", "connectedTo": "ann" }),
        },
        later.after(Duration::from_secs(1)),
    );
    assert_eq!(platform.drive(&mut transfer).status, Status::Connected);
}
