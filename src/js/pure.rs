//! The parts on their own.

use wasm_bindgen::prelude::*;

use crate::js::error::{refused, thrown};
use crate::js::object;
use crate::json::ToJson;
use crate::parts;

/// See [`parts::build_request`].
#[cfg(feature = "engine")]
#[wasm_bindgen(js_name = buildRequest, skip_typescript)]
pub fn build_request(profile: &str, operation: &str, input: &str) -> Result<JsValue, JsValue> {
    parts::build_request(profile, operation, input)
        .map(|request| object(&request.to_json()))
        .map_err(|refusal| refused(&refusal))
}

/// See [`parts::validate`].
#[wasm_bindgen(skip_typescript)]
pub fn validate(profile: &str, operation: &str, input: &str) -> Result<JsValue, JsValue> {
    parts::validate(profile, operation, input)
        .map(|report| object(&report.to_json()))
        .map_err(|error| thrown(&error))
}

/// See [`parts::check_policy`].
#[wasm_bindgen(js_name = checkPolicy, skip_typescript)]
pub fn check_policy(profile: &str, policy: &str) -> Result<JsValue, JsValue> {
    parts::check_policy(profile, policy)
        .map(|report| object(&report.to_json()))
        .map_err(|error| thrown(&error))
}

/// See [`needs_decisions`](crate::decide::needs_decisions). What is no JSON needs none: it is refused as it is.
#[wasm_bindgen(js_name = needsDecisions, skip_typescript)]
pub fn needs_decisions(policy: &str) -> bool {
    parts::read_text(policy).is_ok_and(|policy| crate::decide::needs_decisions(policy.given()))
}

/// See [`parts::eligibility`].
#[wasm_bindgen(skip_typescript)]
pub fn eligibility(profile: &str, target: &str, answers: &str) -> Result<JsValue, JsValue> {
    parts::eligibility(profile, target, answers)
        .map(|verdict| object(&verdict.to_json()))
        .map_err(|refusal| refused(&refusal))
}

/// See [`parts::roster`].
#[wasm_bindgen(skip_typescript)]
pub fn roster(profile: &str, body: &[u8], skill: Option<String>) -> Result<JsValue, JsValue> {
    parts::roster(profile, body, skill.as_deref())
        .map(|roster| object(&roster.to_json()))
        .map_err(|error| thrown(&error))
}

/// See [`parts::verify_audit`].
#[wasm_bindgen(js_name = verifyAudit, skip_typescript)]
pub fn verify_audit(audit: &str) -> Result<JsValue, JsValue> {
    parts::verify_audit(audit)
        .map(|verdict| object(&verdict.to_json()))
        .map_err(|error| thrown(&error))
}

/// See [`parts::profiles`].
#[wasm_bindgen(skip_typescript)]
pub fn profiles() -> JsValue {
    object(&parts::profiles().to_json())
}
