//! `POST /api/v2/voice/calls/{id}/transfer`.

use serde::Serialize;

use crate::http::{Method, Request, encoded};
use crate::model::intent::{Intent, Mode};
use crate::model::target::Target;
use crate::profile::{Guard, Stage, Write};

pub(super) const OPERATION: &str = "transfer";

/// One request moves the call, to whatever target and in either mode.
pub(super) const STAGES: &[Stage] = &[Stage {
    write: Some(Write(OPERATION)),
    until: Guard::Moved,
    undo: None,
}];

/// The payload, its fields in the order of the platform's own examples. What is absent is left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    transfer_type: &'static str,
    target_type: &'static str,
    target_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_number: Option<&'a str>,
}

pub(super) fn request(intent: &Intent) -> Request {
    let (target_type, target_id, skill_id) = match &intent.to {
        Target::Queue { queue, skill } => (
            "QUEUE",
            queue.as_str(),
            skill.as_ref().map(|skill| skill.as_str()),
        ),
        Target::Skill { skill } => ("SKILL", skill.as_str(), None),
        Target::Extension { extension } => ("EXTENSION", extension.as_str(), None),
        Target::Phone { phone } => ("NUMBER", phone.reveal().as_str(), None),
    };
    let payload = Payload {
        transfer_type: match intent.mode {
            Mode::Blind => "BLIND",
            Mode::Consult => "CONSULT",
        },
        target_type,
        target_id,
        skill_id,
        priority: intent.priority,
        callback_number: intent
            .callback_number
            .as_ref()
            .map(|number| number.reveal().as_str()),
    };
    let path = format!(
        "/api/v2/voice/calls/{}/transfer",
        encoded(intent.call.as_str())
    );
    Request::writes(
        OPERATION,
        Method::Post,
        path,
        serde_json::to_string(&payload).ok(),
    )
}
