//! Reading answers. The founding documents show few of them, so a field may have several names, and what is absent, of
//! another type or out of range is unknown.

use core::ops::RangeInclusive;

use serde_json::Value;

use crate::http::Response;
use crate::json::{ToJson, parsed, to_json};
use crate::model::call::PartyKind;
use crate::model::reason::{Told, Words, of_number, of_word};
use crate::profile::Unreadable;

/// A share of something.
pub(super) const SHARE: RangeInclusive<f64> = 0.0..=1.0;
/// Seconds, or a count.
pub(super) const AMOUNT: RangeInclusive<f64> = 0.0..=1e12;

/// The JSON of an answer.
pub(super) fn json(response: &Response) -> Result<Value, Unreadable> {
    parsed(&response.body).map_err(Unreadable)
}

/// The object that an answer is.
pub(super) fn object(response: &Response) -> Result<Value, Unreadable> {
    let answer = json(response)?;
    if answer.is_object() {
        Ok(answer)
    } else {
        Err(Unreadable("not an object".to_owned()))
    }
}

/// The first of these fields that holds a text.
pub(super) fn text(value: &Value, names: &[&str]) -> Option<String> {
    let told = |name: &&str| value.get(*name)?.as_str().filter(|text| !text.is_empty());
    names.iter().find_map(told).map(str::to_owned)
}

/// The id that a field holds: itself, or as `{"id": …}`.
pub(super) fn id(value: &Value, names: &[&str]) -> Option<String> {
    let inner = |name: &&str| text(value.get(*name)?, &["id"]);
    text(value, names).or_else(|| names.iter().find_map(inner))
}

/// The first of these fields that holds a number in its range.
pub(super) fn number(value: &Value, names: &[&str], range: RangeInclusive<f64>) -> Option<f64> {
    let told = |name: &&str| {
        value
            .get(*name)?
            .as_f64()
            .filter(|told| range.contains(told))
    };
    names.iter().find_map(told)
}

/// The first of these fields that holds a whole number.
pub(super) fn whole(value: &Value, names: &[&str]) -> Option<u64> {
    names.iter().find_map(|name| value.get(*name)?.as_u64())
}

/// The rows of an answer: the answer itself, or the first of these fields that holds a list.
pub(super) fn rows<'v>(answer: &'v Value, names: &[&str]) -> Result<&'v [Value], Unreadable> {
    let inner = names.iter().find_map(|name| answer.get(*name)?.as_array());
    let rows = answer.as_array().or(inner).map(Vec::as_slice);
    rows.ok_or_else(|| Unreadable(format!("no list of {}", names.join(" or "))))
}

/// The ids in a list of things: `["…"]`, or `[{"id": "…"}]`.
pub(super) fn ids(value: &Value, name: &str) -> Vec<String> {
    let list = value.get(name).and_then(Value::as_array);
    let one = |item: &Value| item.as_str().map(str::to_owned).or(text(item, &["id"]));
    list.into_iter().flatten().filter_map(one).collect()
}

/// The word that a field holds, as it stands.
pub(super) fn word<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

/// What a platform's words for who has a call mean.
pub(super) type Kinds = &'static [(&'static str, PartyKind)];

/// What this word means, however it is written.
pub(super) fn kind(kinds: Kinds, word: &str) -> Option<PartyKind> {
    let found = kinds
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(word));
    found.map(|(_, kind)| *kind)
}

/// The code of SIP or Q.850 by which a leg ended, where it tells of a failure: `[{"type": "sip", "code": 486}]`.
pub(super) fn disconnected(leg: &Value) -> Option<Told> {
    let told = |reason: &Value| {
        let by = word(reason, "type")?;
        let number = reason.get("code")?.as_u64()?;
        let code = of_number(by, number.try_into().ok()?)?;
        Some(Told::new(code, &format!("{by} {number}")))
    };
    leg.get("disconnectReasons")?
        .as_array()?
        .iter()
        .find_map(told)
}

/// The code that a platform gives its refusal, where it is one of its known words.
pub(super) fn refused(response: &Response, words: Words) -> Option<Told> {
    let answer = json(response).ok()?;
    let said = word(&answer, "code")?;
    Some(Told::new(of_word(words, said)?, said))
}

/// One page of rows, and where the next one is.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows, in the platform's order.
    pub rows: Vec<T>,
    /// What to pass as `next` for the page after this one; `None` on the last.
    pub next: Option<String>,
    /// How the platform wants that page to be asked for, where it says so.
    pub next_method: Option<String>,
}

impl<T: ToJson> ToJson for Page<T> {
    fn to_json(&self) -> Value {
        crate::json::object([
            ("rows", self.rows.to_json()),
            ("next", self.next.to_json()),
            ("nextMethod", self.next_method.to_json()),
        ])
    }
}

/// Reads a page row by row; a row that `read` refuses is left out.
pub(super) fn page<T>(
    response: &Response,
    names: &[&str],
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Page<T>, Unreadable> {
    let answer = json(response)?;
    Ok(Page {
        rows: rows(&answer, names)?.iter().filter_map(read).collect(),
        next: text(&answer, &["nextUri"]),
        next_method: text(&answer, &["nextMethod"]),
    })
}

/// What a write made, in the words of the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The platform's id of what it made.
    pub id: Option<String>,
    /// The platform's word for how far it is.
    pub state: Option<String>,
}

to_json!(Made {
    "id": id,
    "state": state,
});

/// Reads what a write made. A yes without a body, such as a 204, tells nothing more.
pub(super) fn made(response: &Response, ids: &[&str]) -> Made {
    let answer = parsed(&response.body).unwrap_or_default();
    Made {
        id: text(&answer, ids),
        state: text(&answer, &["state", "status"]),
    }
}
