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

/// A word or a sentence of others, unless it holds as many digits as a phone number has: coarser than [`scrubbed`], and a small part
/// of its size.
pub(crate) fn numberless(text: &str) -> &str {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 7 { text } else { REDACTED }
}

/// A sentence of others, for print: whatever reads like a phone number in it gives way to [`REDACTED`], also where the
/// number is written in groups, or stands behind a slash or a colon.
pub(crate) fn scrubbed(text: &str) -> String {
    let in_number = |letter: char| letter.is_ascii_digit() || "+ -().".contains(letter);
    let mut clean = String::new();
    let (mut rest, mut before) = (text, ' ');
    while let Some(first) = rest.chars().next() {
        // A plus begins a number, whatever stands before it.
        let over = |letter: char| letter == '+' || in_number(letter) != in_number(first);
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, letter)| over(*letter));
        let end = end.map_or(rest.len(), |(at, _)| at);
        let (run, later) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let number = run.trim_matches([' ', '-', '.']);
        // Digits that letters touch, or a dash between them, are part of an id.
        let touches = |letter: char, gap: &str| {
            (letter.is_alphanumeric() || letter == '_') && gap.chars().all(|sign| sign == '-')
        };
        let (ahead, behind) = run.split_once(number).unwrap_or_default();
        let begins = touches(before, ahead);
        let ends = touches(later.chars().next().unwrap_or(' '), behind);
        if (begins || ends) && !number.starts_with('+') {
            clean.push_str(run);
        } else if printable(number) == number {
            // Too long for one number: perhaps several.
            clean.push_str(&run.split(' ').map(printable).collect::<Vec<_>>().join(" "));
        } else {
            clean.push_str(&run.replacen(number, REDACTED, 1));
        }
        before = run.chars().next_back().unwrap_or(' ');
        rest = later;
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::{REDACTED, numberless, printable, scrubbed};

    #[test]
    fn words_that_may_hold_a_number_are_not_printed() {
        for text in [
            "no route to +15550100000",
            "from+15550100000",
            "tel:5550100000",
            "dial +1 (555) 010-0000 again",
            "–5550100",
        ] {
            assert_eq!(numberless(text), REDACTED, "{text}");
        }
        for text in ["", "no answer", "486 after 30 s", "sip 486"] {
            assert_eq!(numberless(text), text);
        }
    }

    #[test]
    fn numbers_in_a_sentence_are_not_printed() {
        for (text, printed) in [
            (
                "Invalid Caller Number: '+15550100000', not provisioned",
                "Invalid Caller Number: '[redacted]', not provisioned",
            ),
            ("number (555) 0100000.", "number [redacted]."),
            (
                "number +1 555 010 0000 is blocked",
                "number [redacted] is blocked",
            ),
            (
                "from +1 555-010-0000 +1 555-010-0001",
                "from [redacted] [redacted]",
            ),
            ("15550100000 15550100001", "[redacted] [redacted]"),
            (
                "POST v2/calls/+15550100000 failed",
                "POST v2/calls/[redacted] failed",
            ),
            ("code400:+15550100000", "code400:[redacted]"),
            ("from+15550100000", "from[redacted]"),
            ("é+15550100000é", "é[redacted]é"),
        ] {
            assert_eq!(scrubbed(text), printed);
        }
        for kept in [
            "",
            "no queue 7f1d7c52-0000-4000-8000-000000000001",
            "no queue 12345678-90ab-4000-8000-00000000000c here",
            "44444444-4444-4444-4444-444444444444",
            "must be 10 to 7200 seconds",
            "no queue 7f1d7c52-3a0b-4b5e-9cad-123456789012",
            "call_5550100000 is not there",
            "at 2026-01-01T00:01:00.123Z",
            " - (.) ",
        ] {
            assert_eq!(scrubbed(kept), kept);
        }
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
