//! Text and whole numbers as JSON writes them, eight bytes at a time: most text needs no escape, and that is soon seen.

use crate::json::hex;

/// How many bytes are looked at together.
pub(super) const WORD: usize = 8;
/// A byte in each place.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Whether a text stands in JSON as it is.
fn is_plain(text: &[u8]) -> bool {
    let (words, rest) = text.as_chunks();
    words.iter().all(|word| marked(*word) == 0)
        && match text.last_chunk() {
            Some(last) => marked(*last) == 0,
            None => !rest.iter().any(is_special),
        }
}

pub(super) fn is_special(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..b' ')
}

/// The highest bit of each byte that is special. Above the first of them others may be marked too.
pub(super) const fn marked(word: [u8; WORD]) -> u64 {
    let word = u64::from_le_bytes(word);
    let quotes = word ^ (EACH * b'"' as u64);
    let backslashes = word ^ (EACH * b'\\' as u64);
    let controls = word.wrapping_sub(EACH * b' ' as u64) & !word;
    (quotes.wrapping_sub(EACH) & !quotes | backslashes.wrapping_sub(EACH) & !backslashes | controls)
        & HIGH
}

/// Writes a text with its quotes.
pub(crate) fn put_text(text: &str, out: &mut String) {
    out.push('"');
    if is_plain(text.as_bytes()) {
        out.push_str(text);
    } else {
        text.chars().for_each(|letter| put_letter(letter, out));
    }
    out.push('"');
}

fn put_letter(letter: char, out: &mut String) {
    let short = match letter {
        '"' | '\\' => letter,
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        '\0'..' ' => {
            out.push_str("\\u00");
            return out.push_str(&hex(&[letter as u8]));
        }
        _ => return out.push(letter),
    };
    out.push('\\');
    out.push(short);
}

/// Writes a whole number: the machinery of formats takes several times as long.
pub(crate) fn put_whole(number: u64, out: &mut String) {
    /// Four pairs of digits fit into 32 bits, which every host divides at once.
    const AT_ONCE: u64 = 100_000_000;
    if number < 10 {
        return out.push(char::from(b'0' + number as u8));
    }
    let mut pairs = [[b'0'; 2]; 10];
    let (mut high, mut low) = (number / AT_ONCE, (number % AT_ONCE) as u32);
    let mut unused = 20;
    for (at, [ten, one]) in pairs.iter_mut().rev().enumerate() {
        if at == 4 || at == 8 {
            (high, low) = (high / AT_ONCE, (high % AT_ONCE) as u32);
        }
        let two = (low % 100) as u8;
        (*ten, *one) = (b'0' + two / 10, b'0' + two % 10);
        low /= 100;
        unused -= 2;
        if low == 0 && high == 0 {
            unused += usize::from(two < 10);
            break;
        }
    }
    let digits = pairs.as_flattened().get(unused..).unwrap_or_default();
    out.push_str(core::str::from_utf8(digits).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_plain_unless_a_special_byte_stands_in_it() {
        for length in 0..40 {
            let plain = "é~ #[]!".chars().cycle().take(length).collect::<String>();
            assert!(is_plain(plain.as_bytes()));
            for byte in [b'"', b'\\', 0, 9, 31] {
                for at in 0..=plain.len() {
                    let mut text = plain.clone().into_bytes();
                    text.insert(at, byte);
                    assert!(!is_plain(&text));
                }
            }
        }
        for byte in 0..=255_u8 {
            assert_eq!(is_plain(&[byte; 9]), !is_special(&byte), "{byte}");
        }
    }

    #[test]
    fn text_and_numbers_are_written_as_others_write_them() {
        let mut out = String::new();
        for text in [
            "",
            "a",
            "a \"quoted\" \\ line\nand \u{1} é",
            "twelve bytes",
            "\u{8}\u{c}\r\t\0\u{1f}\u{7f}\u{80}\u{2028}\u{1f600}",
        ] {
            out.clear();
            put_text(text, &mut out);
            assert_eq!(out, serde_json::to_string(text).unwrap());
        }
        for number in [
            0,
            9,
            10,
            99,
            99_999_999,
            100_000_000,
            100_000_009,
            1_000_000_007,
            10_000_000_000_000_000,
            10_000_000_100_000_000,
            1_234_567_890,
            9_007_199_254_740_991,
            10_u64.pow(18),
            10_u64.pow(18) - 1,
            u64::MAX,
        ] {
            out.clear();
            put_whole(number, &mut out);
            assert_eq!(out, number.to_string());
        }
    }
}
