//! When a request is sent again, and what its end is called.

use patchcord::Timestamp;
use patchcord::error::Code;
use patchcord::json::ToJson;
use patchcord::operation::{Input, OperationRun, Options, Output, Status};
use serde_json::{Value, json};

use crate::host::Fate::{Answered, AskedToWait, Lost, NotSent, Silent};
use crate::host::{Drive, bridge, options, placed_call, presence, response};

const AVAILABLE: &str = r#"{"status":"AVAILABLE"}"#;

#[test]
fn an_answer_is_read_and_ends_the_run() {
    let mut drive = Drive::new(&presence());
    let outcome = drive.finish(&[Answered(200, AVAILABLE)]);
    assert_eq!((outcome.status, outcome.attempts), (Status::Done, 1));
    let told = outcome.to_json();
    assert_eq!(told["answer"]["status"], "AVAILABLE");
    assert_eq!(told["httpStatus"], 200);
    assert_eq!(told.get("problem"), None);
}

#[test]
fn a_read_is_asked_again_after_thirty_seconds_or_as_long_as_the_platform_says() {
    let mut drive = Drive::new(&presence());
    let fates = [
        Answered(500, ""),
        AskedToWait(503, "7"),
        AskedToWait(429, "11"),
        Answered(200, AVAILABLE),
    ];
    let outcome = drive.finish(&fates);
    assert_eq!(outcome.status, Status::Done);
    assert_eq!(drive.times(), [0, 30, 37, 48]);
}

#[test]
fn a_read_whose_answer_is_lost_or_late_is_asked_again() {
    let mut drive = Drive::new(&presence());
    let outcome = drive.finish(&[Lost, Silent, NotSent, Answered(200, AVAILABLE)]);
    assert_eq!((outcome.status, outcome.attempts), (Status::Done, 4));
}

#[test]
fn what_fails_again_and_again_is_given_up_within_the_budget() {
    let mut drive = Drive::new(&presence());
    let outcome = drive.finish(&[Answered(500, "")]);
    assert_eq!(outcome.status, Status::Failed);
    assert_eq!(drive.times(), [0, 30, 60, 90]);
    let problem = outcome.problem.expect("a problem");
    assert_eq!(problem["code"], "server-error");
    assert_eq!(problem["retryAfterSeconds"], 30);

    let mut short = presence();
    short["budgetSeconds"] = json!(20);
    let mut drive = Drive::new(&short);
    let outcome = drive.finish(&[Answered(500, "")]);
    assert_eq!((outcome.status, drive.times()), (Status::Failed, vec![0]));
    assert_eq!(
        outcome.took, 0,
        "a pause that would outlast the budget is not begun"
    );
}

#[test]
fn a_pause_that_would_outlast_the_budget_ends_the_run_at_once() {
    let mut drive = Drive::new(&placed_call());
    let outcome = drive.finish(&[AskedToWait(429, "600")]);
    assert_eq!(
        (outcome.status, outcome.attempts, outcome.took),
        (Status::Refused, 1, 0)
    );
    assert_eq!(
        outcome.problem.expect("a problem")["retryAfterSeconds"],
        600
    );
}

#[test]
fn a_call_is_never_placed_twice() {
    for fate in [
        Lost,
        Silent,
        Answered(500, ""),
        Answered(503, ""),
        Answered(408, ""),
    ] {
        let mut drive = Drive::new(&placed_call());
        let outcome = drive.finish(std::slice::from_ref(&fate));
        assert_eq!(
            (outcome.status, outcome.attempts),
            (Status::Unknown, 1),
            "{fate:?}"
        );
        let problem = outcome.problem.expect("a problem");
        assert_eq!(problem["retryable"], false, "{fate:?}");
        let hint = problem["hint"].as_str().unwrap_or_default();
        assert!(hint.contains("look whether it was done"), "{hint}");
    }
}

#[test]
fn a_write_is_sent_again_where_it_certainly_did_nothing() {
    let mut drive = Drive::new(&placed_call());
    let fates = [
        AskedToWait(429, "5"),
        NotSent,
        Answered(201, r#"{"callId":"call_x","status":"queued"}"#),
    ];
    let outcome = drive.finish(&fates);
    assert_eq!((outcome.status, outcome.attempts), (Status::Done, 3));
    assert_eq!(outcome.answer.expect("an answer")["call"], "call_x");
    assert!(
        drive
            .sent
            .iter()
            .all(|(_, _, request)| request == &drive.sent[0].2),
        "the very same request"
    );
}

#[test]
fn a_bridge_is_sent_again_under_the_same_request_id() {
    let mut drive = Drive::new(&bridge());
    let outcome = drive.finish(&[
        Answered(503, ""),
        Lost,
        Answered(200, r#"{"bridgeId":"b-1"}"#),
    ]);
    assert_eq!((outcome.status, outcome.attempts), (Status::Done, 3));
    let id = |at: usize| {
        let headers = &drive.sent[at].2.headers;
        headers
            .iter()
            .find(|(name, _)| name == "x-cxone-request-id")
            .cloned()
    };
    assert!(id(0).is_some());
    assert_eq!((id(0), id(1)), (id(1), id(2)));
}

#[test]
fn what_was_once_in_doubt_is_not_called_undone_by_a_later_refusal() {
    for last in [
        Answered(409, ""),
        Answered(400, ""),
        AskedToWait(429, "900"),
        NotSent,
    ] {
        let mut drive = Drive::new(&bridge());
        let outcome = drive.finish(&[Lost, last.clone()]);
        assert_eq!(outcome.status, Status::Unknown, "{last:?}");
    }
}

#[test]
fn a_401_asks_once_for_a_fresh_token() {
    let mut drive = Drive::new(&placed_call());
    let outcome = drive.finish(&[Answered(401, "")]);
    assert_eq!((outcome.status, outcome.attempts), (Status::Refused, 2));
    let refreshed: Vec<_> = drive.sent.iter().map(|(_, refresh, _)| *refresh).collect();
    assert_eq!(refreshed, [false, true]);
    assert_eq!(drive.times(), [0, 0]);
    assert_eq!(outcome.problem.expect("a problem")["code"], "unauthorized");
}

#[test]
fn a_refusal_is_told_with_its_findings_and_not_repeated() {
    let mut drive = Drive::new(&placed_call());
    let outcome = drive.finish(&[Answered(400, r#"{"message":"Invalid Flow ID"}"#)]);
    assert_eq!((outcome.status, outcome.attempts), (Status::Refused, 1));
    assert_eq!(
        outcome.problem.expect("a problem")["report"]["issues"][0]["code"],
        "invalid-flow"
    );
}

#[test]
fn a_conversation_older_than_a_day_is_told_as_such() {
    let call = "a1b2c3d4-e5f6-7890-abcd-ef1234567890";
    let mut asked =
        json!({ "profile": "genesys-v2", "operation": "conversation", "input": { "call": call } });
    asked["callAgeSeconds"] = json!(90_000);
    let outcome = Drive::new(&asked).finish(&[Answered(404, "")]);
    assert_eq!(outcome.problem.expect("a problem")["code"], "aged-out");
}

#[test]
fn an_answer_that_nobody_understands_is_a_failed_read_and_a_write_that_was_done() {
    let outcome =
        Drive::new(&options("queue", &json!({ "queue": "q" }))).finish(&[Answered(200, "<html>")]);
    assert_eq!(outcome.status, Status::Failed);
    assert_eq!(
        outcome.problem.expect("a problem")["code"],
        "unreadable-answer"
    );
    let outcome = Drive::new(&placed_call()).finish(&[Answered(202, "<html>")]);
    assert_eq!((outcome.status, outcome.attempts), (Status::Done, 1));
    assert_eq!(
        outcome.problem.expect("a problem")["code"],
        "unreadable-answer"
    );
}

#[test]
fn what_is_cancelled_before_it_left_is_cancelled_and_a_write_under_way_is_unknown() {
    let begin = |asked: &Value| Drive::new(asked);
    for (asked, under_way) in [
        (presence(), Status::Cancelled),
        (placed_call(), Status::Unknown),
        (bridge(), Status::Unknown),
    ] {
        let mut waiting = begin(&asked);
        waiting.run.handle_input(Input::Cancel, waiting.now);
        let Output::Done(outcome) = waiting.run.poll_output() else {
            panic!("over")
        };
        assert_eq!((outcome.status, outcome.attempts), (Status::Cancelled, 0));

        let mut sent = begin(&asked);
        assert!(matches!(sent.run.poll_output(), Output::Request { .. }));
        sent.run.handle_input(Input::Cancel, sent.now);
        let Output::Done(outcome) = sent.run.poll_output() else {
            panic!("over")
        };
        assert_eq!(outcome.status, under_way);
        assert_eq!(outcome.problem.expect("a problem")["code"], "cancelled");
    }
}

#[test]
fn a_platform_that_keeps_failing_is_left_alone_and_its_breaker_is_handed_on() {
    let mut asked = presence();
    asked["breaker"] = json!({ "failures": 4 });
    let mut drive = Drive::new(&asked);
    let outcome = drive.finish(&[Lost, Answered(200, AVAILABLE)]);
    assert_eq!(outcome.status, Status::Done);
    assert_eq!(
        drive.times(),
        [0, 30],
        "the breaker opened at the fifth failure"
    );
    assert_eq!(outcome.breaker.to_json(), json!({ "failures": 0 }));

    asked["breaker"] = json!({ "failures": 5, "openUntil": 2_000_000 });
    let outcome = Drive::new(&asked).finish(&[Silent]);
    assert_eq!((outcome.status, outcome.attempts), (Status::Failed, 0));
    assert_eq!(outcome.problem.expect("a problem")["code"], "circuit-open");
}

#[test]
fn what_comes_late_or_twice_changes_nothing() {
    let mut drive = Drive::new(&presence());
    drive.finish(&[Lost, Answered(200, AVAILABLE)]);
    let over = drive.run.poll_output();
    for id in [1, 2, 3] {
        let input = Input::Response {
            id,
            response: response(500, None, ""),
        };
        drive.run.handle_input(input, drive.now);
        drive.run.handle_input(Input::Cancel, drive.now);
        assert_eq!(drive.run.poll_output(), over);
    }
}

#[test]
fn an_input_with_findings_is_refused_before_anything_is_sent() {
    let refused = |value: Value| Options::from_json(&value.to_string()).expect_err("refused");
    let mut asked = placed_call();
    asked["input"]["calledNumber"] = json!("0555");
    let refusal = refused(asked);
    assert_eq!(refusal.error.code(), Code::InvalidInput);
    assert_eq!(refusal.report.issues()[0].path, "$.calledNumber");
    assert_eq!(
        refused(options("dance", &json!({}))).error.code(),
        Code::UnknownOperation
    );
    let mut asked = presence();
    asked["budgetSeconds"] = json!(0);
    assert_eq!(refused(asked).report.issues()[0].path, "$.budgetSeconds");
}

#[test]
fn the_latency_is_that_of_the_last_request_alone() {
    let options = Options::from_json(&bridge().to_string()).expect("options");
    let at = Timestamp::from_millis;
    let mut run = OperationRun::new(options, at(0));
    assert!(matches!(run.poll_output(), Output::Request { id: 1, .. }));
    run.handle_input(
        Input::Response {
            id: 1,
            response: response(429, Some("2"), ""),
        },
        at(50),
    );
    assert_eq!(run.poll_output(), Output::Wait { until: at(2_050) });
    run.handle_input(Input::Wake, at(2_050));
    assert!(matches!(run.poll_output(), Output::Request { id: 2, .. }));
    run.handle_input(
        Input::Response {
            id: 2,
            response: response(200, None, "{}"),
        },
        at(2_120),
    );
    let Output::Done(outcome) = run.poll_output() else {
        panic!("over")
    };
    assert_eq!((outcome.latency, outcome.took), (Some(70), 2_120));
}
