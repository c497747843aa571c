//! Whole runs of the transfer machine on `genesys-v2`.

use core::time::Duration;

use patchcord::model::reason::ReasonCode;
use patchcord::transfer::Status;
use serde_json::{Value, json};

use crate::client::{BILLING, Client};
use crate::conversations::{SUPPORT, centre, set};
use crate::drive::{Run, drive};

fn run(client: &mut Client, policy: &Value, at: impl FnMut(&mut Client)) -> Run {
    let options = json!({
        "profile": "genesys-v2", "seed": 7, "policy": policy,
        "transfer": { "call": "call-1", "to": { "queue": SUPPORT } },
    });
    drive(client, &options, at)
}

#[test]
fn a_run_ends_with_the_agent_who_takes_the_conversation() {
    for answered_before in [Duration::ZERO, Duration::from_secs(9)] {
        let mut client = centre();
        let free_at = client.now.after(answered_before);
        let run = run(&mut client, &json!({}), |client| {
            if client.now >= free_at {
                set(client, "carl", "AVAILABLE");
            }
        });
        let outcome = run.outcome;
        assert_eq!(
            (outcome.status, outcome.agent.as_deref(), outcome.attempts),
            (Status::Connected, Some("carl"), 1),
            "{:?}",
            outcome.reasons
        );
        assert_eq!(client.sim.transfers("call-1"), 1);
    }
}

#[test]
fn a_run_overtakes_what_is_still_queued_and_moves_it_to_the_next_queue() {
    let mut client = centre();
    set(&mut client, "bob", "AVAILABLE");
    let policy =
        json!({ "steps": [{ "id": "overflow", "to": { "queue": BILLING } }], "stepSeconds": 10 });
    let run = run(&mut client, &policy, |_| {});
    assert_eq!(
        (run.outcome.status, run.outcome.step.as_deref()),
        (Status::Connected, Some("overflow"))
    );
    assert_eq!(
        (run.count("transfer"), client.sim.transfers("call-1")),
        (2, 2)
    );
}

#[test]
fn a_run_does_not_patch_twice_where_the_answer_is_lost() {
    for lose in ["before", "after"] {
        let mut client = centre();
        set(&mut client, "carl", "AVAILABLE");
        let fault = json!({ "operation": "transfer", "lose": lose });
        client.sim.add_fault(&fault.to_string()).expect("a fault");
        let run = run(&mut client, &json!({}), |_| {});
        assert_eq!(run.outcome.status, Status::Connected, "{lose}");
        assert_eq!(client.sim.transfers("call-1"), 1, "{lose}");
        assert_eq!(client.call("call-1").connected_to.as_deref(), Some("carl"));
    }
}

#[test]
fn a_run_waits_out_a_rate_limit_and_ends_where_the_scope_is_lacking() {
    let mut client = centre();
    set(&mut client, "carl", "AVAILABLE");
    let limited = r#"{"operation": "transfer", "retryAfter": 4}"#;
    client.sim.add_fault(limited).expect("a fault");
    let begun = client.now;
    let outcome = run(&mut client, &json!({}), |_| {}).outcome;
    assert_eq!(outcome.status, Status::Connected);
    assert!(client.now.since(begun) >= Duration::from_secs(4));

    let mut client = centre();
    let forbidden = r#"{"operation": "transfer", "status": 403}"#;
    client.sim.add_fault(forbidden).expect("a fault");
    let outcome = run(&mut client, &json!({}), |_| {}).outcome;
    let last = outcome.reasons.last().expect("a reason");
    assert_eq!(
        (outcome.status, last.code),
        (Status::Failed, ReasonCode::MissingScope)
    );
    assert_eq!(client.sim.transfers("call-1"), 0);
}

#[test]
fn a_run_on_a_conversation_that_is_gone_sends_nothing() {
    for (call, status) in [
        (
            json!({ "id": "gone", "ageSeconds": 86_400 }),
            Status::Refused,
        ),
        (
            json!({ "id": "gone", "state": "closed" }),
            Status::CallerLeft,
        ),
    ] {
        let mut client = centre();
        client.sim.add_call(&call.to_string()).expect("a call");
        let options = json!({
            "profile": "genesys-v2", "seed": 7,
            "transfer": { "call": "gone", "to": { "queue": SUPPORT } },
        });
        let run = drive(&mut client, &options, |_| {});
        assert_eq!(
            (run.outcome.status, run.count("transfer")),
            (status, 0),
            "{call}"
        );
    }
}
