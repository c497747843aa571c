//! `GET /api/v2/conversations/voice/{id}`, and the same object pushed by a webhook. The platform keeps a conversation for
//! about a day.

use serde_json::Value;

use crate::http::{Request, Response, encoded};
use crate::json::ToJson;
use crate::model::call::{CallFacts, CallState};
use crate::model::id::CallId;
use crate::profile::answer::{id, object, text};
use crate::profile::ask::named;
use crate::profile::{Operation, Unreadable};

pub(super) const NAME: &str = "conversation";

pub(super) const OPERATION: Operation = Operation::new(
    NAME,
    "conversation:view",
    |_, input, report| {
        named(input, "call", report, |id, _| {
            CallId::parse(id).ok().map(|id| request(&id))
        })
    },
    |response, _| facts(response).map(|call| call.to_json()),
);

/// The states in which the platform transfers a conversation.
pub const TRANSFERABLE: &[&str] = &["queued", "waiting", "connected"];

pub(super) fn path(call: &CallId) -> String {
    format!("/api/v2/conversations/voice/{}", encoded(call.as_str()))
}

pub(super) fn request(call: &CallId) -> Request {
    Request::reads(NAME, path(call))
}

/// What the answer says of a conversation.
///
/// # Errors
/// Where it tells no state.
pub fn facts(response: &Response) -> Result<CallFacts, Unreadable> {
    let conversation = object(response)?;
    told(&conversation).ok_or_else(|| Unreadable("the conversation has no `state`".to_owned()))
}

/// A pushed event is the conversation, with its id beside its state.
pub(super) fn pushed(call: &CallId, event: &Value) -> Option<CallFacts> {
    let id = text(event, &["conversationId", "id"])?;
    (id == call.as_str()).then_some(())?;
    told(event)
}

fn told(conversation: &Value) -> Option<CallFacts> {
    let word = text(conversation, &["state"])?;
    let state = match word.as_str() {
        "queued" | "waiting" => CallState::Waiting,
        "connected" => CallState::Connected,
        "ringing" | "alerting" | "dialing" => CallState::Moving,
        "closed" | "ended" | "disconnected" | "terminated" => CallState::Ended,
        _ => CallState::Unknown,
    };
    Some(CallFacts {
        state: Some(state),
        word,
        party: if state == CallState::Waiting {
            id(conversation, &["queueId", "queue"])
        } else {
            text(conversation, &["agentId", "userId"])
        },
        legs: Vec::new(),
    })
}
