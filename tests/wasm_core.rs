//! What only runs as wasm: the scanner's vector instructions, and the one place that sends.
#![cfg(all(target_arch = "wasm32", feature = "engine"))]
#![expect(
    clippy::expect_used,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

use js_sys::{Function, JSON, Reflect};
use patchcord::js::send::send;
use patchcord::json::{ToJson, text};
use patchcord::parts::{build_request, roster};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

/// A roster in which agent `at` is free, and skilled, by turns, among strings that look like what is looked for.
fn agents(count: usize) -> String {
    let agent = |at: usize| {
        let status = if at % 3 == 0 { "AVAILABLE" } else { "BUSY" };
        let skill = if at % 2 == 0 { "tier2" } else { "tier1" };
        let note = r#"]}\"status\":\"AVAILABLE\"[{\\"#.repeat(at % 7);
        format!(
            r#"{{"note":"{note}","past":[{{"status":"AVAILABLE"}},[[],"}}"]],"status":"{status}","skills":[{{"level":{at},"skillId":"{skill}"}}]}}"#
        )
    };
    let agents: Vec<_> = (0..count).map(agent).collect();
    format!("[{}]", agents.join(", "))
}

#[wasm_bindgen_test]
fn a_roster_is_counted_by_vector_instructions_as_it_is_without() {
    let body = agents(300);
    let counted = roster("cxone-v2", body.as_bytes(), Some("tier2")).expect("a roster");
    assert_eq!(
        text(&counted.to_json()),
        r#"{"agents":300,"available":100,"eligible":50}"#
    );
    for end in (0..body.len()).step_by(61) {
        let cut = body.as_bytes().get(..end).unwrap_or_default();
        assert!(roster("cxone-v2", cut, Some("tier2")).is_err(), "{end}");
    }
}

/// What `send` makes of this token function and this fetch.
async fn sent(token: &str, fetch: &str) -> String {
    let request = build_request("cxone-v2", "call", r#"{"call":"call-1"}"#).expect("a request");
    let signal = AbortController::new().expect("a controller").signal();
    let token = Function::new_with_args("{ refresh }", token);
    let fetch = Function::new_with_args("request", fetch);
    let told = send(
        text(&request.to_json()),
        "https://api.example/".to_owned(),
        token,
        false,
        Some(fetch),
        signal,
    )
    .await;
    let part = |name: &str| Reflect::get(&told, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let parts = [part("kind"), part("status"), part("reason")];
    let written = parts.iter().map(|part| {
        let json = JSON::stringify(part).ok();
        json.and_then(|json| json.as_string()).unwrap_or_default()
    });
    written.collect::<Vec<_>>().join(" ")
}

#[wasm_bindgen_test]
async fn a_request_is_sent_with_the_hosts_token_and_its_answer_comes_back() {
    let fetch = "const sent = [request.method, request.url, request.headers.get('authorization')].join(' ');
        return new Response(null, { status: sent === 'GET https://api.example/api/v2/voice/calls/call-1 Bearer secret' ? 204 : 500 });";
    assert_eq!(sent("return 'secret'", fetch).await, r#""response" 204 "#);
}

#[wasm_bindgen_test]
async fn a_fetch_that_throws_or_answers_nonsense_is_a_lost_answer() {
    for (fetch, reason) in [
        ("throw null", "something that is no error was thrown"),
        ("return Promise.reject('reset')", "reset"),
        ("throw new TypeError('failed to fetch')", "failed to fetch"),
        ("return 7", "fetch gave no Response"),
        ("return undefined", "fetch gave no Response"),
    ] {
        assert_eq!(
            sent("return 'secret'", fetch).await,
            format!(r#""lost"  "{reason}""#),
            "{fetch}"
        );
    }
}

#[wasm_bindgen_test]
async fn without_a_token_nothing_is_sent_and_the_token_is_never_told() {
    let fetch = "globalThis.wasSent = true; return new Response('{}')";
    for (token, reason) in [
        ("throw new Error('expired')", "expired"),
        ("return undefined", "the token function gave no string"),
        ("return 'a\\nb'", "the token cannot stand in a header"),
    ] {
        assert_eq!(
            sent(token, fetch).await,
            format!(r#""not-sent"  "{reason}""#),
            "{token}"
        );
    }
    let was_sent = Reflect::get(&js_sys::global(), &"wasSent".into());
    assert_eq!(was_sent.ok(), Some(JsValue::UNDEFINED));
}
