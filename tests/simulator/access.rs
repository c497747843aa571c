//! Tokens, scopes, and who is let in.

use core::time::Duration;

use serde_json::{Value, json};

use crate::client::{BILLING, Client};

/// A path that the platform has, with the scopes that open it.
type Door = (&'static str, &'static str, &'static str);

const SECRET: &str = "grant_type=client_credentials&client_id=desk&client_secret=s3cret";
const TOKEN: &str = "/api/v2/oauth/token";

fn centre(scopes: &Value) -> Client {
    let mut client = Client::with_agents(&json!([{ "id": "ann" }]));
    let registered = json!({ "id": "desk", "secret": "s3cret", "scopes": scopes });
    client
        .sim
        .add_client(&registered.to_string())
        .expect("a client");
    client
}

/// Takes up the token of an answer.
fn take(client: &mut Client, (status, token): (u16, Value)) {
    assert_eq!(status, 200, "{token}");
    client.token = token["access_token"].as_str().map(str::to_owned);
}

#[test]
fn every_address_of_the_token_endpoint_takes_the_form_or_basic() {
    for path in [TOKEN, "/v2/oauth/token", "/oauth/token"] {
        for (basic, form) in [
            ("", SECRET),
            ("Basic ZGVzazpzM2NyZXQ=", "grant_type=client_credentials"),
        ] {
            let mut client = centre(&Value::Null);
            let answer = client.ask_token(path, basic, form);
            assert_eq!(answer.1["expires_in"], 3_600);
            take(&mut client, answer);
            assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 200, "{path}");
        }
    }
}

#[test]
fn wrong_credentials_get_401_and_a_wrong_form_400() {
    let mut client = centre(&json!(["voice:call:control"]));
    let cases = [
        (
            "",
            "grant_type=client_credentials&client_id=desk&client_secret=wrong",
            401,
            "invalid_client",
        ),
        (
            "",
            "grant_type=client_credentials&client_id=nobody&client_secret=s3cret",
            401,
            "invalid_client",
        ),
        (
            "",
            "grant_type=client_credentials&client_id=desk",
            401,
            "invalid_client",
        ),
        (
            "Basic ZGVzazp3cm9uZw==",
            "grant_type=client_credentials",
            401,
            "invalid_client",
        ),
        (
            "Basic desk:s3cret",
            "grant_type=client_credentials",
            401,
            "invalid_client",
        ),
        (
            "",
            "grant_type=client_credentials&client_id=desk&client_secret=s3cret&scope=audit:read",
            401,
            "invalid_scope",
        ),
        (
            "",
            "grant_type=password&client_id=desk&client_secret=s3cret",
            400,
            "unsupported_grant_type",
        ),
        (
            "",
            "client_id=desk&client_secret=s3cret",
            400,
            "invalid_request",
        ),
    ];
    for (basic, form, status, error) in cases {
        let answer = client.ask_token(TOKEN, basic, form);
        assert_eq!(
            (answer.0, &answer.1["error"]),
            (status, &json!(error)),
            "{form}"
        );
    }
    let headers = [("content-type".to_owned(), "application/json".to_owned())];
    let answer = client
        .sim
        .handle_request("POST", TOKEN, &headers, SECRET.as_bytes(), client.now);
    assert_eq!(answer.response.map(|response| response.status), Some(400));
}

#[test]
fn the_scopes_of_a_token_are_those_that_were_asked_for_else_all_that_the_client_holds() {
    let held = json!(["voice:call:control", "voice:queue:read"]);
    let agents = format!("/api/v2/voice/queues/{BILLING}/agents");

    let mut client = centre(&held);
    let answer = client.ask_token(TOKEN, "", SECRET);
    assert_eq!(answer.1["scope"], "voice:call:control voice:queue:read");
    take(&mut client, answer);
    assert_eq!(client.get(&agents).0, 200);
    let (status, refused) = client.get("/api/v2/voice/campaigns");
    assert_eq!(
        (status, &refused["requiredScopes"]),
        (403, &json!(["voice:campaign:read"]))
    );

    let answer = client.ask_token(TOKEN, "", &format!("{SECRET}&scope=voice:call:control"));
    assert_eq!(answer.1["scope"], "voice:call:control");
    take(&mut client, answer);
    assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 200);
    assert_eq!(client.get(&agents).0, 403);
}

#[test]
fn a_transfer_without_its_scope_is_refused_and_nothing_moves() {
    let mut client = centre(&json!(["voice:queue:read"]));
    let answer = client.ask_token(TOKEN, "", SECRET);
    take(&mut client, answer);
    let to = json!({ "call": "call-1", "to": { "queue": BILLING } });
    let read = client.ask("transfer", &to);
    assert_eq!(
        (
            &read["status"],
            &read["problem"]["code"],
            &read["problem"]["scope"]
        ),
        (
            &json!(403),
            &json!("missing-scope"),
            &json!("voice:call:control")
        )
    );
    assert_eq!(client.sim.transfers("call-1"), 0);
}

#[test]
fn a_token_is_over_after_an_hour_and_one_that_was_never_issued_opens_nothing() {
    let mut client = centre(&Value::Null);
    assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 401);
    let answer = client.ask_token(TOKEN, "", SECRET);
    take(&mut client, answer);
    client.pass(Duration::from_secs(3_599));
    assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 200);
    client.pass(Duration::from_secs(1));
    assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 401);
}

#[test]
fn where_no_client_is_registered_any_token_will_do_but_one_that_was_issued_keeps_to_its_word() {
    let mut client = Client::with_agents(&json!([]));
    assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 200);
    let form =
        "grant_type=client_credentials&client_id=any&client_secret=any&scope=voice:queue:read";
    let answer = client.ask_token(TOKEN, "", form);
    take(&mut client, answer);
    let agents = format!("/api/v2/voice/queues/{BILLING}/agents");
    assert_eq!(client.get(&agents).0, 200);
    assert_eq!(client.get("/api/v2/voice/calls/call-1").0, 403);
    client.pass(Duration::from_secs(3_600));
    client.ask_token(TOKEN, "", form);
    assert_eq!(client.get(&agents).0, 401, "it is over");
}

#[test]
fn each_operation_needs_its_own_scopes() {
    let doors: &[Door] = &[
        (
            "POST",
            "/api/v2/voice/calls/call-1/transfer",
            "voice:call:control",
        ),
        ("GET", "/api/v2/voice/calls/call-1", "voice:call:control"),
        ("GET", "/api/v2/voice/campaigns", "voice:campaign:read"),
        ("GET", "/api/v2/voice/queues/q/agents", "voice:queue:read"),
        ("GET", "/api/v2/users/ann/presence", "user:presence:read"),
        (
            "POST",
            "/api/v2/analytics/conversations/details/query",
            "analytics:conversation:read",
        ),
        ("GET", "/api/v2/security/profiles", ""),
        ("GET", "/api/v2/routing/skills", "routing:skill:read"),
        ("GET", "/api/v2/routing/skills", "routing:queues:read"),
        ("GET", "/api/v2/routing/queues/q", "routing:queues:read"),
        ("PUT", "/api/v2/routing/queues/q", "routing:queues:write"),
        ("GET", "/api/v2/audit", "audit:read"),
        (
            "POST",
            "/api/v2/analytics/queues/details/query",
            "analytics:queues:read",
        ),
        (
            "POST",
            "/api/v2/analytics/queues/data/query",
            "analytics:conversations:read",
        ),
        ("GET", "/api/v2/health", "health:read"),
        (
            "POST",
            "/v2/personal-connection/calls",
            "personal-connection:write",
        ),
        (
            "POST",
            "/api/v2/personal-connection/calls",
            "personal-connection:write",
        ),
        (
            "GET",
            "/v2/personal-connection/calls/p",
            "personal-connection:read",
        ),
        (
            "GET",
            "/api/v2/personal-connection/calls/p",
            "personal-connection:read",
        ),
        (
            "POST",
            "/api/v2/cti/calls/call-1/bridge",
            "cti:bridge:write cti:calls:write cti:calls:read",
        ),
    ];
    let answered = |held: &[&str], method: &str, path: &str| {
        let mut client = centre(&json!(held));
        let answer = client.ask_token(TOKEN, "", SECRET);
        take(&mut client, answer);
        let answer = client.send(method, path, b"").response.expect("an answer");
        client.token = None;
        let without = client.send(method, path, b"").response.expect("an answer");
        assert_eq!(without.status, 401, "{path}");
        answer.status
    };
    for (method, path, scopes) in doors {
        let needed: Vec<_> = scopes.split_whitespace().collect();
        let status = answered(&needed, method, path);
        assert!(![401, 403].contains(&status), "{path}: {status}");
        for one in &needed {
            let others: Vec<_> = needed
                .iter()
                .copied()
                .filter(|other| other != one)
                .collect();
            assert_eq!(answered(&others, method, path), 403, "{path} without {one}");
        }
    }
}

#[test]
fn security_profiles_tell_what_each_client_holds() {
    let mut client = Client::new();
    let read = client.ask("security-profiles", &json!({}));
    let every = read["facts"][0]["scopes"]
        .as_array()
        .expect("scopes")
        .clone();
    assert!(every.contains(&json!("voice:call:control")), "{read}");
    let checked =
        patchcord::parts::check_scopes("cxone-v2", &json!({ "granted": every }).to_string());
    assert!(checked.is_ok_and(|report| report.is_ok()));

    let mut client = centre(&json!(["voice:call:control"]));
    let answer = client.ask_token(TOKEN, "", SECRET);
    take(&mut client, answer);
    let read = client.ask("security-profiles", &json!({}));
    assert_eq!(
        read["facts"],
        json!([{ "id": "desk", "name": "desk", "scopes": ["voice:call:control"] }])
    );
}
