//! A circuit breaker: a platform that fails again and again is left alone for a while. The host stores its state.

use core::time::Duration;

use crate::json::{Given, to_json};
use crate::stored::stored;
use crate::time::Timestamp;
use crate::validate::{Fields, Report};

/// How many failures in a row open it.
const THRESHOLD: u32 = 5;

/// The latest moment that JavaScript can write, in milliseconds since 1970.
const LATEST: u64 = 8_640_000_000_000_000;

/// How long it stays open before one request may try again.
const COOLDOWN: Duration = Duration::from_secs(30);

/// How well a platform does. Keep it beside the base URL, and hand it to the next run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaker {
    /// Failures in a row: server errors, and answers that never came.
    failures: u32,
    /// Until when nothing is sent.
    open_until: Option<Timestamp>,
}

stored!(Breaker {
    failures,
    open_until,
});
to_json!(Breaker {
    "failures": failures,
    "openUntil": open_until,
});

impl Breaker {
    /// Reads the state that stands at `path`, as an outcome's `breaker` held it.
    pub(crate) fn read(value: Given<'_>, path: &str, report: &mut Report) -> Option<Self> {
        let mut fields = Fields::open(value, path, report)?;
        let failures = fields
            .integer("failures", 0..=THRESHOLD.into(), report)
            .unwrap_or_default();
        let until = fields.integer("openUntil", 0..=LATEST, report);
        fields.finish(report);
        let open_until = until
            .and_then(|until| i64::try_from(until).ok())
            .map(Timestamp::from_millis);
        Some(Self {
            failures: u32::try_from(failures).unwrap_or(THRESHOLD),
            open_until,
        })
    }

    /// The moment from which a request may be sent.
    pub fn ready_at(&self, now: Timestamp) -> Timestamp {
        self.open_until.map_or(now, |until| until.max(now))
    }

    /// The platform answered like one that works.
    pub(crate) fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// The platform failed, or did not answer. After a pause, one failure is enough to open it again.
    pub(crate) fn failed(&mut self, now: Timestamp) {
        self.failures = self.failures.saturating_add(1).min(THRESHOLD);
        if self.failures >= THRESHOLD {
            self.open_until = Some(now.after(COOLDOWN));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_five_failures_and_again_after_one_more_and_closes_at_the_first_success() {
        let mut now = Timestamp::from_millis(0);
        let mut breaker = Breaker::default();
        (0..4).for_each(|_| breaker.failed(now));
        assert_eq!(breaker.ready_at(now), now);
        breaker.failed(now);
        assert_eq!(breaker.ready_at(now), now.after(COOLDOWN));
        now = now.after(COOLDOWN);
        assert_eq!(breaker.ready_at(now), now);
        breaker.failed(now);
        assert_eq!(breaker.ready_at(now), now.after(COOLDOWN));
        breaker.succeeded();
        assert_eq!(breaker.ready_at(now), now);
    }
}
