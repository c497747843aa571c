//! `POST /api/v2/voice/calls/{id}/transfer`.

use crate::error::Code;
use crate::http::{Method, Request, encoded};
use crate::json::{ToJson, body};
use crate::model::intent::{Intent, Mode};
use crate::model::target::Target;
use crate::private::Private;
use crate::profile::answer::made;
use crate::profile::{Fault, Guard, Operation, Stage, Write, read_intent};

const NAME: &str = "transfer";

pub(super) const OPERATION: Operation = Operation::new(
    NAME,
    "voice:call:control",
    |profile, input, report| read_intent(profile, input, report).map(|intent| request(&intent)),
    |response, _| Ok(made(response, &["id", "transferId"]).to_json()),
)
.writing()
.told_by(&[
    Fault {
        says: "skill",
        code: Code::InvalidUuid,
        path: "$.to.skill",
        hint: "name a skill that the platform knows, by its UUID",
    },
    Fault {
        says: "inactive",
        code: Code::Refused,
        path: "$.to.queue",
        hint: "name a queue that is active",
    },
    Fault {
        says: "uuid",
        code: Code::InvalidUuid,
        path: "$.to",
        hint: "name a target that the platform knows, by its UUID",
    },
    Fault {
        says: "targettype",
        code: Code::NotSupported,
        path: "$.to",
        hint: "name the target by the kind that it is",
    },
]);

/// One request moves the call, to whatever target and in either mode.
pub(super) const STAGES: &[Stage] = &[Stage {
    write: Some(Write(NAME)),
    until: Guard::Moved,
    undo: None,
}];

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
    let transfer_type = match intent.mode {
        Mode::Blind => "BLIND",
        Mode::Consult => "CONSULT",
    };
    let callback = intent.callback_number.as_ref().map(Private::reveal);
    let payload = body([
        ("callbackNumber", callback.map(String::as_str).into()),
        ("priority", intent.priority.map(u64::from).into()),
        ("skillId", skill_id.into()),
        ("targetId", target_id.into()),
        ("targetType", target_type.into()),
        ("transferType", transfer_type.into()),
    ]);
    let call = encoded(intent.call.as_str());
    let path = ["/api/v2/voice/calls/", &call, "/transfer"].concat();
    Request::writes(NAME, Method::Post, path, Some(payload.text()))
}
