//! Voice conversations: reading one, and sending one to another queue.

use core::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::http::Response;
use crate::model::call::PartyKind;
use crate::model::id::QueueId;
use crate::model::intent::Mode;
use crate::model::target::Target;
use crate::sim::answers::{Complaints, json_answer, payload, problem};
use crate::sim::world::{Call, Entry, Order, World};
use crate::validate::{Report, check_uuid};

/// How long the platform keeps a conversation.
const KEPT: Duration = Duration::from_secs(86_400);

/// A conversation, as the platform writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConversationBody<'c> {
    id: &'c str,
    state: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue_id: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent_id: Option<&'c str>,
    media_type: &'static str,
    direction: &'static str,
    start_time: String,
    last_updated: String,
    participants: Vec<Participant<'c>>,
}

/// Who is, or was, in a conversation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Participant<'c> {
    purpose: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue_id: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disconnect_type: Option<&'static str>,
}

impl<'c> Participant<'c> {
    const fn new(purpose: &'static str, state: &'static str) -> Self {
        Self {
            purpose,
            state,
            user_id: None,
            queue_id: None,
            disconnect_type: None,
        }
    }

    const fn user(mut self, id: Option<&'c str>) -> Self {
        self.user_id = id;
        self
    }
}

/// `GET /api/v2/conversations/voice/{id}`, as it was `stale` ago.
pub(super) fn read(world: &World, id: &str, stale: Duration) -> Response {
    match kept(world, id) {
        Some(call) => told(world, call, stale),
        None => not_found(),
    }
}

fn told(world: &World, call: &Call, stale: Duration) -> Response {
    let Some(entry) = call.as_of(world.now().before(stale)) else {
        return not_found();
    };
    let sent_to = entry.to.as_ref().and_then(Target::queue);
    let over = entry.state == world.manner().disconnected;
    let queue = sent_to.map(QueueId::as_str).or(call.queue.as_deref());
    json_answer(
        200,
        &ConversationBody {
            id: &call.id,
            state: &entry.state,
            queue_id: queue.filter(|_| !over),
            agent_id: entry.connected_to.as_deref(),
            media_type: "voice",
            direction: "inbound",
            start_time: call.added.to_iso(),
            last_updated: entry.at.to_iso(),
            participants: participants(world, call, entry, queue),
        },
    )
}

/// The caller, the agents at whom it rang in vain, and who has the conversation now.
fn participants<'c>(
    world: &World,
    call: &'c Call,
    now: &'c Entry,
    queue: Option<&'c str>,
) -> Vec<Participant<'c>> {
    let manner = world.manner();
    if now.state == manner.disconnected {
        return vec![Participant {
            disconnect_type: Some("client"),
            ..Participant::new("customer", "terminated")
        }];
    }
    let mut all = vec![Participant::new("customer", "connected")];
    let past = call.history.iter().take_while(|entry| entry.at <= now.at);
    for (rang, then) in past.clone().zip(past.skip(1)) {
        if rang.action == "RINGING" && then.action == "OFFERED" {
            all.push(Participant {
                disconnect_type: Some("transfer.noanswer"),
                ..Participant::new("agent", "terminated").user(rang.agent.as_deref())
            });
        }
    }
    let purpose = match now.answered_by {
        Some(PartyKind::Machine) => Some("voicemail"),
        Some(PartyKind::Ivr) => Some("ivr"),
        Some(PartyKind::Person) => Some("agent"),
        // What plays music is the queue.
        Some(PartyKind::Music | PartyKind::Queue) => None,
        None => now.connected_to.as_ref().map(|_| "agent"),
    };
    match purpose {
        Some(purpose) => {
            let user = now.connected_to.as_deref();
            all.push(Participant::new(purpose, "connected").user(user));
        }
        None if now.state != manner.connected || now.answered_by.is_some() => {
            all.push(Participant {
                queue_id: queue,
                ..Participant::new("acd", "connected")
            });
        }
        None => {}
    }
    if now.state == manner.ringing {
        all.push(Participant::new("agent", "alerting").user(now.agent.as_deref()));
    }
    all
}

/// `PATCH /api/v2/conversations/voice/{id}`: says yes with 200 and the conversation, or with 204 and nothing.
pub(super) fn transfer(world: &mut World, id: &str, body: &[u8]) -> Response {
    let Some(call) = kept(world, id) else {
        return not_found();
    };
    let mut yes = world.seed.stream("yes", id, call.accepted());
    let order = match order(world, body) {
        Ok(order) => order,
        Err(complaints) => return complaints.answer(422),
    };
    let manner = world.manner();
    let transferable = [manner.queued, manner.waiting, manner.connected];
    let state = call.state.as_str();
    if !transferable.contains(&state) || world.accept(id, order).is_err() {
        let message = "the conversation is neither queued nor waiting nor connected";
        return problem(409, "conflict", message);
    }
    let in_words = yes.bool();
    match kept(world, id).filter(|_| in_words) {
        Some(call) => told(world, call, Duration::ZERO),
        None => Response {
            status: 204,
            ..Response::default()
        },
    }
}

/// A conversation that the platform still has.
fn kept<'w>(world: &'w World, id: &str) -> Option<&'w Call> {
    let call = world.call(id)?;
    (world.now().since(call.added) < KEPT).then_some(call)
}

fn not_found() -> Response {
    problem(404, "not-found", "there is no such conversation")
}

/// Reads the one action. Fields that the platform doesn't know are passed over.
fn order(world: &World, body: &[u8]) -> Result<Order, Complaints> {
    let payload = payload(body)?;
    let one = payload.get("actions").and_then(Value::as_array);
    let Some([action]) = one.map(Vec::as_slice) else {
        return Err(Complaints::of("actions", "must be a list of one action"));
    };
    let mut faults = Complaints::default();
    let text = |name: &str| action.get(name).and_then(Value::as_str);
    if text("action") != Some("transfer") {
        faults.add("actions[0].action", "must be transfer");
    }
    if text("toType") != Some("queue") {
        faults.add("actions[0].toType", "must be queue");
    }
    let queue = text("toId").unwrap_or_default();
    if !check_uuid(queue, &"$", &mut Report::default()) {
        faults.add("actions[0].toId", "not a valid UUID");
    } else if world.queue(queue).is_none() {
        faults.add("actions[0].toId", "there is no such queue");
    }
    for name in ["reasonCode", "wrapUpCode"] {
        let code = action.get(name).unwrap_or(&Value::Null);
        if !(code.is_null() || code.is_string() || code.is_object()) {
            faults.add(format!("actions[0].{name}"), "must be a code");
        }
    }
    match QueueId::parse(queue) {
        Ok(queue) if faults.is_empty() => Ok(Order {
            to: Target::Queue { queue, skill: None },
            mode: Mode::Blind,
            priority: 1,
        }),
        _ => Err(faults),
    }
}
