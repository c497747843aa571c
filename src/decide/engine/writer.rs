//! JSON text, written piece by piece.

use core::fmt::Write;

use serde_json::Value;

use crate::json::text;

/// Puts commas where they belong; brackets and names are the caller's.
pub(super) struct Writer(pub(super) String);

impl Writer {
    pub(super) fn comma(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }

    /// What is JSON already.
    pub(super) fn raw(&mut self, json: &str) {
        self.comma();
        self.0.push_str(json);
    }

    /// A word of ours, which needs no escape.
    pub(super) fn word(&mut self, word: &'static str) {
        self.comma();
        self.0.push('"');
        self.0.push_str(word);
        self.0.push('"');
    }

    pub(super) fn open(&mut self, bracket: char) {
        self.comma();
        self.0.push(bracket);
    }

    pub(super) fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.comma();
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        self
    }

    pub(super) fn string(&mut self, text_of: &str) {
        self.comma();
        let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        if text_of.bytes().all(plain) {
            self.0.push('"');
            self.0.push_str(text_of);
            self.0.push('"');
        } else {
            self.0.push_str(&text(&text_of.into()));
        }
    }

    pub(super) fn integer(&mut self, number: i64) {
        self.comma();
        // Writing into a text cannot fail.
        let _ = write!(self.0, "{number}");
    }

    /// A number as JavaScript writes it: a whole one without a fraction.
    pub(super) fn number(&mut self, number: f64) {
        if number.fract() == 0.0 && number.abs() < 1e15 {
            self.integer(number as i64);
        } else {
            self.value(&number.into());
        }
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.comma();
        self.0.push_str(if flag { "true" } else { "false" });
    }

    pub(super) fn value(&mut self, value: &Value) {
        self.comma();
        self.0.push_str(&text(value));
    }

    pub(super) fn list<T>(&mut self, items: &[T], write: fn(&mut Self, &T)) {
        self.open('[');
        for item in items {
            write(self, item);
        }
        self.close(']');
    }
}
