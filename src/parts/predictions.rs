//! Predictions, and how good they were.

use serde_json::Value;

use super::{Refusal, parsed, read_text, refused};
use crate::error::{Code, Error};
use crate::json::{self, ToJson};
use crate::predict::score::Scores;
use crate::predict::{self, Learned, Prediction};
use crate::validate::Report;

/// Makes a prediction from `{ "method": …, … }`: see [`predict::predict`].
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report. That something is not known is no error: see
/// [`Prediction::missing`].
///
/// ```
/// use patchcord::parts::predict;
///
/// let input = r#"{ "method": "caller", "waitingAhead": 4, "agents": 10, "handleSeconds": 180, "patienceSeconds": 240,
///     "waitedSeconds": 11, "thresholdSeconds": 20 }"#;
/// assert!(predict(input).unwrap().probability.unwrap() > 0.999);
/// ```
pub fn predict(input: &str) -> Result<Prediction, Refusal> {
    let input = read_text(input)?;
    let mut report = Report::default();
    predict::predict(input.given(), &mut report).ok_or_else(|| refused("the prediction", report))
}

/// The same for each of a list, such as a wallboard, as JSON text. What is refused stands in its place as
/// `{ "status": "refused", "report": … }`, and keeps nothing else back.
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::WrongType`] where the text is no list.
pub fn predict_many(inputs: &str) -> Result<String, Error> {
    let inputs = read_text(inputs)?;
    let inputs = inputs.given().as_list().ok_or_else(|| {
        Error::new(Code::WrongType, "not a list").with_hint("pass a list of inputs of `predict`")
    })?;
    let mut out = vec![b'['];
    for found in predict::predict_many(inputs.iter()) {
        if out.len() > 1 {
            out.push(b',');
        }
        match found {
            Ok(found) => found.write(&mut out),
            Err(report) => {
                let refused =
                    json::object([("status", "refused".into()), ("report", report.to_json())]);
                out.extend_from_slice(json::text(&refused).as_bytes());
            }
        }
    }
    out.push(b']');
    Ok(String::from_utf8(out).unwrap_or_default())
}

/// The inputs of a prediction that an answer of a platform's metrics tells, in their units: see [`predict::vendor::inputs`].
///
/// # Errors
/// [`Code::InvalidJson`]; [`Code::UnknownProfile`] for a profile without metrics.
pub fn prediction_inputs(profile: &str, answer: &str) -> Result<Value, Error> {
    predict::vendor::inputs(profile, &parsed(answer)?).ok_or_else(|| {
        let message = format!("`{profile}` has no metrics that are known");
        Error::new(Code::UnknownProfile, message)
    })
}

/// Predicts with a predictor that learns: see [`Learned::predict_json`].
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report.
pub fn predict_learned(learned: &Learned, state: &str) -> Result<Prediction, Refusal> {
    let state = read_text(state)?;
    let mut report = Report::default();
    let found = learned.predict_json(state.given(), &mut report);
    found.ok_or_else(|| refused("the state", report))
}

/// Tells a predictor what became of a caller, and whether that could be used: see [`Learned::observe_json`].
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report.
pub fn observe(learned: &mut Learned, outcome: &str) -> Result<bool, Refusal> {
    let outcome = read_text(outcome)?;
    let mut report = Report::default();
    let used = learned.observe_json(outcome.given(), &mut report);
    used.ok_or_else(|| refused("the outcome", report))
}

/// Takes up a predictor from its JSON text.
///
/// # Errors
/// [`Code::InvalidJson`]; [`Code::InvalidSnapshot`] where this version did not write it.
pub fn restore_learned(stored: &str) -> Result<Learned, Error> {
    Learned::from_json(read_text(stored)?.given())
}

/// Scores predictions by what became of their callers: see [`Scores::of_json`].
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report.
///
/// ```
/// use patchcord::parts::score;
///
/// let scores = score(r#"{ "thresholdSeconds": 20, "callers": [
///     { "prediction": { "probability": 0.9, "meanSeconds": 60 }, "waitedSeconds": 45, "outcome": "served" },
///     { "prediction": { "probability": 0.2, "meanSeconds": 9 }, "waitedSeconds": 3, "outcome": "served" }] }"#).unwrap();
/// assert!((scores.sheet.unwrap().brier - 0.025).abs() < 1e-15);
/// ```
pub fn score(input: &str) -> Result<Scores, Refusal> {
    let input = read_text(input)?;
    let mut report = Report::default();
    let found = Scores::of_json(input.given(), &mut report);
    found.ok_or_else(|| refused("the callers", report))
}
