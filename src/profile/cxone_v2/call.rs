//! `GET /api/v2/voice/calls/{id}`, and the same object pushed by a webhook.

use serde_json::Value;

use crate::http::{Request, encoded};
use crate::json::{ToJson, parsed};
use crate::model::call::{CallFacts, CallState};
use crate::model::id::CallId;
use crate::profile::ask::named;
use crate::profile::{Operation, Unreadable};

const NAME: &str = "call";

pub(super) const OPERATION: Operation = Operation::new(
    NAME,
    "voice:call:control",
    |_, input, report| {
        named(input, "call", report, |id, _| {
            CallId::parse(id).ok().map(|id| request(&id))
        })
    },
    |response, _| facts(&response.body).map(|call| call.to_json()),
);

pub(super) fn request(call: &CallId) -> Request {
    Request::reads(
        NAME,
        format!("/api/v2/voice/calls/{}", encoded(call.as_str())),
    )
}

pub(super) fn facts(body: &[u8]) -> Result<CallFacts, Unreadable> {
    let call = parsed(body).map_err(Unreadable)?;
    told(&call).ok_or_else(|| Unreadable("the call has no `state`".to_owned()))
}

/// A pushed event is the call's object, with the call's id beside its state.
pub(super) fn pushed(call: &CallId, event: &Value) -> Option<CallFacts> {
    let id = event.get("callId").or_else(|| event.get("id"))?;
    (id.as_str() == Some(call.as_str())).then_some(())?;
    told(event)
}

fn told(call: &Value) -> Option<CallFacts> {
    let word = call.get("state")?.as_str()?;
    let state = match word {
        "WAITING" => CallState::Waiting,
        "IN_TRANSFER" => CallState::Moving,
        "CONNECTED" => CallState::Connected,
        "FAILED" => CallState::Failed,
        "DISCONNECTED" => CallState::Ended,
        _ => CallState::Unknown,
    };
    let party = call
        .get("connectedTo")
        .and_then(Value::as_str)
        .filter(|party| !party.is_empty());
    Some(CallFacts {
        state: Some(state),
        word: word.to_owned(),
        party: party.map(str::to_owned),
        legs: Vec::new(),
    })
}
