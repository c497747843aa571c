//! One operation as a JavaScript class, and what belongs to its answer: the machine's two verbs, one method a kind of input.

use wasm_bindgen::prelude::*;

use crate::error::{Code, Error};
use crate::http::Request;
use crate::js::error::{refused, thrown};
use crate::js::{moment, object, response};
use crate::json::{ToJson, object as written, put_whole};
use crate::operation::{self, Input, Options, Output};
use crate::parts::{self, operation_of};
use crate::profile::{PROFILES, by_name};

/// One operation. Times are milliseconds since 1970.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct OperationRun(operation::OperationRun);

#[wasm_bindgen]
impl OperationRun {
    /// Begins an operation.
    pub fn start(options: &str, now: f64) -> Result<Self, JsValue> {
        Options::from_json(options)
            .map(|options| Self(operation::OperationRun::new(options, moment(now))))
            .map_err(|refusal| refused(&refusal))
    }

    /// What to do next.
    pub fn poll(&mut self) -> JsValue {
        object(&match self.0.poll_output() {
            Output::Request {
                id,
                refresh,
                request,
            } => written([
                ("type", "request".into()),
                ("id", id.into()),
                ("refresh", refresh.into()),
                ("request", request.to_json()),
            ]),
            Output::Wait { until } => {
                written([("type", "wait".into()), ("until", until.to_json())])
            }
            Output::Done(outcome) => {
                written([("type", "done".into()), ("outcome", outcome.to_json())])
            }
        })
    }

    /// The answer to a request; `headers` is a list of pairs in JSON.
    #[wasm_bindgen(js_name = handleResponse)]
    pub fn handle_response(
        &mut self,
        id: u32,
        status: u16,
        headers: &str,
        body: Vec<u8>,
        now: f64,
    ) {
        let response = response(status, headers, body);
        self.0
            .handle_input(Input::Response { id, response }, moment(now));
    }

    /// The request may have left, and no whole answer came.
    #[wasm_bindgen(js_name = handleLost)]
    pub fn handle_lost(&mut self, id: u32, reason: String, now: f64) {
        self.0.handle_input(Input::Lost { id, reason }, moment(now));
    }

    /// The request certainly never left.
    #[wasm_bindgen(js_name = handleNotSent)]
    pub fn handle_not_sent(&mut self, id: u32, reason: String, now: f64) {
        self.0
            .handle_input(Input::NotSent { id, reason }, moment(now));
    }

    /// The time that `poll` named has come.
    #[wasm_bindgen(js_name = handleWake)]
    pub fn handle_wake(&mut self, now: f64) {
        self.0.handle_input(Input::Wake, moment(now));
    }

    /// Nobody wants it any more.
    #[wasm_bindgen(js_name = handleCancel)]
    pub fn handle_cancel(&mut self, now: f64) {
        self.0.handle_input(Input::Cancel, moment(now));
    }
}

/// The number of an operation of a profile, by which it is named from then on: names take longer to hand over. It is the same
/// in every instance.
#[wasm_bindgen(js_name = operationNumber, skip_typescript)]
pub fn operation_number(profile: &str, operation: &str) -> Result<u32, JsValue> {
    number_of(profile, operation).map_err(|error| thrown(&error))
}

/// So many operations a profile may have.
const MOST: usize = 256;

fn number_of(profile: &str, operation: &str) -> Result<u32, Error> {
    let found = by_name(profile)?;
    let name = operation_of(found, operation)?.name;
    let place = PROFILES
        .iter()
        .position(|other| other.name() == found.name());
    let operations = found.operations().iter();
    let at = operations.take(MOST).position(|other| other.name == name);
    let number = place.zip(at).map(|(place, at)| place * MOST + at);
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| Error::new(Code::UnknownOperation, "an operation without a number"))
}

/// See [`parts::build_request`]: how it is sent, path and body (empty where there is none), then each further header's name and
/// value, a line each. How it is sent is a few words, the same for every request of an operation: effect, method, timeout, and
/// the headers that say `application/json`. No line holds a line feed: paths are encoded, a body is one line of JSON, and
/// headers are checked. Reading it takes a fifth of the time that the same as JSON would, with the body's quotes escaped and
/// unescaped.
#[wasm_bindgen(js_name = requestLines, skip_typescript)]
pub fn request_lines(number: u32, input: &str) -> Result<String, JsValue> {
    let number = number as usize;
    let profile = PROFILES.get(number / MOST).copied();
    let operation = profile.and_then(|profile| profile.operations().get(number % MOST));
    let Some((profile, operation)) = profile.zip(operation) else {
        let message = "no operation has this number";
        return Err(thrown(&Error::new(Code::UnknownOperation, message)));
    };
    parts::build_of(profile, operation, input)
        .map(|request| lines(&request))
        .map_err(|refusal| refused(&refusal))
}

fn lines(request: &Request) -> String {
    let body = request.body.as_deref().unwrap_or_default();
    let mut lines = String::with_capacity(request.path.len() + body.len() + 128);
    let timeout = u64::try_from(request.timeout.as_millis()).unwrap_or(u64::MAX);
    for word in [request.effect.as_str(), " ", request.method.as_str(), " "] {
        lines.push_str(word);
    }
    put_whole(timeout, &mut lines);
    let is_json = |(_, value): &&(String, String)| value == "application/json";
    let json = request.headers.iter().take_while(is_json);
    for (name, _) in json.clone() {
        lines.push(' ');
        lines.push_str(name);
    }
    let further = request.headers.iter().skip(json.count());
    let further = further.flat_map(|(name, value)| [name.as_str(), value]);
    for line in [request.path.as_str(), body].into_iter().chain(further) {
        lines.push('\n');
        lines.push_str(line);
    }
    lines
}

/// See [`parts::failure_reason`].
#[wasm_bindgen(js_name = failureReason, skip_typescript)]
pub fn failure_reason(code: &str, told_by: Option<String>) -> Result<JsValue, JsValue> {
    parts::failure_reason(code, told_by.as_deref())
        .map(|reason| object(&reason))
        .map_err(|error| thrown(&error))
}

/// See [`parts::read_response`].
#[wasm_bindgen(js_name = readResponse, skip_typescript)]
pub fn read_response(profile: &str, operation: &str, response: &str) -> Result<JsValue, JsValue> {
    parts::read_response(profile, operation, response)
        .map(|read| object(&read))
        .map_err(|refusal| refused(&refusal))
}

/// See [`parts::check_scopes`].
#[wasm_bindgen(js_name = checkScopes, skip_typescript)]
pub fn check_scopes(profile: &str, input: &str) -> Result<JsValue, JsValue> {
    parts::check_scopes(profile, input)
        .map(|report| object(&report.to_json()))
        .map_err(|error| thrown(&error))
}

/// See [`parts::handoff_record`].
#[wasm_bindgen(js_name = handoffRecord, skip_typescript)]
pub fn handoff_record(input: &str) -> Result<JsValue, JsValue> {
    parts::handoff_record(input)
        .map(|record| object(&record))
        .map_err(|refusal| refused(&refusal))
}

/// See [`parts::audit_line`].
#[wasm_bindgen(js_name = auditLine, skip_typescript)]
pub fn audit_line(input: &str) -> Result<String, JsValue> {
    parts::audit_line(input).map_err(|refusal| refused(&refusal))
}

/// See [`parts::verify_audit_lines`].
#[wasm_bindgen(js_name = verifyAuditLines, skip_typescript)]
pub fn verify_audit_lines(lines: &str) -> JsValue {
    object(&parts::verify_audit_lines(lines).to_json())
}
