//! The decision engine, shaped for JSON: policies are read once, and then decide any number of inputs.

use serde_json::{Map, Value};

use crate::decide::engine::{self, Inputs, Policy, Trace};
use crate::error::{Code, Error};
use crate::json::{Document, ToJson};
use crate::parts::{Refusal, parsed, read_text, refused};
use crate::profile;
use crate::transfer;
use crate::validate::Report;

/// Reads a policy, to be kept for all its decisions.
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report.
pub fn read_policy(policy: &str) -> Result<Policy, Refusal> {
    Policy::read(read_text(policy)?.given()).map_err(|report| refused("the policy", report))
}

/// Decides where the call goes: the decision as JSON text. It never fails: inputs that are no JSON leave the safe end.
///
/// ```
/// use patchcord::decide::engine::Trace;
/// use patchcord::parts::decisions::{decide, read_policy};
///
/// let policy = read_policy(r#"{ "steps": [
///     { "id": "billing", "to": { "queue": "billing" }, "when": { "fact": "agentsAvailable", "atLeast": 1 },
///       "ifUnknown": "skip", "ifStale": "skip" },
///     { "id": "voicemail", "to": { "voicemail": "box" } } ] }"#).unwrap();
/// let decision = decide(&policy, r#"{ "now": 1774864800000, "queues": { "billing": { "agentsAvailable": 0 } } }"#, Trace::Summary);
/// assert!(decision.contains(r#""step":"voicemail""#));
/// assert!(decision.contains(r#""code":"condition-not-met","about":{"fact":"agentsAvailable","atLeast":1,"known":0}"#));
/// ```
pub fn decide(policy: &Policy, inputs: &str, trace: Trace) -> String {
    let read = Document::read(inputs);
    let inputs = match &read {
        Ok(document) => Inputs::read(document.given()),
        Err(error) => Inputs::unreadable(inputs, error),
    };
    engine::decide(policy, &inputs, trace).to_text()
}

/// Reads a policy for transfers whose machine is in another binary: what [`Options`](transfer::Options) take as `plan`. Findings
/// stand at `path`.
///
/// # Errors
/// [`Code::UnknownProfile`], [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report.
pub fn plan_policy(profile: &str, policy: &str, path: &str) -> Result<String, Refusal> {
    let profile = profile::by_name(profile)?;
    let mut report = Report::new();
    let read = transfer::read_policy(profile, read_text(policy)?.given(), path, &mut report);
    match read.filter(|_| report.is_ok()) {
        Some(policy) => Ok(transfer::written(&policy)),
        None => Err(refused("the policy", report)),
    }
}

/// Checks a policy: see [`engine::check_policy`]. With a profile, what that can do is known of the platform, unless `world`
/// tells it.
///
/// # Errors
/// [`Code::UnknownProfile`]; [`Code::InvalidJson`] where `world` is none. A policy that is not JSON is a finding.
pub fn check_policy(
    policy: &str,
    profile: Option<&str>,
    world: Option<&str>,
) -> Result<Report, Error> {
    let mut world = world.map_or_else(|| Ok(Value::Object(Map::new())), parsed)?;
    if let (Some(profile), Some(world)) = (profile, world.as_object_mut()) {
        let can = can(profile)?;
        world.entry("can").or_insert(can);
    }
    match read_text(policy) {
        Ok(policy) => Ok(engine::check_policy(policy.given(), Some(&world))),
        Err(error) => {
            let mut report = Report::new();
            report.add(Code::InvalidJson, "$", error.message(), "pass JSON text");
            Ok(report)
        }
    }
}

/// What a profile can do, as inputs and worlds tell it: `{"queue": ["blind", "consult"], …}`.
///
/// # Errors
/// [`Code::UnknownProfile`].
pub fn can(profile: &str) -> Result<Value, Error> {
    profile::by_name(profile).map(transfer::abilities)
}

/// Compares two policies on a list of recorded inputs: see [`engine::compare`].
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::WrongType`] where the text is no list.
pub fn compare(before: &Policy, after: &Policy, recorded: &str) -> Result<Value, Error> {
    let recorded = read_text(recorded)?;
    let recorded = recorded.given().as_list().ok_or_else(|| {
        Error::new(Code::WrongType, "not a list").with_hint("pass a list of inputs of `decide`")
    })?;
    Ok(engine::compare(before, after, recorded.iter()).to_json())
}
