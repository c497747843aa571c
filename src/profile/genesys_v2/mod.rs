//! `genesys-v2`: the Genesys Cloud conversation API. A voice conversation is patched with one action that sends it to
//! another queue; what became of it is read from the conversation.
//!
//! Queues are UUIDs. A conversation is transferred while it is queued, waiting or connected, and a pending transfer may be
//! overtaken while it waits. The platform transfers to queues, and blind.

pub mod conversation;
pub mod search;
mod transfer;

use serde_json::Value;

use crate::http::{Request, Response};
use crate::json::Given;
use crate::model::call::CallFacts;
use crate::model::id::{CallId, QueueId};
use crate::model::intent::{Intent, Mode};
use crate::model::queue::QueueFacts;
use crate::model::reason::{GENESYS, ReasonCode, Words};
use crate::model::target::{Target, TargetKind};
use crate::profile::operation::TELLS;
use crate::profile::{
    Operation, Profile, REASON_CODE, Stage, Unreadable, WRAP_UP_CODE, Write, built, refusal,
};
use crate::time::Timestamp;
use crate::validate::{Report, check_uuid};

/// The profile `genesys-v2`.
#[derive(Clone, Copy, Debug)]
pub struct GenesysV2;

/// What a transfer takes: all that there is without the feature `operations`.
const CONVERSATION: &[Operation] = &[transfer::OPERATION, conversation::OPERATION];

const OPERATIONS: &[Operation] = &[
    transfer::OPERATION,
    conversation::OPERATION,
    search::OPERATION,
];

impl Profile for GenesysV2 {
    fn name(&self) -> &'static str {
        "genesys-v2"
    }

    fn operations(&self) -> &'static [Operation] {
        if cfg!(feature = "operations") {
            OPERATIONS
        } else {
            CONVERSATION
        }
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Queue]
    }

    fn check_target(&self, target: &Target, path: &str, report: &mut Report) {
        if let Target::Queue { queue, skill } = target {
            check_uuid(queue.as_str(), &format_args!("{path}.queue"), report);
            if skill.is_some() {
                transfer::takes_no_skill(&format!("{path}.skill"), report);
            }
        }
    }

    fn stages(&self, kind: TargetKind, mode: Mode) -> &'static [Stage] {
        match (kind, mode) {
            (TargetKind::Queue, Mode::Blind) => transfer::STAGES,
            _ => &[],
        }
    }

    fn write(&self, _write: Write, intent: &Intent, _seen: Option<&CallFacts>) -> Request {
        transfer::request(intent)
    }

    fn read_call(&self, call: &CallId) -> Request {
        conversation::request(call)
    }

    fn call_facts(&self, response: &Response) -> Result<CallFacts, Unreadable> {
        conversation::facts(response)
    }

    fn pushed(&self, call: &CallId, event: &Value) -> Option<CallFacts> {
        conversation::pushed(call, event)
    }

    /// Nothing tells who is at a queue: it is tried.
    fn queue_reads(&self, _queue: &QueueId) -> Vec<Request> {
        Vec::new()
    }

    fn queue_facts(
        &self,
        _operation: &str,
        _target: &Target,
        _response: &Response,
        _now: Timestamp,
        _facts: &mut QueueFacts,
    ) -> Result<(), Unreadable> {
        Ok(())
    }

    fn build(&self, operation: &str, input: Given<'_>, report: &mut Report) -> Option<Request> {
        built(self, operation, input, report)
    }

    fn details(&self) -> &'static [&'static str] {
        &[REASON_CODE, WRAP_UP_CODE]
    }

    fn overtake_in(&self) -> &'static [&'static str] {
        &["queued", "waiting"]
    }

    fn may_transfer(&self, call: &CallFacts) -> bool {
        conversation::TRANSFERABLE.contains(&call.word.as_str())
    }

    fn keeps_calls_seconds(&self) -> Option<u64> {
        Some(86_400)
    }

    fn refusal(&self, operation: &str, status: u16) -> ReasonCode {
        match (operation, status) {
            // The path names the conversation alone; a queue that does not exist is a 422.
            (transfer::NAME | conversation::NAME, 404) => ReasonCode::CallNotFound,
            _ => refusal(status),
        }
    }

    fn words(&self) -> Words {
        GENESYS
    }

    fn advice(&self, operation: &str, code: ReasonCode) -> Option<&'static str> {
        match (operation, code) {
            _ if !TELLS => None,
            (_, ReasonCode::CallNotFound | ReasonCode::AgedOut) => Some(
                "take the id while the conversation lives; one older than 24 hours is found in the analytics alone",
            ),
            (transfer::NAME, ReasonCode::Conflict) => {
                Some("read the conversation; transfer it once it is queued, waiting or connected")
            }
            (transfer::NAME, ReasonCode::PayloadRefused) => {
                Some("send one action, with `toType` queue and the UUID of a queue in `toId`")
            }
            (transfer::NAME, ReasonCode::MissingScope) => Some(
                "give the client the scope, and its system user the permission to transfer conversations",
            ),
            _ => None,
        }
    }
}
