//! Phone numbers and names: carried where they are needed, printed nowhere.

use core::fmt;

use serde_json::Value;

use crate::json::ToJson;
use crate::stored::{Reader, Stored};

/// What stands where a number or a name would have been printed.
pub const REDACTED: &str = "[redacted]";

/// A value of a person: a phone number, a name.
///
/// `Debug` and `Display` always print [`REDACTED`]. Its JSON writes the value, for payloads and snapshots need it;
/// what is meant for people (events, outcomes, audit) is redacted before it is written.
///
/// ```
/// use patchcord::Private;
///
/// let number = Private::new("+15550100000".to_owned());
/// assert_eq!(format!("{number} {number:?}"), "[redacted] [redacted]");
/// assert_eq!(number.reveal(), "+15550100000");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Takes a value into keeping.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself: for payloads, never for print.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T: ToJson> ToJson for Private<T> {
    fn to_json(&self) -> Value {
        self.0.to_json()
    }
}

impl<T: Stored> Stored for Private<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self(T::take(from))
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl<T> fmt::Display for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// `text`, unless it reads like a phone number: an optional `+` and 7 to 15 digits, however they are grouped. Ids of digits
/// alone are longer.
pub(crate) fn printable(text: &str) -> &str {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+ -().".contains(&byte));
    if number && (7..=15).contains(&digits) {
        REDACTED
    } else {
        text
    }
}

/// A sentence of others, for print: every word in it that reads like a phone number gives way to [`REDACTED`].
pub(crate) fn scrubbed(text: &str) -> String {
    let plain = |letter: char| !letter.is_ascii_digit() && !"+-().".contains(letter);
    let mut words = Vec::new();
    for word in text.split(' ') {
        let number = word.trim_matches(plain);
        words.push(if printable(number) == number {
            word.to_owned()
        } else {
            word.replace(number, REDACTED)
        });
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{printable, scrubbed};

    #[test]
    fn numbers_in_a_sentence_are_not_printed() {
        assert_eq!(
            scrubbed("Invalid Caller Number: '+15550100000', not provisioned"),
            "Invalid Caller Number: '[redacted]', not provisioned"
        );
        assert_eq!(scrubbed("(555) 0100000."), "(555) [redacted]");
        assert_eq!(
            scrubbed("no queue 7f1d7c52-0000-4000-8000-000000000001"),
            "no queue 7f1d7c52-0000-4000-8000-000000000001"
        );
    }

    #[test]
    fn what_reads_like_a_number_is_not_printed() {
        assert_eq!(printable("+1 (555) 010-0000"), "[redacted]");
        assert_eq!(printable("5550100"), "[redacted]");
        assert_eq!(printable("999"), "999");
        assert_eq!(
            printable("44444444-4444-4444-4444-444444444444"),
            "44444444-4444-4444-4444-444444444444"
        );
        assert_eq!(
            printable("7f1d7c52-0000-4000-8000-000000000001"),
            "7f1d7c52-0000-4000-8000-000000000001"
        );
    }
}
