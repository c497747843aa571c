//! Looking for the ends of strings, objects and lists many bytes at a time: their quotes and brackets, nothing else.

/// How many bytes are looked at together: as many as a mask has bits.
const BLOCK: usize = 64;

/// How many bytes an instruction compares.
const LANE: usize = 16;

/// What stands in a block, a bit a byte, the first the lowest.
#[derive(Default)]
struct Masks {
    quotes: u64,
    backslashes: u64,
    opening: u64,
    closing: u64,
}

/// The place behind the bracket that closes what was open before `at`, which lies outside of strings; `None` where the
/// text ends before.
pub(super) fn closed(text: &[u8], mut at: usize) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (1_u32, false, false);
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let masks = match rest.first_chunk() {
            Some(block) => Masks::of(block),
            None => {
                let mut last = [b' '; BLOCK];
                last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
                Masks::of(&last)
            }
        };
        let quotes = if masks.backslashes == 0 && !escaped {
            masks.quotes
        } else {
            unescaped(&masks, &mut escaped)
        };
        let outside = !inside(quotes, in_string);
        in_string ^= quotes.count_ones() % 2 == 1;
        let (opening, closing) = (masks.opening & outside, masks.closing & outside);
        if closing.count_ones() < depth {
            depth = depth + opening.count_ones() - closing.count_ones();
        } else {
            let mut brackets = opening | closing;
            while brackets != 0 {
                let bit = brackets & brackets.wrapping_neg();
                brackets ^= bit;
                if opening & bit != 0 {
                    depth += 1;
                } else if depth == 1 {
                    return Some(at + bit.trailing_zeros() as usize + 1);
                } else {
                    depth -= 1;
                }
            }
        }
        at += BLOCK;
    }
    None
}

/// The place of the first quote or backslash from `at` on.
pub(super) fn quote_or_backslash(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = text.get(at..)?;
        let Some(lane) = rest.first_chunk() else {
            let found = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
            return Some(at + found);
        };
        let mut masks = Masks::default();
        masks.look(lane, 0);
        let found = masks.quotes | masks.backslashes;
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize);
        }
        at += LANE;
    }
}

/// The bits from an opening quote up to the closing one.
fn inside(quotes: u64, in_string: bool) -> u64 {
    let mut inside = quotes;
    for shift in [1, 2, 4, 8, 16, 32] {
        inside ^= inside << shift;
    }
    if in_string { !inside } else { inside }
}

/// The quotes that no backslash stands before. `escaped` says so of the block's first byte, and then of the next one's.
fn unescaped(masks: &Masks, escaped: &mut bool) -> u64 {
    let mut quotes = masks.quotes;
    for at in 0..BLOCK {
        let bit = 1 << at;
        if *escaped {
            quotes &= !bit;
            *escaped = false;
        } else {
            *escaped = masks.backslashes & bit != 0;
        }
    }
    quotes
}

/// `{` and `[` differ in this bit, and so do `}` and `]`.
const BRACE: u8 = 0x20;

impl Masks {
    fn of(block: &[u8; BLOCK]) -> Self {
        let mut masks = Self::default();
        if let ([one, two, three, four], _) = block.as_chunks() {
            masks.look(one, 0);
            masks.look(two, LANE);
            masks.look(three, 2 * LANE);
            masks.look(four, 3 * LANE);
        }
        masks
    }

    /// Adds what stands in the bytes from `place` on.
    #[cfg(target_feature = "simd128")]
    #[inline(always)]
    fn look(&mut self, lane: &[u8; LANE], place: usize) {
        use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128, v128_or};

        // By hand: where size counts most, a closure is not unfolded.
        #[inline(always)]
        fn found(bytes: v128, byte: u8) -> u64 {
            u8x16_bitmask(u8x16_eq(bytes, u8x16_splat(byte))).into()
        }
        let number = u128::from_le_bytes(*lane);
        let bytes = u64x2(number as u64, (number >> 64) as u64);
        let folded = v128_or(bytes, u8x16_splat(BRACE));
        self.quotes |= found(bytes, b'"') << place;
        self.backslashes |= found(bytes, b'\\') << place;
        self.opening |= found(folded, b'{') << place;
        self.closing |= found(folded, b'}') << place;
    }

    /// Adds what stands in the bytes from `place` on.
    #[cfg(not(target_feature = "simd128"))]
    fn look(&mut self, lane: &[u8; LANE], place: usize) {
        for (at, byte) in lane.iter().enumerate() {
            let found = |byte: u8, wanted: u8| u64::from(byte == wanted) << (place + at);
            self.quotes |= found(*byte, b'"');
            self.backslashes |= found(*byte, b'\\');
            self.opening |= found(*byte | BRACE, b'{');
            self.closing |= found(*byte | BRACE, b'}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::closed;

    /// The same, byte by byte.
    fn slowly(text: &[u8]) -> Option<usize> {
        let (mut depth, mut in_string, mut escaped) = (1, false, false);
        for (at, byte) in text.iter().enumerate() {
            let quote = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            match byte {
                _ if quote => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    #[test]
    fn the_closing_bracket_is_found_wherever_blocks_begin_and_strings_are_left_out() {
        let inner = r#""a":[1,{"b":"]}\"]"},"\\"],"c":"{[\\\" é","d":[[[]]]"#.as_bytes();
        for padding in 0..130 {
            for bracket in [b'}', b']'] {
                let mut text = vec![b' '; padding];
                text.extend_from_slice(inner);
                text.push(bracket);
                text.extend_from_slice(b", {\"next\": 1}]");
                assert_eq!(
                    closed(&text, 0),
                    Some(padding + inner.len() + 1),
                    "{padding}"
                );
            }
        }
        assert_eq!(closed(br#""never closed": [1, 2]"#, 0), None);
        assert_eq!(closed(br#""a]"#, 0), None);
    }

    #[test]
    fn it_finds_what_a_look_at_every_byte_finds() {
        let letters = br#"{}[]"\ a"#;
        let mut seed = 7_u32;
        for _ in 0..20_000 {
            let text: Vec<u8> = (0..150)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let letter = usize::try_from(seed >> 24).unwrap_or_default() % letters.len();
                    letters.get(letter).copied().unwrap_or_default()
                })
                .collect();
            assert_eq!(
                closed(&text, 0),
                slowly(&text),
                "{}",
                String::from_utf8_lossy(&text)
            );
        }
    }
}
