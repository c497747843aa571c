//! Dates as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that senders may still make (RFC 9110 5.6.7).
//!
//! Our own, for it is a twentieth of the size of what a crate brings along.

use crate::time::Timestamp;
use crate::time::calendar::{days, number};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The moment that a date tells; `None` for what is no such date.
pub(super) fn moment(date: &str) -> Option<Timestamp> {
    let mut words = date.split(' ');
    let mut word = || words.next();
    let weekday = word()?;
    (weekday.len() == 4 && weekday.ends_with(',')).then_some(())?;
    let (day, month, year, time) = (number(word()?, 2)?, word()?, number(word()?, 4)?, word()?);
    let month = i64::try_from(MONTHS.iter().position(|name| *name == month)?).ok()? + 1;
    let mut parts = time.split(':').map(|part| number(part, 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let fits = (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    (fits && parts.next().is_none() && word() == Some("GMT") && word().is_none()).then_some(())?;
    let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    Some(Timestamp::from_millis(seconds * 1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_tell_their_moment() {
        let told = |date| moment(date).map(Timestamp::as_millis);
        assert_eq!(told("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(told("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        assert_eq!(
            told("Thu, 29 Feb 2024 23:59:59 GMT"),
            Some(1_709_251_199_000)
        );
        assert_eq!(
            told("Fri, 01 Mar 2024 00:00:00 GMT"),
            Some(1_709_251_200_000)
        );
        assert_eq!(
            told("Sat, 21 Nov 2026 00:00:00 GMT"),
            Some(1_795_219_200_000)
        );
    }

    #[test]
    fn what_is_no_such_date_tells_none() {
        for text in [
            "",
            "7",
            "Sun, 06 Nov 1994 08:49:37",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT x",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
