//! Bridges: the legs of a call, joined in one request.

use serde_json::{Value, json};

use crate::http::Response;
use crate::sim::answers::{Complaints, json_answer, payload, problem, refusal};
use crate::sim::bridges::Bridge;
use crate::sim::platform::Arrived;
use crate::sim::random::uuid;
use crate::sim::route::Route;
use crate::sim::site::Site;
use crate::sim::world::Refusal;

const REQUEST_ID: &str = "x-cxone-request-id";

/// How many legs a bridge has at most, the caller's counted.
const MOST_LEGS: usize = 8;

const DIRECTIONS: &[&str] = &["inbound", "outbound", "transfer", "consult"];
const DTMF: &[&str] = &["RFC2833", "INFO", "PULSE"];

/// `POST /api/v2/cti/calls/{id}/bridge`. A request id that was used for the same bridge is told the same again, and nothing
/// is done; one that was used for another is refused.
pub(super) fn make(site: &mut Site, route: &Route, request: &Arrived<'_>) -> Response {
    let call = route.id.as_str();
    let request_id = request.header(REQUEST_ID).filter(|id| !id.is_empty());
    let before = request_id.and_then(|id| site.bridges.before(id, call, request.body));
    match before {
        Some(Ok(response)) => return response.clone(),
        Some(Err(())) => {
            let message = "this request id was used for another bridge";
            return problem(409, "request-id-reused", message);
        }
        None => {}
    }
    if site.world.is_foreign(call) {
        return refusal(403, route.operation);
    }
    if site.world.call(call).is_none() {
        return problem(404, "call-not-found", "there is no such call");
    }
    let wanted = match wanted(call, request.body) {
        Ok(wanted) => wanted,
        Err(complaints) => return complaints.answer(400),
    };
    let first = wanted.targets.first().cloned().unwrap_or_default();
    let leaves = wanted.direction == "transfer";
    match site.world.bridge(call, first, leaves) {
        Ok(()) => {}
        Err(Refusal::UnknownCall) => {
            return problem(404, "call-not-found", "there is no such call");
        }
        Err(Refusal::Pending) => {
            return problem(
                409,
                "transfer-pending",
                "a transfer of the call is in progress",
            );
        }
        Err(Refusal::Over) => return problem(409, "call-over", "the call is disconnected"),
    }
    let number = site.bridges.made().len() as u64;
    let mut rng = site.world.seed.stream("bridge", call, number);
    let id = uuid(&mut rng);
    let legs = wanted.targets.iter().enumerate();
    let legs = legs.map(|(place, number)| json!({ "leg": place + 1, "value": number }));
    let caller = json!({ "leg": 0, "value": call });
    let body = json!({
        "bridgeId": id, "callId": call, "status": "bridged", "direction": wanted.direction, "dtmf": wanted.dtmf,
        "legs": core::iter::once(caller).chain(legs).collect::<Vec<_>>(), "bridgeMatrix": wanted.matrix,
        "latencyMs": rng.u64(5..=20), "timestamp": site.world.now().to_iso(),
    });
    let mut response = json_answer(200, &body);
    if let Some(id) = request_id {
        response
            .headers
            .push((REQUEST_ID.to_owned(), id.to_owned()));
    }
    let bridge = Bridge {
        id,
        call: call.to_owned(),
        direction: wanted.direction,
        targets: wanted.targets,
    };
    site.bridges
        .add(bridge, request_id, request.body, &response);
    response
}

/// What is asked for, checked.
struct Wanted {
    targets: Vec<String>,
    direction: String,
    dtmf: String,
    matrix: Value,
}

fn wanted(call: &str, body: &[u8]) -> Result<Wanted, Complaints> {
    let payload = payload(body)?;
    let mut faults = Complaints::default();
    let given = |name: &str| payload.get(name).filter(|value| !value.is_null());
    if given("callId").is_some_and(|id| id != call) {
        faults.add("callId", "is not the call in the path");
    }
    let targets = given("targets").and_then(Value::as_array);
    let targets = targets.map(Vec::as_slice).unwrap_or_default();
    if targets.is_empty() {
        faults.add("targets", "must be a list of who joins the call");
    }
    if targets.len() >= MOST_LEGS {
        faults.add(
            "targets",
            "a bridge has at most 8 legs, the caller's counted",
        );
    }
    let mut numbers = Vec::new();
    for (place, target) in targets.iter().enumerate() {
        let number = target.get("value").and_then(Value::as_str);
        match number.filter(|number| is_number(number)) {
            Some(number) => numbers.push(number.to_owned()),
            None => faults.add(
                format!("targets[{place}].value"),
                "must be a number in E.164",
            ),
        }
    }
    let mut word = |name: &str, words: &[&str], usual: Option<&str>| {
        let found = given(name).map_or(usual, Value::as_str);
        match found.filter(|word| words.contains(word)) {
            Some(word) => word.to_owned(),
            None => {
                faults.add(name, format!("must be one of {}", words.join(", ")));
                String::new()
            }
        }
    };
    let direction = word("direction", DIRECTIONS, None);
    let dtmf = word("dtmf", DTMF, Some("RFC2833"));
    let matrix = given("bridgeMatrix").cloned().unwrap_or(json!([]));
    let entries = matrix.as_array().map(Vec::as_slice);
    if entries.is_none() {
        faults.add("bridgeMatrix", "must be a list");
    }
    for (place, entry) in entries.unwrap_or_default().iter().enumerate() {
        for end in ["source", "target"] {
            let leg = entry.get(end).and_then(Value::as_u64);
            if leg.is_none_or(|leg| leg > targets.len() as u64) {
                let field = format!("bridgeMatrix[{place}].{end}");
                faults.add(field, "there is no such leg");
            }
        }
    }
    if faults.is_empty() {
        Ok(Wanted {
            targets: numbers,
            direction,
            dtmf,
            matrix,
        })
    } else {
        Err(faults)
    }
}

/// Whether it is a number in E.164, its plus perhaps left out.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (2..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}
