//! Reading what comes in thousands of times a second: text that somebody hands over to be checked or decided on. What it says
//! becomes a list of tokens that borrow from it; a value for each, with memory of its own, takes longer than all that is done
//! with it.
//!
//! What it does not know at once, it leaves to the parser that everybody uses: numbers that are no plain ones, and whole texts
//! with escapes in strings, with two fields of one name in an object, with an object of so many fields that only a map finds
//! them soon, or with anything wrong, whose words are that parser's own.

use serde_json::Number;

use crate::json::plain::{WORD, is_special, marked};
use crate::json::tokens::{Siblings, Token, What};

/// How deep values may be nested here.
const DEEPEST: u32 = 32;

/// So many digits always fit a `u64`.
const MOST_DIGITS: usize = 18;

/// Up to here a float holds every whole number, and the quotient of two is the float next to the true one.
const EXACT: u64 = 1 << 53;

/// A number of fewer digits than this is written with just those, and without an exponent if it is no less than the other.
const SHORT: u64 = 1_000_000_000_000_000;
const LEAST: f64 = 0.001;

/// The powers of ten that a float holds exactly, as far as they are needed here.
const POWERS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// The most fields of an object. They are found by going through them.
const MOST_FIELDS: usize = 32;

/// What a text says; `None` where the usual parser has to look at it.
pub(super) fn read(text: &str) -> Option<Vec<Token<'_>>> {
    let mut reader = Reader {
        text,
        at: 0,
        // Most values have a name, a colon and some letters.
        tokens: Vec::with_capacity(text.len() / 10 + 4),
        odd: 0,
    };
    let from = reader.begin()?;
    reader.value("", from, DEEPEST)?;
    reader.peek().is_none().then_some(reader.tokens)
}

/// A place in a text, and what was read before it.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token<'a>>,
    /// How much stands otherwise than it would be written: white space, numbers, fields out of order.
    odd: usize,
}

impl<'a> Reader<'a> {
    /// The next byte that is not white space, which is not passed.
    #[inline(always)]
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
            self.odd += 1;
        }
    }

    /// Passes this byte, which must come next.
    #[inline(always)]
    fn pass(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Passes this byte, if it comes next.
    #[inline(always)]
    fn passes(&mut self, byte: u8) -> bool {
        self.pass(byte).is_some()
    }

    /// A value, with its name where it has one; `from` is where the two begin, and what was odd before them.
    fn value(&mut self, name: &'a str, from: (usize, usize), deeper: u32) -> Option<()> {
        let at = self.tokens.len();
        let what = match self.peek()? {
            b'"' => What::Text(self.string()?),
            b'{' => self.object(deeper.checked_sub(1)?)?,
            b'[' => self.list(deeper.checked_sub(1)?)?,
            b't' => self.word("true", What::Flag(true))?,
            b'f' => self.word("false", What::Flag(false))?,
            b'n' => self.word("null", What::Null)?,
            _ => What::Number(self.number()?),
        };
        let (start, odd) = from;
        let written = self.text.get(start..self.at).filter(|_| self.odd == odd);
        let token = Token {
            name,
            what,
            length: self.tokens.len().saturating_sub(at).max(1),
            written: written.unwrap_or_default(),
        };
        match self.tokens.get_mut(at) {
            Some(open) => *open = token,
            None => self.tokens.push(token),
        }
        Some(())
    }

    /// Keeps the place of a list or an object, before what it holds.
    fn open(&mut self) -> usize {
        self.tokens.push(Token {
            name: "",
            what: What::Null,
            length: 1,
            written: "",
        });
        self.tokens.len()
    }

    fn object(&mut self, deeper: u32) -> Option<What<'a>> {
        self.pass(b'{')?;
        let inner = self.open();
        let (mut count, mut seen) = (0, 0);
        let (mut last, mut in_order) = ("", true);
        if !self.passes(b'}') {
            loop {
                let from = self.begin()?;
                let name = self.string()?;
                if count == MOST_FIELDS || self.is_double(name, inner, &mut seen) {
                    return None;
                }
                in_order = in_order && last <= name;
                last = name;
                self.pass(b':')?;
                self.value(name, from, deeper)?;
                count += 1;
                if !self.passes(b',') {
                    self.pass(b'}')?;
                    break;
                }
            }
        }
        self.odd += usize::from(!in_order);
        Some(What::Object(count))
    }

    /// Where the next thing begins, and what was odd before it.
    fn begin(&mut self) -> Option<(usize, usize)> {
        self.peek()?;
        Some((self.at, self.odd))
    }

    /// Whether the object whose fields begin at `inner` has this name already. `seen` has a mark for each name so far: without its
    /// mark, a name is new.
    fn is_double(&self, name: &str, inner: usize, seen: &mut u64) -> bool {
        let bytes = name.as_bytes();
        let [first, last] = [bytes.first(), bytes.last()].map(|byte| byte.copied().unwrap_or(0));
        let mark = 1 << ((usize::from(first) * 7 + usize::from(last) * 3 + bytes.len()) % 64);
        let marked = *seen & mark != 0;
        *seen |= mark;
        let mut fields = Siblings(self.tokens.get(inner..).unwrap_or_default());
        marked && fields.any(|(other, _)| other == name)
    }

    fn list(&mut self, deeper: u32) -> Option<What<'a>> {
        self.pass(b'[')?;
        self.open();
        let mut count = 0;
        if !self.passes(b']') {
            loop {
                let from = self.begin()?;
                self.value("", from, deeper)?;
                count += 1;
                if !self.passes(b',') {
                    self.pass(b']')?;
                    break;
                }
            }
        }
        Some(What::List(count))
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<&'a str> {
        self.pass(b'"')?;
        let start = self.at;
        let end = special(self.text.as_bytes(), start)?;
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    fn word(&mut self, word: &str, what: What<'a>) -> Option<What<'a>> {
        let found = self.text.as_bytes().get(self.at..)?;
        found.starts_with(word.as_bytes()).then(|| {
            self.at += word.len();
            what
        })
    }

    /// A number. A fraction is read as a quotient where both parts of it are exact; the usual parser knows the others.
    fn number(&mut self) -> Option<Number> {
        let start = self.at;
        let mut digits = 0;
        self.digits(&mut digits);
        let count = self.at - start;
        let bytes = self.text.as_bytes();
        let led = count > 1 && bytes.get(start) == Some(&b'0');
        if (1..=MOST_DIGITS).contains(&count) && !led {
            if bytes.get(self.at) != Some(&b'.') {
                let is_whole = !bytes.get(self.at).is_some_and(is_of_number);
                return if is_whole {
                    Some(digits.into())
                } else {
                    self.by_usual_parser(start)
                };
            }
            self.at += 1;
            let point = self.at;
            self.digits(&mut digits);
            let places = self.at - point;
            let exact = places > 0 && count + places <= MOST_DIGITS && digits <= EXACT;
            let power = POWERS.get(places).filter(|_| exact);
            if let Some(power) = power.filter(|_| !bytes.get(self.at).is_some_and(is_of_number)) {
                let number = digits as f64 / power;
                self.odd += usize::from(digits % 10 == 0 || digits >= SHORT || number < LEAST);
                return Number::from_f64(number);
            }
        }
        self.by_usual_parser(start)
    }

    /// A number that began at `start`, by the usual parser.
    fn by_usual_parser(&mut self, start: usize) -> Option<Number> {
        self.odd += 1;
        while self.text.as_bytes().get(self.at).is_some_and(is_of_number) {
            self.at += 1;
        }
        serde_json::from_str(self.text.get(start..self.at)?).ok()
    }

    fn digits(&mut self, number: &mut u64) {
        while let Some(digit @ b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            *number = number.wrapping_mul(10).wrapping_add((digit - b'0').into());
            self.at += 1;
        }
    }
}

/// Whether a byte may stand in a number.
const fn is_of_number(byte: &u8) -> bool {
    matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E' | b'0'..=b'9')
}

/// The place of the first byte from `at` on that ends a string in JSON or must be escaped in one: a quote, a backslash, a
/// control character.
fn special(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = text.get(at..)?;
        let Some(word) = rest.first_chunk() else {
            return rest.iter().position(is_special).map(|found| at + found);
        };
        let found = marked(*word);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / WORD);
        }
        at += WORD;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::json::{Document, ToJson};

    /// What our reader makes of a text, as the usual parser tells it.
    fn value(text: &str) -> Option<Value> {
        read(text).map(|tokens| Document::Tokens(tokens).given().to_json())
    }

    #[test]
    fn it_reads_what_the_usual_parser_reads() {
        let large = format!("[{}]", "1,".repeat(100) + "1");
        let long = format!(r#"{{"{}":1,"b":2}}"#, "a".repeat(4_000));
        let fields: Vec<_> = (0..MOST_FIELDS)
            .map(|at| format!("\"{at}\":{{\"1\":{at}}}"))
            .collect();
        let fields = format!("{{{}}}", fields.join(","));
        for text in [
            "{}",
            "[]",
            " null\n",
            "true",
            "\"\"",
            "0",
            "-0",
            "-0.0",
            "0.5",
            "1e3",
            "12.5E-2",
            "-12.5E-2",
            "999999999999999999",
            "9999999999999999999",
            "18446744073709551616",
            "1.7976931348623157e308",
            r#"{"b":1,"a":{"c":[1,"two",false,null,{}]},"c":2}"#,
            r#"{"ab":1,"aab":2,"b":{"ab":3},"ac":4,"":5}"#,
            " { \"a\" : [ 1 , 2 ] , \"é\" : \"ü\u{1f600}\" } ",
            "[0.1,1.10,3.14159,0.3333333333333333,0.9333333333333333,123456789.123456789,9007199254740993.5,123456789012345.67,184467440737.09551617]",
            &large,
            &long,
            &fields,
        ] {
            assert_eq!(
                value(text),
                Some(serde_json::from_str(text).unwrap()),
                "{text}"
            );
        }
    }

    #[test]
    fn escapes_doubles_and_long_objects_are_left_to_the_usual_parser() {
        let fields: Vec<_> = (0..=MOST_FIELDS).map(|at| format!("\"{at}\":1")).collect();
        let fields = format!("{{{}}}", fields.join(","));
        for text in [
            r#"{"a":"q\"\\","\u00e9\\\"":"\ud83d\ude00\n/\/"}"#,
            r#"{"b":1,"a":{},"b":2}"#,
            r#"[{"":1,"":2}]"#,
            &fields,
        ] {
            assert!(read(text).is_none(), "{text}");
            let document = Document::read(text).unwrap();
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(document.given().to_json(), value);
        }
    }

    #[test]
    fn what_is_wrong_is_left_to_the_usual_parser() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        for text in [
            "",
            " ",
            "{",
            "}",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\" 1}",
            "{\"a\":}",
            "[1 2]",
            "01",
            "-",
            "+1",
            "1.",
            ".5",
            "1e",
            "1e999",
            "tru",
            "nulls",
            "\"a",
            "\"a\\",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"\u{1}\"",
            "\"\n\"",
            "1 1",
            "{}x",
            "NaN",
            "\u{feff}{}",
            &deep,
        ] {
            assert!(read(text).is_none(), "{text}");
            assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn any_text_is_read_as_the_usual_parser_reads_it_or_not_at_all() {
        let pieces = [
            "{", "}", "[", "]", ":", ",", "\"a\"", "\"b\\n\"", "1", "0", "-", ".5", "e1", "true",
            "null", " ", "\\", "\"", "é", "\"b\":", "\"a\":", "0.001", "0.0009", ".10",
        ];
        let mut rng = fastrand::Rng::with_seed(7);
        for _ in 0..200_000 {
            let count = rng.usize(1..10);
            let text: String = (0..count).filter_map(|_| rng.choice(pieces)).collect();
            if let Some(tokens) = read(&text) {
                let value: Value = serde_json::from_str(&text).expect("it is JSON");
                let document = Document::Tokens(tokens);
                assert_eq!(document.given().to_json(), value, "{text}");
                assert_eq!(document.given().text(), crate::json::text(&value), "{text}");
            }
        }
    }

    /// Some JSON, written in some way.
    fn some(rng: &mut fastrand::Rng, deeper: usize) -> String {
        let number = |rng: &mut fastrand::Rng| match rng.usize(..5) {
            4 => format!("8.{:015}", rng.u64(..1_000_000_000_000_000)),
            0 => rng.u32(..).to_string(),
            1 => format!("-{}.{}", rng.u8(..), rng.u8(..)),
            2 => format!(
                "{}.{:0places$}",
                rng.u8(..3),
                rng.u16(..),
                places = rng.usize(..20)
            ),
            _ => (rng.f64() * 10_f64.powi(rng.i32(-12..12))).to_string(),
        };
        let blank = |rng: &mut fastrand::Rng| [" ", "", "", "\n", ""][rng.usize(..5)];
        let count = rng.usize(..5);
        match rng.usize(..if deeper == 0 { 5 } else { 9 }) {
            0 => ["null", "true", "false", "{}", "[]"][count].to_owned(),
            1 | 2 => format!("\"{}\"", ["", "a", "é z", "/", "a much longer text"][count]),
            3 | 4 => number(rng),
            5 => {
                let items = (0..count).map(|_| some(rng, deeper - 1) + blank(rng));
                let items: Vec<_> = items.collect();
                format!("[{}{}]", blank(rng), items.join(","))
            }
            _ => {
                let mut names = vec!["a", "b", "ba", "", "queues"];
                rng.shuffle(&mut names);
                let field = |name| {
                    let value = some(rng, deeper - 1);
                    format!(
                        "{}\"{name}\"{}:{value}{}",
                        blank(rng),
                        blank(rng),
                        blank(rng)
                    )
                };
                let fields: Vec<_> = names.into_iter().take(count).map(field).collect();
                format!("{{{}}}", fields.join(","))
            }
        }
    }

    #[test]
    fn what_is_read_is_written_again_as_the_usual_parser_has_it() {
        let mut rng = fastrand::Rng::with_seed(11);
        for _ in 0..20_000 {
            let text = some(&mut rng, 4);
            let document = Document::Tokens(read(&text).expect(&text));
            let value: Value = serde_json::from_str(&text).expect(&text);
            assert_eq!(document.given().to_json(), value, "{text}");
            assert_eq!(document.given().text(), crate::json::text(&value), "{text}");
        }
    }

    #[test]
    fn the_end_of_a_string_is_found_wherever_it_stands() {
        for length in 0..40 {
            let plain = "é~ #[]!".bytes().cycle().take(length).collect::<Vec<_>>();
            assert_eq!(special(&plain, 0), None);
            for byte in [b'"', b'\\', 0, 9, 31] {
                for at in 0..=length {
                    let mut text = plain.clone();
                    text.insert(at, byte);
                    text.push(b'"');
                    assert_eq!(special(&text, 0), Some(at));
                    assert_eq!(special(&text, at + 1), Some(length + 1));
                }
            }
        }
    }
}
