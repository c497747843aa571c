//! How busy queues are, how long their callers waited, and how the platform is.

use core::time::Duration;

use patchcord::json::ToJson;
use patchcord::parts::predict;
use serde_json::{Value, json};

use crate::client::{BILLING, Client, read};

const DETAILS: &str = "/api/v2/analytics/queues/details/query";
const DATA: &str = "/api/v2/analytics/queues/data/query";

/// What the document asks for of the last five minutes.
fn now(queue: &str) -> Value {
    json!({
        "dateRange": { "startDate": "now-5m", "endDate": "now" }, "groupBy": ["queue"],
        "metrics": ["occupancy", "waitTime", "abandonedCount", "answeredCount"],
        "selectors": [{ "id": queue, "type": "queue" }],
    })
}

/// What the document asks for of the last days.
fn distribution(queue: &str, from: &str) -> Value {
    json!({
        "dateRange": { "startDate": from, "endDate": "now" }, "groupBy": ["waitTimeRange", "queue"],
        "metrics": ["abandonedCount", "waitTime"], "selectors": [{ "id": queue, "type": "queue" }], "pageSize": 50,
    })
}

fn facts(client: &mut Client) -> Value {
    let read = client.ask("queue-metrics", &json!({ "queue": BILLING }));
    assert_eq!(read["facts"][0]["queue"], BILLING, "{read}");
    read["facts"][0]["facts"].clone()
}

#[test]
fn metrics_name_the_queue_as_it_was_selected_and_echo_the_selectors() {
    let mut client = Client::with_agents(&json!([{ "id": "ann" }]));
    let (status, answer) = client.post(DETAILS, &now(BILLING));
    assert_eq!(
        (status, &answer["selectors"], &answer["metrics"][0]["queue"]),
        (
            200,
            &json!([{ "id": BILLING, "type": "queue" }]),
            &json!({ "id": BILLING })
        )
    );
    let (_, answer) = client.post(DETAILS, &now("nowhere"));
    assert_eq!(answer["metrics"], json!([]));
}

#[test]
fn of_nobody_nothing_is_told() {
    let mut client = Client::with_agents(&json!([]));
    let (_, answer) = client.post(DETAILS, &now(BILLING));
    assert_eq!(answer["metrics"], json!([{ "queue": { "id": BILLING } }]));
    assert_eq!(facts(&mut client), json!({}));
}

#[test]
fn metrics_count_what_happens_in_the_queue() {
    let mut client = Client::with_agents(&json!([
        { "id": "ann" }, { "id": "bob", "status": "WRAP_UP" }, { "id": "carl", "status": "BREAK" },
    ]));
    assert_eq!(facts(&mut client), json!({ "occupancy": 0.5 }));
    client.transfer("call-1", "QUEUE", BILLING);
    client.settle();
    let told = facts(&mut client);
    assert_eq!(
        (&told["occupancy"], &told["answered"], &told["abandoned"]),
        (&json!(1.0), &json!(1.0), &json!(0.0))
    );
    let waited = told["waitSeconds"].as_f64().expect("a number");
    assert!((1.0..10.0).contains(&waited), "{waited}");

    client.sim.add_call(r#"{"id": "call-2"}"#).expect("a call");
    client.transfer("call-2", "QUEUE", BILLING);
    client.pass(Duration::from_secs(12));
    assert_eq!(facts(&mut client)["waitSeconds"], 12.0, "who waits now");
    client.sim.hang_up("call-2").expect("known");
    let told = facts(&mut client);
    assert_eq!(
        (&told["answered"], &told["abandoned"]),
        (&json!(1.0), &json!(1.0))
    );

    client.pass(Duration::from_secs(301));
    assert_eq!(
        facts(&mut client),
        json!({ "occupancy": 1.0 }),
        "five minutes are over"
    );
}

#[test]
fn a_caller_who_was_there_before_and_hangs_up_has_given_up() {
    let mut client = Client::with_agents(&json!([]));
    let call = json!({ "id": "call-2", "queue": BILLING, "ageSeconds": 40 });
    client.sim.add_call(&call.to_string()).expect("a call");
    assert_eq!(facts(&mut client)["waitSeconds"], 40.0);
    client.pass(Duration::from_secs(5));
    client.sim.hang_up("call-2").expect("known");
    assert_eq!(
        facts(&mut client),
        json!({ "waitSeconds": 45.0, "abandoned": 1.0, "answered": 0.0 })
    );
}

#[test]
fn what_is_said_of_the_load_is_told_and_a_breach_is_predicted_from_it() {
    let mut client = Client::new();
    let queue = json!({
        "id": BILLING, "metrics": { "occupancy": 0.92, "waitTime": 130, "abandonedCount": 5, "answeredCount": 95 },
    });
    client.sim.add_queue(&queue.to_string()).expect("a queue");
    let mut input = facts(&mut client);
    assert_eq!(
        input,
        json!({ "occupancy": 0.92, "waitSeconds": 130.0, "abandoned": 5.0, "answered": 95.0 })
    );
    input["method"] = json!("rule");
    input["thresholdSeconds"] = json!(240);
    let predicted = predict(&input.to_string()).expect("a prediction");
    let predicted = ToJson::to_json(&predicted);
    assert_eq!(predicted["breachPredicted"], true, "{predicted}");
}

#[test]
fn a_query_is_refused_field_by_field() {
    let cases = [
        (
            "dateRange",
            json!({ "startDate": "yesterday", "endDate": "now" }),
            "dateRange.startDate",
        ),
        (
            "dateRange",
            json!({ "startDate": "now-5m" }),
            "dateRange.endDate",
        ),
        (
            "dateRange",
            json!({ "startDate": "now", "endDate": "now-5m" }),
            "dateRange.endDate",
        ),
        ("groupBy", json!(["agent"]), "groupBy"),
        ("metrics", json!(["occupancy", "mood"]), "metrics[1]"),
        ("metrics", json!([]), "metrics"),
        ("selectors", json!([]), "selectors"),
        (
            "selectors",
            json!([{ "id": "ann", "type": "user" }]),
            "selectors[0].type",
        ),
        ("selectors", json!([{ "type": "queue" }]), "selectors[0].id"),
        ("pageSize", json!(0), "pageSize"),
    ];
    let mut client = Client::with_agents(&json!([]));
    for path in [DETAILS, DATA] {
        for (field, value, complaint) in &cases {
            let mut query = now(BILLING);
            query[*field] = value.clone();
            let (status, answer) = client.post(path, &query);
            assert_eq!(
                (status, &answer["errors"][0]["field"]),
                (400, &json!(complaint)),
                "{query}"
            );
        }
        assert_eq!(read(client.send("POST", path, b"")).0, 400, "no body");
    }
}

#[test]
fn a_distribution_is_read_page_by_page_as_the_core_does_it_and_as_the_document_does_it() {
    let mut client = Client::new();
    let queue = json!({ "id": BILLING, "pastCallers": 5_000 });
    client.sim.add_queue(&queue.to_string()).expect("a queue");
    let (rows, pages) = client.ask_pages("wait-distribution", &json!({ "queue": BILLING }));
    assert_eq!((rows.len(), pages), (61, 2));
    assert_eq!(
        (&rows[0]["range"], &rows[60]["range"], &rows[60]["queue"]),
        (&json!("0-5"), &json!("300+"), &json!(BILLING))
    );
    let abandoned: f64 = rows
        .iter()
        .filter_map(|row| row["abandoned"].as_f64())
        .sum();
    assert!((300.0..2_000.0).contains(&abandoned), "{abandoned}");
    for row in &rows {
        let range = row["range"].as_str().expect("a word");
        let least: f64 = range
            .split(['-', '+'])
            .next()
            .and_then(|text| text.parse().ok())
            .expect("a number");
        let wait = row["waitSeconds"].as_f64().expect("a number");
        assert!(
            least <= wait && (wait < least + 5.0 || range == "300+"),
            "{row}"
        );
    }

    for method in ["POST", "GET"] {
        let (_, first) = client.post(DATA, &distribution(BILLING, "now-7d"));
        assert_eq!(first["nextMethod"], "POST");
        let next = first["nextUri"].as_str().expect("a link");
        let (host, path) = next.split_at("https://cxone.simulated".len());
        assert_eq!(host, "https://cxone.simulated", "whole");
        let (status, last) = read(client.send(method, path, b""));
        assert_eq!((status, last.get("nextUri")), (200, None), "{method}");
        let rows = [&first, &last].map(|page| page["results"].as_array().expect("rows").len());
        assert_eq!(rows, [50, 11], "{method}");
    }
    let count = |client: &mut Client, from: &str| {
        let mut query = distribution(BILLING, from);
        query["groupBy"] = json!(["queue"]);
        query["metrics"] = json!(["answeredCount", "abandonedCount"]);
        let (_, page) = client.post(DATA, &query);
        let row = &page["results"][0];
        row["answeredCount"].as_u64().unwrap_or(0) + row["abandonedCount"].as_u64().unwrap_or(0)
    };
    assert_eq!(count(&mut client, "now-7d"), 5_000);
    assert!((500..1_000).contains(&count(&mut client, "now-24h")));
}

#[test]
fn a_distribution_counts_the_calls_of_the_centre_too() {
    let mut client = Client::with_agents(&json!([{ "id": "ann", "answerSeconds": 8 }]));
    let (rows, _) = client.ask_pages("wait-distribution", &json!({ "queue": BILLING }));
    assert_eq!(rows, [Value::Null; 0]);
    client.transfer("call-1", "QUEUE", BILLING);
    client.settle();
    let (rows, _) = client.ask_pages("wait-distribution", &json!({ "queue": BILLING }));
    assert_eq!((rows.len(), &rows[0]["abandoned"]), (1, &json!(0.0)));
    let wait = rows[0]["waitSeconds"].as_f64().expect("a number");
    assert!((8.0..12.0).contains(&wait), "{wait}");
}

#[test]
fn the_platform_is_well_unless_it_was_told_otherwise() {
    let mut client = Client::new();
    assert_eq!(client.ask("health", &json!({}))["facts"]["status"], "UP");
    let fault = json!({ "operation": "health", "body": { "status": "DEGRADED" } });
    client.sim.add_fault(&fault.to_string()).expect("a fault");
    assert_eq!(
        client.ask("health", &json!({}))["facts"]["status"],
        "DEGRADED"
    );
    let fault =
        json!({ "operation": "health", "status": 503, "headers": { "retry-after": "120" } });
    client.sim.add_fault(&fault.to_string()).expect("a fault");
    let gone = client.ask("health", &json!({}));
    assert_eq!(
        (
            &gone["problem"]["code"],
            &gone["problem"]["retryAfterSeconds"]
        ),
        (&json!("server-error"), &json!(120))
    );
}
