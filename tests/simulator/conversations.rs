//! `genesys-v2`: conversations that go from queue to queue, read and patched as its document does it.

use core::time::Duration;

use serde_json::{Value, json};

use crate::client::{BILLING, Client, actions, read};

pub(crate) const SUPPORT: &str = "5b1f2a90-0e57-4f6e-8d1c-9f60a5c3d7aa";
const PATH: &str = "/api/v2/conversations/voice/call-1";

/// Two queues: Ann and Bob serve billing, Carl support; and `call-1`, which Ann has.
pub(crate) fn centre() -> Client {
    let mut client = Client::of("genesys-v2", 7);
    let queues = [
        json!({ "id": BILLING, "name": "Billing", "agents": [{ "id": "ann" }, { "id": "bob", "status": "BREAK" }] }),
        json!({ "id": SUPPORT, "name": "Support Tier 2", "agents": [{ "id": "carl", "status": "BREAK" }] }),
    ];
    for queue in queues {
        client.sim.add_queue(&queue.to_string()).expect("a queue");
    }
    let call = r#"{"id": "call-1", "connectedTo": "ann"}"#;
    client.sim.add_call(call).expect("a call");
    client
}

pub(crate) fn set(client: &mut Client, agent: &str, status: &str) {
    let change = json!({ "agent": agent, "status": status });
    client.sim.set_agent(&change.to_string()).expect("an agent");
}

fn to(queue: &str) -> Value {
    json!({ "actions": [{ "action": "transfer", "toType": "queue", "toId": queue }] })
}

fn patch(client: &mut Client, call: &str, body: &Value) -> (u16, Value) {
    let path = format!("/api/v2/conversations/voice/{call}");
    read(client.send("PATCH", &path, body.to_string().as_bytes()))
}

fn state(client: &mut Client) -> String {
    let (status, conversation) = client.get(PATH);
    assert_eq!(status, 200);
    conversation["state"].as_str().expect("a word").to_owned()
}

#[test]
fn a_conversation_is_queued_waits_rings_and_is_connected() {
    let mut client = centre();
    assert_eq!(state(&mut client), "connected");
    let (status, _) = patch(&mut client, "call-1", &to(SUPPORT));
    assert!([200, 204].contains(&status));
    let (_, conversation) = client.get(PATH);
    assert_eq!(
        (
            &conversation["state"],
            &conversation["queueId"],
            &conversation["agentId"]
        ),
        (&json!("queued"), &json!(SUPPORT), &Value::Null),
        "it moves at once, and the agent who had it is free"
    );
    assert_eq!(client.sim.snapshot().queues[0].agents[0].call, None);
    client.pass(Duration::from_secs(3_600));
    assert_eq!(state(&mut client), "waiting", "a queue keeps it");
    set(&mut client, "carl", "AVAILABLE");
    assert_eq!(state(&mut client), "ringing");
    client.settle();
    let (_, conversation) = client.get(PATH);
    assert_eq!(
        (&conversation["state"], &conversation["agentId"]),
        (&json!("connected"), &json!("carl"))
    );
    client.sim.hang_up("call-1").expect("known");
    assert_eq!(state(&mut client), "disconnected");
}

#[test]
fn yes_is_said_with_200_or_with_204() {
    let mut client = centre();
    let mut seen = std::collections::BTreeSet::new();
    for place in 0..20 {
        let queue = [BILLING, SUPPORT][place % 2];
        let (status, body) = patch(&mut client, "call-1", &to(queue));
        if status == 200 {
            assert_eq!(
                (&body["state"], &body["queueId"]),
                (&json!("queued"), &json!(queue))
            );
        } else {
            assert_eq!(body, Value::Null);
        }
        seen.insert(status);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [200, 204]);
    assert_eq!(client.sim.transfers("call-1"), 20);
}

#[test]
fn what_is_queued_or_waits_is_sent_elsewhere_and_is_offered_there_alone() {
    let mut client = centre();
    let queued = json!({ "id": "call-2", "queue": SUPPORT });
    client.sim.add_call(&queued.to_string()).expect("a call");
    let (_, conversation) = client.get("/api/v2/conversations/voice/call-2");
    assert_eq!(
        (&conversation["state"], &conversation["queueId"]),
        (&json!("queued"), &json!(SUPPORT))
    );
    assert_eq!(client.sim.snapshot().queues[1].waiting, ["call-2"]);
    patch(&mut client, "call-1", &to(SUPPORT));
    client.pass(Duration::from_secs(10));
    let (status, _) = patch(&mut client, "call-1", &to(BILLING));
    assert!([200, 204].contains(&status), "{status}");
    set(&mut client, "carl", "AVAILABLE");
    set(&mut client, "bob", "AVAILABLE");
    client.settle();
    let call = client.call("call-1");
    assert_eq!(
        call.connected_to.as_deref(),
        Some("ann"),
        "who gave it away is free for it again"
    );
    assert_eq!(
        actions(&call),
        [
            "CALL_ADDED",
            "TRANSFER_ACCEPTED",
            "QUEUED",
            "OFFERED",
            "TRANSFER_FAILED",
            "TRANSFER_ACCEPTED",
            "QUEUED",
            "OFFERED",
            "RINGING",
            "TRANSFER_SUCCESS"
        ]
    );
}

#[test]
fn what_rings_is_closed_or_is_over_is_a_conflict() {
    let mut client = centre();
    for state in ["ringing", "closed", "ended"] {
        let call = json!({ "id": state, "state": state });
        client.sim.add_call(&call.to_string()).expect("a call");
        assert_eq!(patch(&mut client, state, &to(SUPPORT)).0, 409, "{state}");
    }
    set(&mut client, "carl", "AVAILABLE");
    patch(&mut client, "call-1", &to(SUPPORT));
    client.pass(Duration::from_millis(1_300));
    assert_eq!(state(&mut client), "ringing");
    assert_eq!(patch(&mut client, "call-1", &to(BILLING)).0, 409);
    client.settle();
    client.sim.hang_up("call-1").expect("known");
    let input = json!({ "call": "call-1", "to": { "queue": BILLING } });
    let answer = client.ask("transfer", &input);
    assert_eq!(
        (&answer["status"], &answer["problem"]["code"]),
        (&json!(409), &json!("conflict"))
    );
    assert_eq!(client.sim.transfers("call-1"), 1);
}

#[test]
fn a_conversation_that_is_not_there_or_older_than_a_day_is_not_found() {
    let mut client = centre();
    for call in [
        json!({ "id": "old", "ageSeconds": 86_400 }),
        json!({ "id": "young", "ageSeconds": 86_000 }),
        json!({ "id": "theirs", "foreign": true }),
    ] {
        client.sim.add_call(&call.to_string()).expect("a call");
    }
    let mut found = |call: &str| client.ask("conversation", &json!({ "call": call }));
    for call in ["nobody", "old", "theirs"] {
        assert_eq!(found(call)["problem"]["code"], "call-not-found", "{call}");
    }
    assert_eq!(found("young")["facts"]["word"], "waiting");
    for call in ["nobody", "old", "theirs"] {
        assert_eq!(patch(&mut client, call, &to(SUPPORT)).0, 404, "{call}");
    }
    client.pass(Duration::from_secs(400));
    assert_eq!(
        client.get("/api/v2/conversations/voice/young").0,
        404,
        "it ages"
    );
}

#[test]
fn a_payload_that_is_not_one_transfer_to_a_queue_is_refused_with_422() {
    let good = json!({ "action": "transfer", "toType": "queue", "toId": SUPPORT });
    let with = |field: &str, value: Value| {
        let mut action = good.clone();
        action[field] = value;
        json!({ "actions": [action] })
    };
    let cases = [
        (json!({}), "actions"),
        (json!({ "actions": good }), "actions"),
        (json!({ "actions": [] }), "actions"),
        (json!({ "actions": [good, good] }), "actions"),
        (json!([]), ""),
        (with("action", json!("replace")), "actions[0].action"),
        (with("toType", json!("user")), "actions[0].toType"),
        (with("toId", json!("Support Tier 2")), "actions[0].toId"),
        (with("toId", Value::Null), "actions[0].toId"),
        (
            with("toId", json!("00000000-0000-0000-0000-000000000000")),
            "actions[0].toId",
        ),
        (with("reasonCode", json!(7)), "actions[0].reasonCode"),
        (with("wrapUpCode", json!([])), "actions[0].wrapUpCode"),
    ];
    let mut client = centre();
    for (body, field) in cases {
        let (status, answer) = patch(&mut client, "call-1", &body);
        assert_eq!(
            (status, &answer["errors"][0]["field"]),
            (422, &json!(field)),
            "{body}"
        );
    }
    assert_eq!(client.sim.transfers("call-1"), 0);
    let unknown =
        json!({ "call": "call-1", "to": { "queue": "00000000-0000-0000-0000-000000000000" } });
    let answer = client.ask("transfer", &unknown);
    assert_eq!(
        answer["problem"]["report"]["issues"][0]["path"],
        "$.to.queue"
    );
    for code in [json!("escalation"), json!({ "id": "escalation" })] {
        let (status, _) = patch(&mut client, "call-1", &with("reasonCode", code));
        assert!([200, 204].contains(&status));
    }
}

#[test]
fn a_queue_is_found_by_its_name_the_exact_one_first() {
    let mut client = centre();
    for (id, name) in [
        ("00000000-0000-0000-0000-000000000001", "Support Tier 20"),
        (
            "00000000-0000-0000-0000-000000000002",
            "EMEA Support Tier 2",
        ),
    ] {
        let queue = json!({ "id": id, "name": name });
        client.sim.add_queue(&queue.to_string()).expect("a queue");
    }
    let found = client.ask("search", &json!({ "name": "Support Tier 2" }));
    assert_eq!(found["facts"]["queue"], SUPPORT);
    assert_eq!(found["facts"]["queues"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        found["facts"]["queues"][0]["queue"], SUPPORT,
        "who takes the first result is right too"
    );
    let found = client.ask("search", &json!({ "name": "tier billing" }));
    assert_eq!(found["facts"]["queues"], json!([]));
    let users = json!({ "query": { "bool": { "must": [{ "term": { "entityType": "user" } }, { "match": { "name": "Billing" } }] } } });
    assert_eq!(
        client.post("/api/v2/search", &users).1["results"],
        json!([])
    );
    assert_eq!(client.post("/api/v2/search", &json!({})).0, 400);
}

#[test]
fn each_operation_of_conversations_needs_its_scope() {
    let body = to(SUPPORT).to_string();
    for (method, path, scope) in [
        ("PATCH", PATH, "conversation:transfer:write"),
        ("GET", PATH, "conversation:view"),
    ] {
        for (held, refused) in [(scope, false), ("queue:member:view", true)] {
            let mut client = centre();
            let registered = json!({ "id": "i", "secret": "s", "scopes": [held] });
            client
                .sim
                .add_client(&registered.to_string())
                .expect("a client");
            assert_eq!(client.get(PATH).0, 401);
            let form = "grant_type=client_credentials&client_id=i&client_secret=s";
            let (status, token) = client.ask_token("/oauth/token", "", form);
            assert_eq!(status, 200);
            client.token = token["access_token"].as_str().map(str::to_owned);
            let (status, answer) = read(client.send(method, path, body.as_bytes()));
            if refused {
                assert_eq!((status, &answer["requiredScopes"]), (403, &json!([scope])));
            } else {
                assert!([200, 204].contains(&status), "{method}: {status}");
            }
        }
    }
    let wrong = "grant_type=client_credentials&client_id=i&client_secret=wrong";
    let mut client = centre();
    let registered = r#"{"id": "i", "secret": "s"}"#;
    client.sim.add_client(registered).expect("a client");
    assert_eq!(client.ask_token("/oauth/token", "", wrong).0, 401);
}

#[test]
fn faults_strike_by_the_names_of_the_operations() {
    for (operation, status) in [
        ("transfer", 403),
        ("conversation", 429),
        ("search", 503),
        ("token", 500),
    ] {
        let mut client = centre();
        let fault = json!({ "operation": operation, "status": status });
        client.sim.add_fault(&fault.to_string()).expect("a fault");
        let answered = match operation {
            "transfer" => patch(&mut client, "call-1", &to(SUPPORT)).0,
            "conversation" => client.get(PATH).0,
            "search" => client.post("/api/v2/search", &json!({})).0,
            _ => client.ask_token("/oauth/token", "", "").0,
        };
        assert_eq!(answered, status, "{operation}");
        assert_eq!(client.sim.transfers("call-1"), 0);
    }
}

#[test]
fn a_forced_failure_leaves_the_conversation_in_its_queue() {
    let mut client = centre();
    set(&mut client, "carl", "AVAILABLE");
    let forced = r#"{"call": "call-1"}"#;
    client.sim.force_failure(forced).expect("known");
    patch(&mut client, "call-1", &to(SUPPORT));
    client.settle();
    assert_eq!(state(&mut client), "waiting");
    patch(&mut client, "call-1", &to(SUPPORT));
    client.settle();
    assert_eq!(state(&mut client), "connected");
}

#[test]
fn an_agent_who_lets_it_ring_gives_it_back_to_the_queue() {
    let mut client = centre();
    let dora = json!({ "id": "00000000-0000-0000-0000-000000000003", "agents": [{ "id": "dora", "answers": false }, { "id": "ann" }] });
    client.sim.add_queue(&dora.to_string()).expect("a queue");
    let call = r#"{"id": "call-2", "state": "waiting"}"#;
    client.sim.add_call(call).expect("a call");
    patch(
        &mut client,
        "call-2",
        &to("00000000-0000-0000-0000-000000000003"),
    );
    client.settle();
    let call = client.call("call-2");
    assert_eq!((call.state.as_str(), call.connected_to), ("waiting", None));
    set(&mut client, "carl", "AVAILABLE");
    patch(&mut client, "call-2", &to(SUPPORT));
    client.settle();
    assert_eq!(client.call("call-2").connected_to.as_deref(), Some("carl"));
}

#[test]
fn queues_are_named_by_uuids() {
    let mut client = centre();
    let refused = client
        .sim
        .add_queue(r#"{"id": "billing"}"#)
        .expect_err("a name");
    assert_eq!(refused.code().as_str(), "invalid-uuid");
    let refused = client
        .sim
        .add_call(r#"{"id": "c", "queue": "nowhere"}"#)
        .expect_err("no such queue");
    assert_eq!(refused.code().as_str(), "unknown-value");
    let refused = client
        .sim
        .add_call(r#"{"id": "c", "state": "WAITING"}"#)
        .expect_err("capitals");
    assert_eq!(refused.code().as_str(), "unknown-value");
}
