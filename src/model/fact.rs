//! What is known, since when, and why something is not.

use core::time::Duration;

use crate::model::reason::ReasonCode;
use crate::stored::{Reader, Stored};
use crate::time::Timestamp;

/// Something that the platform told us, or the reason why we don't know it. What is absent is unknown, never zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// Told at `as_of`.
    Known {
        /// What was told.
        value: T,
        /// When.
        as_of: Timestamp,
    },
    /// Told so long ago that it may have changed.
    Stale {
        /// What was told.
        value: T,
        /// When.
        as_of: Timestamp,
    },
    /// Not told.
    Unknown {
        /// Why not.
        reason: ReasonCode,
    },
}

impl<T: Stored> Stored for Fact<T> {
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            Self::Known { value, as_of } => {
                to.push(0);
                value.put(to);
                as_of.put(to);
            }
            Self::Stale { value, as_of } => {
                to.push(1);
                value.put(to);
                as_of.put(to);
            }
            Self::Unknown { reason } => {
                to.push(2);
                reason.put(to);
            }
        }
    }

    fn take(from: &mut Reader<'_>) -> Self {
        match from.case(&[0, 1, 2], 2) {
            0 => Self::Known {
                value: T::take(from),
                as_of: Stored::take(from),
            },
            1 => Self::Stale {
                value: T::take(from),
                as_of: Stored::take(from),
            },
            _ => Self::Unknown {
                reason: Stored::take(from),
            },
        }
    }
}

impl<T> Fact<T> {
    /// The value, fresh facts only.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Stale { .. } | Self::Unknown { .. } => None,
        }
    }

    /// The same fact at `now`: what was told longer than `fresh` ago becomes stale.
    #[must_use]
    pub fn aged(self, now: Timestamp, fresh: Duration) -> Self {
        match self {
            Self::Known { value, as_of } if now.since(as_of) > fresh => {
                Self::Stale { value, as_of }
            }
            other => other,
        }
    }

    /// Why it cannot be used, where it can't.
    pub fn why_unknown(&self) -> Option<ReasonCode> {
        match self {
            Self::Known { .. } => None,
            Self::Stale { .. } => Some(ReasonCode::FactsStale),
            Self::Unknown { reason } => Some(*reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_grows_stale_and_an_unknown_one_never_has_a_value() {
        let told = Fact::Known {
            value: 0,
            as_of: Timestamp::from_millis(1_000),
        };
        let fresh = Duration::from_secs(5);
        assert_eq!(
            told.clone()
                .aged(Timestamp::from_millis(6_000), fresh)
                .known(),
            Some(&0)
        );
        let stale = told.aged(Timestamp::from_millis(6_001), fresh);
        assert_eq!(
            (stale.known(), stale.why_unknown()),
            (None, Some(ReasonCode::FactsStale))
        );
        let unknown: Fact<u32> = Fact::Unknown {
            reason: ReasonCode::MissingScope,
        };
        assert_eq!(
            (unknown.known(), unknown.why_unknown()),
            (None, Some(ReasonCode::MissingScope))
        );
    }
}
