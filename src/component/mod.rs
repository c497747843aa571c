//! The core as a WebAssembly component: the interfaces of `wit/`. It converts in, calls, converts out.
//!
//! Typed records become the JSON that everybody else passes, so that every runtime gives the same findings with the same
//! codes and paths.

mod convert;

#[expect(
    unsafe_code,
    reason = "generated: the canonical ABI reads and writes linear memory; the documentation stands in wit/"
)]
mod bindings {
    wit_bindgen::generate!({ path: "wit", world: "patchcord", pub_export_macro: false });

    export!(Component with_types_in self);

    /// What the component exports.
    pub(super) struct Component;
}

use bindings::Component;
use bindings::exports::patchcord::core::types::{Issue, Refusal, Request, Target, TransferIntent};
use bindings::exports::patchcord::core::{building, eligibility, prediction, validation};
use convert::{caller_json, forecast, intent_json, issues, refusal, refused, request, target_json};
use serde_json::{Map, Value};

use crate::json::{ToJson, parsed, text};
use crate::parts;

impl building::Guest for Component {
    fn build_transfer(profile: String, intent: TransferIntent) -> Result<Request, Refusal> {
        let input = intent_json(&intent).to_string();
        parts::build_request(&profile, "transfer", &input)
            .map(request)
            .map_err(|error| refusal(&error))
    }

    fn build_read(profile: String, operation: String, id: String) -> Result<Request, Refusal> {
        let name = if operation == "call" { "call" } else { "queue" };
        let input = Map::from_iter([(name.to_owned(), Value::String(id))]);
        parts::build_request(&profile, &operation, &Value::Object(input).to_string())
            .map(request)
            .map_err(|error| refusal(&error))
    }
}

impl validation::Guest for Component {
    fn validate_transfer(profile: String, intent: TransferIntent) -> Result<Vec<Issue>, Refusal> {
        let report = parts::validate(&profile, "transfer", &intent_json(&intent).to_string());
        report
            .map(|report| issues(&report))
            .map_err(|error| refused(&error))
    }

    fn check_policy(profile: String, policy: String) -> Result<Vec<Issue>, Refusal> {
        parts::check_policy(&profile, &policy)
            .map(|report| issues(&report))
            .map_err(|error| refused(&error))
    }
}

impl eligibility::Guest for Component {
    fn judge(
        profile: String,
        target: Target,
        answers: Vec<(String, Vec<u8>)>,
    ) -> Result<eligibility::Verdict, Refusal> {
        // A body that is no JSON stays in place as null, which no operation reads.
        let answers = answers
            .into_iter()
            .map(|(operation, body)| (operation, parsed(&body).unwrap_or_default()));
        let answers = Value::Object(answers.collect());
        let verdict = parts::eligibility(
            &profile,
            &target_json(&target).to_string(),
            &answers.to_string(),
        );
        verdict
            .map(convert::verdict)
            .map_err(|error| refusal(&error))
    }

    fn count_roster(
        profile: String,
        body: Vec<u8>,
        skill: Option<String>,
    ) -> Result<eligibility::Roster, Refusal> {
        let roster =
            parts::roster(&profile, &body, skill.as_deref()).map_err(|error| refused(&error))?;
        Ok(eligibility::Roster {
            agents: roster.agents,
            available: roster.available,
            eligible: roster.eligible,
        })
    }
}

impl prediction::Guest for Component {
    fn forecast_caller(caller: prediction::Caller) -> Result<prediction::Forecast, Refusal> {
        parts::predict(&text(&caller_json(&caller)))
            .map(|found| forecast(&found))
            .map_err(|error| refusal(&error))
    }

    fn predict(input: String) -> Result<String, Refusal> {
        parts::predict(&input)
            .map(|found| text(&found.to_json()))
            .map_err(|error| refusal(&error))
    }
}
