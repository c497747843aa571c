//! Time as a number that somebody else read from a clock. Nothing in the core reads one.

pub(crate) mod calendar;

use core::time::Duration;

use serde_json::Value;

use crate::json::{ToJson, serialize};
use crate::stored::stored;

/// A moment: milliseconds since 1970-01-01T00:00:00Z, as the host's clock told it.
///
/// ```
/// use core::time::Duration;
/// use patchcord::Timestamp;
///
/// let sent = Timestamp::from_millis(1_000);
/// let answered = sent.after(Duration::from_secs(3));
/// assert_eq!(answered.since(sent), Duration::from_secs(3));
/// assert_eq!(sent.since(answered), Duration::ZERO);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

stored!(Timestamp { 0, });
serialize!(Timestamp);

impl ToJson for Timestamp {
    fn to_json(&self) -> Value {
        self.0.into()
    }
}

impl Timestamp {
    /// The moment that lies `millis` milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The moment `wait` later; the far end of time where the sum would not fit.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        let millis = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(millis))
    }

    /// The moment `lead` earlier.
    #[must_use]
    pub fn before(self, lead: Duration) -> Self {
        let millis = i64::try_from(lead.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(millis))
    }

    /// How long ago `earlier` was; zero where it lies ahead (clocks of two machines differ).
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}
