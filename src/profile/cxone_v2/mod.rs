//! `cxone-v2`: NICE CXone's voice API. A transfer is one request, answered 202; the call tells the rest when it is read.
//!
//! Queues and skills are named by UUID here. The platform has no request that takes a transfer back.

mod agents;
mod call;
mod campaigns;
mod transfer;

use serde_json::Value;

use crate::http::{Request, Response};
use crate::model::call::CallFacts;
use crate::model::id::{CallId, QueueId};
use crate::model::intent::{Intent, Mode};
use crate::model::queue::QueueFacts;
use crate::model::target::{Target, TargetKind};
use crate::profile::{Operation, Profile, Stage, Unreadable, Write, read_intent};
use crate::time::Timestamp;
use crate::validate::{Fields, Report, check_extension, check_phone, check_uuid};

pub use agents::count_agents;

/// The profile `cxone-v2`.
#[derive(Clone, Copy, Debug)]
pub struct CxoneV2;

const OPERATIONS: &[Operation] = &[
    Operation {
        name: transfer::OPERATION,
        scope: "voice:call:control",
    },
    Operation {
        name: call::OPERATION,
        scope: "voice:call:control",
    },
    Operation {
        name: campaigns::OPERATION,
        scope: "voice:campaign:read",
    },
    Operation {
        name: agents::OPERATION,
        scope: "voice:queue:read",
    },
];

impl Profile for CxoneV2 {
    fn name(&self) -> &'static str {
        "cxone-v2"
    }

    fn operations(&self) -> &'static [Operation] {
        OPERATIONS
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[
            TargetKind::Queue,
            TargetKind::Skill,
            TargetKind::Extension,
            TargetKind::Phone,
        ]
    }

    fn check_target(&self, target: &Target, path: &str, report: &mut Report) {
        match target {
            Target::Queue { queue, skill } => {
                check_uuid(queue.as_str(), &format!("{path}.queue"), report);
                if let Some(skill) = skill {
                    check_uuid(skill.as_str(), &format!("{path}.skill"), report);
                }
            }
            Target::Skill { skill } => {
                check_uuid(skill.as_str(), &format!("{path}.skill"), report);
            }
            Target::Extension { extension } => {
                check_extension(extension, &format!("{path}.extension"), report);
            }
            Target::Phone { phone } => {
                check_phone(phone.reveal(), &format!("{path}.phone"), report);
            }
        }
    }

    fn stages(&self, _kind: TargetKind, _mode: Mode) -> &'static [Stage] {
        transfer::STAGES
    }

    fn write(&self, _write: Write, intent: &Intent, _seen: Option<&CallFacts>) -> Request {
        transfer::request(intent)
    }

    fn read_call(&self, call: &CallId) -> Request {
        call::request(call)
    }

    fn call_facts(&self, response: &Response) -> Result<CallFacts, Unreadable> {
        call::facts(&response.body)
    }

    fn pushed(&self, call: &CallId, event: &Value) -> Option<CallFacts> {
        call::pushed(call, event)
    }

    fn queue_reads(&self, queue: &QueueId) -> Vec<Request> {
        vec![campaigns::request(queue), agents::request(queue)]
    }

    fn queue_facts(
        &self,
        operation: &str,
        target: &Target,
        response: &Response,
        now: Timestamp,
        facts: &mut QueueFacts,
    ) -> Result<(), Unreadable> {
        match operation {
            campaigns::OPERATION => facts.opening = campaigns::opening(&response.body, now)?,
            _ => facts.roster = agents::roster(&response.body, target.skill(), now)?,
        }
        Ok(())
    }

    fn build(&self, operation: &str, input: &Value, report: &mut Report) -> Option<Request> {
        match operation {
            transfer::OPERATION => {
                read_intent(self, input, report).map(|intent| transfer::request(&intent))
            }
            call::OPERATION => named(input, "call", report, |id, _| {
                CallId::parse(id).ok().map(|id| call::request(&id))
            }),
            campaigns::OPERATION => named(input, "queue", report, |id, report| {
                queue(id, report, campaigns::request)
            }),
            agents::OPERATION => named(input, "queue", report, |id, report| {
                queue(id, report, agents::request)
            }),
            _ => None,
        }
    }
}

/// Reads an input that holds one id and nothing else.
fn named(
    input: &Value,
    name: &'static str,
    report: &mut Report,
    build: impl FnOnce(&str, &mut Report) -> Option<Request>,
) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let id = fields.required_id(name, "pass the id as the platform wrote it", report);
    fields.finish(report);
    build(id?, report)
}

fn queue(
    id: &str,
    report: &mut Report,
    build: impl FnOnce(&QueueId) -> Request,
) -> Option<Request> {
    check_uuid(id, "$.queue", report);
    QueueId::parse(id).ok().map(|id| build(&id))
}
