//! Calls that the platform places, and how far they are.

use core::time::Duration;

use serde_json::{Value, json};

use crate::client::Client;

const CALLER: &str = "+15551234567";
const CALLED: &str = "+15559876543";

fn input() -> Value {
    json!({
        "callerNumber": CALLER, "calledNumber": CALLED, "flow": "welcome",
        "parameters": { "greeting": "Hello from API", "agent_name": "System Bot" },
    })
}

fn payload() -> Value {
    json!({ "callerNumber": CALLER, "calledNumber": CALLED, "flowId": "welcome" })
}

/// The states that a placed call goes through, as the core reads them.
fn followed(client: &mut Client, call: &Value) -> Vec<(String, Option<bool>)> {
    let mut seen = Vec::new();
    for _ in 0..1_500 {
        let read = client.ask("personal-connection-status", &json!({ "call": call }));
        let facts = &read["facts"];
        assert_eq!(&facts["call"], call, "{read}");
        let status = facts["status"].as_str().expect("a word").to_owned();
        let state = (status, facts["ended"].as_bool());
        if seen.last() != Some(&state) {
            seen.push(state);
        }
        client.pass(Duration::from_millis(100));
    }
    seen
}

fn states(list: &[(&str, bool)]) -> Vec<(String, Option<bool>)> {
    list.iter()
        .map(|(state, ended)| ((*state).to_owned(), Some(*ended)))
        .collect()
}

#[test]
fn a_call_is_queued_rings_is_answered_and_completed() {
    let mut client = Client::new();
    let placed = client.ask("personal-connection", &input());
    let facts = &placed["facts"];
    assert_eq!(
        (&placed["status"], &facts["status"], &facts["at"]),
        (
            &json!(200),
            &json!("queued"),
            &json!("2025-06-15T15:06:40.000Z")
        )
    );
    let id = facts["call"].as_str().expect("an id");
    let groups: Vec<_> = id.split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12]);
    assert!(
        id.bytes().any(|byte| (b'g'..=b'z').contains(&byte)),
        "{id}: it is not hexadecimal"
    );
    assert_eq!(
        followed(&mut client, &facts["call"]),
        states(&[
            ("queued", false),
            ("initiated", false),
            ("ringing", false),
            ("answered", false),
            ("completed", true)
        ])
    );
    let picture = client.sim.snapshot();
    assert_eq!(picture.placed.len(), 1);
    assert_eq!(
        (
            picture.placed[0].status.as_str(),
            picture.placed[0].to.as_str()
        ),
        ("completed", CALLED)
    );
}

#[test]
fn a_number_that_does_not_answer_fails_the_call() {
    let mut client = Client::new();
    let line = json!({ "phone": CALLED, "answers": false, "answerSeconds": 10 });
    client.sim.add_extension(&line.to_string()).expect("a line");
    let placed = client.ask("personal-connection", &input());
    assert_eq!(
        followed(&mut client, &placed["facts"]["call"]),
        states(&[
            ("queued", false),
            ("initiated", false),
            ("ringing", false),
            ("failed", true)
        ])
    );
}

#[test]
fn both_paths_lead_to_the_same_calls() {
    let mut client = Client::new();
    let mut ids = std::collections::BTreeSet::new();
    for root in ["/v2", "/api/v2"] {
        let (status, placed) =
            client.post(&format!("{root}/personal-connection/calls"), &payload());
        assert_eq!((status, &placed["status"]), (200, &json!("queued")));
        let id = placed["callId"].as_str().expect("an id").to_owned();
        for root in ["/v2", "/api/v2"] {
            let path = format!("{root}/personal-connection/calls/{id}");
            assert_eq!(client.get(&path).1["callId"], id.as_str());
        }
        ids.insert(id);
    }
    assert_eq!(ids.len(), 2, "each call has its own id");
    assert_eq!(client.get("/v2/personal-connection/calls/nobody").0, 404);
}

#[test]
fn the_flow_the_caller_number_and_the_called_number_are_refused_apart() {
    let mut client = Client::new();
    for flow in [
        json!({ "id": "welcome" }),
        json!({ "id": "draft", "published": false }),
        json!({ "id": "theirs", "accessible": false }),
    ] {
        client.sim.add_flow(&flow.to_string()).expect("a flow");
    }
    for number in [
        json!({ "phone": CALLER }),
        json!({ "phone": "+15550100001", "status": "BLOCKED" }),
        json!({ "phone": "+15550100002", "status": "SUSPENDED" }),
    ] {
        client
            .sim
            .add_number(&number.to_string())
            .expect("a number");
    }
    let cases = [
        ("flow", json!("nowhere"), "invalid-flow", "$.flowId"),
        ("flow", json!("draft"), "invalid-flow", "$.flowId"),
        ("flow", json!("theirs"), "invalid-flow", "$.flowId"),
        (
            "callerNumber",
            json!("+15550100000"),
            "invalid-caller-number",
            "$.callerNumber",
        ),
        (
            "callerNumber",
            json!("+15550100001"),
            "invalid-caller-number",
            "$.callerNumber",
        ),
        (
            "callerNumber",
            json!("+15550100002"),
            "invalid-caller-number",
            "$.callerNumber",
        ),
    ];
    for (field, value, code, path) in cases {
        let mut input = input();
        input[field] = value;
        let refused = client.ask("personal-connection", &input);
        let issues = refused["problem"]["report"]["issues"]
            .as_array()
            .expect("issues");
        assert_eq!(
            (&refused["status"], issues.len()),
            (&json!(400), 1),
            "{refused}"
        );
        assert_eq!(
            (&issues[0]["code"], &issues[0]["path"]),
            (&json!(code), &json!(path))
        );
    }
    for (field, value, complaint) in [
        ("flowId", Value::Null, "Invalid Flow ID"),
        ("callerNumber", json!("5551234567"), "Invalid Caller Number"),
        ("callerNumber", Value::Null, "Invalid Caller Number"),
        ("calledNumber", json!("555"), "Invalid Called Number"),
        ("parameters", json!([]), "must be an object"),
    ] {
        let mut payload = payload();
        payload[field] = value;
        let (status, answer) = client.post("/v2/personal-connection/calls", &payload);
        assert_eq!(
            (status, &answer["errors"][0]["field"]),
            (400, &json!(field))
        );
        let said = answer["message"].as_str().expect("a sentence");
        assert!(said.starts_with(complaint), "{said}");
    }
    let (_, answer) = client.post("/v2/personal-connection/calls", &json!({}));
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(3));
    assert!(client.sim.snapshot().placed.is_empty());
    assert_eq!(client.ask("personal-connection", &input())["status"], 200);
}

#[test]
fn a_rate_limit_and_a_lacking_scope_place_nothing() {
    for (fault, code) in [
        (
            json!({ "operation": "personal-connection", "retryAfter": 2 }),
            "rate-limited",
        ),
        (
            json!({ "operation": "personal-connection", "status": 403 }),
            "missing-scope",
        ),
    ] {
        let mut client = Client::new();
        client.sim.add_fault(&fault.to_string()).expect("a fault");
        let refused = client.ask("personal-connection", &input());
        assert_eq!(refused["problem"]["code"], code);
        assert!(client.sim.snapshot().placed.is_empty());
        assert_eq!(client.ask("personal-connection", &input())["ok"], true);
        assert_eq!(client.sim.snapshot().placed.len(), 1);
    }
}

#[test]
fn a_stale_read_of_a_placed_call_tells_what_was() {
    let mut client = Client::new();
    let placed = client.ask("personal-connection", &input());
    let call = json!({ "call": placed["facts"]["call"] });
    client.settle();
    let fault = r#"{"operation": "personal-connection-status", "staleSeconds": 15}"#;
    client.sim.add_fault(fault).expect("a fault");
    let mut status = || client.ask("personal-connection-status", &call)["facts"]["status"].clone();
    assert_eq!(
        [status(), status()],
        [json!("answered"), json!("completed")]
    );
}
