//! The machine's rules, one a test, against a platform that is scripted answer by answer.

use core::time::Duration;
use std::collections::VecDeque;

use patchcord::Timestamp;
use patchcord::http::Response;
use patchcord::json::ToJson;
use patchcord::model::reason::ReasonCode;
use patchcord::transfer::{Input, Outcome, Output, Status, StepResult, Transfer};
use serde_json::{Value, json};

use crate::host::{BILLING, OVERFLOW, start};

const ACTIVE: &str = r#"[{"status":"ACTIVE"}]"#;
const ANN: &str = r#"[{"userId":"ann","status":"AVAILABLE","skills":[]}]"#;
const MINE: &str = r#"{"state":"CONNECTED","connectedTo":"me"}"#;
const MOVING: &str = r#"{"state":"IN_TRANSFER"}"#;
const TAKEN: &str = r#"{"state":"CONNECTED","connectedTo":"ann"}"#;
const FAILED: &str = r#"{"state":"FAILED"}"#;

/// What the platform does with one request.
#[derive(Clone)]
pub(crate) enum Act {
    Say(u16, &'static str),
    SayLater(&'static str),
    Lose,
    NotSend,
}

/// A platform that answers each operation from its own list; the last entry stays.
pub(crate) struct Platform {
    scripts: Vec<(&'static str, VecDeque<Act>)>,
    pub(crate) sent: Vec<(String, Option<String>, bool, u64)>,
    events: Vec<Value>,
}

impl Platform {
    pub(crate) fn new(scripts: &[(&'static str, &[Act])]) -> Self {
        let scripts = scripts
            .iter()
            .map(|(name, acts)| (*name, acts.iter().cloned().collect()))
            .collect();
        Self {
            scripts,
            sent: Vec::new(),
            events: Vec::new(),
        }
    }

    fn next(&mut self, operation: &str) -> Act {
        let script = self.scripts.iter_mut().find(|(name, _)| *name == operation);
        let usual = match operation {
            "campaigns" => Act::Say(200, ACTIVE),
            "agents" => Act::Say(200, ANN),
            "transfer" => Act::Say(202, r#"{"id":"t-1"}"#),
            _ => Act::Say(200, MINE),
        };
        match script {
            Some((_, acts)) if acts.len() > 1 => acts.pop_front().unwrap_or(usual),
            Some((_, acts)) => acts.front().cloned().unwrap_or(usual),
            None => usual,
        }
    }

    pub(crate) fn drive(&mut self, transfer: &mut Transfer) -> Outcome {
        self.drive_until(transfer, |_| false).expect("an outcome")
    }

    /// Drives until the run is done, or until `stop` says so after a drain.
    pub(crate) fn drive_until(
        &mut self,
        transfer: &mut Transfer,
        stop: impl Fn(&Self) -> bool,
    ) -> Option<Outcome> {
        let mut now = Timestamp::from_millis(0);
        for _ in 0..2_000 {
            let mut asked = Vec::new();
            let until = loop {
                match transfer.poll_output() {
                    Output::Request {
                        id,
                        refresh,
                        request,
                    } => {
                        let at = now.since(Timestamp::from_millis(0)).as_secs();
                        self.sent
                            .push((request.operation.clone(), request.body, refresh, at));
                        asked.push((id, request.operation));
                    }
                    Output::Event(event) => self.events.push(ToJson::to_json(&event)),
                    Output::Wait { until } => break until,
                    Output::Done(outcome) => return Some(outcome),
                }
            };
            if stop(self) {
                return None;
            }
            if asked.is_empty() {
                now = until;
                transfer.handle_input(Input::Wake, now);
            }
            for (id, operation) in asked {
                let said = |status, body: &str, headers: &[(&str, &str)]| Input::Response {
                    id,
                    response: Response {
                        status,
                        headers: headers
                            .iter()
                            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                            .collect(),
                        body: body.into(),
                    },
                };
                let input = match self.next(&operation) {
                    Act::Say(status, body) => said(status, body, &[]),
                    Act::SayLater(after) => said(429, "", &[("retry-after", after)]),
                    Act::Lose => Input::Lost {
                        id,
                        reason: "reset".to_owned(),
                    },
                    Act::NotSend => Input::NotSent {
                        id,
                        reason: "no token".to_owned(),
                    },
                };
                transfer.handle_input(input, now);
            }
        }
        panic!("the run does not end: {:?}", self.events.last());
    }

    pub(crate) fn transfers(&self) -> usize {
        self.sent
            .iter()
            .filter(|(operation, ..)| operation == "transfer")
            .count()
    }

    fn has(&self, kind: &str) -> bool {
        self.events.iter().any(|event| event["type"] == kind)
    }
}

fn begin(to: &Value, policy: &Value) -> Transfer {
    start(to, policy, 7, Timestamp::from_millis(0))
}

fn billing() -> Transfer {
    begin(&json!({ "queue": BILLING }), &json!({}))
}

fn voicemail() -> Value {
    json!({ "id": "voicemail", "to": { "extension": "999" } })
}

fn codes(outcome: &Outcome) -> Vec<ReasonCode> {
    outcome.reasons.iter().map(|reason| reason.code).collect()
}

use Act::{Lose, NotSend, Say, SayLater};

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

#[test]
fn a_run_that_is_over_is_written_down_with_its_outcome() {
    let mut platform = Platform::new(&[("call", &[Say(200, MINE), Say(200, TAKEN)])]);
    let mut transfer = billing();
    let outcome = platform.drive(&mut transfer);
    let mut again = Transfer::restore(&transfer.snapshot(), Timestamp::from_millis(99_000))
        .expect("our own snapshot");
    assert_eq!(again.poll_output(), Output::Done(outcome));
}
