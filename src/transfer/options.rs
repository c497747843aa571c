//! What a run begins with, read from JSON with every finding reported.

use serde_json::Value;

#[cfg(feature = "decide")]
use crate::decide::engine::outline;
use crate::decide::{CheckTarget, Policy, needs_decisions};
use crate::error::{Code, Error};
#[cfg(feature = "decide")]
use crate::json::ToJson;
use crate::json::{self, Given};
use crate::model::intent::{Intent, Mode};
use crate::model::target::Target;
use crate::profile::{self, Profile, read_intent};
use crate::stored;
use crate::transfer::Breaker;
use crate::validate::{Fields, Report};

/// What a run begins with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The platform's dialect.
    pub profile: &'static dyn Profile,
    /// What the agent asks for.
    pub intent: Intent,
    /// Where else the call may go, and its times.
    pub policy: Policy,
    /// Where the jitter of pauses comes from: the same seed, the same pauses.
    pub seed: u64,
    /// How well the platform did until now.
    pub breaker: Breaker,
    /// What the host tells for decisions, as JSON text: facts of the call and of targets, and where the call has been.
    pub inputs: String,
}

impl Options {
    /// A run of this intent on this profile, without a fallback.
    pub fn new(profile: &'static dyn Profile, intent: Intent) -> Self {
        Self {
            profile,
            intent,
            policy: usual_policy(profile),
            seed: 0,
            breaker: Breaker::default(),
            inputs: NOTHING_TOLD.to_owned(),
        }
    }

    /// Reads `{ profile, transfer, policy?, inputs?, seed?, breaker? }`. Where the decision engine is in another binary, `plan`
    /// stands for `policy`: what [`read_policy`] made of it there, as [`written`] writes it.
    ///
    /// # Errors
    /// An [`Error`], and the [`Report`] of the findings. Paths into the transfer begin at its own root, `$`; those into
    /// the policy with `$.policy`.
    pub fn from_json(text: &str) -> Result<Self, (Error, Report)> {
        let refused = |error: Error| (error, Report::default());
        let value = json::parsed(text.as_bytes()).map_err(|error| {
            refused(Error::new(
                Code::InvalidJson,
                format!("the options are not JSON: {error}"),
            ))
        })?;
        let mut report = Report::default();
        let options = Self::read(&value, &mut report).map_err(refused)?;
        match options {
            Some(options) if report.is_ok() => Ok(options),
            _ => Err((
                Error::new(
                    Code::InvalidInput,
                    "the transfer has findings: see the report",
                ),
                report,
            )),
        }
    }

    fn read(value: &Value, report: &mut Report) -> Result<Option<Self>, Error> {
        let Some(mut fields) = Fields::open(value, "$", report) else {
            return Ok(None);
        };
        let Some(name) = fields.required_id(
            "profile",
            "name the platform's dialect, such as `cxone-v2`",
            report,
        ) else {
            return Ok(None);
        };
        let profile = profile::by_name(name)?;
        let ask = fields.required("transfer", "say what to transfer and where to", report);
        let intent = ask.and_then(|ask| read_intent(profile, ask, report));
        let policy = fields
            .value("policy")
            .map(|policy| read_policy(profile, policy, "$.policy", report));
        let plan = fields
            .value("plan")
            .map(|plan| plan.as_str().and_then(read_written));
        let inputs = fields.value("inputs").map(|inputs| match inputs.as_str() {
            // Text is kept as it came, for a number with a fraction is read by the engine alone.
            Some(text) => text.to_owned(),
            None => {
                // For its finding alone.
                let _ = Fields::open(inputs, "$.inputs", report);
                inputs.text()
            }
        });
        let seed = fields
            .integer("seed", 0..=u64::MAX, report)
            .unwrap_or_default();
        let breaker = fields
            .value("breaker")
            .and_then(|breaker| Breaker::read(breaker, "$.breaker", report));
        fields.finish(report);
        let policy = (plan.or(policy)).unwrap_or_else(|| Some(usual_policy(profile)));
        Ok(intent.zip(policy).map(|(intent, policy)| Self {
            profile,
            intent,
            policy,
            seed,
            breaker: breaker.unwrap_or_default(),
            inputs: inputs.unwrap_or_else(|| NOTHING_TOLD.to_owned()),
        }))
    }
}

/// What a host tells that tells nothing.
const NOTHING_TOLD: &str = "{}";

/// Reads a policy that stands at `path`, with the platform's own rules for its targets.
pub fn read_policy(
    profile: &dyn Profile,
    value: Given<'_>,
    path: &str,
    report: &mut Report,
) -> Option<Policy> {
    let check = |target: &Target, mode: Option<Mode>, path: &str, report: &mut Report| {
        profile.check_target(target, path, report);
        if profile
            .stages(target.kind(), mode.unwrap_or_default())
            .is_empty()
        {
            let message = format!("`{}` cannot send a call to such a target", profile.name());
            report.add(Code::NotSupported, path, message, "name another target");
        }
    };
    let mut policy = if needs_decisions(value) {
        read_decided(profile, value, path, &check, report)?
    } else {
        Policy::read(value, path, &check, report)?
    };
    if value.get("overtakeIn").is_none_or(Given::is_null) {
        policy.overtake_in = usual_policy(profile).overtake_in;
    }
    Some(policy)
}

/// The policy is kept with what the platform can do, which no other binary needs to know then.
#[cfg(feature = "decide")]
fn read_decided(
    profile: &dyn Profile,
    value: Given<'_>,
    path: &str,
    check: &CheckTarget<'_>,
    report: &mut Report,
) -> Option<Policy> {
    let policy = outline(value, path, check, report)?;
    let kept = json::object([("policy", value.to_json()), ("can", abilities(profile))]);
    Some(Policy {
        decided_by: Some(json::text(&kept)),
        ..policy
    })
}

/// What the platform can do, as inputs of decisions tell it: `{"queue": ["blind", "consult"], …}`.
#[cfg(feature = "decide")]
pub fn abilities(profile: &dyn Profile) -> Value {
    let modes = |kind| -> Value {
        let able = |mode: &&Mode| !profile.stages(kind, **mode).is_empty();
        Mode::ALL.iter().filter(able).map(ToJson::to_json).collect()
    };
    let kinds = profile.targets().iter();
    Value::Object(
        kinds
            .map(|kind| (kind.as_str().to_owned(), modes(*kind)))
            .collect(),
    )
}

/// Without the engine in this binary, who has it must have read the policy.
#[cfg(not(feature = "decide"))]
fn read_decided(
    _: &dyn Profile,
    _: Given<'_>,
    path: &str,
    _: &CheckTarget<'_>,
    report: &mut Report,
) -> Option<Policy> {
    let message = "the policy needs the decision engine, which is not in this binary";
    let hint = "read it where the engine is, and pass what comes of it as `plan`";
    report.add(Code::NotSupported, path, message, hint);
    None
}

/// A policy that was read, for another binary of the same version.
#[cfg(feature = "decide")]
pub fn written(policy: &Policy) -> String {
    json::hex(&stored::written(policy))
}

fn read_written(plan: &str) -> Option<Policy> {
    stored::read(&json::bytes(plan)?)
}

/// The policy of a host that brings none.
fn usual_policy(profile: &dyn Profile) -> Policy {
    let states = profile.overtake_in().iter();
    Policy {
        overtake_in: states.map(|state| (*state).to_owned()).collect(),
        ..Policy::default()
    }
}
