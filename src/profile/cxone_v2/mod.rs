//! `cxone-v2`: NICE CXone's API. A transfer is one request, answered 202; the call tells the rest when it is read.
//!
//! A call goes to queues and skills that are named by UUID; `cxone-v2-names` is the same dialect where they are named as
//! the platform's configuration names them. The platform has no request that takes a transfer back.

mod agents;
mod analytics;
pub mod audit_log;
pub mod bridge;
mod call;
mod campaigns;
pub mod health;
pub mod personal_connection;
pub mod personal_connection_status;
pub mod presence;
pub mod queue;
pub mod queue_config;
pub mod queue_metrics;
pub mod security_profiles;
pub mod skills;
mod transfer;
pub mod transfer_metrics;
pub mod wait_distribution;

use core::fmt::Display;

use serde_json::Value;

use crate::http::{Request, Response};
use crate::json::Given;
use crate::model::call::CallFacts;
use crate::model::id::{CallId, QueueId};
use crate::model::intent::{Intent, Mode};
use crate::model::queue::QueueFacts;
use crate::model::reason::{CXONE, ReasonCode, Words};
use crate::model::target::{Target, TargetKind};
use crate::profile::ask::AN_ID;
use crate::profile::{Operation, Profile, Stage, Unreadable, Write, built};
use crate::time::Timestamp;
use crate::validate::{Report, check_extension, check_phone, check_uuid};

pub use agents::count_agents;

/// The profile `cxone-v2`, and with named ids `cxone-v2-names`.
#[derive(Clone, Copy, Debug)]
pub struct CxoneV2 {
    uuids: bool,
}

/// What a transfer takes: all that there is without the feature `operations`.
const VOICE: &[Operation] = &[
    transfer::OPERATION,
    call::OPERATION,
    campaigns::OPERATION,
    agents::OPERATION,
];

const OPERATIONS: &[Operation] = &[
    transfer::OPERATION,
    call::OPERATION,
    campaigns::OPERATION,
    agents::OPERATION,
    presence::OPERATION,
    transfer_metrics::OPERATION,
    security_profiles::OPERATION,
    queue::OPERATION,
    queue_config::OPERATION,
    skills::OPERATION,
    queue_metrics::OPERATION,
    wait_distribution::OPERATION,
    audit_log::OPERATION,
    health::OPERATION,
    personal_connection::OPERATION,
    personal_connection_status::OPERATION,
    bridge::OPERATION,
];

impl CxoneV2 {
    /// Queues and skills are UUIDs.
    pub const UUIDS: Self = Self { uuids: true };

    /// Queues and skills have names, such as `skill_tier1`.
    pub const NAMES: Self = Self { uuids: false };

    fn check_id(self, id: &str, path: &dyn Display, report: &mut Report) {
        if self.uuids {
            check_uuid(id, path, report);
        }
    }
}

impl Profile for CxoneV2 {
    fn name(&self) -> &'static str {
        if self.uuids {
            "cxone-v2"
        } else {
            "cxone-v2-names"
        }
    }

    fn operations(&self) -> &'static [Operation] {
        if cfg!(feature = "operations") {
            OPERATIONS
        } else {
            VOICE
        }
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
                self.check_id(queue.as_str(), &format_args!("{path}.queue"), report);
                if let Some(skill) = skill {
                    self.check_id(skill.as_str(), &format_args!("{path}.skill"), report);
                }
            }
            Target::Skill { skill } => {
                self.check_id(skill.as_str(), &format_args!("{path}.skill"), report);
            }
            Target::Extension { extension } => {
                check_extension(extension, &format!("{path}.extension"), report);
            }
            Target::Phone { phone } => {
                check_phone(phone.reveal(), &format_args!("{path}.phone"), report);
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
            campaigns::NAME => facts.opening = campaigns::opening(&response.body, now)?,
            _ => facts.roster = agents::roster(&response.body, target.skill(), now)?,
        }
        Ok(())
    }

    fn build(&self, operation: &str, input: Given<'_>, report: &mut Report) -> Option<Request> {
        built(self, operation, input, report)
    }

    fn words(&self) -> Words {
        CXONE
    }

    fn advice(&self, operation: &str, code: ReasonCode) -> Option<&'static str> {
        let deployment = operation == queue_config::OPERATION.name;
        (deployment && code == ReasonCode::Conflict)
            .then_some("read the queue again, and deploy on the version that it tells")
    }
}
