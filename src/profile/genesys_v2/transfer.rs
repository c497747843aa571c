//! `PATCH /api/v2/conversations/voice/{id}` with exactly one action. The platform says yes with 200 or with 204, which mean
//! the same.

use crate::error::Code;
use crate::http::{Method, Request};
use crate::json::{ToJson, body, parsed};
use crate::model::intent::Intent;
use crate::profile::answer::made;
use crate::profile::genesys_v2::conversation;
use crate::profile::{Fault, Guard, Operation, Stage, Write, read_intent};
use crate::validate::Report;

pub(super) const NAME: &str = "transfer";

pub(super) const OPERATION: Operation = Operation::new(
    NAME,
    "conversation:transfer:write",
    |profile, input, report| read_intent(profile, input, report).map(|intent| request(&intent)),
    |response, _| Ok(made(response, &["id"]).to_json()),
)
.writing()
.told_by(&[
    Fault {
        says: "toid",
        code: Code::InvalidUuid,
        path: "$.to.queue",
        hint: "name a queue by its UUID; the operation `search` finds it by its name",
    },
    Fault {
        says: "totype",
        code: Code::NotSupported,
        path: "$.to",
        hint: "name a queue",
    },
]);

/// One request moves the conversation.
pub(super) const STAGES: &[Stage] = &[Stage {
    write: Some(Write(NAME)),
    until: Guard::Moved,
    undo: None,
}];

pub(super) fn takes_no_skill(path: &str, report: &mut Report) {
    let hint = "leave it out: the queue's own rules pick the agent";
    report.add(Code::NotSupported, path, "no skill can be asked for", hint);
}

pub(super) fn request(intent: &Intent) -> Request {
    let code = |code: &Option<String>| {
        let code = code
            .as_deref()
            .and_then(|code| parsed(code.as_bytes()).ok());
        code.unwrap_or_default()
    };
    let action = body([
        ("action", "transfer".into()),
        ("toType", "queue".into()),
        ("toId", intent.to.queue().map(|queue| queue.as_str()).into()),
        ("reasonCode", code(&intent.reason_code).into()),
        ("wrapUpCode", code(&intent.wrap_up_code).into()),
    ]);
    let body = body([("actions", vec![action].into())]).text();
    let path = conversation::path(&intent.call);
    Request::writes(NAME, Method::Patch, path, Some(body))
}
