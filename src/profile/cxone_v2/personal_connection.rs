//! `POST /v2/personal-connection/calls`: places a call, and runs a published flow once it is answered.
//!
//! The documents write the path with `/api` before it and without; `apiRoot` chooses.

use serde_json::Value;

use crate::error::Code;
use crate::http::{Method, Request, Response};
use crate::json::{Given, ToJson, body, to_json};
use crate::profile::answer;
use crate::profile::{Fault, Operation, Profile, Unreadable};
use crate::validate::{Fields, Report, check_phone};

pub(super) const OPERATION: Operation = Operation::new(
    "personal-connection",
    "personal-connection:write",
    build,
    |response, _| facts(response).map(|told| told.to_json()),
)
.writing()
.told_by(&[
    Fault {
        says: "flow",
        code: Code::InvalidFlow,
        path: "$.flow",
        hint: "check the id, publish the flow, and let the client use it: drafts are not run",
    },
    Fault {
        says: "caller",
        code: Code::InvalidCallerNumber,
        path: "$.callerNumber",
        hint: "name a number that the account has, neither blocked nor suspended, like +15550100000",
    },
    Fault {
        says: "called",
        code: Code::InvalidPhone,
        path: "$.calledNumber",
        hint: "name a number that can be called, like +15550100000",
    },
]);

/// The paths that the documents give.
const ROOTS: &[(&str, &str)] = &[("/v2", "/v2"), ("/api/v2", "/api/v2")];

/// A call that was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedCall {
    /// The platform's id of it.
    pub call: Option<String>,
    /// The platform's word for how far it is, such as `queued`, `ringing`, `answered`, `completed`, `failed`.
    pub status: Option<String>,
    /// Whether that is the end of it; `None` for a word that we don't know.
    pub ended: Option<bool>,
    /// When the platform said so, in its own words.
    pub at: Option<String>,
}

to_json!(PlacedCall {
    "call": call,
    "status": status,
    "ended": ended,
    "at": at,
});

/// Reads `apiRoot`, and gives the path of the calls under it.
pub(super) fn root(fields: &mut Fields<'_>, report: &mut Report) -> String {
    let root = fields.word("apiRoot", ROOTS, report).unwrap_or("/v2");
    format!("{root}/personal-connection/calls")
}

/// Reads `{ callerNumber, calledNumber, flow, parameters?, apiRoot? }`.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let caller = phone(&mut fields, "callerNumber", report);
    let called = phone(&mut fields, "calledNumber", report);
    let flow = fields.either("flow", "flowId");
    let flow = fields.required_id(flow, "name the published flow to run", report);
    let parameters = parameters(&mut fields, report);
    let path = root(&mut fields, report);
    fields.finish(report);
    let payload = body([
        ("callerNumber", caller?.into()),
        ("calledNumber", called?.into()),
        ("flowId", flow?.into()),
        ("parameters", parameters.into()),
    ]);
    let body = Some(payload.text());
    Some(Request::writes(OPERATION.name, Method::Post, path, body))
}

fn phone<'a>(fields: &mut Fields<'a>, name: &'static str, report: &mut Report) -> Option<&'a str> {
    fields.required(name, "write the number like +15550100000", report)?;
    let number = fields.text(name, report)?;
    check_phone(number, &fields.place(name), report).then_some(number)
}

/// What the flow is told: names and plain values.
fn parameters(fields: &mut Fields<'_>, report: &mut Report) -> Option<Value> {
    let value = fields.value("parameters")?;
    let path = fields.path("parameters");
    Fields::open(value, path.as_str(), report)?;
    for (name, value) in value.as_object()?.in_order() {
        if value.as_object().is_some() || value.as_list().is_some() {
            let path = format!("{path}.{name}");
            let hint = "pass a text, a number, or true or false";
            report.add(Code::WrongType, path, "not a plain value", hint);
        }
    }
    Some(value.to_json())
}

/// What the platform says of a call: when it takes it, and whenever it is asked.
///
/// # Errors
/// Where it is no object.
pub fn facts(response: &Response) -> Result<PlacedCall, Unreadable> {
    let call = answer::object(response)?;
    let status = answer::text(&call, &["status"]);
    Ok(PlacedCall {
        call: answer::text(&call, &["callId"]),
        ended: match status.as_deref() {
            Some("completed" | "failed") => Some(true),
            Some("queued" | "initiated" | "ringing" | "answered") => Some(false),
            _ => None,
        },
        status,
        at: answer::text(&call, &["timestamp"]),
    })
}
