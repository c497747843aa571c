//! JSON: how our values become it, and how text becomes values. One way each, for every further one is code to download. What
//! hosts hand over is [`Given`]: where there is room for a reader of its own, it is read without a value for each of its parts.
//!
//! What goes out is built as a [`Value`] first ([`ToJson`], [`object`]), and only then becomes text or a JavaScript
//! object: serialising every type for every format again would cost more than all the rest.

mod blocks;
mod body;
mod given;
mod plain;
#[cfg(feature = "decide")]
mod read;
pub mod scan;
#[cfg(feature = "decide")]
mod tokens;

use core::fmt::Write;

use serde_json::{Map, Number, Value};

pub(crate) use body::{Body, body};
pub(crate) use given::{Document, Shape};
pub use given::{Given, List, Object};
pub(crate) use plain::{put_text, put_whole};

/// What can be written as JSON.
pub trait ToJson {
    /// The value; fields that hold nothing are left out, never written as null.
    fn to_json(&self) -> Value;
}

macro_rules! plain {
    ($($plain:ty)*) => {$(
        impl ToJson for $plain {
            fn to_json(&self) -> Value {
                Value::from(self.clone())
            }
        }
    )*};
}

plain!(bool u8 u16 u32 u64 usize i64 f64 &str String Value);

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, ToJson::to_json)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Value {
        self.iter().map(ToJson::to_json).collect()
    }
}

/// A pair is a list of two.
impl ToJson for (String, String) {
    fn to_json(&self) -> Value {
        Value::Array(vec![self.0.to_json(), self.1.to_json()])
    }
}

/// An object of these fields; those that hold null are left out.
///
/// ```
/// use patchcord::json::object;
///
/// let value = object([("agents", 3.into()), ("note", None::<&str>.into())]);
/// assert_eq!(value.to_string(), r#"{"agents":3}"#);
/// ```
pub fn object<const FIELDS: usize>(mut fields: [(&str, Value); FIELDS]) -> Value {
    let mut object = Map::new();
    insert(&mut object, &mut fields);
    Value::Object(object)
}

/// Puts these fields into an object; those that hold null are left out.
// Apart from its generic caller: it is there once, whatever the number of fields.
pub(crate) fn insert(object: &mut Map<String, Value>, fields: &mut [(&str, Value)]) {
    for (name, value) in fields {
        if !value.is_null() {
            object.insert((*name).to_owned(), value.take());
        }
    }
}

/// A list of what each item is in JSON.
pub fn list<T: ToJson>(items: &[T]) -> Value {
    items.iter().map(ToJson::to_json).collect()
}

/// How a structure is written as JSON, field by field.
macro_rules! to_json {
    ($name:ident { $($key:literal: $field:ident,)* }) => {
        impl crate::json::ToJson for $name {
            fn to_json(&self) -> serde_json::Value {
                crate::json::object([$(($key, crate::json::ToJson::to_json(&self.$field)),)*])
            }
        }
        crate::json::serialize!($name);
    };
}
pub(crate) use to_json;

/// For hosts in Rust that write with serde: the same JSON.
macro_rules! serialize {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                crate::json::ToJson::to_json(self).serialize(to)
            }
        }
    };
}
pub(crate) use serialize;

/// A value as text: the keys of objects in order, without white space.
pub fn text(value: &Value) -> String {
    let mut out = String::with_capacity(512);
    put(value, &mut out);
    out
}

fn put(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => put_text(text, out),
        Value::Number(number) => put_number(number, out),
        Value::Array(items) => put_all('[', items, ']', out, put),
        Value::Object(fields) => put_all('{', fields, '}', out, |(name, value), out| {
            put_text(name, out);
            out.push(':');
            put(value, out);
        }),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Null => out.push_str("null"),
    }
}

pub(crate) fn put_number(number: &Number, out: &mut String) {
    match number.as_u64() {
        Some(whole) => put_whole(whole, out),
        // A text takes whatever it is given.
        None => drop(write!(out, "{number}")),
    }
}

/// Items with commas between them.
pub(crate) fn put_all<T>(
    open: char,
    items: impl IntoIterator<Item = T>,
    close: char,
    out: &mut String,
    mut put: impl FnMut(T, &mut String),
) {
    out.push(open);
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        put(item, out);
    }
    out.push(close);
}

/// What a text says.
///
/// # Errors
/// One line where it is no JSON.
pub fn parsed(text: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(text).map_err(|error| error.to_string())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    put_hex(bytes, &mut text);
    text
}

pub(crate) fn put_hex(bytes: &[u8], out: &mut String) {
    let digit = |half: u8| {
        char::from(if half < 10 {
            b'0' + half
        } else {
            b'a' - 10 + half
        })
    };
    for byte in bytes {
        out.push(digit(byte >> 4));
        out.push(digit(byte & 15));
    }
}

/// The bytes that a text in hexadecimal stands for.
pub(crate) fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    hex.as_bytes().chunks(2).map(pair).collect()
}
