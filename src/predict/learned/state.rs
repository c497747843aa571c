//! What is known of a caller who enters a queue, and what became of them.

use libm::{log1p, sqrt};

/// How many features the correction looks at.
pub(super) const FEATURES: usize = 18;

/// The state that a caller meets. What is `None` is not known; it then has no say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct State {
    /// How many callers are to be answered first.
    pub waiting_ahead: u32,
    /// How many agents answer.
    pub agents: f64,
    /// The threshold, in seconds.
    pub threshold_seconds: f64,
    /// The mean handle time that the host knows, in seconds.
    pub handle_seconds: Option<f64>,
    /// The mean patience that the host knows, in seconds.
    pub patience_seconds: Option<f64>,
    /// How many agents are free.
    pub agents_available: Option<f64>,
    /// How many callers wait in all.
    pub callers_waiting: Option<f64>,
    /// How many agents took a call in the last 10 minutes.
    pub agents_seen: Option<f64>,
    /// How long the first in line has waited, in seconds.
    pub head_of_line_seconds: Option<f64>,
    /// How long the last to enter service had waited, in seconds.
    pub last_wait_seconds: Option<f64>,
    /// How busy the agents are, from 0 to 1.
    pub occupancy: Option<f64>,
    /// The share of calls abandoned in the last 30 minutes, from 0 to 1.
    pub abandonment_rate: Option<f64>,
    /// How many calls were answered in the last 10 minutes.
    pub service_starts: Option<f64>,
    /// Whether the caller goes before others.
    pub high_priority: Option<bool>,
    /// The kind of call: 0 for the usual, 1 to 3 for others, as the host numbers them.
    pub kind: Option<u32>,
    /// The hour of the day, from 0 to 24, in the contact centre's own time.
    pub hour: Option<f64>,
}

/// What became of a caller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed {
    /// The state that the caller met on entry.
    pub state: State,
    /// How long the caller waited, in seconds.
    pub waited_seconds: f64,
    /// The caller gave up; otherwise an agent answered.
    pub abandoned: bool,
    /// How long the call then took, in seconds, where it is over.
    pub handled_seconds: Option<f64>,
}

impl Observed {
    /// Whether the wait passed the threshold; not known of one who gave up before.
    pub(super) fn late(&self) -> Option<bool> {
        let late = self.waited_seconds > self.state.threshold_seconds;
        (late || !self.abandoned).then_some(late)
    }
}

impl State {
    /// The features, each about as large as one; 0 where it is not known. `tail` is the log-odds of the exact tail.
    pub(super) fn features(&self, tail: f64) -> [f64; FEATURES] {
        let log = |count: Option<f64>, usual: f64| count.map_or(0.0, |count| log1p(count) - usual);
        let share =
            |share: Option<f64>, usual: f64| share.map_or(0.0, |share| 2.0 * (share - usual));
        let flag = |on: Option<bool>| on.map_or(0.0, |on| if on { 1.0 } else { 0.0 });
        let kind = |kind: u32| flag(self.kind.map(|known| known == kind));
        let hour = self.hour.map_or(0.0, |hour| (hour - 12.0) / 6.0);
        let free = self
            .agents_available
            .map(|free| free > f64::from(self.waiting_ahead));
        [
            1.0,
            tail,
            log(Some(f64::from(self.waiting_ahead)), 1.5),
            log(self.callers_waiting, 1.5),
            log(Some(self.agents), 2.5),
            log(self.agents_seen, 2.5),
            log(self.head_of_line_seconds, 3.0) / 2.0,
            log(self.last_wait_seconds, 3.0) / 2.0,
            share(self.occupancy, 0.85),
            share(self.abandonment_rate, 0.1),
            self.service_starts
                .map_or(0.0, |starts| sqrt(starts) / 3.0 - 1.5),
            flag(self.high_priority),
            kind(1),
            kind(2),
            kind(3),
            hour,
            self.hour.map_or(0.0, |_| hour * hour - 0.5),
            flag(free),
        ]
    }
}
