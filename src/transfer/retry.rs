//! When to ask again: what the platform says, else full-jitter backoff.

use core::time::Duration;

use crate::http::Response;
use crate::time::Timestamp;
use crate::transfer::date::moment;

/// How often one request is asked again before its asker has to do without.
pub(crate) const MOST_RETRIES: u32 = 3;

/// How many requests a whole run may ask again.
pub(super) const RETRIES_OF_A_RUN: u32 = 10;

/// The longest pause before the first retry; it doubles with each.
const FIRST_CEILING: Duration = Duration::from_secs(1);

/// No pause of our own is longer.
const LAST_CEILING: Duration = Duration::from_secs(30);

/// How long the platform asks us to stay away: `Retry-After` in seconds, or as a date, which is held against the
/// answer's own `Date` where there is one, for its clock and ours differ.
///
/// ```
/// use core::time::Duration;
/// use patchcord::http::Response;
/// use patchcord::transfer::retry_after;
/// use patchcord::Timestamp;
///
/// let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
/// let now = Timestamp::from_millis(0);
/// let seconds = Response { headers: vec![header("Retry-After", "7")], ..Response::default() };
/// assert_eq!(retry_after(&seconds, now), Some(Duration::from_secs(7)));
///
/// let date = Response {
///     headers: vec![
///         header("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
///         header("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT"),
///     ],
///     ..Response::default()
/// };
/// assert_eq!(retry_after(&date, now), Some(Duration::from_secs(30)));
/// ```
pub fn retry_after(response: &Response, now: Timestamp) -> Option<Duration> {
    let value = response.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let sent = response.header("date").and_then(moment).unwrap_or(now);
    Some(moment(value)?.since(sent))
}

/// A pause of random length under a ceiling that doubles with each attempt; `seed` moves on.
pub(crate) fn backoff(attempt: u32, seed: &mut u64) -> Duration {
    let ceiling = FIRST_CEILING
        .saturating_mul(1 << attempt.min(10))
        .min(LAST_CEILING);
    let mut random = fastrand::Rng::with_seed(*seed);
    let pause = Duration::from_millis(
        random.u64(0..=u64::try_from(ceiling.as_millis()).unwrap_or(u64::MAX)),
    );
    *seed = random.get_seed();
    pause
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_stay_under_a_ceiling_that_doubles_and_come_from_the_seed_alone() {
        let pauses = |seed: u64| {
            let mut seed = seed;
            (0..40)
                .map(|attempt| backoff(attempt, &mut seed))
                .collect::<Vec<_>>()
        };
        assert_eq!(pauses(7), pauses(7));
        assert_ne!(pauses(7), pauses(8));
        for (attempt, pause) in pauses(7).into_iter().enumerate() {
            let ceiling = Duration::from_secs(1 << attempt.min(10)).min(LAST_CEILING);
            assert!(pause <= ceiling, "attempt {attempt} pauses {pause:?}");
        }
    }
}
