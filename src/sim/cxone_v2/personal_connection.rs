//! Calls that the platform places: taken up, and told how far they are.

use core::time::Duration;

use serde_json::{Value, json};

use crate::http::Response;
use crate::sim::answers::{Complaints, json_answer, payload, problem};
use crate::sim::outbound::{Outbound, Placed, Wanted};
use crate::sim::site::Site;
use crate::time::Timestamp;
use crate::validate::{Report, check_phone};

/// `POST /v2/personal-connection/calls`
pub(super) fn place(site: &mut Site, body: &[u8]) -> Response {
    let wanted = match wanted(&site.outbound, body) {
        Ok(wanted) => wanted,
        Err(complaints) => return complaints.answer(400),
    };
    let line = site.world.line(&wanted.to);
    let (seed, now) = (site.world.seed, site.world.now());
    let placed = site.outbound.place(seed, wanted, line, now);
    told(placed, now)
}

/// `GET /v2/personal-connection/calls/{id}`, as it was `stale` ago.
pub(super) fn status(site: &Site, id: &str, stale: Duration) -> Response {
    match site.outbound.call(id) {
        Some(placed) => told(placed, site.world.now().before(stale)),
        None => not_found(),
    }
}

fn told(placed: &Placed, at: Timestamp) -> Response {
    let Some((since, status)) = placed.state(at) else {
        return not_found();
    };
    json_answer(
        200,
        &json!({ "callId": placed.id, "status": status, "timestamp": since.to_iso() }),
    )
}

fn not_found() -> Response {
    problem(404, "call-not-found", "there is no such call")
}

fn wanted(outbound: &Outbound, body: &[u8]) -> Result<Wanted, Complaints> {
    let payload = payload(body)?;
    let mut faults = Complaints::default();
    let text = |name: &str| {
        payload
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (flow, from, to) = (text("flowId"), text("callerNumber"), text("calledNumber"));
    let is_phone = |number: &str| check_phone(number, &"$", &mut Report::default());

    if flow.is_empty() {
        faults.add("flowId", "Invalid Flow ID: it is missing");
    } else if let Some(fault) = outbound.refuses_flow(flow) {
        faults.add("flowId", fault);
    }
    if !is_phone(from) {
        faults.add("callerNumber", "Invalid Caller Number: it must be in E.164");
    } else if let Some(fault) = outbound.refuses_number(from) {
        faults.add("callerNumber", fault);
    }
    if !is_phone(to) {
        faults.add("calledNumber", "Invalid Called Number: it must be in E.164");
    }
    let parameters = payload.get("parameters").unwrap_or(&Value::Null);
    if !(parameters.is_null() || parameters.is_object()) {
        faults.add("parameters", "must be an object of names and values");
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Wanted {
        flow: flow.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    })
}
