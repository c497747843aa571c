//! `GET /api/v2/voice/calls/{id}`, and the same object pushed by a webhook.

use serde::Deserialize;
use serde_json::Value;

use crate::http::{Request, encoded};
use crate::model::call::{CallFacts, CallState};
use crate::model::id::CallId;
use crate::profile::Unreadable;

pub(super) const OPERATION: &str = "call";

pub(super) fn request(call: &CallId) -> Request {
    Request::reads(OPERATION, format!("/api/v2/voice/calls/{}", encoded(call.as_str())))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Call {
    state: String,
    #[serde(default)]
    connected_to: Option<String>,
}

pub(super) fn facts(body: &[u8]) -> Result<CallFacts, Unreadable> {
    serde_json::from_slice::<Call>(body).map(translated).map_err(|error| Unreadable(error.to_string()))
}

/// A pushed event is the call's object, with the call's id beside its state.
pub(super) fn pushed(call: &CallId, event: &Value) -> Option<CallFacts> {
    let id = event.get("callId").or_else(|| event.get("id"))?;
    (id.as_str() == Some(call.as_str())).then_some(())?;
    serde_json::from_value::<Call>(event.clone()).ok().map(translated)
}

fn translated(call: Call) -> CallFacts {
    let state = match call.state.as_str() {
        "WAITING" => CallState::Waiting,
        "IN_TRANSFER" => CallState::Moving,
        "CONNECTED" => CallState::Connected,
        "FAILED" => CallState::Failed,
        "DISCONNECTED" => CallState::Ended,
        _ => CallState::Unknown,
    };
    let party = call.connected_to.filter(|party| !party.is_empty());
    CallFacts { state: Some(state), word: call.state, party, legs: Vec::new() }
}
