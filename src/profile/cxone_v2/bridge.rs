//! `POST /api/v2/cti/calls/{id}/bridge`: joins the legs of a call in one request.
//!
//! Leg 0 is the caller's; the targets follow in their order.

use std::borrow::Cow;
use std::collections::BTreeSet;

use siphasher::sip::SipHasher24;

use crate::error::Code;
use crate::http::{Method, Request, encoded};
use crate::json::{Body, Given, List, ToJson, body, hex};
use crate::profile::answer::made;
use crate::profile::{Operation, Profile};
use crate::validate::{Fields, Report, check_phone, whole};

pub(super) const OPERATION: Operation = Operation::new(
    "bridge",
    "cti:bridge:write cti:calls:write cti:calls:read",
    build,
    |response, _| Ok(made(response, &["bridgeId", "id"]).to_json()),
)
.repeatable();

/// How many legs a bridge has at most, the caller's counted.
const MOST_LEGS: usize = 8;

/// Where the targets stand in the input.
const TARGETS: &str = "$.targets";

const DIRECTIONS: &[(&str, &str)] = &[
    ("inbound", "inbound"),
    ("outbound", "outbound"),
    ("transfer", "transfer"),
    ("consult", "consult"),
];

/// How key presses travel.
const DTMF: &[(&str, &str)] = &[("RFC2833", "RFC2833"), ("INFO", "INFO"), ("PULSE", "PULSE")];

/// Reads `{ call, targets, direction, matrix?, dtmf?, requestId? }`.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let call = fields.either("call", "callId");
    let call = fields.required_id(call, "name the call to bridge", report);
    let targets = targets(&mut fields, report);
    let direction = fields
        .required("direction", "say which way the call goes", report)
        .and_then(|_| fields.word("direction", DIRECTIONS, report));
    let listed = input.get("targets").and_then(Given::as_list);
    let matrix = matrix(&mut fields, listed.map(List::len), report);
    let dtmf = fields.word("dtmf", DTMF, report).unwrap_or("RFC2833");
    let id = fields.id("requestId", report);
    if id.is_some_and(|id| !id.bytes().all(|byte| byte.is_ascii_graphic())) {
        let hint = "keep to ASCII letters, digits and signs: it goes into a header";
        report.add(Code::InvalidId, "$.requestId", "not a header's value", hint);
    }
    fields.finish(report);

    let call = call?;
    let payload = body([
        ("bridgeMatrix", matrix.into()),
        ("callId", call.into()),
        ("direction", direction?.into()),
        ("dtmf", dtmf.into()),
        ("targets", targets?.into()),
    ]);
    let body = payload.text();
    let id = id.map_or_else(|| intent_id(call, &body), str::to_owned);
    let path = ["/api/v2/cti/calls/", &encoded(call), "/bridge"].concat();
    let mut request = Request::writes(OPERATION.name, Method::Post, path, Some(body));
    request.headers.push(("x-cxone-request-id".to_owned(), id));
    Some(request)
}

/// The id of an intent: the same payload has the same one, however often it is built. SipHash-2-4 with a key of zeros: it tells
/// intents apart, and keeps no secret.
fn intent_id(call: &str, body: &str) -> String {
    let hash = SipHasher24::new().hash(body.as_bytes());
    ["bridge-", &encoded(call), "-", &hex(&hash.to_be_bytes())].concat()
}

fn targets<'a>(fields: &mut Fields<'a>, report: &mut Report) -> Option<Vec<Body<'a>>> {
    let hint = "list who joins the caller, such as { \"phone\": … }";
    fields.required("targets", hint, report)?;
    let listed = fields.list("targets", report)?;
    if listed.is_empty() {
        report.add(Code::NoTarget, TARGETS, "nobody joins the caller", hint);
    }
    if listed.len() >= MOST_LEGS {
        let message = format!("{} legs with the caller's", listed.len() + 1);
        let hint = "keep to 7 targets beside the caller, or bridge in several steps";
        report.add(Code::OutOfRange, TARGETS, message, hint);
    }
    let mut targets = Vec::new();
    for (at, target) in listed.iter().enumerate() {
        if let Some(number) = phone(target, at, report) {
            targets.push(body([("type", "phone".into()), ("value", number.into())]));
        }
    }
    (targets.len() == listed.len()).then_some(targets)
}

/// One target: `{ phone }`, or `{ type: "phone", value }`. The plus may be left out.
fn phone<'a>(target: Given<'a>, at: usize, report: &mut Report) -> Option<&'a str> {
    let mut fields = Fields::open_item(target, TARGETS, at, report)?;
    fields.word("type", &[("phone", ())], report);
    let name = fields.either("phone", "value");
    fields.required(name, "write the number like +15550100000", report);
    let number = fields.text(name, report);
    let fits = number.filter(|number| {
        let international = match number.strip_prefix('+') {
            Some(_) => Cow::Borrowed(*number),
            None => Cow::Owned(format!("+{number}")),
        };
        check_phone(&international, &fields.place(name), report)
    });
    fields.finish(report);
    fits
}

/// Which legs are joined: pairs of their numbers.
fn matrix(
    fields: &mut Fields<'_>,
    targets: Option<usize>,
    report: &mut Report,
) -> Vec<Body<'static>> {
    let name = fields.either("matrix", "bridgeMatrix");
    let listed = fields.list(name, report).unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut joined = Vec::new();
    for (at, value) in listed.iter().enumerate() {
        let path = || format!("{}[{at}]", fields.place(name));
        let Some((from, to)) = pair(value, &path, report) else {
            continue;
        };
        let last = targets.and_then(|count| u64::try_from(count).ok());
        let fault = if last.is_some_and(|last| from.max(to) > last) {
            let hint = "number the legs: 0 is the caller, then the targets from 1";
            Some((Code::OutOfRange, "there is no such leg", hint))
        } else if from == to {
            let hint = "join two legs that differ";
            Some((Code::Duplicate, "a leg is joined to itself", hint))
        } else if !seen.insert((from.min(to), from.max(to))) {
            let hint = "name each pair once: a bridge carries both ways";
            Some((Code::Duplicate, "these legs are joined already", hint))
        } else {
            None
        };
        if let Some((code, message, hint)) = fault {
            report.add(code, path(), message, hint);
        }
        joined.push(body([("source", from.into()), ("target", to.into())]));
    }
    joined
}

/// `[source, target]`, or `{ source, target }`.
fn pair(value: Given<'_>, path: &dyn Fn() -> String, report: &mut Report) -> Option<(u64, u64)> {
    let (from, to) = match value.as_list() {
        Some(pair) => (pair.get(0), pair.get(1).filter(|_| pair.len() == 2)),
        None => (value.get("source"), value.get("target")),
    };
    let found = from.and_then(whole).zip(to.and_then(whole));
    if found.is_none() {
        let hint = "write two leg numbers, such as [0, 1]";
        report.add(Code::WrongType, path(), "not a pair of legs", hint);
    }
    found
}
