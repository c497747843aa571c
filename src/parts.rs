//! The parts on their own, shaped for JSON: what the bindings offer, in plain Rust.
//!
//! Each takes text as it came, refuses what it can't read with an [`Refusal`], and keeps nothing.

mod answers;
#[cfg(feature = "decide")]
pub mod decisions;
mod predictions;
mod reasons;
mod records;
mod scopes;

use serde_json::Value;

pub use answers::read_response;
pub(crate) use answers::{Answer, told, trouble};
pub use predictions::{
    observe, predict, predict_learned, predict_many, prediction_inputs, restore_learned, score,
};
pub use reasons::failure_reason;
pub use records::{audit_line, handoff_record, verify_audit_lines};
pub use scopes::check_scopes;

use crate::decide;
use crate::error::{Code, Error};
use crate::http::{Request, Response};
use crate::journal::{Audit, Verdict};
use crate::json::{self, Document, to_json};
use crate::model::eligibility::Eligibility;
use crate::model::id::QueueId;
use crate::model::intent::Mode;
use crate::model::queue::{QueueFacts, Roster};
use crate::model::reason::ReasonCode;
use crate::model::target::TargetKind;
use crate::profile::{self, Operation, PROFILES, Profile};
use crate::time::Timestamp;
use crate::transfer::read_policy;
use crate::validate::{Report, read_target};

/// Why an input is refused, with its findings where it has any.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// What we say of it.
    pub error: Error,
    /// Its findings.
    pub report: Report,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self {
            error,
            report: Report::default(),
        }
    }
}

impl From<(Error, Report)> for Refusal {
    fn from((error, report): (Error, Report)) -> Self {
        Self { error, report }
    }
}

/// Reads what somebody handed over.
pub(crate) fn read_text(text: &str) -> Result<Document<'_>, Error> {
    Document::read(text).map_err(|error| no_json(&error))
}

/// The same as a value that stays.
pub(crate) fn parsed(text: &str) -> Result<Value, Error> {
    json::parsed(text.as_bytes()).map_err(|error| no_json(&error))
}

fn no_json(error: &str) -> Error {
    Error::new(Code::InvalidJson, format!("not JSON: {error}"))
}

pub(crate) fn operation_of(
    profile: &dyn Profile,
    operation: &str,
) -> Result<&'static Operation, Error> {
    if let Some(known) = profile.operation(operation) {
        return Ok(known);
    }
    let known = profile
        .operations()
        .iter()
        .map(|known| format!("`{}`", known.name))
        .collect::<Vec<_>>()
        .join(", ");
    let message = format!("`{}` has no operation `{operation}`", profile.name());
    Err(Error::new(Code::UnknownOperation, message).with_hint(format!("use one of {known}")))
}

/// Builds the request of an operation from its input.
///
/// # Errors
/// [`Code::UnknownProfile`], [`Code::UnknownOperation`], [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report.
///
/// ```
/// use patchcord::parts::build_request;
///
/// let request = build_request("cxone-v2", "transfer", r#"{ "call": "call-1", "to": { "extension": "999" } }"#).unwrap();
/// assert_eq!(request.path, "/api/v2/voice/calls/call-1/transfer");
/// assert_eq!(request.body.unwrap(), r#"{"targetId":"999","targetType":"EXTENSION","transferType":"BLIND"}"#);
/// ```
pub fn build_request(profile: &str, operation: &str, input: &str) -> Result<Request, Refusal> {
    let profile = profile::by_name(profile)?;
    build_of(profile, operation_of(profile, operation)?, input)
}

/// The refusal of an input by its report; the message tells the first finding.
pub(crate) fn refused(what: &str, report: Report) -> Refusal {
    let first = report.issues().first();
    let message = first.map_or_else(String::new, |issue| {
        format!("{}: {}", issue.path, issue.message)
    });
    let message = format!("{what} is refused: {message}");
    (Error::new(Code::InvalidInput, message), report).into()
}

/// Reports what is wrong with the input of an operation; builds and sends nothing.
///
/// # Errors
/// [`Code::UnknownProfile`] and [`Code::UnknownOperation`]. Text that is not JSON is a finding like any other.
pub fn validate(profile: &str, operation: &str, input: &str) -> Result<Report, Error> {
    match built(profile, operation, input) {
        Ok((_, report)) => Ok(report),
        Err(error) if error.code() == Code::InvalidJson => Ok(not_json(&error)),
        Err(error) => Err(error),
    }
}

/// The same for an operation that was looked up before.
pub(crate) fn build_of(
    profile: &dyn Profile,
    operation: &Operation,
    input: &str,
) -> Result<Request, Refusal> {
    let mut report = Report::default();
    let request = (operation.build)(profile, read_text(input)?.given(), &mut report);
    match request {
        Some(request) if report.is_ok() => Ok(request),
        _ => Err(refused(&format!("`{}`", operation.name), report)),
    }
}

fn built(profile: &str, operation: &str, input: &str) -> Result<(Option<Request>, Report), Error> {
    let profile = profile::by_name(profile)?;
    let operation = operation_of(profile, operation)?;
    let mut report = Report::default();
    let request = (operation.build)(profile, read_text(input)?.given(), &mut report);
    Ok((request, report))
}

fn not_json(error: &Error) -> Report {
    let mut report = Report::default();
    report.add(
        Code::InvalidJson,
        "$",
        error.message(),
        "pass one JSON value",
    );
    report
}

/// Reports what is wrong with a policy.
///
/// # Errors
/// [`Code::UnknownProfile`]. Text that is not JSON is a finding like any other.
pub fn check_policy(profile: &str, policy: &str) -> Result<Report, Error> {
    let profile = profile::by_name(profile)?;
    match read_text(policy) {
        Ok(value) => {
            let value = value.given();
            let mut report = Report::default();
            read_policy(profile, value, "$", &mut report);
            #[cfg(feature = "decide")]
            if report.is_ok() && crate::decide::needs_decisions(value) {
                return decisions::check_policy(policy, Some(profile.name()), None);
            }
            Ok(report)
        }
        Err(error) => Ok(not_json(&error)),
    }
}

/// Whether a target can take a call, by the bodies of the platform's answers: an object from operation to body.
///
/// # Errors
/// [`Code::UnknownProfile`], [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report on the target.
pub fn eligibility(profile: &str, target: &str, answers: &str) -> Result<Eligibility, Refusal> {
    let profile = profile::by_name(profile)?;
    let mut report = Report::default();
    let target = read_target(read_text(target)?.given(), "$", &mut report);
    if let Some(target) = &target {
        profile.check_target(target, "$", &mut report);
    }
    let Some(target) = target.filter(|_| report.is_ok()) else {
        return Err((
            Error::new(
                Code::InvalidInput,
                "the target has findings: see the report",
            ),
            report,
        )
            .into());
    };
    let answers = parsed(answers)?;
    let told = |queue: &&QueueId| !profile.queue_reads(queue).is_empty();
    let Some(queue) = target.queue().filter(told) else {
        let code = ReasonCode::NeedsNoFacts;
        let message = code.attributes().agent_reads.to_owned();
        return Ok(Eligibility {
            eligible: true,
            code: Some(code),
            message,
            available: None,
        });
    };
    let mut facts = QueueFacts::default();
    for request in profile.queue_reads(queue) {
        let Some(body) = answers.get(&request.operation) else {
            continue;
        };
        let response = Response {
            status: 200,
            headers: Vec::new(),
            body: json::text(body).into_bytes(),
        };
        let now = Timestamp::default();
        if profile
            .queue_facts(&request.operation, &target, &response, now, &mut facts)
            .is_err()
        {
            let code = ReasonCode::UnreadableAnswer;
            let message = code.attributes().agent_reads.to_owned();
            return Ok(Eligibility {
                eligible: false,
                code: Some(code),
                message,
                available: None,
            });
        }
    }
    Ok(decide::judge(queue, target.skill(), &facts))
}

/// Counts a roster straight from the bytes of the platform's answer.
///
/// # Errors
/// [`Code::UnknownProfile`]; [`Code::InvalidJson`] where the body is no roster.
pub fn roster(profile: &str, body: &[u8], skill: Option<&str>) -> Result<Roster, Error> {
    profile::by_name(profile)?;
    profile::cxone_v2::count_agents(body, skill)
        .map_err(|line| Error::new(Code::InvalidJson, format!("not a roster: {line}")))
}

/// Follows the chain of an audit record.
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::WrongType`] where the text is no audit record.
pub fn verify_audit(audit: &str) -> Result<Verdict, Error> {
    let audit = Audit::from_json(&parsed(audit)?).ok_or_else(|| {
        Error::new(Code::WrongType, "not an audit record").with_hint("pass an outcome's `audit`")
    })?;
    Ok(crate::journal::verify(&audit))
}

/// What a profile can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileInfo {
    /// Its name.
    pub name: &'static str,
    /// What it can ask of the platform, with the scope that each needs.
    pub operations: Vec<OperationInfo>,
    /// Where it can send calls, and how.
    pub targets: Vec<TargetInfo>,
}

to_json!(ProfileInfo {
    "name": name,
    "operations": operations,
    "targets": targets,
});

/// One operation of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationInfo {
    /// Its name.
    pub name: &'static str,
    /// The scope or permission that the token needs.
    pub scope: &'static str,
}

to_json!(OperationInfo {
    "name": name,
    "scope": scope,
});

/// One kind of target of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetInfo {
    /// The kind.
    pub kind: TargetKind,
    /// The ways in which a call can go there.
    pub modes: Vec<Mode>,
}

to_json!(TargetInfo {
    "kind": kind,
    "modes": modes,
});

/// The profiles that Patchcord brings.
pub fn profiles() -> Vec<ProfileInfo> {
    let modes = |profile: &dyn Profile, kind: TargetKind| {
        let able = |mode: &Mode| !profile.stages(kind, *mode).is_empty();
        [Mode::Blind, Mode::Consult]
            .into_iter()
            .filter(able)
            .collect()
    };
    let info = |profile: &&dyn Profile| ProfileInfo {
        name: profile.name(),
        operations: profile
            .operations()
            .iter()
            .map(|op| OperationInfo {
                name: op.name,
                scope: op.scope,
            })
            .collect(),
        targets: profile
            .targets()
            .iter()
            .map(|kind| TargetInfo {
                kind: *kind,
                modes: modes(*profile, *kind),
            })
            .collect(),
    };
    PROFILES.iter().map(info).collect()
}
