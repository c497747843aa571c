//! Reading an object field by field: presence, types, ranges, and fields that nobody reads.

use core::fmt::{self, Display};
use core::ops::RangeInclusive;
use std::borrow::Cow;

use serde_json::Value;

use crate::error::Code;
use crate::json::{Given, List, Object, Shape, text};
use crate::model::id;
use crate::validate::Report;

/// How unlike a known field a misspelling may be, in edits, to be taken for it.
const NEAR: usize = 3;

/// Where an object stands. It is put together where there is something to report: most inputs are right.
#[derive(Debug)]
enum Path<'a> {
    Whole(Cow<'a, str>),
    Item(&'a str, usize),
}

impl Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(path) => f.write_str(path),
            Self::Item(list, at) => write!(f, "{list}[{at}]"),
        }
    }
}

struct Field<'p>(&'p Path<'p>, &'p str);

impl Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// A field that the object has. They are few: going through them is quicker than any order.
#[derive(Debug)]
struct Entry<'a> {
    name: &'a str,
    value: Given<'a>,
    asked: bool,
}

/// An object being read. Every complaint goes into the report with its path; [`Fields::finish`] reports what was left.
#[derive(Debug)]
pub struct Fields<'a> {
    entries: Vec<Entry<'a>>,
    path: Path<'a>,
    /// The names that were asked for, some of them more than once.
    read: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Opens `value`, which stands at `path`; reports where it is no object.
    pub fn open(
        value: impl Into<Given<'a>>,
        path: impl Into<Cow<'a, str>>,
        report: &mut Report,
    ) -> Option<Self> {
        Self::at(value.into(), Path::Whole(path.into()), report)
    }

    /// Opens the item of a list that stands at `list`.
    pub fn open_item(
        value: Given<'a>,
        list: &'a str,
        at: usize,
        report: &mut Report,
    ) -> Option<Self> {
        Self::at(value, Path::Item(list, at), report)
    }

    fn at(value: Given<'a>, path: Path<'a>, report: &mut Report) -> Option<Self> {
        match value.as_object() {
            Some(object) => Some(Self {
                entries: entries(object),
                path,
                read: Vec::with_capacity(object.len() + 8),
            }),
            None => {
                report.add(
                    Code::WrongType,
                    path.to_string(),
                    format!("expected an object, found {}", kind(value)),
                    "pass an object",
                );
                None
            }
        }
    }

    /// The path of a field.
    pub fn path(&self, name: &str) -> String {
        self.place(name).to_string()
    }

    /// The path of a field, which becomes a text only where somebody wants to read it.
    pub fn place<'p>(&'p self, name: &'p str) -> impl Display + 'p {
        Field(&self.path, name)
    }

    /// The value of a field, where it is there and not null.
    pub fn value(&mut self, name: &'static str) -> Option<Given<'a>> {
        self.read.push(name);
        let entry = self.entries.iter_mut().find(|entry| entry.name == name)?;
        entry.asked = true;
        Some(entry.value).filter(|value| !value.is_null())
    }

    /// Which of two names an object uses for the same thing: ours, unless it has the other alone.
    pub fn either(&self, ours: &'static str, other: &'static str) -> &'static str {
        let has = |name| {
            let entry = self.entries.iter().find(|entry| entry.name == name);
            entry.is_some_and(|entry| !entry.value.is_null())
        };
        if has(other) && !has(ours) {
            other
        } else {
            ours
        }
    }

    /// The value of a field that must be there.
    pub fn required(
        &mut self,
        name: &'static str,
        hint: &str,
        report: &mut Report,
    ) -> Option<Given<'a>> {
        let value = self.value(name);
        if value.is_none() {
            report.add(
                Code::MissingField,
                self.path(name),
                format!("`{name}` is missing"),
                hint,
            );
        }
        value
    }

    /// A text.
    pub fn text(&mut self, name: &'static str, report: &mut Report) -> Option<&'a str> {
        let value = self.value(name)?;
        self.typed(name, value, value.as_str(), "a string", report)
    }

    /// A text that can be an id.
    pub fn id(&mut self, name: &'static str, report: &mut Report) -> Option<&'a str> {
        let text = self.text(name, report)?;
        if id::check(text).is_err() {
            let hint = format!(
                "pass 1 to {} characters as the platform wrote them",
                id::MAX_ID_LENGTH
            );
            report.add(
                Code::InvalidId,
                self.path(name),
                format!("`{name}` is no id"),
                hint,
            );
            return None;
        }
        Some(text)
    }

    /// An id that must be there.
    pub fn required_id(
        &mut self,
        name: &'static str,
        hint: &str,
        report: &mut Report,
    ) -> Option<&'a str> {
        self.required(name, hint, report)?;
        self.id(name, report)
    }

    /// One of a list of words.
    pub fn word<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&str, T)],
        report: &mut Report,
    ) -> Option<T> {
        let text = self.text(name, report)?;
        let found = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| *meaning);
        if found.is_none() {
            let list = words
                .iter()
                .map(|(word, _)| format!("`{word}`"))
                .collect::<Vec<_>>()
                .join(", ");
            let near = nearest(text, words.iter().map(|(word, _)| *word));
            let hint = near.map_or(format!("use one of {list}"), |word| {
                format!("did you mean `{word}`? it takes {list}")
            });
            report.add(
                Code::UnknownValue,
                self.path(name),
                format!("`{name}` takes no such word"),
                hint,
            );
        }
        found
    }

    /// A whole number within a range.
    pub fn integer(
        &mut self,
        name: &'static str,
        range: RangeInclusive<u64>,
        report: &mut Report,
    ) -> Option<u64> {
        let value = self.value(name)?;
        // Most numbers are right, and nobody reads a hint for those.
        let hint = || {
            format!(
                "pass a whole number from {} to {}",
                range.start(),
                range.end()
            )
        };
        if value.as_number().is_none() {
            report.add(
                Code::WrongType,
                self.path(name),
                format!("`{name}` is {}", kind(value)),
                hint(),
            );
            return None;
        }
        let found = whole(value).filter(|number| range.contains(number));
        if found.is_none() {
            report.add(
                Code::OutOfRange,
                self.path(name),
                format!("`{name}` is {}", value.text()),
                hint(),
            );
        }
        found
    }

    /// A number within a range, whole or not.
    pub fn number(
        &mut self,
        name: &'static str,
        range: RangeInclusive<f64>,
        report: &mut Report,
    ) -> Option<f64> {
        let value = self.value(name)?;
        let number = self.typed(name, value, value.as_f64(), "a number", report)?;
        if range.contains(&number) {
            return Some(number);
        }
        // By way of JSON: what writes numbers there is here already.
        let [least, most] = [range.start(), range.end()].map(|bound| text(&Value::from(*bound)));
        let hint = format!("pass a number from {least} to {most}");
        report.add(
            Code::OutOfRange,
            self.path(name),
            format!("`{name}` is out of range"),
            hint,
        );
        None
    }

    /// Yes or no.
    pub fn flag(&mut self, name: &'static str, report: &mut Report) -> Option<bool> {
        let value = self.value(name)?;
        self.typed(name, value, value.as_bool(), "true or false", report)
    }

    /// A list.
    pub fn list(&mut self, name: &'static str, report: &mut Report) -> Option<List<'a>> {
        let value = self.value(name)?;
        self.typed(name, value, value.as_list(), "a list", report)
    }

    /// Reports every field that nobody read, with the one that was perhaps meant.
    #[cfg_attr(
        not(feature = "decide"),
        expect(unused_mut, reason = "nothing is sorted")
    )]
    pub fn finish(mut self, report: &mut Report) {
        // A map has them in order; in a text they stand in any.
        #[cfg(feature = "decide")]
        if self.entries.iter().any(|entry| !entry.asked) {
            self.entries.sort_unstable_by_key(|entry| entry.name);
        }
        for Entry { name, .. } in self.entries.iter().filter(|entry| !entry.asked) {
            let known = self.known();
            let hint = match nearest(name, known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None if known.is_empty() => "leave it out: no fields are known here".to_owned(),
                None => format!("known fields: {}", known.join(", ")),
            };
            report.add(
                Code::UnknownField,
                self.path(name),
                format!("`{name}` is not a field here"),
                hint,
            );
        }
    }

    /// The names that were asked for, each once.
    fn known(&self) -> Vec<&'static str> {
        let first = |(at, name): (usize, &&'static str)| {
            let mut before = self.read.iter().take(at);
            (!before.any(|earlier| earlier == name)).then_some(*name)
        };
        self.read.iter().enumerate().filter_map(first).collect()
    }

    fn typed<T>(
        &self,
        name: &str,
        value: Given<'_>,
        found: Option<T>,
        wanted: &str,
        report: &mut Report,
    ) -> Option<T> {
        if found.is_none() {
            let message = format!("`{name}` is {}, not {wanted}", kind(value));
            report.add(
                Code::WrongType,
                self.path(name),
                message,
                format!("pass {wanted}"),
            );
        }
        found
    }
}

fn entries(object: Object<'_>) -> Vec<Entry<'_>> {
    let mut entries = Vec::with_capacity(object.len());
    for (name, value) in object.iter() {
        entries.push(Entry {
            name,
            value,
            asked: false,
        });
    }
    entries
}

/// The number as a whole one, also where JavaScript or another writer put `.0` behind it.
pub(crate) fn whole(value: Given<'_>) -> Option<u64> {
    let number = value.as_number()?;
    number.as_u64().or_else(|| {
        let number = number.as_f64()?;
        let fits = number.fract() == 0.0 && (0.0..=9_007_199_254_740_991.0).contains(&number);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked on the line above"
        )]
        fits.then_some(number as u64)
    })
}

fn kind(value: Given<'_>) -> &'static str {
    match value.shape() {
        Shape::Null => "null",
        Shape::Flag(_) => "a boolean",
        Shape::Number(_) => "a number",
        Shape::Text(_) => "a string",
        Shape::List(_) => "a list",
        Shape::Object(_) => "an object",
    }
}

/// The known name that a misspelling most likely means.
pub(crate) fn nearest<'n>(text: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let allowed = NEAR.min(text.chars().count().div_ceil(2));
    known
        .map(|name| {
            (
                strsim::levenshtein(&text.to_ascii_lowercase(), &name.to_ascii_lowercase()),
                name,
            )
        })
        .filter(|(edits, _)| *edits <= allowed)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    #[test]
    fn unknown_fields_are_reported_in_order_however_they_stand() {
        for text in [r#"{"b":1,"a":2}"#, r#"{"b":1,"known":2,"a":3}"#] {
            let document = Document::read(text).unwrap();
            let mut report = Report::default();
            let mut fields = Fields::open(document.given(), "$", &mut report).unwrap();
            fields.value("known");
            fields.finish(&mut report);
            let paths: Vec<_> = report.issues().iter().map(|issue| &issue.path).collect();
            assert_eq!(paths, ["$.a", "$.b"]);
        }
    }
}
