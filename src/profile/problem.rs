//! What a refusal of the platform means: a reason, what to do about it, and whether to go on.

use serde_json::Value;

use crate::error::Code;
use crate::http::Response;
use crate::json::{parsed, to_json};
use crate::model::reason::{ReasonCode, Told, of_number};
use crate::private::scrubbed;
use crate::profile::answer::{refused, text};
use crate::profile::{Fault, Profile};
use crate::validate::Report;

/// The reasons' own words tell of a transfer; of other operations, some are said otherwise.
const TRANSFER: &str = "transfer";

/// How many of a refusal's findings are read: no person reads more.
const MOST_FINDINGS: usize = 50;

/// Why the platform refused an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Which reason; its attributes are fixed.
    pub code: ReasonCode,
    /// What the agent reads.
    pub message: &'static str,
    /// What would mend it.
    pub hint: &'static str,
    /// Work may go on: another target may do, or nothing depended on it.
    pub goes_on: bool,
    /// The same request may be sent again, after a pause.
    pub retryable: bool,
    /// The scope that the token lacks, where that is the reason.
    pub scope: Option<&'static str>,
    /// What the platform said of the payload's fields.
    pub report: Report,
    /// What shows it, where the status alone does not.
    pub evidence: Option<String>,
}

to_json!(Problem {
    "code": code,
    "message": message,
    "hint": hint,
    "goesOn": goes_on,
    "retryable": retryable,
    "scope": scope,
    "report": report,
    "evidence": evidence,
});

/// What it means that a platform refuses something with this status.
pub fn refusal(status: u16) -> ReasonCode {
    of_number("http", status).unwrap_or(ReasonCode::Refused)
}

/// Why the platform refused an operation: by the code in its answer, where that is a known one, else by the status.
pub fn told(profile: &dyn Profile, operation: &str, response: &Response) -> Told {
    let status = response.status;
    refused(response, profile.words()).unwrap_or_else(|| Told {
        code: profile.refusal(operation, status),
        evidence: format!("HTTP {status}"),
    })
}

/// Why the platform refused an operation, by its answer. A call that began `age_seconds` ago may be one that the platform
/// keeps no longer.
pub fn problem(
    profile: &dyn Profile,
    operation: &str,
    response: &Response,
    age_seconds: Option<u64>,
) -> Problem {
    let usual = profile.refusal(operation, response.status);
    let Told { code, evidence } = told(profile, operation, response);
    let kept = profile.keeps_calls_seconds();
    let aged = age_seconds.zip(kept).is_some_and(|(age, kept)| age >= kept);
    if code == ReasonCode::CallNotFound && aged {
        return Problem::of(profile, operation, ReasonCode::AgedOut);
    }
    let mut problem = Problem::of(profile, operation, code);
    problem.evidence = (code != usual).then_some(evidence);
    if code == ReasonCode::PayloadRefused {
        let known = profile.operation(operation);
        let faults = known.map(|known| known.faults).unwrap_or_default();
        findings(&response.body, faults, &mut problem.report);
    }
    problem
}

impl Problem {
    /// What this reason means for an operation.
    pub fn of(profile: &dyn Profile, operation: &str, code: ReasonCode) -> Self {
        let known = profile.operation(operation);
        let optional = known.is_some_and(|known| known.optional);
        let writes = known.is_some_and(|known| known.writes);
        let attributes = code.attributes();
        let message = match code {
            _ if operation == TRANSFER => attributes.agent_reads,
            ReasonCode::Conflict => "It was changed by somebody else meanwhile",
            ReasonCode::NotFound => "The platform does not know it",
            ReasonCode::Refused => "The platform refused it",
            ReasonCode::Cancelled => "It was cancelled",
            ReasonCode::BudgetSpent => "The time for it is spent",
            _ => attributes.agent_reads,
        };
        let lacking = |scope: &&str| code == ReasonCode::MissingScope && !scope.is_empty();
        Self {
            code,
            message,
            hint: profile
                .advice(operation, code)
                .unwrap_or(advice(code, writes)),
            goes_on: optional || !attributes.ends_run(),
            retryable: match code {
                ReasonCode::RateLimited | ReasonCode::NotSent => true,
                ReasonCode::ServerError | ReasonCode::AnswerLost => !writes,
                _ => false,
            },
            scope: known.map(|known| known.scope).filter(lacking),
            report: Report::default(),
            evidence: None,
        }
    }
}

/// The usual advice.
const fn advice(code: ReasonCode, writes: bool) -> &'static str {
    match code {
        ReasonCode::PayloadRefused => "mend what the report names, and send it again",
        ReasonCode::Unauthorized => {
            "pass a fresh token; where that is refused too, rotate the client's credentials"
        }
        ReasonCode::MissingScope => {
            "give the client the scope, and its profile the permission for this queue or call"
        }
        ReasonCode::NotFound | ReasonCode::CallNotFound => {
            "check the id, and that it is of the region that the base URL names"
        }
        ReasonCode::Conflict => "read the present state, and begin from there",
        ReasonCode::RateLimited => "wait as long as the platform says, and ask less often",
        ReasonCode::ServerError if writes => {
            "wait 30 seconds, and look whether it was done before it is sent again"
        }
        ReasonCode::ServerError => "wait 30 seconds, and ask again",
        ReasonCode::AnswerLost if writes => "look whether it was done before it is sent again",
        ReasonCode::AnswerLost => "ask again",
        ReasonCode::NotSent => "mend what kept the host from sending it, and send it again",
        ReasonCode::CircuitOpen => "leave the platform alone until the breaker's `openUntil`",
        ReasonCode::UnreadableAnswer => "look what stands at the base URL: it answers otherwise",
        _ => "ask the platform's administrator",
    }
}

/// Reads `{"errors": [{"field", "message"}]}`, `{"error": {…}}` and their like into a report. A text alone is a finding too, where the
/// operation knows what it tells of.
fn findings(body: &[u8], faults: &[Fault], report: &mut Report) {
    let answer =
        parsed(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()));
    let one = answer.get("error").filter(|error| error.is_object());
    match answer.get("errors").and_then(Value::as_array) {
        Some(errors) => errors
            .iter()
            .take(MOST_FINDINGS)
            .for_each(|error| finding(error, faults, report)),
        None => finding(one.unwrap_or(&answer), faults, report),
    }
}

fn finding(error: &Value, faults: &[Fault], report: &mut Report) {
    let said = error.as_str().map(str::to_owned);
    let said = said.or_else(|| text(error, &["message", "error", "description", "detail"]));
    let field = text(error, &["field", "path", "property"]);
    if said.is_none() && field.is_none() {
        return;
    }
    let (said, field) = (said.unwrap_or_default(), field.unwrap_or_default());
    // The field tells more surely than the sentence, and in a sentence what is at fault comes before what it is for.
    let first = |text: &str| {
        let text = text.to_lowercase();
        let found = faults
            .iter()
            .filter_map(|fault| Some((text.find(fault.says)?, fault)));
        found.min_by_key(|(at, _)| *at).map(|(_, fault)| fault)
    };
    let fault = first(&field).or_else(|| first(&said));
    // A field that our input has too tells the very place in it.
    let place = format!("$.{}", field.trim_start_matches("$."));
    let path = match fault {
        Some(fault) if !place.starts_with(fault.path) => fault.path.to_owned(),
        None if field.is_empty() => "$".to_owned(),
        _ => place,
    };
    let code = fault.map_or(Code::Refused, |fault| fault.code);
    let hint = fault.map_or("mend it as the message says", |fault| fault.hint);
    let message = if said.is_empty() {
        "the platform refused it".to_owned()
    } else {
        scrubbed(&said)
    };
    report.add(code, path, message, hint);
}
