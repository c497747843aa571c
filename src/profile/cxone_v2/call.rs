//! `GET /api/v2/voice/calls/{id}`, and the same object pushed by a webhook.
//!
//! The platform says who has a call (`connectedTo`), and may say what that is (`connectedToType`): an agent, a queue or a skill,
//! a voicemail box or another machine, an IVR, music. An extension or a number may be anybody's. Where it names somebody and not
//! what that is, whoever a queue connected is taken for an agent. `WAITING` stands for a queue and for an IVR alike.

use serde_json::Value;

use crate::http::{Request, encoded};
use crate::json::{ToJson, parsed};
use crate::model::call::{CallFacts, CallState, PartyKind};
use crate::model::id::CallId;
use crate::model::reason::{CXONE, ReasonCode, Told, of_word};
use crate::profile::answer::{Kinds, disconnected, kind, text, word};
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

/// What the platform's words for who has a call mean. `EXTENSION` and `NUMBER` tell nothing of who answers there.
const KINDS: Kinds = &[
    ("AGENT", PartyKind::Person),
    ("QUEUE", PartyKind::Queue),
    ("SKILL", PartyKind::Queue),
    ("VOICEMAIL", PartyKind::Machine),
    ("ANSWERING_MACHINE", PartyKind::Machine),
    ("FAX", PartyKind::Machine),
    ("IVR", PartyKind::Ivr),
    ("MUSIC", PartyKind::Music),
    ("ANNOUNCEMENT", PartyKind::Music),
];

fn told(call: &Value) -> Option<CallFacts> {
    let state = match word(call, "state")? {
        "WAITING" => CallState::Waiting,
        "IN_TRANSFER" => CallState::Moving,
        "CONNECTED" => CallState::Connected,
        "FAILED" => CallState::Failed,
        "DISCONNECTED" => CallState::Ended,
        _ => CallState::Unknown,
    };
    let over = matches!(state, CallState::Failed | CallState::Ended);
    Some(CallFacts {
        state: Some(state),
        word: text(call, &["state"])?,
        party: text(call, &["connectedTo"]),
        party_kind: word(call, "connectedToType").and_then(|word| kind(KINDS, word)),
        failure: over.then(|| failure(call)).flatten(),
        legs: Vec::new(),
    })
}

/// Why the call is where it is: by the codes of the network, else in the platform's words, of the call or of its last transfer.
fn failure(call: &Value) -> Option<Told> {
    disconnected(call).or_else(|| {
        let of_transfer = || word(call.get("transfer")?, "reason");
        let said = word(call, "disconnectReason").or_else(|| word(call, "reason"));
        let said = said.or_else(of_transfer)?;
        let code = of_word(CXONE, said).unwrap_or(ReasonCode::TransferFailed);
        Some(Told::new(code, said))
    })
}
