//! How long callers of a queue waited, and whether they gave up. It counts; it decides nothing.

use core::time::Duration;

use crate::sim::random::Seed;
use crate::sim::world::World;
use crate::sim::world::call::{CALLER_LEFT, End, Transfer};
use crate::time::Timestamp;

/// How far back made-up callers reach.
const WEEK_MILLIS: u64 = 7 * 86_400_000;

/// The longest that a made-up caller waited.
const LONGEST_MILLIS: u64 = 600_000;

/// A caller's wait that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) struct Wait {
    /// When it ended.
    pub(in crate::sim) at: Timestamp,
    pub(in crate::sim) waited: Duration,
    /// The caller hung up; else somebody answered.
    pub(in crate::sim) abandoned: bool,
}

/// So many made-up callers of the last seven days. Short waits are more common than long ones, and who waits longer is
/// more likely to give up.
pub(super) fn made_up(seed: Seed, queue: &str, count: u64, now: Timestamp) -> Vec<Wait> {
    let wait = |number| {
        let mut rng = seed.stream("past", queue, number);
        let ago = Duration::from_millis(rng.u64(0..WEEK_MILLIS));
        let millis = rng.u64(0..=LONGEST_MILLIS) * rng.u64(0..=LONGEST_MILLIS) / LONGEST_MILLIS;
        Wait {
            at: now.before(ago),
            waited: Duration::from_millis(millis),
            abandoned: rng.u64(0..2 * LONGEST_MILLIS) < millis,
        }
    };
    (0..count).map(wait).collect()
}

impl World {
    /// The waits in a queue that are over, in no order. A call that the queue gave up is none.
    pub(in crate::sim) fn waits(&self, queue: &str) -> Vec<Wait> {
        let past = self.queues.get(queue).map(|queue| queue.past.as_slice());
        let wait = |transfer: &Transfer| {
            let to = transfer.order.to.queue()?;
            let (at, end) = transfer.ended.filter(|_| to.as_str() == queue)?;
            let abandoned = match end {
                End::Completed => false,
                End::Failed(CALLER_LEFT) => true,
                End::Failed(_) => return None,
            };
            let waited = at.since(transfer.accepted);
            Some(Wait {
                at,
                waited,
                abandoned,
            })
        };
        let transfers = self.calls.values().flat_map(|call| &call.past);
        let past = past.unwrap_or_default().iter().copied();
        past.chain(transfers.filter_map(wait)).collect()
    }

    /// How long those who wait in a queue have waited so far.
    pub(in crate::sim) fn waiting(&self, queue: &str) -> Vec<Duration> {
        let there = self.calls.values().filter(|call| call.waits_in(queue));
        let since = there.map(|call| {
            let transfer = call.transfer.as_ref();
            transfer.map_or(call.added, |transfer| transfer.accepted)
        });
        since.map(|since| self.now.since(since)).collect()
    }
}
