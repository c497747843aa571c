//! JSON: how our values become it, and how text becomes values. One way each, for every further one is code to download.
//!
//! What goes out is built as a [`Value`] first ([`ToJson`], [`object`]), and only then becomes text or a JavaScript
//! object: serialising every type for every format again would cost more than all the rest.

pub mod scan;

use serde::Serialize;
use serde_json::{Map, Value};

/// What can be written as JSON.
pub trait ToJson {
    /// The value; fields that hold nothing are left out, never written as null.
    fn to_json(&self) -> Value;
}

/// An object of these fields; those that hold null are left out.
///
/// ```
/// use patchcord::json::object;
///
/// let value = object([("agents", 3.into()), ("note", None::<&str>.into())]);
/// assert_eq!(value.to_string(), r#"{"agents":3}"#);
/// ```
pub fn object<const FIELDS: usize>(fields: [(&str, Value); FIELDS]) -> Value {
    let mut object = Map::new();
    insert(&mut object, &mut fields.map(Some));
    Value::Object(object)
}

// Apart from its generic caller: it is there once, whatever the number of fields.
fn insert(object: &mut Map<String, Value>, fields: &mut [Option<(&str, Value)>]) {
    for (name, value) in fields.iter_mut().filter_map(Option::take) {
        if !value.is_null() {
            object.insert(name.to_owned(), value);
        }
    }
}

/// A list of what each item is in JSON.
pub fn list<T: ToJson>(items: &[T]) -> Value {
    items.iter().map(ToJson::to_json).collect()
}

/// A value as text.
pub fn text(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

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
