//! What a text says, as a list of tokens that borrow from it: every value stands before those that it holds.

use serde_json::Number;

use crate::json::{put_all, put_number};

/// A value in a text. Those that it holds come right behind it.
#[derive(Debug)]
pub(crate) struct Token<'a> {
    /// Its name, where it is a field of an object.
    pub(super) name: &'a str,
    pub(super) what: What<'a>,
    /// How many tokens it is, with all that it holds.
    pub(super) length: usize,
    /// As it stands in the text, with its name, where that is just how it would be written; empty otherwise.
    pub(super) written: &'a str,
}

/// What a value is: lists and objects with the number of their items or fields.
#[derive(Debug)]
pub(crate) enum What<'a> {
    Null,
    Flag(bool),
    Number(Number),
    Text(&'a str),
    List(usize),
    Object(usize),
}

/// The tokens of the items of a list or of the fields of an object, each with its name.
#[derive(Clone, Debug)]
pub(super) struct Siblings<'a>(pub(super) &'a [Token<'a>]);

impl<'a> Iterator for Siblings<'a> {
    type Item = (&'a str, &'a [Token<'a>]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let token = self.0.first()?;
        let (own, others) = self.0.split_at_checked(token.length)?;
        self.0 = others;
        Some((token.name, own))
    }
}

/// Writes a value as [`text`](crate::json::text) does.
pub(super) fn put(tokens: &[Token<'_>], out: &mut String) {
    let Some((token, inner)) = tokens.split_first() else {
        return;
    };
    match &token.what {
        What::Null => out.push_str("null"),
        What::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        What::Number(number) => put_number(number, out),
        What::Text(text) => put_plain(text, out),
        What::List(_) => put_all('[', Siblings(inner), ']', out, |(_, item), out| {
            if !put_written(item, out) {
                put(item, out);
            }
        }),
        What::Object(_) => {
            let mut fields: Vec<_> = Siblings(inner).collect();
            // Most names differ in their first letter.
            fields.sort_unstable_by(|(one, _), (other, _)| {
                let [first, second] = [one, other].map(|name| name.as_bytes().first());
                first.cmp(&second).then_with(|| one.cmp(other))
            });
            put_all('{', fields, '}', out, |(name, value), out| {
                if !put_written(value, out) {
                    put_plain(name, out);
                    out.push(':');
                    put(value, out);
                }
            });
        }
    }
}

/// Writes a value as it stood, with its name, where that will do.
fn put_written(tokens: &[Token<'_>], out: &mut String) -> bool {
    let written = tokens.first().map_or("", |token| token.written);
    out.push_str(written);
    !written.is_empty()
}

/// Writes a text of which we know that it has no escapes.
fn put_plain(text: &str, out: &mut String) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}
