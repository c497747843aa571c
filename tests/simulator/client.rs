//! A client in a few lines: it sends, turns the clock, and reads JSON.

use core::time::Duration;

use patchcord::Timestamp;
use patchcord::http::Response;
use patchcord::sim::{Answer, CallPicture, Simulator};
use serde_json::{Value, json};

pub(crate) const BILLING: &str = "0d0c7f4e-6a3b-4c55-9f0e-2f8f6f2b1a01";
pub(crate) const TIER_2: &str = "5b1f2a90-0e57-4f6e-8d1c-9f60a5c3d702";
pub(crate) const START: i64 = 1_750_000_000_000;

/// A centre, its clock, and the token that is sent along.
pub(crate) struct Client {
    pub(crate) sim: Simulator,
    pub(crate) now: Timestamp,
    pub(crate) token: Option<&'static str>,
}

impl Client {
    /// A centre of the seed 7 without queues and calls.
    pub(crate) fn new() -> Self {
        Self::seeded(7)
    }

    pub(crate) fn seeded(seed: u64) -> Self {
        let now = Timestamp::from_millis(START);
        let options = json!({ "seed": seed, "profile": "cxone-v2" }).to_string();
        Self {
            sim: Simulator::new(&options, now).expect("the options are right"),
            now,
            token: Some("simulated"),
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
        let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        headers.extend(
            self.token
                .map(|token| ("Authorization".to_owned(), format!("Bearer {token}"))),
        );
        self.sim
            .handle_request(method, path, &headers, body, self.now)
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
