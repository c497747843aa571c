//! Calls: transferring one, and reading one.

use core::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use crate::http::Response;
use crate::model::call::PartyKind;
use crate::model::id::{QueueId, SkillId};
use crate::model::intent::Mode;
use crate::model::target::Target;
use crate::private::Private;
use crate::sim::answers::{Complaints, json_answer, payload, problem};
use crate::sim::world::{End, Entry, INACTIVE, Order, Refusal, Transfer, World};
use crate::validate::{Report, check_extension, check_phone};

/// `POST /api/v2/voice/calls/{id}/transfer`
pub(super) fn transfer(world: &mut World, call: &str, body: &[u8]) -> Response {
    if world.call(call).is_none() {
        return problem(404, "call-not-found", "there is no such call");
    }
    let order = match order(world, body) {
        Ok(order) => order,
        Err(complaints) => return complaints.answer(400),
    };
    match world.accept(call, order) {
        Ok(id) => json_answer(
            202,
            &json!({ "id": id, "callId": call, "state": world.manner().waiting }),
        ),
        Err(Refusal::UnknownCall) => problem(404, "call-not-found", "there is no such call"),
        Err(Refusal::Pending) => problem(
            409,
            "transfer-pending",
            "another transfer of the call is in progress",
        ),
        Err(Refusal::Over) => problem(409, "call-over", "the call is disconnected"),
    }
}

/// Reads the payload. Fields that the platform doesn't know are passed over, as by most platforms.
fn order(world: &World, body: &[u8]) -> Result<Order, Complaints> {
    let payload = payload(body)?;
    let mut faults = Complaints::default();
    let mut fault = |field: &str, message: &str| faults.add(field, message);
    let given = |field| payload.get(field).filter(|value| !value.is_null());
    let text = |field| given(field).map(Value::as_str);

    let mode = match text("transferType") {
        Some(Some("BLIND")) => Some(Mode::Blind),
        Some(Some("CONSULT")) => Some(Mode::Consult),
        _ => {
            fault("transferType", "must be BLIND or CONSULT");
            None
        }
    };
    let skill = text("skillId").map(|skill| skill.and_then(|skill| SkillId::parse(skill).ok()));
    if skill == Some(None) {
        fault("skillId", "must be the id of a skill");
    }
    let to = match (text("targetType"), text("targetId")) {
        (Some(Some(kind)), Some(Some(id))) => match target(world, kind, id, skill.flatten()) {
            Ok(to) => Some(to),
            Err((field, message)) => {
                fault(field, message);
                None
            }
        },
        (Some(Some(_)), _) => {
            fault("targetId", "must be a string");
            None
        }
        _ => {
            fault("targetType", "must be QUEUE, EXTENSION, SKILL or NUMBER");
            None
        }
    };
    let priority = match given("priority").map(Value::as_u64) {
        None => 1,
        Some(Some(priority @ 1..=5)) => priority as u8,
        Some(_) => {
            fault("priority", "must be an integer from 1 to 5");
            1
        }
    };
    if text("callbackNumber").is_some_and(|number| !number.is_some_and(is_phone)) {
        fault("callbackNumber", "must be a number in E.164");
    }
    match (mode, to) {
        (Some(mode), Some(to)) if faults.is_empty() => Ok(Order { to, mode, priority }),
        _ => Err(faults),
    }
}

/// Where a transfer goes, as far as the platform knows the place.
fn target(
    world: &World,
    kind: &str,
    id: &str,
    skill: Option<SkillId>,
) -> Result<Target, (&'static str, &'static str)> {
    match kind {
        "QUEUE" => match (world.queue(id), QueueId::parse(id)) {
            (Some(queue), _) if queue.status == INACTIVE => {
                Err(("targetId", "the queue is INACTIVE"))
            }
            (Some(_), Ok(queue)) => Ok(Target::Queue { queue, skill }),
            _ => Err(("targetId", "there is no such queue")),
        },
        "SKILL" => match SkillId::parse(id) {
            Ok(skill) if world.knows_skill(id) => Ok(Target::Skill { skill }),
            _ => Err(("targetId", "there is no such skill")),
        },
        "EXTENSION" if is_extension(id) => Ok(Target::Extension {
            extension: id.to_owned(),
        }),
        "EXTENSION" => Err(("targetId", "must be 1 to 15 digits")),
        "NUMBER" if is_phone(id) => Ok(Target::Phone {
            phone: Private::new(id.to_owned()),
        }),
        "NUMBER" => Err(("targetId", "must be a number in E.164")),
        _ => Err(("targetType", "must be QUEUE, EXTENSION, SKILL or NUMBER")),
    }
}

fn is_extension(text: &str) -> bool {
    check_extension(text, "$", &mut Report::default())
}

fn is_phone(text: &str) -> bool {
    check_phone(text, &"$", &mut Report::default())
}

/// A call, as the platform writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CallBody<'c> {
    id: &'c str,
    state: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    connected_to: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connected_to_type: Option<&'static str>,
    media_type: &'static str,
    direction: &'static str,
    start_time: String,
    last_updated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    transfer: Option<TransferBody<'c>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TransferBody<'c> {
    id: &'c str,
    transfer_type: &'static str,
    target_type: &'static str,
    target_id: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_id: Option<&'c str>,
    priority: u8,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// `GET /api/v2/voice/calls/{id}`, as it was `stale` ago.
pub(super) fn call(world: &World, id: &str, stale: Duration) -> Response {
    let as_of = world.now().before(stale);
    let Some(call) = world.call(id) else {
        return problem(404, "call-not-found", "there is no such call");
    };
    let Some(entry) = call.as_of(as_of) else {
        return problem(404, "call-not-found", "there is no such call");
    };
    let transfer = call
        .transfers()
        .rfind(|transfer| transfer.accepted <= as_of);
    json_answer(
        200,
        &CallBody {
            id: &call.id,
            state: &entry.state,
            connected_to: entry.connected_to.as_deref(),
            connected_to_type: kind_of(entry),
            media_type: "VOICE",
            direction: "INBOUND",
            start_time: call.added.to_iso(),
            last_updated: entry.at.to_iso(),
            transfer: transfer.map(|transfer| transfer_body(transfer, as_of)),
        },
    )
}

/// The platform's word for what has a call, where it has one.
fn kind_of(entry: &Entry) -> Option<&'static str> {
    let party = entry.connected_to.as_deref();
    match entry.answered_by {
        Some(PartyKind::Person) => Some("AGENT"),
        Some(PartyKind::Machine) => Some("VOICEMAIL"),
        Some(PartyKind::Ivr) => Some("IVR"),
        Some(PartyKind::Music) => Some("MUSIC"),
        Some(PartyKind::Queue) => Some("QUEUE"),
        None if party.is_some_and(is_phone) => Some("NUMBER"),
        None => party
            .filter(|party| is_extension(party))
            .map(|_| "EXTENSION"),
    }
}

fn transfer_body(transfer: &Transfer, as_of: crate::time::Timestamp) -> TransferBody<'_> {
    let order = &transfer.order;
    let (target_type, target_id) = match &order.to {
        Target::Queue { queue, .. } => ("QUEUE", queue.as_str()),
        Target::Skill { skill } => ("SKILL", skill.as_str()),
        Target::Extension { extension } => ("EXTENSION", extension.as_str()),
        Target::Phone { phone } => ("NUMBER", phone.reveal().as_str()),
    };
    let (state, reason) = match transfer.ended.filter(|(at, _)| *at <= as_of) {
        None => ("PENDING", None),
        Some((_, End::Completed)) => ("COMPLETED", None),
        Some((_, End::Failed(reason))) => ("FAILED", Some(reason)),
    };
    TransferBody {
        id: &transfer.id,
        transfer_type: if order.mode == Mode::Consult {
            "CONSULT"
        } else {
            "BLIND"
        },
        target_type,
        target_id,
        skill_id: match &order.to {
            Target::Queue { skill, .. } => skill.as_ref().map(SkillId::as_str),
            _ => None,
        },
        priority: order.priority,
        state,
        reason,
    }
}
