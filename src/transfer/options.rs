//! What a run begins with, read from JSON with every finding reported.

use serde_json::Value;

use crate::decide::Policy;
use crate::error::{Code, Error};
use crate::json;
use crate::model::intent::{Intent, Mode};
use crate::model::target::Target;
use crate::profile::{self, Profile, read_intent};
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
        }
    }

    /// Reads `{ profile, transfer, policy?, seed?, breaker? }`.
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
        let seed = fields
            .integer("seed", 0..=u64::MAX, report)
            .unwrap_or_default();
        let breaker = fields
            .value("breaker")
            .and_then(|breaker| Breaker::read(breaker, "$.breaker", report));
        fields.finish(report);
        let policy = policy.unwrap_or_else(|| Some(usual_policy(profile)));
        Ok(intent.zip(policy).map(|(intent, policy)| Self {
            profile,
            intent,
            policy,
            seed,
            breaker: breaker.unwrap_or_default(),
        }))
    }
}

/// Reads a policy that stands at `path`, with the platform's own rules for its targets.
pub fn read_policy(
    profile: &dyn Profile,
    value: &Value,
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
    let mut policy = Policy::read(value, path, &check, report)?;
    if value.get("overtakeIn").is_none_or(Value::is_null) {
        policy.overtake_in = usual_policy(profile).overtake_in;
    }
    Some(policy)
}

/// The policy of a host that brings none.
fn usual_policy(profile: &dyn Profile) -> Policy {
    let states = profile.overtake_in().iter();
    Policy {
        overtake_in: states.map(|state| (*state).to_owned()).collect(),
        ..Policy::default()
    }
}
