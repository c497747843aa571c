//! How a transfer comes to nothing.

use core::time::Duration;

use serde_json::{Value, json};

use crate::client::{BILLING, Client};

#[test]
fn a_consult_that_fails_leaves_the_caller_with_the_agent() {
    let mut client = Client::with_agents(&json!([{ "id": "ann" }]));
    client
        .sim
        .add_call(r#"{"id": "call-2", "connectedTo": "ann"}"#)
        .expect("a call");
    let payload = json!({ "transferType": "CONSULT", "targetType": "QUEUE", "targetId": BILLING });
    client.post("/api/v2/voice/calls/call-2/transfer", &payload);
    client.settle();
    let call = client.call("call-2");
    assert_eq!(
        (call.state.as_str(), call.connected_to.as_deref()),
        ("FAILED", Some("ann"))
    );
    assert_eq!(client.status("ann"), "ON_CALL");
}

#[test]
fn what_cannot_work_fails_with_its_reason() {
    let cases = [
        (
            json!({ "agents": [] }),
            "No available agents with required skill",
        ),
        (
            json!({ "agents": [{ "id": "ann", "status": "OFFLINE" }] }),
            "No available agents with required skill",
        ),
        (
            json!({ "agents": [{ "id": "ann", "status": "BREAK" }] }),
            "queue overflow",
        ),
        (
            json!({ "agents": [{ "id": "ann", "answers": false }] }),
            "no answer",
        ),
        (
            json!({ "agents": [{ "id": "ann" }], "campaign": "INACTIVE" }),
            "campaign is not active",
        ),
        (
            json!({ "agents": [{ "id": "ann" }], "campaign": null }),
            "queue is not associated with any active campaign",
        ),
    ];
    for (mut queue, reason) in cases {
        let mut client = Client::new();
        queue["id"] = json!(BILLING);
        client.sim.add_queue(&queue.to_string()).expect("a queue");
        client.sim.add_call(r#"{"id": "call-1"}"#).expect("a call");
        assert_eq!(client.transfer("call-1", "QUEUE", BILLING).0, 202);
        client.settle();
        assert_eq!(client.outcome(), ("FAILED".to_owned(), None), "{queue}");
        assert_eq!(
            client
                .call("call-1")
                .history
                .last()
                .and_then(|entry| entry.reason),
            Some(reason),
            "{queue}"
        );
        let (_, call) = client.get("/api/v2/voice/calls/call-1");
        assert_eq!(
            (&call["transfer"]["state"], &call["transfer"]["reason"]),
            (&json!("FAILED"), &json!(reason))
        );
    }
}

#[test]
fn an_agent_who_lets_it_ring_gets_no_further_calls() {
    let mut client =
        Client::with_agents(&json!([{ "id": "ann", "answers": false }, { "id": "bob" }]));
    client.transfer("call-1", "QUEUE", BILLING);
    client.settle();
    assert_eq!(client.outcome().0, "FAILED");
    assert_eq!(client.status("ann"), "REFUSED");
    client.transfer("call-1", "QUEUE", BILLING);
    client.settle();
    assert_eq!(
        client.outcome(),
        ("CONNECTED".to_owned(), Some("bob".to_owned()))
    );
}

#[test]
fn an_agent_who_goes_away_while_it_rings_does_not_answer() {
    let mut client = Client::with_agents(&json!([{ "id": "ann", "answerSeconds": 10 }]));
    client.transfer("call-1", "QUEUE", BILLING);
    client.pass(Duration::from_secs(5));
    assert_eq!(client.status("ann"), "RINGING");
    client
        .sim
        .set_agent(&json!({ "queue": BILLING, "agent": "ann", "status": "OFFLINE" }).to_string())
        .expect("known");
    client.settle();
    assert_eq!(
        (client.outcome().0.as_str(), client.status("ann")),
        ("FAILED", json!("OFFLINE"))
    );
}

#[test]
fn a_forced_failure_fails_the_next_transfer_and_not_the_one_after() {
    for (kind, target) in [("QUEUE", BILLING), ("EXTENSION", "999")] {
        let mut client = Client::with_agents(&json!([{ "id": "ann" }]));
        client
            .sim
            .force_failure(r#"{"call": "call-1"}"#)
            .expect("known");
        for state in ["FAILED", "CONNECTED"] {
            assert_eq!(client.transfer("call-1", kind, target).0, 202);
            client.settle();
            assert_eq!(client.outcome().0, state, "{kind}");
        }
        assert_eq!(client.sim.transfers("call-1"), 2);
    }
}

#[test]
fn a_call_has_one_transfer_at_a_time_and_none_when_it_is_over() {
    let mut client = Client::with_agents(&json!([{ "id": "ann" }]));
    assert_eq!(client.transfer("call-1", "QUEUE", BILLING).0, 202);
    let (status, conflict) = client.transfer("call-1", "EXTENSION", "999");
    assert_eq!(
        (status, &conflict["code"]),
        (409, &json!("transfer-pending"))
    );
    client.settle();
    client.sim.hang_up("call-1").expect("known");
    let (status, conflict) = client.transfer("call-1", "EXTENSION", "999");
    assert_eq!((status, &conflict["code"]), (409, &json!("call-over")));
    assert_eq!(client.sim.transfers("call-1"), 1);
}

#[test]
fn a_caller_may_hang_up_at_any_moment_and_every_agent_is_free_again() {
    for wait in (0..8_000).step_by(250) {
        let mut client = Client::with_agents(&json!([{ "id": "ann" }, { "id": "bob" }]));
        client
            .sim
            .add_call(r#"{"id": "call-2", "connectedTo": "ann"}"#)
            .expect("a call");
        let payload =
            json!({ "transferType": "CONSULT", "targetType": "QUEUE", "targetId": BILLING });
        client.post("/api/v2/voice/calls/call-2/transfer", &payload);
        client.pass(Duration::from_millis(wait));
        client.sim.hang_up("call-2").expect("known");
        assert_eq!(client.sim.next_change(), None, "{wait}");
        client.pass(Duration::from_secs(60));
        let (_, call) = client.get("/api/v2/voice/calls/call-2");
        assert_eq!(
            (&call["state"], &call["connectedTo"]),
            (&json!("DISCONNECTED"), &Value::Null),
            "{wait}"
        );
        assert_eq!(
            (client.status("ann"), client.status("bob")),
            (json!("AVAILABLE"), json!("AVAILABLE")),
            "{wait}"
        );
    }
}

#[test]
fn a_call_reads_waiting_once_it_is_transferred_again_after_a_failure() {
    let mut client = Client::with_agents(&json!([]));
    client.transfer("call-1", "QUEUE", BILLING);
    client.settle();
    assert_eq!(client.outcome().0, "FAILED");
    client.transfer("call-1", "EXTENSION", "999");
    assert_eq!(client.outcome().0, "WAITING");
}

#[test]
fn who_gave_a_call_away_is_not_given_it_back() {
    for mode in ["BLIND", "CONSULT"] {
        let mut client = Client::with_agents(&json!([{ "id": "ann" }]));
        let call = r#"{"id": "call-2", "connectedTo": "ann"}"#;
        client.sim.add_call(call).expect("a call");
        let payload = json!({ "transferType": mode, "targetType": "QUEUE", "targetId": BILLING });
        client.post("/api/v2/voice/calls/call-2/transfer", &payload);
        client.settle();
        assert_eq!(client.call("call-2").state, "FAILED", "{mode}");
    }
}
