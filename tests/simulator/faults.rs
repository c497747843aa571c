//! What goes wrong by script.

use core::time::Duration;

use serde_json::{Value, json};

use crate::client::{BILLING, Client, read};

fn client_with(fault: &Value) -> Client {
    let mut client = Client::with_agents(&json!([{ "id": "ann" }]));
    client.sim.add_fault(&fault.to_string()).expect("a fault");
    client
}

fn body() -> Vec<u8> {
    json!({ "transferType": "BLIND", "targetType": "QUEUE", "targetId": BILLING })
        .to_string()
        .into_bytes()
}

const TRANSFER: &str = "/api/v2/voice/calls/call-1/transfer";

#[test]
fn an_answer_is_lost_before_or_after_the_platform_acted() {
    for (lose, transfers) in [("before", 0), ("after", 1)] {
        let mut client = client_with(&json!({ "operation": "transfer", "lose": lose }));
        let answer = client.send("POST", TRANSFER, &body());
        assert_eq!(
            (answer.response, client.sim.transfers("call-1")),
            (None, transfers),
            "{lose}"
        );
        assert!(answer.at > client.now);
    }
}

#[test]
fn a_status_comes_from_a_platform_that_did_nothing_unless_it_acts() {
    for (acts, transfers) in [(false, 0), (true, 1)] {
        let mut client =
            client_with(&json!({ "operation": "transfer", "status": 503, "acts": acts }));
        let (status, answer) = read(client.send("POST", TRANSFER, &body()));
        assert_eq!((status, &answer["code"]), (503, &json!("server-error")));
        assert_eq!(client.sim.transfers("call-1"), transfers);
    }
}

#[test]
fn a_rate_limit_says_when_to_come_back() {
    for (retry_after, header) in [
        (json!(2), "2"),
        (
            json!("Wed, 21 Oct 2026 07:28:00 GMT"),
            "Wed, 21 Oct 2026 07:28:00 GMT",
        ),
    ] {
        let mut client = client_with(&json!({ "retryAfter": retry_after }));
        let answer = client
            .send("GET", "/api/v2/voice/calls/call-1", b"")
            .response
            .expect("an answer");
        assert_eq!(
            (answer.status, answer.header("Retry-After")),
            (429, Some(header))
        );
        assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 200);
    }
}

#[test]
fn a_refused_scope_is_named() {
    let mut client = client_with(&json!({ "operation": "agents", "status": 403 }));
    let (status, answer) = client.get(&format!("/api/v2/voice/queues/{BILLING}/agents"));
    assert_eq!(
        (status, &answer["requiredScopes"]),
        (403, &json!(["voice:queue:read"]))
    );
}

#[test]
fn a_body_and_headers_take_the_place_of_the_platforms_own() {
    let fault =
        json!({ "body": "<html>", "headers": { "Content-Type": "text/html", "X-Proxy": "1" } });
    let mut client = client_with(&fault);
    let answer = client
        .send("GET", "/api/v2/voice/calls/call-1", b"")
        .response
        .expect("an answer");
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (200, b"<html>".as_slice())
    );
    assert_eq!(answer.headers.len(), 2);
    assert_eq!(
        (answer.header("content-type"), answer.header("x-proxy")),
        (Some("text/html"), Some("1"))
    );
}

#[test]
fn a_delayed_answer_tells_what_was_when_it_was_asked() {
    let mut client = client_with(&json!({ "operation": "call", "delaySeconds": 7.5 }));
    client.transfer("call-1", "QUEUE", BILLING);
    let asked = client.now;
    let answer = client.send("GET", "/api/v2/voice/calls/call-1", b"");
    let took = answer.at.since(asked);
    assert!(
        (Duration::from_millis(7_520)..=Duration::from_millis(7_620)).contains(&took),
        "{took:?}"
    );
    assert_eq!(read(answer).1["state"], "WAITING");
}

#[test]
fn a_stale_read_tells_what_was_a_while_ago() {
    let mut client = client_with(&json!({ "operation": "call", "staleSeconds": 60 }));
    client.pass(Duration::from_secs(100));
    client.transfer("call-1", "QUEUE", BILLING);
    client.settle();
    let (_, stale) = client.get("/api/v2/voice/calls/call-1");
    assert_eq!(
        (&stale["state"], &stale["connectedTo"], &stale["transfer"]),
        (&json!("WAITING"), &Value::Null, &Value::Null)
    );
    assert_eq!(
        client.get("/api/v2/voice/calls/call-1").1["state"],
        "CONNECTED"
    );
}

#[test]
fn a_fault_strikes_the_requests_that_it_names() {
    let mut client = client_with(
        &json!({ "operation": "call", "call": "call-2", "skip": 1, "times": 2, "status": 500 }),
    );
    client.sim.add_call(r#"{"id": "call-2"}"#).expect("a call");
    let mut asked = |call: &str| client.get(&format!("/api/v2/voice/calls/{call}")).0;
    assert_eq!((asked("call-1"), asked("call-1")), (200, 200));
    assert_eq!(
        [
            asked("call-2"),
            asked("call-2"),
            asked("call-2"),
            asked("call-2")
        ],
        [200, 500, 500, 200]
    );
}
