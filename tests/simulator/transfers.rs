//! How a transfer goes.

use core::time::Duration;

use serde_json::json;

use crate::client::{BILLING, Client, TIER_2, actions};

/// The states that polling shows, one after the other, with who has the call.
fn polled(client: &mut Client) -> Vec<(String, Option<String>)> {
    let mut seen = Vec::new();
    while client.sim.next_change().is_some() {
        client.pass(Duration::from_millis(50));
        let (_, call) = client.get("/api/v2/voice/calls/call-1");
        let state = (
            call["state"].as_str().unwrap_or_default().to_owned(),
            call["connectedTo"].as_str().map(str::to_owned),
        );
        if seen.last() != Some(&state) {
            seen.push(state);
        }
    }
    seen
}

fn states(list: &[(&str, Option<&str>)]) -> Vec<(String, Option<String>)> {
    list.iter()
        .map(|(state, party)| ((*state).to_owned(), party.map(str::to_owned)))
        .collect()
}

#[test]
fn a_call_waits_rings_and_reaches_an_agent_who_is_busy_from_then_on() {
    let mut client = Client::with_agents(&json!([{ "id": "ann", "answerSeconds": 2 }]));
    let (status, accepted) = client.transfer("call-1", "QUEUE", BILLING);
    assert_eq!((status, &accepted["state"]), (202, &json!("WAITING")));
    assert!(accepted["id"].as_str().is_some_and(|id| id.len() == 36));
    let seen = polled(&mut client);
    assert_eq!(
        seen,
        states(&[
            ("WAITING", None),
            ("IN_TRANSFER", None),
            ("CONNECTED", Some("ann"))
        ])
    );
    assert_eq!(client.status("ann"), "ON_CALL");
    let call = client.call("call-1");
    assert_eq!(
        actions(&call),
        [
            "CALL_ADDED",
            "TRANSFER_ACCEPTED",
            "QUEUED",
            "RINGING",
            "TRANSFER_SUCCESS"
        ]
    );
    assert_eq!(
        (call.history[3].agent.as_deref(), call.transfers),
        (Some("ann"), 1)
    );
    assert_eq!(
        call.history[4].at.since(call.history[3].at),
        Duration::from_secs(2)
    );
}

#[test]
fn a_blind_transfer_lets_the_agent_go_and_reads_connected_until_it_moves() {
    let mut client = Client::with_agents(&json!([{ "id": "ann" }, { "id": "bob" }]));
    client
        .sim
        .add_call(r#"{"id": "call-2", "connectedTo": "ann"}"#)
        .expect("a call");
    assert_eq!(client.status("ann"), "ON_CALL");
    client.transfer("call-2", "QUEUE", BILLING);
    let (_, call) = client.get("/api/v2/voice/calls/call-2");
    assert_eq!(
        (
            &call["state"],
            &call["connectedTo"],
            &call["transfer"]["state"]
        ),
        (&json!("CONNECTED"), &json!("ann"), &json!("PENDING"))
    );
    client.settle();
    assert_eq!(client.call("call-2").connected_to.as_deref(), Some("bob"));
    assert_eq!(
        (client.status("ann"), client.status("bob")),
        (json!("AVAILABLE"), json!("ON_CALL"))
    );
}

#[test]
fn in_a_consult_the_agent_stays_until_the_target_answers() {
    let mut client = Client::with_agents(&json!([{ "id": "ann" }, { "id": "bob" }]));
    client.sim.hang_up("call-1").expect("a call");
    client
        .sim
        .add_call(r#"{"id": "call-2", "connectedTo": "ann"}"#)
        .expect("a call");
    let payload = json!({ "transferType": "CONSULT", "targetType": "QUEUE", "targetId": BILLING });
    client.post("/api/v2/voice/calls/call-2/transfer", &payload);
    client.settle();
    let call = client.call("call-2");
    let parties: Vec<_> = call
        .history
        .iter()
        .map(|entry| entry.connected_to.as_deref())
        .collect();
    assert_eq!(
        parties,
        [
            Some("ann"),
            Some("ann"),
            Some("ann"),
            Some("ann"),
            Some("bob")
        ]
    );
    assert_eq!(client.status("ann"), "AVAILABLE");
}

#[test]
fn the_skill_decides_who_is_rung() {
    let agents = json!([{ "id": "ann" }, { "id": "bob", "skills": [TIER_2] }]);
    for payload in [
        json!({ "transferType": "BLIND", "targetType": "QUEUE", "targetId": BILLING, "skillId": TIER_2 }),
        json!({ "transferType": "BLIND", "targetType": "SKILL", "targetId": TIER_2 }),
    ] {
        let mut client = Client::with_agents(&agents);
        assert_eq!(
            client
                .post("/api/v2/voice/calls/call-1/transfer", &payload)
                .0,
            202
        );
        client.settle();
        assert_eq!(
            client.outcome(),
            ("CONNECTED".to_owned(), Some("bob".to_owned())),
            "{payload}"
        );
    }
}

#[test]
fn extensions_and_numbers_answer_unless_they_are_told_not_to() {
    for (kind, number, field) in [
        ("EXTENSION", "999", "extension"),
        ("NUMBER", "+15550100000", "phone"),
    ] {
        let mut client = Client::with_agents(&json!([]));
        client.transfer("call-1", kind, number);
        let seen = polled(&mut client);
        assert_eq!(seen.last(), states(&[("CONNECTED", Some(number))]).last());
        client
            .sim
            .add_extension(&json!({ field: number, "answers": false }).to_string())
            .expect("a line");
        client.transfer("call-1", kind, number);
        client.settle();
        assert_eq!(client.outcome(), ("FAILED".to_owned(), None));
    }
}

#[test]
fn a_waiting_call_is_taken_when_an_agent_becomes_free() {
    let mut client = Client::with_agents(&json!([{ "id": "ann", "status": "BREAK" }]));
    client.transfer("call-1", "QUEUE", BILLING);
    client.pass(Duration::from_secs(10));
    assert_eq!(client.outcome().0, "WAITING");
    assert_eq!(client.sim.snapshot().queues[0].waiting, ["call-1"]);
    client
        .sim
        .set_agent(r#"{"agent": "ann", "status": "AVAILABLE"}"#)
        .expect("known");
    client.settle();
    assert_eq!(
        client.outcome(),
        ("CONNECTED".to_owned(), Some("ann".to_owned()))
    );
}

#[test]
fn the_more_urgent_call_is_taken_first() {
    let mut client = Client::with_agents(&json!([{ "id": "ann", "status": "BREAK" }]));
    client.sim.add_call(r#"{"id": "call-2"}"#).expect("a call");
    for (call, priority) in [("call-1", 3), ("call-2", 1)] {
        let payload = json!({ "transferType": "BLIND", "targetType": "QUEUE", "targetId": BILLING, "priority": priority });
        client.post(&format!("/api/v2/voice/calls/{call}/transfer"), &payload);
        client.pass(Duration::from_secs(3));
    }
    client
        .sim
        .set_agent(r#"{"agent": "ann", "status": "AVAILABLE"}"#)
        .expect("known");
    client.settle();
    assert_eq!(
        (
            client.call("call-2").state.as_str(),
            client.outcome().0.as_str()
        ),
        ("CONNECTED", "FAILED")
    );
}
