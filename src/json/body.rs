//! The payload of a request, made of what its builder has in hand, and written once: a tree of owned values in between would
//! take longer than all the checks.

use serde_json::Value;

use crate::json::{put_all, put_text, put_whole, text};

/// A payload, or a part of one.
#[derive(Clone, Debug)]
pub(crate) enum Body<'a> {
    /// Left out of the fields that it stands in.
    Nothing,
    Flag(bool),
    Whole(u64),
    Text(&'a str),
    /// As it came.
    Given(Value),
    List(Vec<Body<'a>>),
    Fields(Vec<(&'a str, Body<'a>)>),
}

/// An object of these fields; those that hold nothing are left out.
pub(crate) fn body<'a, const FIELDS: usize>(fields: [(&'a str, Body<'a>); FIELDS]) -> Body<'a> {
    sorted(fields.into())
}

/// In the order of their names, so that the same payload is always the same text.
// Apart from its generic caller: it is there once, whatever the number of fields.
fn sorted<'a>(mut fields: Vec<(&'a str, Body<'a>)>) -> Body<'a> {
    fields.retain(|(_, value)| !matches!(value, Body::Nothing));
    fields.sort_unstable_by_key(|(name, _)| *name);
    Body::Fields(fields)
}

impl Body<'_> {
    /// As JSON text.
    pub(crate) fn text(&self) -> String {
        let mut out = String::with_capacity(512);
        self.put(&mut out);
        out
    }

    fn put(&self, out: &mut String) {
        match self {
            Self::Nothing => out.push_str("null"),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Whole(number) => put_whole(*number, out),
            Self::Text(value) => put_text(value, out),
            Self::Given(value) => out.push_str(&text(value)),
            Self::List(items) => put_all('[', items, ']', out, Self::put),
            Self::Fields(fields) => put_all('{', fields, '}', out, |(name, value), out| {
                // Names are ours, and plain.
                out.push('"');
                out.push_str(name);
                out.push_str("\":");
                value.put(out);
            }),
        }
    }
}

impl<'a> From<&'a str> for Body<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl From<bool> for Body<'_> {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl From<u64> for Body<'_> {
    fn from(value: u64) -> Self {
        Self::Whole(value)
    }
}

impl From<Value> for Body<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            value => Self::Given(value),
        }
    }
}

impl<'a, T: Into<Body<'a>>> From<Vec<T>> for Body<'a> {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<'a> From<&[&'a str]> for Body<'a> {
    fn from(items: &[&'a str]) -> Self {
        Self::List(items.iter().map(|item| Self::Text(item)).collect())
    }
}

impl<'a, T: Into<Body<'a>>> From<Option<T>> for Body<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::object;

    #[test]
    fn it_is_written_as_a_value_is() {
        let odd = "a \"quoted\" \\ line\nand \u{1} é";
        let payload = body([
            ("b", odd.into()),
            ("a", vec![1_u64, u64::MAX].into()),
            ("left", None::<&str>.into()),
            ("given", object([("x", 0.5.into())]).into()),
            ("inner", body([("yes", true.into()), ("no", false.into())])),
            ("empty", Vec::<u64>::new().into()),
            ("words", [odd, ""].as_slice().into()),
        ]);
        let value = object([
            ("b", odd.into()),
            ("a", vec![1_u64, u64::MAX].into()),
            ("given", object([("x", 0.5.into())])),
            (
                "inner",
                object([("yes", true.into()), ("no", false.into())]),
            ),
            ("empty", Vec::<u64>::new().into()),
            ("words", [odd, ""].as_slice().into()),
        ]);
        assert_eq!(payload.text(), text(&value));
    }
}
