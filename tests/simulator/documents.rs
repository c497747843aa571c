//! The founding documents' own programs, request by request: what they send, and what they read from the answers. Each
//! client holds the scopes that its document asks for, and no others.

use core::time::Duration;

use serde_json::{Value, json};

use crate::client::{BILLING, Client, TIER_2, read};

/// A centre where one client is registered with these scopes.
fn centre(profile: &'static str, seed: u64, scopes: &str) -> Client {
    let mut client = Client::of(profile, seed);
    let scopes: Vec<_> = scopes.split_whitespace().collect();
    let registered = json!({ "id": "client", "secret": "secret", "scopes": scopes });
    client
        .sim
        .add_client(&registered.to_string())
        .expect("a client");
    client.token = None;
    client
}

/// Fetches a token and takes it up.
fn token(client: &mut Client, path: &str, scope: Option<&str>) {
    let scope =
        scope.map(|scope| format!("&scope={}", scope.replace(' ', "+").replace(':', "%3A")));
    let form = format!(
        "grant_type=client_credentials&client_id=client&client_secret=secret{}",
        scope.unwrap_or_default()
    );
    let (status, token) = client.ask_token(path, "", &form);
    assert_eq!(
        (status, &token["expires_in"]),
        (200, &json!(3_600)),
        "{token}"
    );
    client.token = token["access_token"].as_str().map(str::to_owned);
}

fn add(client: &mut Client, queue: &Value) {
    client.sim.add_queue(&queue.to_string()).expect("a queue");
}

/// Seed 0: eligibility, a blind transfer, its state every three seconds, metrics and presence.
#[test]
fn the_voice_transfer_of_the_first_document() {
    let scopes = "voice:call:control voice:queue:read routing:skill:read analytics:conversation:read \
                  user:presence:read voice:campaign:read";
    let mut client = centre("cxone-v2", 7, scopes);
    let ann = json!({ "id": "ann", "skills": ["skill_uuid_11223"] });
    add(
        &mut client,
        &json!({ "id": "queue_uuid_67890", "agents": [ann] }),
    );
    client
        .sim
        .add_call(r#"{"id": "call_uuid_12345"}"#)
        .expect("a call");
    let basic = "Basic Y2xpZW50OnNlY3JldA==";
    let form = "grant_type=client_credentials";
    let (_, token) = client.ask_token("/api/v2/oauth/token", basic, form);
    client.token = token["access_token"].as_str().map(str::to_owned);

    let (_, campaigns) = client.get("/api/v2/voice/campaigns?queueId=queue_uuid_67890");
    assert_eq!(campaigns[0]["status"], "ACTIVE");
    let (_, agents) = client.get("/api/v2/voice/queues/queue_uuid_67890/agents");
    assert_eq!(
        (&agents[0]["status"], &agents[0]["skills"][0]["skillId"]),
        (&json!("AVAILABLE"), &json!("skill_uuid_11223"))
    );
    let payload = json!({
        "transferType": "BLIND", "targetType": "QUEUE", "targetId": "queue_uuid_67890",
        "skillId": "skill_uuid_11223", "priority": 2,
    });
    let path = "/api/v2/voice/calls/call_uuid_12345";
    let (status, accepted) = client.post(&format!("{path}/transfer"), &payload);
    assert_eq!((status, accepted["id"].is_string()), (202, true));
    let mut states = Vec::new();
    for _ in 0..10 {
        states.push(client.get(path).1);
        client.pass(Duration::from_secs(3));
    }
    let last = states.last().expect("a state");
    assert_eq!(
        (&last["state"], &last["connectedTo"]),
        (&json!("CONNECTED"), &json!("ann"))
    );
    let (_, presence) = client.get("/api/v2/users/ann/presence");
    assert_eq!(presence["status"], "ON_CALL");
    let query = json!({
        "from": "2025-01-01T00:00:00.000Z", "to": "2025-12-31T23:59:59.999Z", "size": 1000,
        "aggregations": { "transferMetrics": {
            "metrics": [{ "name": "transferSuccess", "type": "count" }, { "name": "transferDuration", "type": "average" }],
            "filters": [{ "type": "call", "field": "callId", "values": ["call_uuid_12345"] }],
        } },
    });
    let (status, _) = client.post("/api/v2/analytics/conversations/details/query", &query);
    assert_eq!(status, 200);
    let (_, profiles) = client.get("/api/v2/security/profiles");
    let held = profiles["profiles"][0]["scopes"]
        .as_array()
        .expect("scopes");
    assert!(held.contains(&json!("voice:call:control")));
}

/// Seed 1: the queue by its name, and one patch.
#[test]
fn the_conversation_transfer_of_the_second_document() {
    let scopes = "conversation:transfer:write conversation:view";
    let mut client = centre("genesys-v2", 7, scopes);
    add(
        &mut client,
        &json!({ "id": BILLING, "name": "Billing", "agents": [{ "id": "ann" }] }),
    );
    add(
        &mut client,
        &json!({ "id": TIER_2, "name": "Support Tier 2" }),
    );
    let id = "a1b2c3d4-e5f6-7890-abcd-ef1234567890";
    let call = json!({ "id": id, "queue": BILLING });
    client.sim.add_call(&call.to_string()).expect("a call");
    token(&mut client, "/oauth/token", None);

    let query = json!({ "query": { "bool": { "must": [
        { "term": { "entityType": "queue" } }, { "match": { "name": "Support Tier 2" } },
    ] } } });
    let (status, found) = client.post("/api/v2/search", &query);
    assert_eq!((status, &found["results"][0]["id"]), (200, &json!(TIER_2)));
    let body = json!({ "actions": [{ "action": "transfer", "toType": "queue", "toId": TIER_2 }] });
    let path = format!("/api/v2/conversations/voice/{id}");
    let (status, _) = read(client.send("PATCH", &path, body.to_string().as_bytes()));
    assert!([200, 204].contains(&status));
    let (_, conversation) = client.get(&path);
    assert_eq!(
        (&conversation["state"], &conversation["queueId"]),
        (&json!("queued"), &json!(TIER_2)),
        "the caller is in the new queue at once"
    );
}

/// Seed 2: read, deploy, five looks two seconds apart; then metrics, distribution, health and audit.
#[test]
fn the_queue_routing_of_the_third_document() {
    let scopes = "routing:queues:write routing:queues:read analytics:queues:read analytics:conversations:read \
                  audit:read health:read";
    for seed in 0..40 {
        let mut client = centre("cxone-v2", seed, scopes);
        add(
            &mut client,
            &json!({ "id": "q", "pastCallers": 3_000, "agents": [{ "id": "ann" }] }),
        );
        client
            .sim
            .add_skill(r#"{"id": "skill_tier1"}"#)
            .expect("a skill");
        token(&mut client, "/api/v2/oauth/token", Some(scopes));
        assert_eq!(client.get("/api/v2/routing/skills").0, 200);

        let path = "/api/v2/routing/queues/q";
        let (_, current) = client.get(path);
        let payload = json!({
            "id": "q", "routingStrategy": "longestIdleAgent",
            "waitMusic": { "playMusic": true, "url": "https://example.com/wait-music.mp3" }, "maxWaitTime": 300,
            "overflowTargets": [{ "id": "overflow_queue_id", "threshold": 60 }],
            "skills": [{ "id": "skill_tier1", "level": "advanced" }], "skillRoutingType": "any",
            "enableOverflow": true, "overflowThreshold": 50, "version": current["version"],
        });
        let tag = [("If-Match", current["version"].to_string())];
        let body = payload.to_string();
        let (status, updated) = read(client.send_with("PUT", path, body.as_bytes(), &tag));
        assert_eq!(status, 200, "{updated}");
        let shown = (0..5).any(|_| {
            client.pass(Duration::from_secs(2));
            client.get(path).1["version"] == updated["version"]
        });
        assert!(
            shown,
            "seed {seed}: it shows within the document's five looks"
        );

        let query = json!({
            "dateRange": { "startDate": "now-5m", "endDate": "now" }, "groupBy": ["queue"],
            "metrics": ["occupancy", "waitTime", "abandonedCount", "answeredCount"],
            "selectors": [{ "id": "q", "type": "queue" }],
        });
        let (_, metrics) = client.post("/api/v2/analytics/queues/details/query", &query);
        let selected = json!({ "id": metrics["selectors"][0]["id"] });
        let row = metrics["metrics"]
            .as_array()
            .expect("rows")
            .iter()
            .find(|row| row["queue"] == selected);
        let row = row.expect("the row of the queue");
        let number = |name: &str, absent: u64| row.get(name).map_or(Some(absent), Value::as_u64);
        let calls = number("abandonedCount", 0).zip(number("answeredCount", 1));
        assert!(
            calls.is_some_and(|(abandoned, answered)| abandoned + answered > 0),
            "no division by zero"
        );

        let query = json!({
            "dateRange": { "startDate": "now-24h", "endDate": "now" }, "groupBy": ["waitTimeRange", "queue"],
            "metrics": ["abandonedCount", "waitTime"], "selectors": [{ "id": "q", "type": "queue" }], "pageSize": 50,
        });
        let mut body = query.to_string();
        let mut next = Some("/api/v2/analytics/queues/data/query".to_owned());
        let mut rows = 0;
        while let Some(path) = next {
            let (status, page) = read(client.send("POST", &path, body.as_bytes()));
            assert_eq!(status, 200, "{page}");
            rows += page["results"].as_array().expect("rows").len();
            body.clear();
            let link = page["nextUri"].as_str();
            next = link.map(|link| link.replace("https://cxone.simulated", ""));
        }
        assert!(rows > 20, "{rows}");

        assert!(client.get("/api/v2/health").1["status"].is_string());
        let query = "resourceId=q&resourceType=Queue&action=Update&startTime=now-30d&endTime=now&pageSize=100";
        let (_, log) = client.get(&format!("/api/v2/audit?{query}"));
        assert_eq!(log["results"][0]["user"]["id"], "client");
    }
}

/// Seed 3: one call, sent again while the platform says 429, and its status.
#[test]
fn the_placed_call_of_the_fourth_document() {
    let mut client = centre(
        "cxone-v2",
        7,
        "personal-connection:write personal-connection:read",
    );
    let limited = r#"{"operation": "personal-connection", "status": 429, "times": 2}"#;
    client.sim.add_fault(limited).expect("a fault");
    token(&mut client, "/v2/oauth/token", None);
    let body = json!({
        "callerNumber": "+15551234567", "calledNumber": "+15559876543", "flowId": "your_published_flow_id_here",
        "parameters": { "greeting": "Hello from API", "agent_name": "System Bot" },
    });
    let mut place = || client.post("/v2/personal-connection/calls", &body);
    assert_eq!((place().0, place().0), (429, 429));
    let (status, placed) = place();
    assert_eq!((status, &placed["status"]), (200, &json!("queued")));
    assert!(placed["timestamp"].is_string());
    let path = format!(
        "/v2/personal-connection/calls/{}",
        placed["callId"].as_str().expect("an id")
    );
    client.pass(Duration::from_secs(600));
    assert_eq!(client.get(&path).1["status"], "completed");
}

/// Seed 4: a token with its scopes, and one bridge.
#[test]
fn the_bridge_of_the_fifth_document() {
    let scopes = "cti:calls:read cti:calls:write cti:bridge:write";
    let id = "12345678-1234-1234-1234-123456789012";
    let mut client = centre("cxone-v2", 7, scopes);
    let call = json!({ "id": id });
    client.sim.add_call(&call.to_string()).expect("a call");
    token(&mut client, "/oauth/token", Some(scopes));
    let body = json!({
        "callId": id, "targets": [{ "type": "phone", "value": "+15550100000" }], "direction": "transfer",
        "bridgeMatrix": [{ "source": 0, "target": 1 }], "dtmf": "RFC2833",
    });
    let request = [("X-CXone-Request-ID", format!("bridge-{id}-1750000000"))];
    let path = format!("/api/v2/cti/calls/{id}/bridge");
    let (status, _) = read(client.send_with("POST", &path, body.to_string().as_bytes(), &request));
    assert_eq!(status, 200);
    assert_eq!(client.sim.snapshot().bridges.len(), 1);

    let mut lacking = centre("cxone-v2", 7, "cti:calls:read cti:calls:write");
    let form = format!(
        "grant_type=client_credentials&client_id=client&client_secret=secret&scope={}",
        scopes.replace(' ', "+")
    );
    let (status, _) = lacking.ask_token("/oauth/token", "", &form);
    assert_eq!(
        status, 401,
        "a scope that the client does not hold is no credential of it"
    );
}
