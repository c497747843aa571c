//! The kinds of field that only the simulator's JSON has. They report what they refuse.

use core::time::Duration;

use super::LONGEST;
use crate::error::{Code, Error};
use crate::json::{Document, Given};
use crate::model::call::PartyKind;
use crate::validate::{Fields, Report};

/// Reads one object. Its first finding becomes the error.
pub(super) fn read<T>(
    json: &str,
    with: impl FnOnce(Given<'_>, &mut Fields<'_>, &mut Report) -> Option<T>,
) -> Result<T, Error> {
    let document = Document::read(json).map_err(|error| {
        Error::new(Code::InvalidJson, format!("not JSON: {error}"))
            .with_hint("pass one JSON object")
    })?;
    let mut report = Report::default();
    let mut found = None;
    let value = document.given();
    if let Some(mut fields) = Fields::open(value, "$", &mut report) {
        found = with(value, &mut fields, &mut report);
        fields.finish(&mut report);
    }
    match (report.issues().first(), found) {
        (None, Some(found)) => Ok(found),
        (None, None) => Err(Error::new(
            Code::InvalidInput,
            "a field is missing or unusable",
        )),
        (Some(first), _) => {
            let more = match report.issues().len() {
                1 => String::new(),
                count => format!(" (and {} more)", count - 1),
            };
            let message = format!("{} at `{}`{more}", first.message, first.path);
            Err(Error::new(first.code, message).with_hint(first.hint.clone()))
        }
    }
}

/// A word of the platform, in its capitals. Which words there are is open: platforms add some.
pub(super) fn word(
    name: &'static str,
    fields: &mut Fields<'_>,
    report: &mut Report,
) -> Option<String> {
    word_of(name, true, fields, report)
}

/// The same of a platform that writes its words in capitals, or in small letters.
pub(super) fn word_of(
    name: &'static str,
    capitals: bool,
    fields: &mut Fields<'_>,
    report: &mut Report,
) -> Option<String> {
    let text = fields.text(name, report)?;
    let letter = |byte: u8| {
        if capitals {
            byte.is_ascii_uppercase()
        } else {
            byte.is_ascii_lowercase()
        }
    };
    let spelled = |byte: u8| letter(byte) || byte.is_ascii_digit() || byte == b'_';
    if (1..=64).contains(&text.len()) && text.bytes().all(spelled) {
        return Some(text.to_owned());
    }
    let hint = if capitals {
        "the platform writes its words in capitals, like `ACTIVE` or `ON_CALL`"
    } else {
        "the platform writes its words in small letters, like `queued` or `connected`"
    };
    report.add(
        Code::UnknownValue,
        fields.path(name),
        format!("`{name}` takes no such word"),
        hint,
    );
    None
}

/// What answers in place of a person, or a person.
pub(super) fn answered_by(
    name: &'static str,
    fields: &mut Fields<'_>,
    report: &mut Report,
) -> Option<PartyKind> {
    use PartyKind::{Ivr, Machine, Music, Person};
    let words = [Person, Machine, Ivr, Music].map(|kind| (kind.as_str(), kind));
    fields.word(name, &words, report)
}

/// Yes or no.
pub(super) fn switch(
    name: &'static str,
    fields: &mut Fields<'_>,
    report: &mut Report,
) -> Option<bool> {
    let value = fields.value(name)?;
    let found = value.as_bool();
    if found.is_none() {
        report.add(
            Code::WrongType,
            fields.path(name),
            format!("`{name}` is not a boolean"),
            "pass true or false",
        );
    }
    found
}

/// A time in seconds, whole or not.
pub(super) fn seconds(
    name: &'static str,
    fields: &mut Fields<'_>,
    report: &mut Report,
) -> Option<Duration> {
    let value = fields.value(name)?;
    let hint = format!("pass seconds from 0 to {}", LONGEST.as_secs());
    let Some(number) = value.as_f64() else {
        report.add(
            Code::WrongType,
            fields.path(name),
            format!("`{name}` is not a number"),
            hint,
        );
        return None;
    };
    let found = Duration::try_from_secs_f64(number)
        .ok()
        .filter(|wait| *wait <= LONGEST);
    if found.is_none() {
        report.add(
            Code::OutOfRange,
            fields.path(name),
            format!("`{name}` is {number}"),
            hint,
        );
    }
    found
}
