//! The compact form in which a run is written down: one value after another, without names. A reader needs to know what
//! to expect; what wrote it says so by a version beside it.

use core::time::Duration;

/// What can be written down and read again.
pub(crate) trait Stored {
    /// Writes it behind what is there.
    fn put(&self, to: &mut Vec<u8>);

    /// Reads one from the front. Where the bytes hold none, the reader notes it, and the value is good for nothing.
    fn take(from: &mut Reader<'_>) -> Self;
}

/// The bytes that are still to be read. Whoever reads a whole asks at its end whether all was well: a way out after
/// each field would be ten times the code.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    damaged: bool,
}

impl Reader<'_> {
    /// Notes that the bytes are not what they should be.
    pub(crate) const fn damage(&mut self) {
        self.rest = &[];
        self.damaged = true;
    }

    /// One of as many cases, by its place.
    pub(crate) fn case<T: Copy>(&mut self, cases: &[T], usual: T) -> T {
        let found = cases.get(usize::take(self)).copied();
        found.unwrap_or_else(|| {
            self.damage();
            usual
        })
    }
}

/// A whole value, written down.
pub(crate) fn written<T: Stored>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.put(&mut bytes);
    bytes
}

/// Reads a whole value; `None` where the bytes hold none, or more than one.
pub(crate) fn read<T: Stored>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader {
        rest: bytes,
        damaged: false,
    };
    let value = T::take(&mut reader);
    (!reader.damaged && reader.rest.is_empty()).then_some(value)
}

impl Stored for u64 {
    // In groups of seven bits, the lowest first.
    fn put(&self, to: &mut Vec<u8>) {
        let mut number = *self;
        while number > 0x7f {
            to.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        to.push(number as u8);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let mut number = 0;
        for group in 0..10 {
            let Some((byte, rest)) = from.rest.split_first() else {
                break;
            };
            from.rest = rest;
            number |= Self::from(byte & 0x7f) << (7 * group);
            if byte & 0x80 == 0 {
                return number;
            }
        }
        from.damage();
        0
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Stored for $number {
            fn put(&self, to: &mut Vec<u8>) {
                (*self as u64).put(to);
            }

            fn take(from: &mut Reader<'_>) -> Self {
                u64::take(from).try_into().unwrap_or_else(|_| {
                    from.damage();
                    0
                })
            }
        }
    )*};
}

numbers!(u8 u32 usize);

impl Stored for i64 {
    fn put(&self, to: &mut Vec<u8>) {
        self.cast_unsigned().put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        u64::take(from).cast_signed()
    }
}

impl Stored for bool {
    fn put(&self, to: &mut Vec<u8>) {
        to.push((*self).into());
    }

    fn take(from: &mut Reader<'_>) -> Self {
        from.case(&[false, true], false)
    }
}

impl Stored for Duration {
    fn put(&self, to: &mut Vec<u8>) {
        u64::try_from(self.as_millis()).unwrap_or(u64::MAX).put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self::from_millis(u64::take(from))
    }
}

impl Stored for String {
    fn put(&self, to: &mut Vec<u8>) {
        self.len().put(to);
        to.extend_from_slice(self.as_bytes());
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let length = usize::take(from);
        let text = from.rest.split_at_checked(length).and_then(|(text, rest)| {
            from.rest = rest;
            core::str::from_utf8(text).ok()
        });
        text.map_or_else(
            || {
                from.damage();
                Self::new()
            },
            str::to_owned,
        )
    }
}

impl<T: Stored> Stored for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        if let Some(value) = self {
            value.put(to);
        }
    }

    fn take(from: &mut Reader<'_>) -> Self {
        bool::take(from).then(|| T::take(from))
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.len().put(to);
        for item in self {
            item.put(to);
        }
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let mut items = Self::new();
        // The length may be a lie, so nothing is reserved beforehand, and damage ends it.
        for _ in 0..usize::take(from) {
            if from.damaged {
                break;
            }
            items.push(T::take(from));
        }
        items
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        (A::take(from), B::take(from))
    }
}

/// Writes a structure down field by field. What stands behind `made` is not written, and empty when it is read.
macro_rules! stored {
    ($name:ty { $($field:tt),* $(,)? } $(made $made:ident)?) => {
        impl crate::stored::Stored for $name {
            fn put(&self, to: &mut Vec<u8>) {
                $(crate::stored::Stored::put(&self.$field, to);)*
            }

            fn take(from: &mut crate::stored::Reader<'_>) -> Self {
                Self {
                    $($field: crate::stored::Stored::take(from),)*
                    $($made: Default::default(),)?
                }
            }
        }
    };
}
pub(crate) use stored;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_read_again_and_what_is_cut_or_longer_is_not() {
        let value: Vec<(Option<String>, i64)> = vec![
            (Some("Zoë".to_owned()), -1),
            (None, 1_750_000_000_000),
            (Some(String::new()), i64::MIN),
        ];
        let mut bytes = Vec::new();
        value.put(&mut bytes);
        assert_eq!(read(&bytes).as_ref(), Some(&value));
        for length in 0..bytes.len() {
            let cut = bytes.get(..length).unwrap_or_default();
            assert_eq!(read::<Vec<(Option<String>, i64)>>(cut), None, "{length}");
        }
        bytes.push(0);
        assert_eq!(read::<Vec<(Option<String>, i64)>>(&bytes), None);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut bytes = Vec::new();
        u64::MAX.put(&mut bytes);
        assert_eq!(read(&bytes), Some(u64::MAX));
        assert_eq!(read::<u32>(&bytes), None);
        assert_eq!(read::<bool>(&[2]), None);
        assert_eq!(read::<u64>(&[0x80; 11]), None);
        assert_eq!(read::<String>(&[1, 0xff]), None);
        assert_eq!(read::<Vec<u8>>(&bytes), None);
    }
}
