//! A client in a few lines: it sends, turns the clock, and reads JSON.

use core::time::Duration;

use patchcord::Timestamp;
use patchcord::http::{Request, Response};
use patchcord::json::ToJson;
use patchcord::parts::{build_request, read_response};
use patchcord::sim::{Answer, CallPicture, Simulator};
use serde_json::{Value, json};

pub(crate) const BILLING: &str = "0d0c7f4e-6a3b-4c55-9f0e-2f8f6f2b1a01";
pub(crate) const TIER_2: &str = "5b1f2a90-0e57-4f6e-8d1c-9f60a5c3d702";
pub(crate) const START: i64 = 1_750_000_000_000;

/// A centre, its clock, and the token that is sent along.
pub(crate) struct Client {
    pub(crate) sim: Simulator,
    pub(crate) now: Timestamp,
    pub(crate) token: Option<String>,
    profile: &'static str,
}

impl Client {
    /// A centre of the seed 7 without queues and calls.
    pub(crate) fn new() -> Self {
        Self::seeded(7)
    }

    pub(crate) fn seeded(seed: u64) -> Self {
        Self::of("cxone-v2", seed)
    }

    /// A centre of another profile.
    pub(crate) fn of(profile: &'static str, seed: u64) -> Self {
        let now = Timestamp::from_millis(START);
        let options = json!({ "seed": seed, "profile": profile }).to_string();
        Self {
            sim: Simulator::new(&options, now).expect("the options are right"),
            now,
            token: Some("simulated".to_owned()),
            profile,
        }
    }

    /// One with the queue `BILLING`, where these agents work, and `call-1`.
    pub(crate) fn with_agents(agents: &Value) -> Self {
        let mut client = Self::new();
        client
            .sim
            .add_queue(&json!({ "id": BILLING, "agents": agents }).to_string())
            .expect("a queue");
        client.sim.add_call(r#"{"id": "call-1"}"#).expect("a call");
        client
    }

    pub(crate) fn send(&mut self, method: &str, path: &str, body: &[u8]) -> Answer {
        self.send_with(method, path, body, &[])
    }

    pub(crate) fn send_with(
        &mut self,
        method: &str,
        path: &str,
        body: &[u8],
        more: &[(&str, String)],
    ) -> Answer {
        let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        headers.extend(
            more.iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
        headers.extend(self.authorization());
        self.sim
            .handle_request(method, path, &headers, body, self.now)
    }

    fn authorization(&self) -> Option<(String, String)> {
        let token = self.token.as_ref()?;
        Some(("Authorization".to_owned(), format!("Bearer {token}")))
    }

    /// Sends what the core built.
    pub(crate) fn send_request(&mut self, request: &Request) -> Answer {
        let mut headers = request.headers.clone();
        headers.extend(self.authorization());
        let body = request.body.clone().unwrap_or_default();
        self.sim.handle_request(
            request.method.as_str(),
            &request.path,
            &headers,
            body.as_bytes(),
            self.now,
        )
    }

    /// Reads page after page of an operation, as the core does it; all rows, and how many pages they came on.
    pub(crate) fn ask_pages(&mut self, operation: &str, input: &Value) -> (Vec<Value>, usize) {
        let (mut input, mut rows) = (input.clone(), Vec::new());
        for pages in 1..100 {
            let page = self.ask(operation, &input);
            assert_eq!(page["status"], 200, "{page}");
            rows.extend(page["facts"]["rows"].as_array().expect("rows").clone());
            let next = &page["facts"]["next"];
            if next.is_null() {
                return (rows, pages);
            }
            input = json!({ "next": next, "nextMethod": page["facts"]["nextMethod"] });
        }
        panic!("the pages never end");
    }

    /// Builds the request of an operation, sends it, and reads the answer: all three as the core does it.
    pub(crate) fn ask(&mut self, operation: &str, input: &Value) -> Value {
        let request =
            build_request(self.profile, operation, &input.to_string()).expect("it is built");
        let response = self
            .send_request(&request)
            .response
            .expect("the answer is not lost");
        let body = String::from_utf8(response.body).expect("text");
        let answer = json!({
            "status": response.status, "headers": response.headers, "body": body,
            "request": ToJson::to_json(&request), "now": self.now.as_millis(),
        });
        read_response(self.profile, operation, &answer.to_string()).expect("it is read")
    }

    /// Asks for a token with this form, and an `Authorization` header where one is given.
    pub(crate) fn ask_token(&mut self, path: &str, basic: &str, form: &str) -> (u16, Value) {
        let kind = "application/x-www-form-urlencoded; charset=utf-8";
        let headers = [
            ("Authorization".to_owned(), basic.to_owned()),
            ("Content-Type".to_owned(), kind.to_owned()),
        ];
        read(
            self.sim
                .handle_request("POST", path, &headers, form.as_bytes(), self.now),
        )
    }

    /// Status and JSON; null where the body is none.
    pub(crate) fn get(&mut self, path: &str) -> (u16, Value) {
        read(self.send("GET", path, b""))
    }

    pub(crate) fn post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        read(self.send("POST", path, body.to_string().as_bytes()))
    }

    pub(crate) fn transfer(&mut self, call: &str, kind: &str, target: &str) -> (u16, Value) {
        let body = json!({ "transferType": "BLIND", "targetType": kind, "targetId": target, "priority": 2 });
        self.post(&format!("/api/v2/voice/calls/{call}/transfer"), &body)
    }

    /// Turns the clock.
    pub(crate) fn pass(&mut self, wait: Duration) {
        self.now = self.now.after(wait);
        self.sim.advance(self.now);
    }

    /// Turns the clock until nothing more happens by itself.
    pub(crate) fn settle(&mut self) {
        for _ in 0..10_000 {
            let Some(next) = self.sim.next_change() else {
                return;
            };
            self.now = self.now.max(next);
            self.sim.advance(self.now);
        }
        panic!("it never ends");
    }

    pub(crate) fn call(&self, id: &str) -> CallPicture {
        self.sim.call(id).expect("the call was added")
    }

    /// State and party of `call-1`.
    pub(crate) fn outcome(&self) -> (String, Option<String>) {
        let call = self.call("call-1");
        (call.state, call.connected_to)
    }

    /// The status of an agent, as the roster tells it.
    pub(crate) fn status(&mut self, agent: &str) -> Value {
        let (_, agents) = self.get(&format!("/api/v2/voice/queues/{BILLING}/agents"));
        let found = agents
            .as_array()
            .and_then(|agents| agents.iter().find(|other| other["userId"] == agent));
        found.map_or(Value::Null, |agent| agent["status"].clone())
    }
}

pub(crate) fn read(answer: Answer) -> (u16, Value) {
    let response: Response = answer.response.expect("the answer is not lost");
    (
        response.status,
        serde_json::from_slice(&response.body).unwrap_or(Value::Null),
    )
}

/// What happened to a call, in words.
pub(crate) fn actions(call: &CallPicture) -> Vec<&'static str> {
    call.history.iter().map(|entry| entry.action).collect()
}
