//! Moments as the platforms write them: `2026-01-31T08:05:09.120Z`. It knows the calendar, for any moment there is.

use crate::time::Timestamp;

const DAY: i64 = 86_400_000;

impl Timestamp {
    /// The moment in UTC as ISO 8601 writes it, to the millisecond.
    ///
    /// ```
    /// use patchcord::Timestamp;
    ///
    /// let at = Timestamp::from_millis(951_827_696_789);
    /// assert_eq!(at.to_iso(), "2000-02-29T12:34:56.789Z");
    /// assert_eq!(Timestamp::from_iso("2000-02-29T13:34:56.789+01:00"), Some(at));
    /// ```
    pub fn to_iso(self) -> String {
        let millis = self.as_millis();
        let (day, rest) = (millis.div_euclid(DAY), millis.rem_euclid(DAY));
        let (year, month, day) = civil(day);
        let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60);
        let parts = [
            (year, 4, '-'),
            (month, 2, '-'),
            (day, 2, 'T'),
            (hour, 2, ':'),
            (minute, 2, ':'),
            (second, 2, '.'),
            (rest % 1_000, 3, 'Z'),
        ];
        let mut text = String::with_capacity(24);
        for (number, digits, after) in parts {
            put(number, digits, &mut text);
            text.push(after);
        }
        text
    }

    /// The moment that a text of ISO 8601 tells: date, time, an optional fraction of a second, and `Z` or an offset. What
    /// is finer than a millisecond is cut off. `None` for what is no such text.
    pub fn from_iso(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', ' '])?;
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let (clock, zone) = time.split_at_checked(8)?;
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
        let (fraction, zone) = zone.split_at(zone.find(['Z', '+', '-'])?);
        let millis = match fraction.strip_prefix('.') {
            Some(digits) if (1..=9).contains(&digits.len()) && is_digits(digits) => {
                let zeros = core::iter::repeat(b'0');
                value(digits.bytes().chain(zeros).take(3))
            }
            None if fraction.is_empty() => 0,
            _ => return None,
        };
        let minutes_ahead = match zone.split_at_checked(1)? {
            ("Z", "") => 0,
            (sign, offset) => {
                let [hours, minutes] = numbers(offset, ':', [2, 2])?;
                let ahead = hours * 60 + minutes;
                if sign == "+" { ahead } else { -ahead }
            }
        };
        let whole = civil(days(year, month, day)) == (year, month, day);
        (whole && hour < 24 && minute < 60 && second <= 60).then_some(())?;
        let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - minutes_ahead;
        Some(Self::from_millis((minutes * 60 + second) * 1_000 + millis))
    }
}

/// Writes a number with so many digits at least: by hand, for the machinery of formats takes five times as long.
fn put(number: i64, digits: u32, text: &mut String) {
    let mut place = 10_u32.pow(digits);
    let Some(mut rest) = u32::try_from(number).ok().filter(|number| *number < place) else {
        text.push_str(&format!("{number:0width$}", width = digits as usize));
        return;
    };
    while place > 1 {
        place /= 10;
        text.push(char::from(b'0' + (rest / place) as u8));
        rest %= place;
    }
}

fn numbers<const PARTS: usize>(
    text: &str,
    between: char,
    digits: [usize; PARTS],
) -> Option<[i64; PARTS]> {
    let mut rest = text;
    let mut found = [0; PARTS];
    for (at, (number_of, digits)) in found.iter_mut().zip(digits).enumerate() {
        if at > 0 {
            rest = rest.strip_prefix(between)?;
        }
        let (part, after) = rest.split_at_checked(digits)?;
        *number_of = number(part, digits)?;
        rest = after;
    }
    rest.is_empty().then_some(found)
}

/// A number of as many digits, and nothing else.
pub(crate) fn number(text: &str, digits: usize) -> Option<i64> {
    let plain = text.len() == digits && is_digits(text);
    plain.then(|| value(text.bytes()))
}

/// What digits say; they are few.
fn value(digits: impl Iterator<Item = u8>) -> i64 {
    digits.fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Days since 1970-01-01, in years that begin in March, so that a leap day is the last day of its year.
pub(crate) const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let from_march = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * from_march + 2) / 5
        + day
        - 1
        - 719_468
}

/// The day that a text like `2026-01-31` names, in days since 1970-01-01.
#[cfg(feature = "decide")]
pub(crate) fn day_of(date: &str) -> Option<i64> {
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let found = days(year, month, day);
    (civil(found) == (year, month, day)).then_some(found)
}

/// Year, month and day of a count of days since 1970-01-01: Howard Hinnant's `civil_from_days`, whose years begin in March.
pub(crate) const fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (0, month + 3)
    } else {
        (1, month - 9)
    };
    (year_of_era + era * 400 + year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_with_their_fraction_and_read_again() {
        let cases = [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_827_696_789, "2000-02-29T12:34:56.789Z"),
            (1_798_761_599_999, "2026-12-31T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ];
        for (millis, text) in cases {
            let at = Timestamp::from_millis(millis);
            assert_eq!(at.to_iso(), text);
            assert_eq!(Timestamp::from_iso(text), Some(at));
        }
    }

    #[test]
    fn the_ends_of_time_can_be_written() {
        for millis in [i64::MIN, i64::MAX] {
            assert!(Timestamp::from_millis(millis).to_iso().ends_with('Z'));
        }
    }

    #[test]
    fn moments_are_read_as_others_write_them() {
        let read = |text| Timestamp::from_iso(text).map(Timestamp::as_millis);
        assert_eq!(read("1970-01-01T00:00:01Z"), Some(1_000));
        assert_eq!(read("1970-01-01T00:00:00.5Z"), Some(500));
        assert_eq!(read("1970-01-01T00:00:00.123456+00:00"), Some(123));
        assert_eq!(read("1969-12-31T22:30:00-01:30"), Some(0));
    }

    #[test]
    fn what_tells_no_moment_is_not_read() {
        for text in [
            "",
            "now",
            "2026-01-31",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T00:00:00",
            "2026-01-31T00:00:00.Z",
            "2026-01-31T00:00:00.xZ",
            "2026-01-31T00:00:00+1:00",
            "2026-01-31T00:00:00Z0",
            "+026-01-31T00:00:00Z",
            "2026-01-31T0é:00:00Z",
        ] {
            assert_eq!(Timestamp::from_iso(text), None, "{text}");
        }
    }
}
