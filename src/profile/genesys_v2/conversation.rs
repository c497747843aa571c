//! `GET /api/v2/conversations/voice/{id}`, and the same object pushed by a webhook. The platform keeps a conversation for
//! about a day.
//!
//! The last participant who is connected, other than the caller, has the call: an agent, a queue (`acd`), a voicemail box, an IVR
//! or another flow. An external party may be a person or a machine. Music is not told apart from a queue. Where the answer lists no
//! participants, a conversation with an `agentId` is with a person, and one that is queued or waiting with its queue.

use serde_json::Value;

use crate::http::{Request, Response, encoded};
use crate::json::ToJson;
use crate::model::call::{CallFacts, CallState, PartyKind};
use crate::model::id::CallId;
use crate::model::reason::{GENESYS, Told, of_word};
use crate::profile::answer::{Kinds, disconnected, id, kind, object, text, word};
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

/// What the purposes of participants mean. A customer is the caller; an external party may be anybody.
const PURPOSES: Kinds = &[
    ("agent", PartyKind::Person),
    ("user", PartyKind::Person),
    ("acd", PartyKind::Queue),
    ("voicemail", PartyKind::Machine),
    ("fax", PartyKind::Machine),
    ("ivr", PartyKind::Ivr),
    ("workflow", PartyKind::Ivr),
    ("botflow", PartyKind::Ivr),
    ("voicesurveyflow", PartyKind::Ivr),
];

fn told(conversation: &Value) -> Option<CallFacts> {
    let word = text(conversation, &["state"])?;
    let state = match word.as_str() {
        "queued" | "waiting" => CallState::Waiting,
        "connected" => CallState::Connected,
        "ringing" | "alerting" | "dialing" => CallState::Moving,
        "closed" | "ended" | "disconnected" | "terminated" => CallState::Ended,
        _ => CallState::Unknown,
    };
    let participants = conversation.get("participants").and_then(Value::as_array);
    let latest = participants.map_or(&[][..], Vec::as_slice).iter().rev();
    let present = latest.clone().find_map(present);
    let (party, party_kind) = if state == CallState::Waiting {
        let ivr = present.is_some_and(|(kind, _)| kind == PartyKind::Ivr);
        let kind = if ivr {
            PartyKind::Ivr
        } else {
            PartyKind::Queue
        };
        (id(conversation, &["queueId", "queue"]), Some(kind))
    } else {
        let connected = state == CallState::Connected;
        let holds = present.filter(|_| connected);
        let agent = text(conversation, &["agentId", "userId"]);
        let person = agent.as_ref().filter(|_| connected);
        let kind = person.map(|_| PartyKind::Person);
        let party = holds.and_then(|(_, who)| id(who, &["userId", "user", "queueId", "queue"]));
        (party.or(agent), holds.map(|(kind, _)| kind).or(kind))
    };
    Some(CallFacts {
        state: Some(state),
        word,
        party,
        party_kind,
        failure: latest.clone().find_map(failure),
        legs: Vec::new(),
    })
}

/// What a participant is that has the caller.
fn present(participant: &Value) -> Option<(PartyKind, &Value)> {
    let connected = word(participant, "state") == Some("connected");
    let purpose = word(participant, "purpose").filter(|_| connected)?;
    Some((kind(PURPOSES, purpose)?, participant))
}

/// Why a participant did not take the call, or lost it, where the platform says so.
fn failure(participant: &Value) -> Option<Told> {
    disconnected(participant).or_else(|| {
        let error = || word(participant.get("errorInfo")?, "code");
        let said = error().or_else(|| word(participant, "disconnectType"))?;
        Some(Told::new(of_word(GENESYS, said)?, said))
    })
}
