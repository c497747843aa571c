//! Moments as the queries of a platform write them: in UTC, or as long before now as `now-5m` says.

use core::time::Duration;

use crate::sim::answers::Complaints;
use crate::time::Timestamp;

/// The moment that a text tells.
pub(super) fn moment(text: &str, now: Timestamp) -> Option<Timestamp> {
    let Some(before) = text.strip_prefix("now") else {
        return Timestamp::from_iso(text);
    };
    if before.is_empty() {
        return Some(now);
    }
    let span = before.strip_prefix('-')?;
    let seconds = [
        ('s', 1),
        ('m', 60),
        ('h', 3_600),
        ('d', 86_400),
        ('w', 604_800),
    ];
    let (amount, unit) = seconds
        .iter()
        .find_map(|(letter, unit)| Some((span.strip_suffix(*letter)?, *unit)))?;
    let plain = !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
    let amount: u32 = amount.parse().ok().filter(|_| plain)?;
    Some(now.before(Duration::from_secs(u64::from(amount) * unit)))
}

/// The interval between two moments, each with the name of its field.
pub(super) fn interval(
    [from, to]: [(&str, Option<&str>); 2],
    now: Timestamp,
    complaints: &mut Complaints,
) -> Option<[Timestamp; 2]> {
    let mut read = |(field, text): (&str, Option<&str>)| {
        let at = text.and_then(|text| moment(text, now));
        if at.is_none() {
            complaints.add(
                field,
                "must be a moment, such as now, now-5m or 2026-01-31T09:30:00.000Z",
            );
        }
        at
    };
    let (first, last) = (read(from), read(to));
    let (first, last) = (first?, last?);
    if last < first {
        complaints.add(to.0, "lies before the beginning");
        return None;
    }
    Some([first, last])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_utc_or_from_now() {
        let now = Timestamp::from_millis(1_000_000_000);
        let read = |text| moment(text, now).map(Timestamp::as_millis);
        assert_eq!(read("now"), Some(1_000_000_000));
        assert_eq!(read("now-5m"), Some(999_700_000));
        assert_eq!(read("now-1d"), Some(913_600_000));
        assert_eq!(read("1970-01-01T00:00:01Z"), Some(1_000));
        for text in [
            "", "now-", "now-m", "now+5m", "now-5", "now--5m", "now-5é", "today",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
