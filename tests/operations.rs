//! The operations of every profile: whatever comes in, nothing panics and nothing that is refused is sent; scopes before
//! the start, the record of a handoff, and audits of lines.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

use std::fs;
use std::path::Path;

use patchcord::json::ToJson;
use patchcord::parts;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Every profile with each of its operations.
fn operations() -> Vec<(&'static str, &'static str)> {
    let of = |profile: &parts::ProfileInfo| {
        let name = profile.name;
        profile
            .operations
            .iter()
            .map(move |operation| (name, operation.name))
            .collect::<Vec<_>>()
    };
    parts::profiles().iter().flat_map(of).collect()
}

/// The vectors of a file that have this field.
fn vectors(field: &str) -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut found = Vec::new();
    for profile in parts::profiles() {
        for entry in fs::read_dir(root.join(profile.name)).expect("a folder of vectors") {
            let text = fs::read_to_string(entry.expect("an entry").path()).expect("a text");
            let list: Vec<Value> = serde_json::from_str(&text).expect("a list of vectors");
            found.extend(
                list.into_iter()
                    .filter(|vector| vector.get(field).is_some()),
            );
        }
    }
    assert!(found.len() > 50, "{field}: {}", found.len());
    found
}

/// The words that inputs and answers are made of.
fn words() -> impl Strategy<Value = String> {
    let known = [
        "call",
        "queue",
        "targets",
        "matrix",
        "phone",
        "type",
        "value",
        "source",
        "target",
        "direction",
        "transfer",
        "to",
        "mode",
        "version",
        "waitMusic",
        "url",
        "maxWaitSeconds",
        "overflowTargets",
        "skills",
        "skill",
        "next",
        "nextMethod",
        "from",
        "now",
        "now-5m",
        "flow",
        "callerNumber",
        "calledNumber",
        "parameters",
        "apiRoot",
        "/v2",
        "name",
        "agent",
        "status",
        "state",
        "errors",
        "field",
        "message",
        "results",
        "nextUri",
        "metrics",
        "body",
        "headers",
        "request",
        "+15550100000",
        "https://a.example/x",
        "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11",
        "..",
        "",
        "id",
        "reasonCode",
        "longestIdleAgent",
        "routingStrategy",
        "consult",
        "connected",
        "queued",
    ];
    prop_oneof![
        6 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// Any JSON, made of such words.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-2_i64..10).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((words(), inner), 0..6)
                .prop_map(|fields| Value::Object(Map::from_iter(fields))),
        ]
    })
}

/// The places in a value, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(value, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// What vectors hold, with one place in it altered.
fn altered(value: &Value, place: prop::sample::Index, other: Value) -> Value {
    let mut value = value.clone();
    let mut found = Vec::new();
    places(&value, "", &mut found);
    let place = &found[place.index(found.len())];
    if let Some(old) = value.pointer_mut(place) {
        *old = other;
    }
    value
}

/// Either a request is built and nothing was found, or nothing is built and the report says why.
fn builds_or_refuses(profile: &str, operation: &str, input: &Value) -> Result<(), TestCaseError> {
    let text = input.to_string();
    let report = parts::validate(profile, operation, &text).expect("a report");
    match parts::build_request(profile, operation, &text) {
        Ok(request) => {
            prop_assert!(report.is_ok(), "{profile} {operation} {text}: {report:?}");
            prop_assert!(request.path.starts_with('/') && !request.path.starts_with("//"));
            prop_assert!(
                request.path.bytes().all(|byte| byte.is_ascii_graphic()),
                "{}",
                request.path
            );
            prop_assert!(
                !request
                    .path
                    .split(['/', '?'])
                    .any(|part| part == ".." || part == ".")
            );
            for (name, value) in &request.headers {
                prop_assert!(
                    name.bytes()
                        .chain(value.bytes())
                        .all(|byte| (b' '..=b'~').contains(&byte))
                );
            }
            if let Some(body) = &request.body {
                prop_assert!(serde_json::from_str::<Value>(body).is_ok(), "{body}");
            }
            let again = parts::build_request(profile, operation, &text);
            prop_assert_eq!(again.expect("the same"), request, "one input, one request");
        }
        Err(refusal) => {
            prop_assert!(
                !report.is_ok(),
                "{profile} {operation} {text} is refused without a finding"
            );
            prop_assert_eq!(refusal.report, report);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_panics_and_nothing_refused_is_built(input in any_json()) {
        for (profile, operation) in operations() {
            builds_or_refuses(profile, operation, &input)?;
        }
    }

    #[test]
    fn no_answer_panics(status in 100_u16..600, body in any_json(), headers in any_json(), request in any_json()) {
        let response = json!({ "status": status, "body": body, "headers": headers, "request": request });
        for (profile, operation) in operations() {
            let read = parts::read_response(profile, operation, &response.to_string()).expect("an answer");
            let ok = (200..300).contains(&status) && read.get("problem").is_none();
            prop_assert_eq!(&read["ok"], &Value::Bool(ok));
            prop_assert_eq!(read.get("problem").is_some(), !ok);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_input_that_is_altered_in_one_place_is_built_or_refused(place in any::<prop::sample::Index>(), other in any_json()) {
        for vector in vectors("input") {
            let input = altered(&vector["input"], place, other.clone());
            let (profile, operation) = (&vector["profile"], &vector["operation"]);
            builds_or_refuses(profile.as_str().expect("a name"), operation.as_str().expect("a name"), &input)?;
        }
    }

    #[test]
    fn an_answer_that_is_altered_in_one_place_is_read_or_refused(place in any::<prop::sample::Index>(), other in any_json()) {
        for vector in vectors("answer") {
            let response = altered(&vector["response"], place, other.clone());
            let (profile, operation) = (&vector["profile"], &vector["operation"]);
            let read = parts::read_response(profile.as_str().expect("a name"), operation.as_str().expect("a name"), &response.to_string());
            if let Err(refusal) = read {
                prop_assert!(!refusal.report.is_ok(), "{response}");
            }
        }
    }

    #[test]
    fn records_and_scopes_take_any_input(input in any_json()) {
        let text = input.to_string();
        for profile in parts::profiles() {
            let _ = parts::check_scopes(profile.name, &text);
        }
        let _ = parts::handoff_record(&text);
        let _ = parts::audit_line(&text);
        let _ = parts::verify_audit_lines(&text);
    }
}

#[test]
fn a_finding_repeats_no_phone_number() {
    let number = "05550100000";
    for input in [
        json!({ "call": "c", "targets": [{ "phone": number }], "direction": "inbound" }),
        json!({ "callerNumber": number, "calledNumber": number, "flow": "f" }),
    ] {
        for operation in ["bridge", "personal-connection"] {
            let report =
                parts::validate("cxone-v2", operation, &input.to_string()).expect("a report");
            assert!(!report.is_ok());
            assert!(!report.to_json().to_string().contains(number), "{report:?}");
        }
    }
}

#[test]
fn the_example_of_the_design_is_built() {
    let input = json!({ "call": "call-1", "targets": [{ "phone": "+15550100000" }], "direction": "transfer", "matrix": [[0, 1]] });
    let request =
        parts::build_request("cxone-v2", "bridge", &input.to_string()).expect("a request");
    assert_eq!(request.path, "/api/v2/cti/calls/call-1/bridge");
}

#[test]
fn a_retry_of_one_intent_has_the_same_request_id_and_another_intent_another() {
    let id = |input: Value| {
        let request =
            parts::build_request("cxone-v2", "bridge", &input.to_string()).expect("a request");
        let header = request
            .headers
            .iter()
            .find(|(name, _)| name == "x-cxone-request-id");
        header.expect("the header").1.clone()
    };
    let intent = |phone: &str, call: &str| json!({ "call": call, "targets": [{ "phone": phone }], "direction": "inbound" });
    assert_eq!(
        id(intent("+15550100000", "c-1")),
        id(intent("+15550100000", "c-1"))
    );
    assert_ne!(
        id(intent("+15550100000", "c-1")),
        id(intent("+15550100001", "c-1"))
    );
    assert_ne!(
        id(intent("+15550100000", "c-1")),
        id(intent("+15550100000", "c-2"))
    );
    let mut named = intent("+15550100000", "c-1");
    named["requestId"] = "mine".into();
    assert_eq!(id(named), "mine");
    assert!(
        !id(intent("+15550100000", "c-1")).contains("5550100000"),
        "a header is logged"
    );
}

#[test]
fn metrics_are_what_the_predictor_reads() {
    let answer = json!({ "status": 200, "body": { "metrics": [
        { "queue": { "id": "billing" }, "occupancy": 0.9, "waitTime": 130, "abandonedCount": 5, "answeredCount": 95 },
        { "queue": { "id": "sales" }, "occupancy": 0.9, "waitTime": 130 },
    ] } });
    let read =
        parts::read_response("cxone-v2", "queue-metrics", &answer.to_string()).expect("facts");
    let predict = |queue: &Value| {
        let mut input = queue["facts"].clone();
        input["method"] = "rule".into();
        input["thresholdSeconds"] = 240.into();
        parts::predict(&input.to_string())
            .expect("a prediction")
            .to_json()
    };
    let told = predict(&read["facts"][0]);
    assert_eq!(
        (&told["breachPredicted"], &told["confidence"]),
        (&json!(true), &json!(0.56))
    );
    let missing = predict(&read["facts"][1]);
    assert_eq!(
        missing["breachPredicted"],
        Value::Null,
        "what is absent is unknown, not zero: {missing}"
    );
}

#[test]
fn scopes_are_checked_before_the_start() {
    let check = |input: Value| {
        parts::check_scopes("cxone-v2", &input.to_string())
            .expect("a report")
            .to_json()
    };
    let transfers = ["transfer", "call", "campaigns", "agents", "skills"];
    let all = "voice:call:control voice:queue:read routing:skill:read voice:campaign:read";
    assert_eq!(
        check(json!({ "granted": all, "operations": transfers }))["ok"],
        true
    );
    let list: Vec<&str> = all.split(' ').collect();
    assert_eq!(
        check(json!({ "granted": list, "operations": transfers }))["ok"],
        true
    );

    let lacking = check(
        json!({ "granted": "voice:queue:read voice:campaign:read", "operations": ["transfer", "call", "agents"] }),
    );
    assert_eq!(
        lacking["issues"].as_array().map(Vec::len),
        Some(1),
        "one scope, one finding: {lacking}"
    );
    assert_eq!(lacking["issues"][0]["code"], "missing-scope");
    assert_eq!(lacking["issues"][0]["path"], "$.granted");
    assert_eq!(
        lacking["issues"][0]["hint"],
        "give it to the client: transfer, call need it"
    );

    let bridge = check(json!({ "granted": "cti:calls:read", "operations": ["bridge"] }));
    assert_eq!(
        bridge["issues"].as_array().map(Vec::len),
        Some(2),
        "a bridge needs three: {bridge}"
    );
    let whole = check(json!({ "granted": "" }));
    assert!(
        whole["issues"]
            .as_array()
            .is_some_and(|issues| issues.len() > 12),
        "all operations: {whole}"
    );
    assert_eq!(
        check(json!({ "granted": all, "operations": ["teleport"] }))["issues"][0]["code"],
        "unknown-operation"
    );
    assert_eq!(check(json!({}))["issues"][0]["code"], "missing-field");
    assert!(parts::check_scopes("cxone-v9", "{}").is_err());
}

#[test]
fn a_handoff_is_recorded_with_the_time_and_presence_of_that_moment() {
    let outcome = json!({ "status": "connected", "agent": "ann", "target": { "queue": "billing" }, "endedAt": 1_767_225_660_123_i64 });
    let record = |input: Value| parts::handoff_record(&input.to_string());
    let input = json!({ "call": "call-1", "outcome": outcome, "presence": { "status": "BUSY" }, "metrics": { "succeeded": 1 } });
    let told = json!({
        "timestamp": "2026-01-01T00:01:00.123Z", "callId": "call-1", "targetQueueId": "billing", "agentId": "ann",
        "agentPresence": "BUSY", "analyticsSnapshot": { "succeeded": 1 }, "auditAction": "TRANSFER_COMPLETED",
    });
    assert_eq!(record(input).expect("a record"), told);

    let bare = json!({ "call": "call-1", "outcome": { "status": "caller-left", "endedAt": 0 } });
    let told = json!({
        "timestamp": "1970-01-01T00:00:00.000Z", "callId": "call-1", "agentPresence": "UNKNOWN", "auditAction": "TRANSFER_CALLER_LEFT",
    });
    assert_eq!(
        record(bare).expect("a record"),
        told,
        "what could not be read keeps nothing back"
    );
    assert!(record(json!({ "call": "call-1" })).is_err());
}

#[test]
fn an_audit_of_lines_is_appended_to_and_shows_what_was_altered() {
    let entry = |n: u32| json!({ "event_type": "bridge_attempt", "call_id": format!("c-{n}"), "success": true, "latency_ms": n });
    let mut audit = String::new();
    let mut last = String::new();
    for n in 0..3 {
        let input = json!({ "after": last, "entry": entry(n), "at": 1_000 + n });
        last = parts::audit_line(&input.to_string()).expect("a line");
        assert!(!last.contains('\n'));
        audit.push_str(&last);
        audit.push('\n');
    }
    assert!(parts::verify_audit_lines(&audit).ok);
    let altered = audit.replace("\"c-1\"", "\"c-9\"");
    assert_eq!(parts::verify_audit_lines(&altered).first_broken, Some(1));
    let refused = json!({ "after": "not a line", "entry": {}, "at": 0 });
    assert!(parts::audit_line(&refused.to_string()).is_err());
}
