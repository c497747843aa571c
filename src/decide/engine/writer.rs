//! JSON text, written piece by piece.

use serde_json::{Number, Value};

use crate::json::{put_number, put_text, put_whole, text};

/// A field's name as it stands in JSON behind another field: for [`Writer::name`].
macro_rules! name {
    ($name:literal) => {
        concat!(",\"", $name, "\":")
    };
}
pub(super) use name;

/// The same, with the quote behind which its word stands: for [`Writer::said`].
macro_rules! opened {
    ($name:literal) => {
        concat!(",\"", $name, "\":\"")
    };
}
pub(super) use opened;

/// Puts commas where they belong; brackets and names are the caller's.
pub(super) struct Writer(pub(super) String);

impl Writer {
    /// What is JSON already.
    pub(super) fn raw(&mut self, json: &str) {
        self.0.push_str(json);
    }

    /// A word, or a hash, which needs no escape.
    pub(super) fn word(&mut self, word: &str) {
        self.0.push('"');
        self.0.push_str(word);
        self.0.push('"');
    }

    /// A field that is not the first, as [`opened!`] spells it, with its word.
    pub(super) fn said(&mut self, opened: &'static str, word: &str) {
        self.raw(opened);
        self.raw(word);
        self.raw("\"");
    }

    pub(super) fn open(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    pub(super) fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    /// The name of a field, as [`name!`] spells it.
    pub(super) fn name(&mut self, spelled: &'static str) -> &mut Self {
        let is_first = matches!(self.0.as_bytes().last(), None | Some(b'{'));
        let from = usize::from(is_first);
        self.0.push_str(spelled.get(from..).unwrap_or_default());
        self
    }

    pub(super) fn string(&mut self, text: &str) {
        put_text(text, &mut self.0);
    }

    pub(super) fn integer(&mut self, number: i64) {
        if number < 0 {
            self.0.push('-');
        }
        put_whole(number.unsigned_abs(), &mut self.0);
    }

    /// A number as JavaScript writes it: a whole one without a fraction. What facts and policies tell is far below 1e15.
    pub(super) fn number(&mut self, number: f64) {
        if number.fract() == 0.0 {
            self.integer(number as i64);
        } else {
            match Number::from_f64(number) {
                Some(number) => put_number(&number, &mut self.0),
                None => self.raw("null"),
            }
        }
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.0.push_str(if flag { "true" } else { "false" });
    }

    pub(super) fn value(&mut self, value: &Value) {
        self.0.push_str(&text(value));
    }

    pub(super) fn list<T>(&mut self, items: &[T], write: fn(&mut Self, &T)) {
        self.open('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            write(self, item);
        }
        self.close(']');
    }
}
