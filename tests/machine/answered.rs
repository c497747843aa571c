//! Who or what took the call: a person, a machine, an IVR, music or the queue itself, as far as each platform tells.

use patchcord::Timestamp;
use patchcord::json::ToJson;
use patchcord::model::reason::{Reason, ReasonCode};
use patchcord::transfer::{AnsweredBy, Options, Outcome, Status, Transfer};
use serde_json::{Value, json};

use crate::host::{BILLING, OVERFLOW};
use crate::scripted::Act::{self, Lose, Say};
use crate::scripted::{MINE, MOVING, Platform, TAKEN, begin, billing, voicemail};

const PERSON: &str = r#"{"state":"CONNECTED","connectedTo":"ann","connectedToType":"AGENT"}"#;
const MACHINE: &str =
    r#"{"state":"CONNECTED","connectedTo":"ann","connectedToType":"ANSWERING_MACHINE"}"#;
const IVR: &str = r#"{"state":"CONNECTED","connectedToType":"IVR"}"#;
const MUSIC: &str = r#"{"state":"CONNECTED","connectedToType":"MUSIC"}"#;
const VOICEMAIL: &str =
    r#"{"state":"CONNECTED","connectedTo":"999","connectedToType":"VOICEMAIL"}"#;

fn reads(bodies: &[&'static str]) -> Vec<Act> {
    bodies.iter().map(|body| Say(200, body)).collect()
}

fn to_billing(policy: &Value, bodies: &[&'static str]) -> (Outcome, usize) {
    let mut platform = Platform::new(&[("call", &reads(bodies))]);
    let outcome = platform.drive(&mut begin(&json!({ "queue": BILLING }), policy));
    (outcome, platform.transfers())
}

fn why(outcome: &Outcome, step: usize) -> (ReasonCode, Option<&str>) {
    let reason: &Reason = outcome.steps[step].reason.as_ref().expect("a reason");
    (reason.code, reason.evidence.as_deref())
}

#[test]
fn what_is_nobody_is_followed_until_a_person_has_the_call() {
    let queue = r#"{"state":"CONNECTED","connectedTo":"q","connectedToType":"QUEUE"}"#;
    for nobody in [queue, IVR, MUSIC] {
        let (outcome, _) = to_billing(&json!({}), &[MINE, nobody, nobody, PERSON]);
        assert_eq!(
            (outcome.status, outcome.answered_by, outcome.took),
            (Status::Connected, Some(AnsweredBy::Person), 6_000),
            "{nobody}"
        );
        assert_eq!(outcome.agent.as_deref(), Some("ann"));
        let audit = outcome.audit.to_json();
        let records = audit["records"].as_array().expect("records");
        let kinds: Vec<_> = records
            .iter()
            .filter_map(|record| record["partyKind"].as_str())
            .collect();
        assert_eq!(kinds.last(), Some(&"person"));
        assert_eq!(kinds.len(), 3, "the events tell them apart");
    }
}

#[test]
fn a_queue_that_reads_connected_has_not_connected_anybody() {
    let queue = r#"{"state":"CONNECTED","connectedTo":"7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11"}"#;
    let (outcome, _) = to_billing(&json!({}), &[MINE, queue, queue]);
    assert_eq!(outcome.status, Status::Unresolved);
    let (outcome, _) = to_billing(&json!({}), &[MINE, queue, TAKEN]);
    assert_eq!(outcome.agent.as_deref(), Some("ann"));
}

#[test]
fn a_call_that_rests_in_an_ivr_or_with_music_is_taken_on_when_the_steps_time_is_over() {
    for nobody in [IVR, MUSIC] {
        let policy = json!({ "steps": [voicemail()], "stepSeconds": 10 });
        let bodies = [MINE, nobody, nobody, nobody, nobody, nobody, VOICEMAIL];
        let (outcome, transfers) = to_billing(&policy, &bodies);
        assert_eq!(
            (outcome.status, outcome.step.as_deref(), transfers),
            (Status::Connected, Some("voicemail"), 2),
            "{nobody}"
        );
        assert_eq!(why(&outcome, 0), (ReasonCode::TimedOut, Some("CONNECTED")));
        assert_eq!(outcome.answered_by, Some(AnsweredBy::Machine));

        let (outcome, _) = to_billing(&json!({}), &[MINE, nobody]);
        assert_eq!(
            outcome.status,
            Status::Failed,
            "nothing is pending: {nobody}"
        );
    }
}

#[test]
fn a_machine_where_a_person_was_wanted_ends_the_step_and_the_call_goes_on() {
    let policy = json!({ "steps": [{ "id": "overflow", "to": { "queue": OVERFLOW } }] });
    let (outcome, transfers) =
        to_billing(&policy, &[MINE, MOVING, MACHINE, MACHINE, MOVING, TAKEN]);
    assert_eq!(
        (outcome.status, outcome.step.as_deref(), transfers),
        (Status::Connected, Some("overflow"), 2)
    );
    let reason = (ReasonCode::MachineAnswered, Some("CONNECTED"));
    assert_eq!(why(&outcome, 0), reason);

    let (outcome, transfers) = to_billing(&json!({}), &[MINE, MACHINE]);
    assert_eq!((outcome.status, transfers), (Status::Failed, 1));
    assert_eq!(why(&outcome, 0), reason);
    assert_eq!((outcome.answered_by, outcome.agent), (None, None));
}

#[test]
fn a_step_to_an_extension_or_a_number_is_content_with_a_machine_and_says_so() {
    let unknown = r#"{"state":"CONNECTED","connectedTo":"999","connectedToType":"EXTENSION"}"#;
    let person = r#"{"state":"CONNECTED","connectedTo":"999","connectedToType":"AGENT"}"#;
    for (body, by) in [
        (VOICEMAIL, AnsweredBy::Machine),
        (MUSIC, AnsweredBy::Machine),
        (IVR, AnsweredBy::Machine),
        (unknown, AnsweredBy::Unknown),
        (person, AnsweredBy::Person),
    ] {
        for to in [
            json!({ "extension": "999" }),
            json!({ "phone": "+15550100000" }),
        ] {
            let mut platform = Platform::new(&[("call", &reads(&[MINE, MOVING, body]))]);
            let outcome = platform.drive(&mut begin(&to, &json!({})));
            assert_eq!(
                (outcome.status, outcome.answered_by, outcome.agent),
                (Status::Connected, Some(by), None),
                "{body}"
            );
        }
    }
}

#[test]
fn nobody_is_called_a_person_whom_the_platform_does_not_name() {
    for (body, by) in [
        (r#"{"state":"CONNECTED"}"#, AnsweredBy::Unknown),
        (
            r#"{"state":"CONNECTED","connectedTo":"+15550100001"}"#,
            AnsweredBy::Unknown,
        ),
        (TAKEN, AnsweredBy::Person),
    ] {
        let (outcome, _) = to_billing(&json!({}), &[MINE, MOVING, body]);
        assert_eq!(
            (outcome.status, outcome.answered_by),
            (Status::Connected, Some(by)),
            "{body}"
        );
        assert_eq!(outcome.agent.is_some(), by == AnsweredBy::Person);
    }
}

#[test]
fn an_ivr_that_had_the_call_before_proves_nothing() {
    let ivr: &[Act] = &[Say(200, IVR)];
    let mut platform = Platform::new(&[("call", ivr), ("transfer", &[Lose])]);
    let outcome = platform.drive(&mut billing());
    assert_eq!(outcome.status, Status::Failed);
    assert_eq!(why(&outcome, 0).0, ReasonCode::NotStarted);
    let mut platform = Platform::new(&[("call", &reads(&[IVR, IVR, PERSON]))]);
    let outcome = platform.drive(&mut billing());
    assert_eq!(outcome.answered_by, Some(AnsweredBy::Person));
}

#[test]
fn a_platform_that_begins_to_say_who_has_the_call_has_not_moved_it() {
    let mine = r#"{"state":"CONNECTED","connectedTo":"me","connectedToType":"AGENT"}"#;
    let (outcome, _) = to_billing(&json!({}), &[MINE, mine]);
    assert_eq!(outcome.status, Status::Unresolved);
    let (waits, queued) = (
        r#"{"state":"WAITING"}"#,
        r#"{"state":"WAITING","connectedToType":"QUEUE"}"#,
    );
    let ends = |bodies: &[&'static str]| {
        let mut platform = Platform::new(&[("call", &reads(bodies)), ("transfer", &[Lose])]);
        let outcome = platform.drive(&mut billing());
        why(&outcome, 0).0
    };
    assert_eq!(ends(&[waits, queued]), ReasonCode::NotStarted);
}

#[test]
fn a_transfer_that_fails_says_why_in_the_words_of_the_platform() {
    for (body, code, evidence) in [
        (
            r#"{"state":"FAILED","transfer":{"reason":"No Answer"}}"#,
            ReasonCode::NoAnswer,
            "No Answer",
        ),
        (
            r#"{"state":"FAILED","reason":"no line for +15550100000"}"#,
            ReasonCode::TransferFailed,
            "[redacted]",
        ),
        (
            r#"{"state":"FAILED","disconnectReasons":[{"type":"q850","code":34}]}"#,
            ReasonCode::NetworkCongested,
            "q850 34",
        ),
        (
            r#"{"state":"FAILED","disconnectReasons":[{"type":"sip","code":407}]}"#,
            ReasonCode::TransferFailed,
            "sip 407",
        ),
        (
            r#"{"state":"FAILED"}"#,
            ReasonCode::TransferFailed,
            "FAILED",
        ),
    ] {
        let policy = json!({ "steps": [voicemail()] });
        let bodies = [MINE, MOVING, body, body, MOVING, VOICEMAIL];
        let (outcome, _) = to_billing(&policy, &bodies);
        assert_eq!(why(&outcome, 0), (code, Some(evidence)), "{body}");
        assert_eq!(outcome.step.as_deref(), Some("voicemail"), "{body}");
    }
    // The same twice is said twice.
    let failed = r#"{"state":"FAILED","reason":"busy"}"#;
    let policy = json!({ "steps": [voicemail()] });
    let (outcome, _) = to_billing(&policy, &[MINE, MOVING, failed, failed, MOVING, failed]);
    for step in [0, 1] {
        assert_eq!(why(&outcome, step), (ReasonCode::Busy, Some("busy")));
    }
    let gone = r#"{"state":"DISCONNECTED","disconnectReason":"hung up by +15550100000"}"#;
    let (outcome, _) = to_billing(&json!({}), &[MINE, gone]);
    let last = outcome.reasons.last().expect("a reason");
    assert_eq!(
        (last.code, last.evidence.as_deref()),
        (ReasonCode::CallerLeft, Some("[redacted]"))
    );
}

/// The same on `genesys-v2`, where participants tell.
fn conversation(policy: &Value, bodies: &[&'static str], refusal: Option<Act>) -> (Outcome, usize) {
    let yes = Say(204, "");
    let mut platform = Platform::new(&[
        ("conversation", &reads(bodies)),
        ("transfer", &[refusal.unwrap_or_else(|| yes.clone()), yes]),
    ]);
    let options = json!({
        "profile": "genesys-v2", "seed": 7, "policy": policy,
        "transfer": { "call": "c-1", "to": { "queue": BILLING } },
    });
    let options = Options::from_json(&options.to_string()).expect("options");
    let outcome = platform.drive(&mut Transfer::new(options, Timestamp::from_millis(0)));
    (outcome, platform.transfers())
}

const WITH_ME: &str = r#"{"state":"connected","participants":[{"purpose":"agent","state":"connected","userId":"me"}]}"#;
const IN_QUEUE: &str =
    r#"{"state":"connected","participants":[{"purpose":"acd","state":"connected","queueId":"q"}]}"#;
const IN_FLOW: &str =
    r#"{"state":"connected","participants":[{"purpose":"ivr","state":"connected"}]}"#;
const IN_A_BOX: &str = r#"{"state":"connected","participants":[{"purpose":"voicemail","state":"connected","userId":"ann"}]}"#;
const WITH_ANN: &str = r#"{"state":"connected","participants":[{"purpose":"agent","state":"connected","userId":"ann"}]}"#;

fn overflow() -> Value {
    json!({ "steps": [{ "id": "overflow", "to": { "queue": OVERFLOW } }], "stepSeconds": 10 })
}

#[test]
fn participants_tell_a_queue_a_flow_a_voicemail_box_and_an_agent_apart() {
    for nobody in [IN_QUEUE, IN_FLOW] {
        let (outcome, _) = conversation(&json!({}), &[WITH_ME, WITH_ME, nobody, WITH_ANN], None);
        assert_eq!(
            (
                outcome.status,
                outcome.answered_by,
                outcome.agent.as_deref()
            ),
            (Status::Connected, Some(AnsweredBy::Person), Some("ann")),
            "{nobody}"
        );
    }
    let bodies = [WITH_ME, IN_A_BOX, IN_A_BOX, IN_QUEUE, WITH_ANN];
    let (outcome, transfers) = conversation(&overflow(), &bodies, None);
    assert_eq!((outcome.step.as_deref(), transfers), (Some("overflow"), 2));
    assert_eq!(
        why(&outcome, 0),
        (ReasonCode::MachineAnswered, Some("connected"))
    );
}

#[test]
fn who_did_not_answer_is_told_beside_the_time_that_is_over_and_only_once() {
    const RANG_OUT: &str = r#"{"state":"waiting","participants":[{"purpose":"agent","state":"terminated","userId":"ann","disconnectType":"transfer.noanswer"}]}"#;
    let (outcome, _) = conversation(&overflow(), &[WITH_ME, RANG_OUT], None);
    let told = (ReasonCode::TimedOut, Some("transfer.noanswer"));
    assert_eq!(why(&outcome, 0), told);
    let last = outcome.steps[1].reason.as_ref().expect("a reason");
    assert_eq!(last.evidence.as_deref(), Some("waiting"), "that was before");
}

#[test]
fn a_refusal_means_what_its_code_says_before_what_its_status_says() {
    for (body, code, evidence) in [
        (
            r#"{"code":"conversations.error.queue.not.found"}"#,
            ReasonCode::NotFound,
            "conversations.error.queue.not.found",
        ),
        (
            r#"{"code":"new.code"}"#,
            ReasonCode::PayloadRefused,
            "HTTP 400",
        ),
        ("", ReasonCode::PayloadRefused, "HTTP 400"),
    ] {
        let bodies = [WITH_ME, WITH_ME, IN_QUEUE, WITH_ANN];
        let (outcome, _) = conversation(&overflow(), &bodies, Some(Say(400, body)));
        assert_eq!(why(&outcome, 0), (code, Some(evidence)), "{body}");
        assert_eq!(outcome.step.as_deref(), Some("overflow"));
    }
}
