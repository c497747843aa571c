//! `genesys-v2`: a conversation that is patched from queue to queue, on the same machine.

use patchcord::Timestamp;
use patchcord::model::reason::ReasonCode;
use patchcord::transfer::{Options, Outcome, Status, StepResult, Transfer};
use serde_json::{Value, json};

use crate::host::{BILLING, OVERFLOW};
use crate::scripted::Act::{self, Lose, Say};
use crate::scripted::Platform;

const MINE: &str = r#"{"state":"connected","agentId":"me"}"#;
const QUEUED: &str = r#"{"state":"queued"}"#;
const RINGING: &str = r#"{"state":"ringing"}"#;
const TAKEN: &str = r#"{"state":"connected","agentId":"ann"}"#;

fn begin(policy: &Value) -> Transfer {
    let options = json!({
        "profile": "genesys-v2", "seed": 7, "policy": policy,
        "transfer": { "call": "c-1", "to": { "queue": BILLING }, "reasonCode": "escalation" },
    });
    let options = Options::from_json(&options.to_string()).expect("options");
    Transfer::new(options, Timestamp::from_millis(0))
}

fn overflow() -> Value {
    json!({ "steps": [{ "id": "overflow", "to": { "queue": OVERFLOW } }], "stepSeconds": 10 })
}

/// A platform whose conversation reads so, and which answers transfers so.
fn platform(reads: &[Act], writes: &[Act]) -> Platform {
    Platform::new(&[("conversation", reads), ("transfer", writes)])
}

fn drive(policy: &Value, reads: &[Act], writes: &[Act]) -> (Outcome, Platform) {
    let mut platform = platform(reads, writes);
    let outcome = platform.drive(&mut begin(policy));
    (outcome, platform)
}

fn codes(outcome: &Outcome) -> Vec<ReasonCode> {
    outcome.reasons.iter().map(|reason| reason.code).collect()
}

#[test]
fn a_conversation_is_read_patched_once_and_followed_to_the_agent_who_takes_it() {
    for yes in [Say(200, "{}"), Say(204, "")] {
        let reads = [
            Say(200, MINE),
            Say(200, MINE),
            Say(200, QUEUED),
            Say(200, TAKEN),
        ];
        let (outcome, platform) = drive(&json!({}), &reads, &[yes]);
        assert_eq!(
            (outcome.status, outcome.agent.as_deref(), outcome.attempts),
            (Status::Connected, Some("ann"), 1)
        );
        let first = platform.sent.first().map(|sent| sent.0.as_str());
        assert_eq!((first, platform.transfers()), (Some("conversation"), 1));
        let body = platform
            .sent
            .iter()
            .find_map(|sent| sent.1.as_deref())
            .expect("a payload");
        let body: Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(
            body,
            json!({ "actions": [{ "action": "transfer", "toType": "queue", "toId": BILLING, "reasonCode": "escalation" }] })
        );
    }
}

#[test]
fn a_queued_or_waiting_conversation_is_moved_at_once() {
    for state in [QUEUED, r#"{"state":"waiting"}"#] {
        let (outcome, _) = drive(
            &json!({}),
            &[Say(200, state), Say(200, QUEUED), Say(200, TAKEN)],
            &[Say(204, "")],
        );
        assert_eq!(outcome.status, Status::Connected, "{state}");
    }
}

#[test]
fn what_is_not_queued_waiting_or_connected_is_refused_and_nothing_is_sent() {
    for (state, word, seconds) in [
        (RINGING, "ringing", 10),
        (r#"{"state":"parked"}"#, "parked", 0),
    ] {
        let (outcome, platform) = drive(&json!({}), &[Say(200, state)], &[]);
        assert_eq!(
            (outcome.status, platform.transfers()),
            (Status::Refused, 0),
            "{word}"
        );
        let last = outcome.reasons.last().expect("a reason");
        assert_eq!(
            (last.code, last.evidence.as_deref()),
            (ReasonCode::Conflict, Some(word))
        );
        assert_eq!(
            outcome.took,
            seconds * 1_000,
            "{word}: what rings may be answered in a moment"
        );
    }
    for state in ["closed", "ended"] {
        let body: &'static str = if state == "closed" {
            r#"{"state":"closed"}"#
        } else {
            r#"{"state":"ended"}"#
        };
        let (outcome, platform) = drive(&json!({}), &[Say(200, body)], &[]);
        assert_eq!(
            (outcome.status, platform.transfers()),
            (Status::CallerLeft, 0)
        );
    }
}

#[test]
fn a_conversation_that_rings_is_transferred_once_it_is_answered() {
    let reads = [
        Say(200, RINGING),
        Say(200, MINE),
        Say(200, QUEUED),
        Say(200, TAKEN),
    ];
    let (outcome, platform) = drive(&json!({}), &reads, &[Say(204, "")]);
    assert_eq!(
        (outcome.status, platform.transfers()),
        (Status::Connected, 1)
    );
}

#[test]
fn a_transfer_that_is_still_queued_is_overtaken_unless_the_policy_says_otherwise() {
    let reads = [Say(200, MINE), Say(200, QUEUED)];
    let (outcome, platform) = drive(&overflow(), &reads, &[Say(204, "")]);
    assert_eq!(platform.transfers(), 2);
    assert_eq!(
        outcome.steps[0].reason.as_ref().map(|reason| reason.code),
        Some(ReasonCode::TimedOut)
    );

    let mut patient = overflow();
    patient["overtakeIn"] = json!([]);
    let (outcome, platform) = drive(&patient, &reads, &[Say(204, "")]);
    assert_eq!(
        (outcome.status, platform.transfers()),
        (Status::Unresolved, 1)
    );
}

#[test]
fn each_refusal_has_its_own_code_and_says_whether_to_go_on() {
    let (not_found, forbidden) = (ReasonCode::CallNotFound, ReasonCode::MissingScope);
    for (status, code) in [(403, forbidden), (404, not_found)] {
        let (outcome, platform) = drive(&overflow(), &[Say(200, MINE)], &[Say(status, "")]);
        assert_eq!(
            (outcome.status, platform.transfers()),
            (Status::Failed, 1),
            "{status} ends the run"
        );
        assert_eq!(codes(&outcome).last(), Some(&code), "{status}");
    }
    let (outcome, _) = drive(&overflow(), &[Say(200, MINE)], &[Say(403, "")]);
    let scope = outcome
        .reasons
        .last()
        .and_then(|reason| reason.evidence.as_deref());
    assert_eq!(scope, Some("conversation:transfer:write"));

    for (status, unchanged, code) in [
        (409, 5, ReasonCode::Conflict),
        (422, 2, ReasonCode::PayloadRefused),
    ] {
        let reads: Vec<Act> = std::iter::repeat_n(MINE, unchanged)
            .chain([QUEUED, TAKEN])
            .map(|body| Say(200, body))
            .collect();
        let (outcome, platform) = drive(&overflow(), &reads, &[Say(status, ""), Say(204, "")]);
        assert_eq!(
            (outcome.status, platform.transfers()),
            (Status::Connected, 2),
            "{status} goes on"
        );
        let first = &outcome.steps[0];
        assert_eq!(
            (
                first.result,
                first.reason.as_ref().map(|reason| reason.code)
            ),
            (StepResult::Failed, Some(code))
        );
    }
}

#[test]
fn a_conversation_that_the_platform_does_not_know_is_not_patched() {
    let (outcome, platform) = drive(&overflow(), &[Say(404, "")], &[]);
    assert_eq!((outcome.status, platform.transfers()), (Status::Refused, 0));
    assert_eq!(codes(&outcome), [ReasonCode::CallNotFound]);
}

#[test]
fn a_lost_answer_is_looked_into_and_the_conversation_not_patched_twice() {
    let reads = [Say(200, MINE), Say(200, QUEUED), Say(200, TAKEN)];
    let (outcome, platform) = drive(&json!({}), &reads, &[Lose]);
    assert_eq!(
        (outcome.status, platform.transfers()),
        (Status::Connected, 1)
    );
}

#[test]
fn a_caller_who_waits_in_another_queue_than_before_has_been_moved() {
    let here = r#"{"state":"queued","queueId":"here"}"#;
    let there = r#"{"state":"queued","queueId":"there"}"#;
    let mut reads = vec![Say(200, here)];
    reads.extend([there; 4].map(|body| Say(200, body)));
    reads.push(Say(200, TAKEN));
    let (outcome, platform) = drive(&json!({}), &reads, &[Lose]);
    assert_eq!(
        (outcome.status, platform.transfers()),
        (Status::Connected, 1)
    );
}

#[test]
fn a_run_is_written_down_and_taken_up() {
    let mut transfer = begin(&overflow());
    let mut before = platform(&[Say(200, MINE), Say(200, QUEUED)], &[Say(204, "")]);
    before.drive_until(&mut transfer, |platform| platform.transfers() == 1);
    let text = transfer.snapshot();
    let mut transfer =
        Transfer::restore(&text, Timestamp::from_millis(1_000)).expect("our own snapshot");
    let mut after = platform(&[Say(200, QUEUED), Say(200, TAKEN)], &[]);
    let outcome = after.drive(&mut transfer);
    assert_eq!((outcome.status, after.transfers()), (Status::Connected, 0));
}

#[test]
fn what_a_policy_sends_elsewhere_than_to_queues_is_reported() {
    let policy = json!({ "steps": [{ "id": "voicemail", "to": { "extension": "999" } }] });
    let report =
        patchcord::parts::check_policy("genesys-v2", &policy.to_string()).expect("a report");
    assert_eq!(report.issues()[0].code.as_str(), "not-supported");
}
