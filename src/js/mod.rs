//! The core for JavaScript: conversions in and out, and the one place that sends.
//!
//! Text comes in as JSON, so that one parser decides what it means; what goes out are plain objects. Nothing here checks
//! the types of its arguments: the package's facade does that before the boundary.

#[cfg(all(feature = "parts", feature = "decide"))]
pub mod decide;
mod error;
#[cfg(target_arch = "wasm32")]
mod memory;
#[cfg(feature = "parts")]
pub mod operation;
#[cfg(feature = "parts")]
pub mod predict;
pub mod pure;
#[cfg(feature = "engine")]
pub mod run;
#[cfg(feature = "engine")]
pub mod send;
#[cfg(feature = "sim")]
pub mod simulator;

use serde::Serialize;
#[cfg(any(feature = "engine", feature = "parts"))]
use serde_json::Value;
#[cfg(not(feature = "parts"))]
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

#[cfg(any(feature = "engine", feature = "parts"))]
use crate::http::Response;
#[cfg(any(feature = "engine", feature = "parts"))]
use crate::json::parsed;
#[cfg(any(feature = "engine", feature = "parts", feature = "sim"))]
use crate::time::Timestamp;

/// A value as a plain JavaScript object: objects for maps, fields without a value left out, numbers for integers.
#[cfg(not(feature = "parts"))]
fn object(value: &impl Serialize) -> JsValue {
    value
        .serialize(&Serializer::json_compatible())
        .unwrap_or(JsValue::UNDEFINED)
}

/// The same by the host's own parser: several times faster, for every value that crosses by itself costs a call of the host.
#[cfg(feature = "parts")]
fn object(value: &impl Serialize) -> JsValue {
    let text = serde_json::to_string(value).unwrap_or_default();
    js_sys::JSON::parse(&text).unwrap_or(JsValue::UNDEFINED)
}

/// A moment as JavaScript tells it: milliseconds, perhaps with a fraction.
#[cfg(any(feature = "engine", feature = "parts", feature = "sim"))]
#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast of a float saturates, and the fraction is not wanted"
)]
const fn moment(millis: f64) -> Timestamp {
    Timestamp::from_millis(millis as i64)
}

/// An answer as the host saw it; `headers` is a list of pairs in JSON. They only ever add to what is known: without them the
/// answer still counts.
#[cfg(any(feature = "engine", feature = "parts"))]
fn response(status: u16, headers: &str, body: Vec<u8>) -> Response {
    let headers = parsed(headers.as_bytes())
        .map(|headers| pairs(&headers))
        .unwrap_or_default();
    Response {
        status,
        headers,
        body,
    }
}

/// A list of pairs of texts; what is none is passed over.
#[cfg(any(feature = "engine", feature = "parts"))]
fn pairs(list: &Value) -> Vec<(String, String)> {
    let pair = |pair: &Value| {
        Some((
            pair.get(0)?.as_str()?.to_owned(),
            pair.get(1)?.as_str()?.to_owned(),
        ))
    };
    list.as_array()
        .map(|list| list.iter().filter_map(pair).collect())
        .unwrap_or_default()
}
