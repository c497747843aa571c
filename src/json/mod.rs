//! JSON: how our values become it, and how text becomes values. One way each, for every further one is code to download.

pub mod scan;

use serde::Serialize;
use serde_json::Value;

/// A value as JSON; fields that hold nothing are left out, never written as null.
pub fn plain(value: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(value).unwrap_or_default();
    leave_out_nulls(&mut value);
    value
}

fn leave_out_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let kept = core::mem::take(fields)
                .into_iter()
                .filter(|(_, field)| !field.is_null());
            kept.for_each(|(name, mut field)| {
                leave_out_nulls(&mut field);
                fields.insert(name, field);
            });
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out_nulls),
        _ => {}
    }
}

/// What a text says.
///
/// # Errors
/// One line where it is no JSON.
pub fn parsed(text: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(text).map_err(|error| error.to_string())
}
