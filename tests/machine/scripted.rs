//! A platform that is scripted answer by answer, and a driver that hands a run what it says.

use std::collections::VecDeque;

use patchcord::Timestamp;
use patchcord::http::Response;
use patchcord::json::ToJson;
use patchcord::model::reason::ReasonCode;
use patchcord::transfer::{Input, Outcome, Output, Transfer};
use serde_json::{Value, json};

use crate::host::{BILLING, start};

pub(crate) const ACTIVE: &str = r#"[{"status":"ACTIVE"}]"#;
pub(crate) const ANN: &str = r#"[{"userId":"ann","status":"AVAILABLE","skills":[]}]"#;
pub(crate) const MINE: &str = r#"{"state":"CONNECTED","connectedTo":"me"}"#;
pub(crate) const MOVING: &str = r#"{"state":"IN_TRANSFER"}"#;
pub(crate) const TAKEN: &str = r#"{"state":"CONNECTED","connectedTo":"ann"}"#;
pub(crate) const FAILED: &str = r#"{"state":"FAILED"}"#;

/// What the platform does with one request.
#[derive(Clone)]
pub(crate) enum Act {
    Say(u16, &'static str),
    SayLater(&'static str),
    Lose,
    NotSend,
}

/// A platform that answers each operation from its own list; the last entry stays.
pub(crate) struct Platform {
    scripts: Vec<(&'static str, VecDeque<Act>)>,
    pub(crate) sent: Vec<(String, Option<String>, bool, u64)>,
    events: Vec<Value>,
}

impl Platform {
    pub(crate) fn new(scripts: &[(&'static str, &[Act])]) -> Self {
        let scripts = scripts
            .iter()
            .map(|(name, acts)| (*name, acts.iter().cloned().collect()))
            .collect();
        Self {
            scripts,
            sent: Vec::new(),
            events: Vec::new(),
        }
    }

    fn next(&mut self, operation: &str) -> Act {
        let script = self.scripts.iter_mut().find(|(name, _)| *name == operation);
        let usual = match operation {
            "campaigns" => Act::Say(200, ACTIVE),
            "agents" => Act::Say(200, ANN),
            "transfer" => Act::Say(202, r#"{"id":"t-1"}"#),
            _ => Act::Say(200, MINE),
        };
        match script {
            Some((_, acts)) if acts.len() > 1 => acts.pop_front().unwrap_or(usual),
            Some((_, acts)) => acts.front().cloned().unwrap_or(usual),
            None => usual,
        }
    }

    pub(crate) fn drive(&mut self, transfer: &mut Transfer) -> Outcome {
        self.drive_until(transfer, |_| false).expect("an outcome")
    }

    /// Drives until the run is done, or until `stop` says so after a drain.
    pub(crate) fn drive_until(
        &mut self,
        transfer: &mut Transfer,
        stop: impl Fn(&Self) -> bool,
    ) -> Option<Outcome> {
        let mut now = Timestamp::from_millis(0);
        for _ in 0..2_000 {
            let mut asked = Vec::new();
            let until = loop {
                match transfer.poll_output() {
                    Output::Request {
                        id,
                        refresh,
                        request,
                    } => {
                        let at = now.since(Timestamp::from_millis(0)).as_secs();
                        self.sent
                            .push((request.operation.clone(), request.body, refresh, at));
                        asked.push((id, request.operation));
                    }
                    Output::Event(event) => self.events.push(ToJson::to_json(&event)),
                    Output::Wait { until } => break until,
                    Output::Done(outcome) => return Some(outcome),
                }
            };
            if stop(self) {
                return None;
            }
            if asked.is_empty() {
                now = until;
                transfer.handle_input(Input::Wake, now);
            }
            for (id, operation) in asked {
                let said = |status, body: &str, headers: &[(&str, &str)]| Input::Response {
                    id,
                    response: Response {
                        status,
                        headers: headers
                            .iter()
                            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                            .collect(),
                        body: body.into(),
                    },
                };
                let input = match self.next(&operation) {
                    Act::Say(status, body) => said(status, body, &[]),
                    Act::SayLater(after) => said(429, "", &[("retry-after", after)]),
                    Act::Lose => Input::Lost {
                        id,
                        reason: "reset".to_owned(),
                    },
                    Act::NotSend => Input::NotSent {
                        id,
                        reason: "no token".to_owned(),
                    },
                };
                transfer.handle_input(input, now);
            }
        }
        panic!("the run does not end: {:?}", self.events.last());
    }

    pub(crate) fn transfers(&self) -> usize {
        self.sent
            .iter()
            .filter(|(operation, ..)| operation == "transfer")
            .count()
    }

    /// The first event of a kind.
    pub(crate) fn first(&self, kind: &str) -> Option<&Value> {
        self.events.iter().find(|event| event["type"] == kind)
    }

    pub(crate) fn has(&self, kind: &str) -> bool {
        self.first(kind).is_some()
    }
}

pub(crate) fn begin(to: &Value, policy: &Value) -> Transfer {
    start(to, policy, 7, Timestamp::from_millis(0))
}

pub(crate) fn billing() -> Transfer {
    begin(&json!({ "queue": BILLING }), &json!({}))
}

pub(crate) fn voicemail() -> Value {
    json!({ "id": "voicemail", "to": { "extension": "999" } })
}

pub(crate) fn codes(outcome: &Outcome) -> Vec<ReasonCode> {
    outcome.reasons.iter().map(|reason| reason.code).collect()
}
