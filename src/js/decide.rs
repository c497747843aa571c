//! Decisions: a policy that is read once, and decides any number of inputs.

use wasm_bindgen::prelude::*;

use crate::decide::engine::{Policy, Trace};
use crate::js::error::{refused, thrown};
use crate::js::object;
use crate::json::ToJson;
use crate::parts::decisions;

/// A policy. See [`decisions::read_policy`].
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct DecisionPolicy(Policy);

#[wasm_bindgen]
impl DecisionPolicy {
    /// Reads it.
    pub fn read(policy: &str) -> Result<Self, JsValue> {
        decisions::read_policy(policy)
            .map(Self)
            .map_err(|refusal| refused(&refusal))
    }

    /// Decides: the decision as JSON text. `trace` is the place of one in [`Trace::ALL`], for a number is handed over sooner than
    /// a word; the usual one where there is none.
    pub fn decide(&self, inputs: &str, trace: usize) -> String {
        let trace = Trace::ALL.get(trace).copied().unwrap_or_default();
        decisions::decide(&self.0, inputs, trace)
    }

    /// Which decisions differ under another policy, and why. See [`decisions::compare`].
    pub fn compare(&self, after: &Self, recorded: &str) -> Result<JsValue, JsValue> {
        decisions::compare(&self.0, &after.0, recorded)
            .map(|compared| object(&compared))
            .map_err(|error| thrown(&error))
    }
}

/// See [`decisions::plan_policy`].
#[wasm_bindgen(js_name = planPolicy, skip_typescript)]
pub fn plan_policy(profile: &str, policy: &str, path: &str) -> Result<String, JsValue> {
    decisions::plan_policy(profile, policy, path).map_err(|refusal| refused(&refusal))
}

/// See [`decide_during`](crate::decide::engine::decide_during).
#[wasm_bindgen(js_name = decideDuring, skip_typescript)]
pub fn decide_during(policy: &str, told: &str, known: &str) -> Option<String> {
    crate::decide::engine::decide_during(policy, told, known)
}

/// See [`decisions::check_policy`].
#[wasm_bindgen(js_name = checkDecisionPolicy, skip_typescript)]
pub fn check_decision_policy(
    policy: &str,
    profile: Option<String>,
    world: Option<String>,
) -> Result<JsValue, JsValue> {
    decisions::check_policy(policy, profile.as_deref(), world.as_deref())
        .map(|report| object(&report.to_json()))
        .map_err(|error| thrown(&error))
}
