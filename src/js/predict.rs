//! Predictions, and the predictor that learns.

use js_sys::JSON;
use wasm_bindgen::prelude::*;

use crate::js::error::{refused, thrown};
use crate::js::object;
use crate::json::{ToJson, text};
use crate::parts;

/// See [`parts::predict`].
#[wasm_bindgen(skip_typescript)]
pub fn predict(input: &str) -> Result<JsValue, JsValue> {
    parts::predict(input)
        .map(|found| object(&found.to_json()))
        .map_err(|refusal| refused(&refusal))
}

/// See [`parts::predict_many`]. A long text comes in faster as bytes.
#[wasm_bindgen(js_name = predictMany, skip_typescript)]
pub fn predict_many(inputs: &[u8]) -> Result<JsValue, JsValue> {
    parts::predict_many(&String::from_utf8_lossy(inputs))
        .map(|found| JSON::parse(&found).unwrap_or(JsValue::UNDEFINED))
        .map_err(|error| thrown(&error))
}

/// See [`parts::prediction_inputs`].
#[wasm_bindgen(js_name = predictionInputs, skip_typescript)]
pub fn prediction_inputs(profile: &str, answer: &str) -> Result<JsValue, JsValue> {
    parts::prediction_inputs(profile, answer)
        .map(|inputs| object(&inputs))
        .map_err(|error| thrown(&error))
}

/// See [`parts::score`].
#[wasm_bindgen(skip_typescript)]
pub fn score(input: &str) -> Result<JsValue, JsValue> {
    parts::score(input)
        .map(|scores| object(&scores.to_json()))
        .map_err(|refusal| refused(&refusal))
}

/// See [`crate::predict::Learned`].
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Learned(crate::predict::Learned);

#[wasm_bindgen]
impl Learned {
    /// One that has seen nothing, or the one whose JSON text this is.
    pub fn open(stored: Option<String>) -> Result<Self, JsValue> {
        stored
            .map_or_else(
                || Ok(crate::predict::Learned::new()),
                |stored| parts::restore_learned(&stored),
            )
            .map(Self)
            .map_err(|error| thrown(&error))
    }

    /// See [`parts::observe`].
    pub fn observe(&mut self, outcome: &str) -> Result<bool, JsValue> {
        parts::observe(&mut self.0, outcome).map_err(|refusal| refused(&refusal))
    }

    /// See [`parts::predict_learned`].
    pub fn predict(&self, state: &str) -> Result<JsValue, JsValue> {
        parts::predict_learned(&self.0, state)
            .map(|found| object(&found.to_json()))
            .map_err(|refusal| refused(&refusal))
    }

    /// All of it as JSON text, to be taken up elsewhere.
    pub fn store(&self) -> String {
        text(&self.0.to_json())
    }
}
