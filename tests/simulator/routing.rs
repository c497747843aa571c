//! Skills, the configuration of queues, and the log of its changes.

use core::time::Duration;

use patchcord::http::Response;
use serde_json::{Value, json};

use crate::client::{BILLING, Client, TIER_2, read};

const PATH: &str = "/api/v2/routing/queues/billing";

/// A queue `billing` in version 7, whose changes show after 4 seconds, and the skill `skill_tier1`.
fn centre() -> Client {
    let mut client = Client::new();
    let queue = json!({
        "id": "billing", "name": "Billing", "version": 7, "propagationSeconds": 4,
        "config": { "maxWaitTime": 300, "overflowTargets": [{ "id": "overflow", "threshold": 60 }] },
        "agents": [{ "id": "ann", "skills": [TIER_2] }],
    });
    client.sim.add_queue(&queue.to_string()).expect("a queue");
    let skill = json!({ "id": "skill_tier1", "name": "Tier 1" });
    client.sim.add_skill(&skill.to_string()).expect("a skill");
    client
}

/// What the document's own example deploys.
fn payload(version: &Value) -> Value {
    json!({
        "id": "billing", "routingStrategy": "longestIdleAgent",
        "waitMusic": { "playMusic": true, "url": "https://example.com/wait-music.mp3" }, "maxWaitTime": 600,
        "overflowTargets": [{ "id": "overflow_queue_id", "threshold": 60 }],
        "skills": [{ "id": "skill_tier1", "level": "advanced" }], "skillRoutingType": "any", "enableOverflow": true,
        "overflowThreshold": 50, "version": version,
    })
}

fn put(client: &mut Client, tag: Option<&str>, body: &Value) -> (u16, Value, Response) {
    let mut headers = vec![("authorization".to_owned(), "Bearer any".to_owned())];
    headers.extend(tag.map(|tag| ("If-Match".to_owned(), tag.to_owned())));
    let answer = client.sim.handle_request(
        "PUT",
        PATH,
        &headers,
        body.to_string().as_bytes(),
        client.now,
    );
    let response = answer.response.clone().expect("an answer");
    let (status, body) = read(answer);
    (status, body, response)
}

#[test]
fn skills_are_those_that_were_registered_and_those_that_agents_have() {
    let mut client = centre();
    let (rows, pages) = client.ask_pages("skills", &json!({}));
    assert_eq!((rows.len(), pages), (2, 1));
    assert_eq!(rows[0]["skill"], TIER_2);
    assert_eq!(rows[1], json!({ "skill": "skill_tier1", "name": "Tier 1" }));
    for number in 0..300 {
        let skill = json!({ "id": format!("s{number:03}") });
        client.sim.add_skill(&skill.to_string()).expect("a skill");
    }
    let (rows, pages) = client.ask_pages("skills", &json!({}));
    assert_eq!((rows.len(), pages), (302, 4));
    let ids: std::collections::BTreeSet<_> =
        rows.iter().map(|row| row["skill"].to_string()).collect();
    assert_eq!(ids.len(), 302, "each once");
}

#[test]
fn a_queue_tells_how_it_is_configured_and_in_which_version() {
    let mut client = centre();
    let read = client.ask("queue", &json!({ "queue": "billing" }));
    assert_eq!(
        read["facts"],
        json!({
            "queue": "billing", "version": 7, "routingStrategy": "longestIdleAgent", "maxWaitSeconds": 300,
            "overflowTargets": ["overflow"], "skills": [],
        })
    );
    let response = client.send("GET", PATH, b"").response.expect("an answer");
    assert_eq!(response.header("ETag"), Some("\"7\""));
    let unknown = client.ask("queue", &json!({ "queue": "nowhere" }));
    assert_eq!(unknown["problem"]["code"], "not-found");
}

#[test]
fn what_the_core_builds_is_deployed_and_shows_after_a_while() {
    let mut client = centre();
    let (skills, _) = client.ask_pages("skills", &json!({}));
    let input = json!({
        "queue": "billing", "version": 7, "routingStrategy": "mostAvailableAgent",
        "waitMusic": "https://example.com/wait.mp3", "maxWaitSeconds": 600, "knownSkills": skills,
        "skills": [{ "skill": "skill_tier1", "level": "advanced" }],
    });
    let deployed = client.ask("queue-config", &input);
    assert_eq!(
        (
            &deployed["status"],
            &deployed["facts"]["version"],
            &deployed["facts"]["maxWaitSeconds"]
        ),
        (&json!(200), &json!(8), &json!(600)),
        "{deployed}"
    );
    let mut version = || {
        let read = client.ask("queue", &json!({ "queue": "billing" }));
        let version = read["facts"]["version"].clone();
        client.pass(Duration::from_secs(2));
        version
    };
    assert_eq!(
        [version(), version(), version()],
        [json!(7), json!(7), json!(8)]
    );

    let again = client.ask("queue-config", &input);
    assert_eq!(
        (&again["status"], &again["problem"]["versions"]),
        (&json!(409), &json!({ "sent": 7, "current": 8 }))
    );
}

#[test]
fn the_version_is_named_in_the_body_or_in_the_header_quoted_or_not() {
    for (tag, version, taken) in [
        (Some("7"), json!(7), true),
        (Some("\"7\""), json!(7), true),
        (Some("W/\"7\""), Value::Null, true),
        (None, json!(7), true),
        (Some("7"), json!(6), false),
        (Some("8"), json!(7), false),
        (Some("x"), json!(7), false),
        (None, json!(8), false),
    ] {
        let mut client = centre();
        let (status, body, response) = put(&mut client, tag, &payload(&version));
        if taken {
            assert_eq!(
                (status, &body["version"]),
                (200, &json!(8)),
                "{tag:?} {version}"
            );
            assert_eq!(response.header("etag"), Some("\"8\""));
        } else {
            assert_eq!(
                (status, &body["version"]),
                (409, &json!(7)),
                "{tag:?} {version}"
            );
            assert_ne!(body["requestedVersion"], 7);
            assert_eq!(response.header("etag"), Some("\"7\""));
        }
    }
    let (status, body, _) = put(&mut centre(), None, &payload(&Value::Null));
    assert_eq!(
        (status, &body["errors"][0]["field"]),
        (400, &json!("version"))
    );
}

#[test]
fn of_two_who_read_the_same_version_the_later_is_refused_though_the_first_does_not_show_yet() {
    let mut client = centre();
    assert_eq!(put(&mut client, Some("7"), &payload(&json!(7))).0, 200);
    let (_, shown) = client.get(PATH);
    assert_eq!(shown["version"], 7);
    let (status, body, _) = put(&mut client, Some("7"), &payload(&json!(7)));
    assert_eq!(
        (status, &body["version"], &body["requestedVersion"]),
        (409, &json!(8), &json!(7))
    );
    assert_eq!(put(&mut client, Some("8"), &payload(&json!(8))).0, 200);
    client.settle();
    assert_eq!(client.get(PATH).1["version"], 9);
}

#[test]
fn a_configuration_is_refused_field_by_field() {
    let cases = [
        ("routingStrategy", json!("roundRobin"), "routingStrategy"),
        ("routingStrategy", Value::Null, "routingStrategy"),
        (
            "waitMusic",
            json!({ "url": "ftp://example.com/a.mp3" }),
            "waitMusic.url",
        ),
        (
            "waitMusic",
            json!("https://example.com/a.mp3"),
            "waitMusic.url",
        ),
        (
            "waitMusic",
            json!({ "url": "https://example.com/a.mp3", "playMusic": 1 }),
            "waitMusic.playMusic",
        ),
        ("maxWaitTime", json!(9), "maxWaitTime"),
        ("maxWaitTime", json!(7_201), "maxWaitTime"),
        ("maxWaitTime", json!(60.5), "maxWaitTime"),
        (
            "skills",
            json!([{ "id": TIER_2 }, { "id": "nobody_has_it" }]),
            "skills[1].id",
        ),
        ("skills", json!(["skill_tier1"]), "skills[0].id"),
        (
            "skills",
            json!([{ "id": "skill_tier1", "level": 3 }]),
            "skills[0].level",
        ),
        ("overflowTargets", json!({}), "overflowTargets"),
        (
            "overflowTargets",
            json!([{ "id": "q", "threshold": -1 }]),
            "overflowTargets[0].threshold",
        ),
        ("skillRoutingType", json!("some"), "skillRoutingType"),
        ("enableOverflow", json!("yes"), "enableOverflow"),
        ("overflowThreshold", json!("50"), "overflowThreshold"),
        ("id", json!("other"), "id"),
    ];
    let mut client = centre();
    for (field, value, complaint) in cases {
        let mut body = payload(&json!(7));
        body[field] = value;
        let (status, answer, _) = put(&mut client, Some("7"), &body);
        let fields: Vec<_> = answer["errors"]
            .as_array()
            .expect("errors")
            .iter()
            .map(|error| error["field"].clone())
            .collect();
        assert_eq!((status, fields), (400, vec![json!(complaint)]), "{body}");
    }
    let several = json!({ "version": 7 });
    let (_, answer, _) = put(&mut client, None, &several);
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(3));
    assert_eq!(client.get(PATH).1["version"], 7);
    let input = json!({
        "queue": "billing", "version": 7, "routingStrategy": "longestIdleAgent",
        "waitMusic": "https://example.com/a.mp3", "maxWaitSeconds": 60, "skills": [{ "skill": "nobody_has_it" }],
    });
    let refused = client.ask("queue-config", &input);
    let issue = &refused["problem"]["report"]["issues"][0];
    assert_eq!(
        (&issue["code"], &issue["path"]),
        (&json!("unknown-skill"), &json!("$.skills[0].id"))
    );
}

#[test]
fn a_longer_wait_holds_once_it_shows() {
    for (settled, state) in [(false, "FAILED"), (true, "WAITING")] {
        let mut client = centre();
        let queue = json!({ "id": BILLING, "agents": [{ "id": "bob", "status": "BREAK" }], "propagationSeconds": 4 });
        client.sim.add_queue(&queue.to_string()).expect("a queue");
        client.sim.add_call(r#"{"id": "call-1"}"#).expect("a call");
        let input = json!({
            "queue": BILLING, "version": 1, "routingStrategy": "longestIdleAgent",
            "waitMusic": "https://example.com/a.mp3", "maxWaitSeconds": 600,
        });
        assert_eq!(client.ask("queue-config", &input)["status"], 200);
        if settled {
            client.pass(Duration::from_secs(4));
        }
        client.transfer("call-1", "QUEUE", BILLING);
        client.pass(Duration::from_secs(60));
        assert_eq!(client.outcome().0, state);
    }
}

#[test]
fn the_log_tells_who_changed_what_page_by_page() {
    let mut client = centre();
    for version in 7..17 {
        let mut body = payload(&json!(version));
        body["maxWaitTime"] = json!(100 + version);
        assert_eq!(put(&mut client, None, &body).0, 200);
        client.pass(Duration::from_secs(60));
    }
    let input = json!({ "queue": "billing", "from": "now-30d", "pageSize": 4 });
    let (rows, pages) = client.ask_pages("audit-log", &input);
    assert_eq!((rows.len(), pages), (10, 3));
    let last = &rows[9];
    assert_eq!(
        (
            &last["action"],
            &last["resourceType"],
            &last["resourceId"],
            &last["version"]
        ),
        (
            &json!("Update"),
            &json!("Queue"),
            &json!("billing"),
            &json!(17)
        )
    );
    assert_eq!(last["user"]["id"], "simulated");
    assert_eq!(
        last["changes"],
        json!([{ "field": "maxWaitTime", "from": 115, "to": 116 }])
    );
    let mut count = |query: &str| {
        let (status, page) = client.get(&format!("/api/v2/audit?{query}"));
        assert_eq!(status, 200, "{query}");
        page["results"].as_array().expect("rows").len()
    };
    assert_eq!(
        count("resourceId=billing&startTime=now-125s&endTime=now"),
        2
    );
    assert_eq!(count("resourceId=other"), 0);
    assert_eq!(count("action=Delete"), 0);
    assert_eq!(count("resourceType=Skill"), 0);
    assert_eq!(count(""), 10);
    for query in [
        "startTime=yesterday",
        "pageSize=0",
        "cursor=9-4",
        "startTime=now&endTime=now-1d",
    ] {
        assert_eq!(
            client.get(&format!("/api/v2/audit?{query}")).0,
            400,
            "{query}"
        );
    }
}

#[test]
fn routing_and_analytics_are_limited_by_script_and_nothing_is_deployed() {
    let deployment = json!({
        "queue": "billing", "version": 7, "routingStrategy": "longestIdleAgent",
        "waitMusic": "https://example.com/wait.mp3", "maxWaitSeconds": 60,
    });
    for (operation, input) in [
        ("skills", json!({})),
        ("queue", json!({ "queue": "billing" })),
        ("queue-config", deployment),
        ("queue-metrics", json!({ "queue": "billing" })),
        ("wait-distribution", json!({ "queue": "billing" })),
        ("audit-log", json!({ "queue": "billing", "from": "now-1d" })),
        ("health", json!({})),
        ("security-profiles", json!({})),
    ] {
        let mut client = centre();
        let fault = json!({ "operation": operation, "retryAfter": 3 });
        client.sim.add_fault(&fault.to_string()).expect("a fault");
        let limited = client.ask(operation, &input);
        assert_eq!(
            (
                &limited["problem"]["code"],
                &limited["problem"]["retryAfterSeconds"]
            ),
            (&json!("rate-limited"), &json!(3)),
            "{operation}"
        );
        client.settle();
        assert_eq!(client.get(PATH).1["version"], 7);
        assert_eq!(client.ask(operation, &input)["ok"], true, "{operation}");
    }
}
