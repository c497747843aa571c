//! The legs of a call, joined in one request.

use serde_json::{Value, json};

use crate::client::{Client, actions, read};

const PATH: &str = "/api/v2/cti/calls/call-1/bridge";
const NUMBER: &str = "+15550100000";

fn centre() -> Client {
    let mut client = Client::with_agents(&json!([{ "id": "ann" }]));
    let call = r#"{"id": "call-2", "connectedTo": "ann"}"#;
    client.sim.add_call(call).expect("a call");
    client
}

/// What the document sends.
fn payload() -> Value {
    json!({
        "callId": "call-1", "targets": [{ "type": "phone", "value": NUMBER }], "direction": "transfer",
        "bridgeMatrix": [{ "source": 0, "target": 1 }], "dtmf": "RFC2833",
    })
}

fn bridge(client: &mut Client, id: &str, payload: &Value) -> (u16, Value) {
    let id = [("X-CXone-Request-ID", id.to_owned())];
    read(client.send_with("POST", PATH, payload.to_string().as_bytes(), &id))
}

#[test]
fn what_the_core_builds_joins_the_call_and_the_number() {
    let mut client = centre();
    let input = json!({
        "call": "call-1", "targets": [{ "phone": NUMBER }], "direction": "transfer", "matrix": [[0, 1]],
    });
    let read = client.ask("bridge", &input);
    assert_eq!(
        (&read["status"], &read["facts"]["state"]),
        (&json!(200), &json!("bridged")),
        "{read}"
    );
    let made = &client.sim.snapshot().bridges[0];
    assert_eq!(read["facts"]["id"], made.id.as_str());
    assert_eq!(
        (
            made.call.as_str(),
            made.direction.as_str(),
            made.targets.as_slice()
        ),
        ("call-1", "transfer", [NUMBER.to_owned()].as_slice())
    );
    let call = client.call("call-1");
    assert_eq!(
        (call.state.as_str(), call.connected_to.as_deref()),
        ("CONNECTED", Some(NUMBER))
    );
    assert_eq!(actions(&call), ["CALL_ADDED", "BRIDGED"]);
}

#[test]
fn the_answer_tells_legs_and_latency_and_the_request_it_answers() {
    let mut client = centre();
    let id = [("x-cxone-request-id", "bridge-call-1-1".to_owned())];
    let body = payload().to_string();
    let answer = client.send_with("POST", PATH, body.as_bytes(), &id);
    let response = answer.response.clone().expect("an answer");
    assert_eq!(
        response.header("X-CXone-Request-ID"),
        Some("bridge-call-1-1")
    );
    let (status, body) = read(answer);
    assert_eq!(
        (status, &body["callId"], &body["direction"], &body["dtmf"]),
        (200, &json!("call-1"), &json!("transfer"), &json!("RFC2833"))
    );
    assert_eq!(
        body["legs"],
        json!([{ "leg": 0, "value": "call-1" }, { "leg": 1, "value": NUMBER }])
    );
    assert!(body["latencyMs"].as_u64().is_some_and(|millis| millis > 0));
}

#[test]
fn the_same_request_is_answered_the_same_and_bridged_once() {
    let mut client = centre();
    let first = bridge(&mut client, "r-1", &payload());
    assert_eq!(first.0, 200);
    client.sim.hang_up("call-1").expect("known");
    assert_eq!(
        bridge(&mut client, "r-1", &payload()),
        first,
        "whatever became of the call"
    );
    assert_eq!(client.sim.snapshot().bridges.len(), 1);
    assert_eq!(bridge(&mut client, "r-2", &payload()).0, 409, "it is over");
    let mut other = payload();
    other["direction"] = json!("consult");
    let (status, refused) = bridge(&mut client, "r-1", &other);
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("request-id-reused"))
    );
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_id() {
    let input =
        json!({ "call": "call-1", "targets": [{ "phone": NUMBER }], "direction": "transfer" });
    for (lose, before) in [("before", 0), ("after", 1)] {
        let mut client = centre();
        let fault = json!({ "operation": "bridge", "call": "call-1", "lose": lose });
        client.sim.add_fault(&fault.to_string()).expect("a fault");
        let request = patchcord::parts::build_request("cxone-v2", "bridge", &input.to_string())
            .expect("built");
        assert_eq!(client.send_request(&request).response, None);
        assert_eq!(client.sim.snapshot().bridges.len(), before, "{lose}");
        assert_eq!(client.ask("bridge", &input)["ok"], true);
        assert_eq!(client.sim.snapshot().bridges.len(), 1, "{lose}");
    }
}

#[test]
fn a_transfer_lets_the_agent_go_and_a_consult_does_not() {
    for (direction, party, status) in [
        ("transfer", NUMBER, "AVAILABLE"),
        ("consult", "ann", "ON_CALL"),
    ] {
        let mut client = centre();
        let input =
            json!({ "call": "call-2", "targets": [{ "phone": NUMBER }], "direction": direction });
        assert_eq!(client.ask("bridge", &input)["ok"], true);
        assert_eq!(client.call("call-2").connected_to.as_deref(), Some(party));
        assert_eq!(client.status("ann"), status);
    }
}

#[test]
fn a_payload_is_refused_field_by_field() {
    let phones = |count: usize| -> Value {
        (0..count)
            .map(|_| json!({ "type": "phone", "value": NUMBER }))
            .collect()
    };
    let cases = [
        ("targets", phones(8), "targets"),
        ("targets", json!([]), "targets"),
        (
            "targets",
            json!([{ "type": "phone", "value": "0123" }]),
            "targets[0].value",
        ),
        (
            "targets",
            json!([{ "type": "phone", "value": "+1 555" }]),
            "targets[0].value",
        ),
        ("targets", json!([{ "type": "phone" }]), "targets[0].value"),
        ("direction", json!("sideways"), "direction"),
        ("direction", Value::Null, "direction"),
        ("dtmf", json!("MORSE"), "dtmf"),
        (
            "bridgeMatrix",
            json!([{ "source": 0, "target": 2 }]),
            "bridgeMatrix[0].target",
        ),
        (
            "bridgeMatrix",
            json!([{ "source": -1, "target": 1 }]),
            "bridgeMatrix[0].source",
        ),
        ("bridgeMatrix", json!({}), "bridgeMatrix"),
        ("callId", json!("call-2"), "callId"),
    ];
    let mut client = centre();
    for (field, value, complaint) in cases {
        let mut body = payload();
        body[field] = value;
        let (status, answer) = bridge(&mut client, "", &body);
        let first = &answer["errors"][0]["field"];
        assert_eq!((status, first), (400, &json!(complaint)), "{body}");
    }
    assert!(client.sim.snapshot().bridges.is_empty());
    let mut eight = payload();
    eight["targets"] = phones(7);
    eight["bridgeMatrix"] = json!([{ "source": 0, "target": 7 }]);
    assert_eq!(bridge(&mut client, "", &eight).0, 200);
    let plain =
        json!({ "targets": [{ "type": "phone", "value": "15550100000" }], "direction": "inbound" });
    assert_eq!(
        bridge(&mut client, "", &plain).0,
        200,
        "a plus may be left out"
    );
}

#[test]
fn a_call_of_another_region_is_forbidden_and_one_that_nobody_knows_not_found() {
    let mut client = centre();
    let theirs = r#"{"id": "theirs", "foreign": true}"#;
    client.sim.add_call(theirs).expect("a call");
    for (call, code) in [("theirs", "missing-scope"), ("nobody", "not-found")] {
        let input =
            json!({ "call": call, "targets": [{ "phone": NUMBER }], "direction": "transfer" });
        let read = client.ask("bridge", &input);
        assert_eq!(read["problem"]["code"], code, "{read}");
    }
    assert_eq!(client.get("/api/v2/voice/calls/theirs").0, 404);
    client.transfer("call-1", "EXTENSION", "999");
    let (status, refused) = bridge(&mut client, "r", &payload());
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("transfer-pending"))
    );
}

#[test]
fn refusals_by_script_bridge_nothing() {
    let input =
        json!({ "call": "call-1", "targets": [{ "phone": NUMBER }], "direction": "transfer" });
    for (fault, code, pause) in [
        (json!({ "status": 401 }), "unauthorized", Value::Null),
        (json!({ "status": 403 }), "missing-scope", Value::Null),
        (json!({ "retryAfter": 10 }), "rate-limited", json!(10)),
        (json!({ "status": 503 }), "server-error", json!(30)),
    ] {
        let mut client = centre();
        let mut fault = fault;
        fault["operation"] = json!("bridge");
        client.sim.add_fault(&fault.to_string()).expect("a fault");
        let read = client.ask("bridge", &input);
        assert_eq!(
            (
                &read["problem"]["code"],
                &read["problem"]["retryAfterSeconds"]
            ),
            (&json!(code), &pause)
        );
        assert!(client.sim.snapshot().bridges.is_empty());
        assert_eq!(client.ask("bridge", &input)["ok"], true);
    }
    let (status, refused) = {
        let mut client = centre();
        let fault = r#"{"operation": "bridge", "status": 403}"#;
        client.sim.add_fault(fault).expect("a fault");
        bridge(&mut client, "r", &payload())
    };
    assert_eq!(
        (status, &refused["requiredScopes"]),
        (
            403,
            &json!(["cti:bridge:write", "cti:calls:write", "cti:calls:read"])
        )
    );
}
