//! What the platform answers.

use serde_json::{Value, json};

use crate::client::{BILLING, Client, TIER_2, read};

fn ann() -> Value {
    json!([{ "id": "ann", "status": "AVAILABLE", "skills": [TIER_2], "name": "Ann Example" }, { "id": "bob", "status": "BREAK" }])
}

#[test]
fn a_roster_tells_who_is_free_and_what_they_can() {
    let mut client = Client::with_agents(&ann());
    let (status, agents) = client.get(&format!("/api/v2/voice/queues/{BILLING}/agents"));
    assert_eq!(status, 200);
    assert_eq!(
        (&agents[0]["userId"], &agents[0]["status"]),
        (&json!("ann"), &json!("AVAILABLE"))
    );
    assert_eq!(agents[0]["skills"][0]["skillId"], TIER_2);
    assert_eq!(
        (&agents[0]["firstName"], &agents[0]["email"]),
        (&json!("Ann"), &json!("ann.example@centre.example"))
    );
    assert_eq!(
        (
            &agents[1]["userId"],
            &agents[1]["status"],
            &agents[1]["skills"]
        ),
        (&json!("bob"), &json!("BREAK"), &json!([]))
    );
    assert_eq!(agents.as_array().map(Vec::len), Some(2));
}

#[test]
fn campaigns_are_those_of_the_queue() {
    let mut client = Client::new();
    for queue in [
        json!({ "id": "usual" }),
        json!({ "id": "off", "campaign": "INACTIVE" }),
        json!({ "id": "none", "campaign": null }),
        json!({ "id": "two words", "campaigns": [{ "id": "c1", "status": "PAUSED" }, { "status": "ACTIVE" }] }),
    ] {
        client.sim.add_queue(&queue.to_string()).expect("a queue");
    }
    let mut statuses = |query: &str| {
        let (status, campaigns) = client.get(&format!("/api/v2/voice/campaigns{query}"));
        assert_eq!(status, 200);
        let campaigns = campaigns.as_array().expect("a list").clone();
        campaigns
            .iter()
            .map(|campaign| campaign["status"].as_str().expect("a word").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(statuses("?queueId=usual"), ["ACTIVE"]);
    assert_eq!(statuses("?queueId=off"), ["INACTIVE"]);
    assert_eq!(statuses("?queueId=none"), [""; 0]);
    assert_eq!(statuses("?queueId=nowhere"), [""; 0]);
    assert_eq!(statuses("?queueId=two%20words"), ["PAUSED", "ACTIVE"]);
    assert_eq!(statuses("").len(), 4);
}

#[test]
fn without_a_token_nothing_is_told_and_nothing_done() {
    let mut client = Client::with_agents(&ann());
    for token in [None, Some(""), Some(" ")] {
        client.token = token.map(str::to_owned);
        assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 401);
        assert_eq!(client.transfer("call-1", "QUEUE", BILLING).0, 401);
    }
    assert_eq!(client.sim.transfers("call-1"), 0);
}

#[test]
fn what_is_not_there_is_not_found_and_what_is_not_allowed_is_said() {
    let mut client = Client::with_agents(&ann());
    for path in [
        "/api/v2/voice/calls/nobody",
        "/api/v2/voice/queues/nobody/agents",
        "/api/v2/users/nobody/presence",
        "/api/v2",
        "",
        "?",
    ] {
        assert_eq!(client.get(path).0, 404, "{path}");
    }
    assert_eq!(client.transfer("nobody", "QUEUE", BILLING).0, 404);
    let answer = client.send("DELETE", "/api/v2/voice/calls/call-1", b"");
    let response = answer.response.expect("an answer");
    assert_eq!(
        (response.status, response.header("Allow")),
        (405, Some("GET"))
    );
}

#[test]
fn a_bad_payload_is_refused_field_by_field() {
    let mut client = Client::with_agents(&ann());
    client
        .sim
        .add_queue(r#"{"id": "closed", "status": "INACTIVE"}"#)
        .expect("a queue");
    let good = json!({ "transferType": "BLIND", "targetType": "QUEUE", "targetId": BILLING });
    let cases = [
        ("transferType", json!("WARM"), "transferType"),
        ("transferType", Value::Null, "transferType"),
        ("targetType", json!("AGENT"), "targetType"),
        ("targetType", Value::Null, "targetType"),
        ("targetId", json!(7), "targetId"),
        ("targetId", json!("nowhere"), "targetId"),
        ("targetId", json!("closed"), "targetId"),
        ("targetType", json!("EXTENSION"), "targetId"),
        ("targetType", json!("NUMBER"), "targetId"),
        ("targetType", json!("SKILL"), "targetId"),
        ("skillId", json!(""), "skillId"),
        ("skillId", json!([]), "skillId"),
        ("priority", json!(0), "priority"),
        ("priority", json!(6), "priority"),
        ("priority", json!(1.5), "priority"),
        ("priority", json!("2"), "priority"),
        ("callbackNumber", json!("555"), "callbackNumber"),
    ];
    for (field, value, complaint) in cases {
        let mut payload = good.clone();
        payload[field] = value;
        let (status, body) = client.post("/api/v2/voice/calls/call-1/transfer", &payload);
        assert_eq!(status, 400, "{payload}");
        let fields: Vec<_> = body["errors"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|error| error["field"].clone())
            .collect();
        assert_eq!(fields, [complaint], "{payload}");
        assert!(
            body["errors"][0]["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty())
        );
    }
    for body in ["", "[]", "null", "{", "\"text\""] {
        let (status, answer) = read(client.send(
            "POST",
            "/api/v2/voice/calls/call-1/transfer",
            body.as_bytes(),
        ));
        assert_eq!(
            (status, answer["errors"].as_array().map(Vec::len)),
            (400, Some(1)),
            "{body}"
        );
    }
    assert_eq!(client.sim.transfers("call-1"), 0);
}

#[test]
fn what_a_client_leaves_empty_may_be_null() {
    let mut client = Client::with_agents(&ann());
    let payload = json!({
        "transferType": "CONSULT", "targetType": "QUEUE", "targetId": BILLING, "skillId": null, "priority": null,
        "callbackNumber": null, "note": "nobody reads this",
    });
    assert_eq!(
        client
            .post("/api/v2/voice/calls/call-1/transfer", &payload)
            .0,
        202
    );
}

#[test]
fn ids_are_opaque_and_may_need_encoding() {
    let mut client = Client::new();
    client
        .sim
        .add_call(r#"{"id": "call/1 ?é"}"#)
        .expect("a call");
    let (status, call) = client.get("/api/v2/voice/calls/call%2F1%20%3F%C3%A9");
    assert_eq!((status, &call["id"]), (200, &json!("call/1 ?é")));
}

#[test]
fn tokens_are_issued_for_credentials_in_the_body_or_as_basic() {
    let mut client = Client::new();
    let mut ask = |authorization: &str, body: &str| {
        let headers = [("authorization".to_owned(), authorization.to_owned())];
        read(client.sim.handle_request(
            "POST",
            "/api/v2/oauth/token",
            &headers,
            body.as_bytes(),
            client.now,
        ))
    };
    let (status, token) = ask(
        "",
        "grant_type=client_credentials&client_id=i&client_secret=s&scope=a+b",
    );
    assert_eq!(
        (status, &token["expires_in"], &token["token_type"]),
        (200, &json!(3600), &json!("Bearer"))
    );
    assert_eq!(token["scope"], "a b");
    let (status, other) = ask("Basic aTpz", "grant_type=client_credentials");
    assert_eq!(status, 200);
    assert_ne!(token["access_token"], other["access_token"]);
    assert_eq!(ask("Basic i:s", "grant_type=client_credentials").0, 401);
    assert_eq!(ask("", "grant_type=client_credentials&client_id=i").0, 401);
    assert_eq!(ask("Basic aTpz", "grant_type=password").0, 400);
}

#[test]
fn presence_and_metrics_tell_of_a_transfer_that_is_done() {
    let mut client = Client::with_agents(&ann());
    client.transfer("call-1", "QUEUE", BILLING);
    client.settle();
    assert_eq!(
        client.get("/api/v2/users/ann/presence").1["status"],
        "ON_CALL"
    );
    let query = json!({
        "from": "2025-01-01T00:00:00.000Z", "to": "2025-12-31T23:59:59.999Z", "size": 1000,
        "aggregations": { "transferMetrics": {
            "metrics": [{ "name": "transferSuccess", "type": "count" }, { "name": "transferDuration", "type": "average" }],
            "filters": [{ "type": "call", "field": "callId", "values": ["call-1"] }],
        } },
    });
    let path = "/api/v2/analytics/conversations/details/query";
    let (status, metrics) = client.post(path, &query);
    assert_eq!(
        (
            status,
            &metrics["aggregations"]["transferMetrics"]["transferSuccess"]
        ),
        (200, &json!(1))
    );
    let seconds = metrics["aggregations"]["transferMetrics"]["transferDuration"]
        .as_f64()
        .expect("a number");
    assert!((1.0..10.0).contains(&seconds), "{seconds}");
    let mut earlier = query;
    earlier["to"] = json!("2025-02-01T00:00:00.000Z");
    let (_, metrics) = client.post(path, &earlier);
    assert_eq!(
        metrics["aggregations"]["transferMetrics"],
        json!({ "transferSuccess": 0, "transferDuration": null })
    );
    assert_eq!(client.post(path, &json!({})).0, 400);
}

#[test]
fn a_large_roster_is_generated_and_read() {
    let mut client = Client::new();
    client
        .sim
        .add_queue(
            &json!({ "id": BILLING, "roster": 5_000, "skills": [TIER_2, "s2", "s3"] }).to_string(),
        )
        .expect("a queue");
    let answer = client.send(
        "GET",
        &format!("/api/v2/voice/queues/{BILLING}/agents"),
        b"",
    );
    let body = answer.response.expect("an answer").body;
    let agents: Vec<Value> = serde_json::from_slice(&body).expect("a list");
    let ids: std::collections::BTreeSet<_> = agents
        .iter()
        .map(|agent| agent["userId"].to_string())
        .collect();
    assert_eq!((agents.len(), ids.len()), (5_000, 5_000));
    let free = agents
        .iter()
        .filter(|agent| agent["status"] == "AVAILABLE")
        .count();
    assert!((500..2_000).contains(&free), "{free}");
    assert!(agents.iter().all(|agent| {
        agent["skills"]
            .as_array()
            .is_some_and(|skills| (2..=3).contains(&skills.len()))
    }));
}
