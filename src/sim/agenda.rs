//! What is to happen, in order of time. It knows no calls and no agents: any simulation can keep one.

use std::collections::BTreeMap;

use crate::time::Timestamp;

/// Things to come. Of two that are due at the same moment, the one that was scheduled first comes first.
#[derive(Clone, Debug)]
pub(super) struct Agenda<E> {
    due: BTreeMap<(Timestamp, u64), E>,
    scheduled: u64,
}

impl<E> Default for Agenda<E> {
    fn default() -> Self {
        Self {
            due: BTreeMap::new(),
            scheduled: 0,
        }
    }
}

impl<E> Agenda<E> {
    /// Puts something on the agenda.
    pub(super) fn schedule(&mut self, at: Timestamp, event: E) {
        self.due.insert((at, self.scheduled), event);
        self.scheduled += 1;
    }

    /// When the next thing happens.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.due.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes the next thing off, where its time has come by `now`.
    pub(super) fn pop_due(&mut self, now: Timestamp) -> Option<(Timestamp, E)> {
        let first = self
            .due
            .first_entry()
            .filter(|entry| entry.key().0 <= now)?;
        let ((at, _), event) = first.remove_entry();
        Some((at, event))
    }

    /// Strikes off what will not happen.
    pub(super) fn strike(&mut self, gone: impl Fn(&E) -> bool) {
        self.due.retain(|_, event| !gone(event));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_happen_in_order_of_time_and_then_of_scheduling() {
        let mut agenda = Agenda::default();
        for (at, name) in [(20, "c"), (10, "a"), (10, "b"), (30, "d"), (15, "gone")] {
            agenda.schedule(Timestamp::from_millis(at), name);
        }
        agenda.strike(|name| *name == "gone");
        let now = Timestamp::from_millis(20);
        let happened: Vec<_> = core::iter::from_fn(|| agenda.pop_due(now))
            .map(|(_, name)| name)
            .collect();
        assert_eq!(happened, ["a", "b", "c"]);
        assert_eq!(agenda.next(), Some(Timestamp::from_millis(30)));
    }
}
