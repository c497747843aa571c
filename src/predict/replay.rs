//! A call log gone through once more: what every caller met on entry, in the order in which it became known.
//!
//! It knows what a log tells: who came, left, and was served by whom. It refuses to look ahead: the state on entry holds
//! nothing that was not known by then.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::predict::{Observed, State};

/// How far back service starts and agents are counted, in seconds.
const TEN_MINUTES: f64 = 600.0;
/// How far back abandonment is counted, in seconds.
const HALF_AN_HOUR: f64 = 1_800.0;
const DAY: f64 = 86_400.0;

/// One call of a log. Times are seconds from any midnight of the contact centre's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// When the caller entered the queue.
    pub entered: f64,
    /// When the caller left it: answered, or gone.
    pub left: f64,
    /// Who answered, where somebody did: any number for each agent.
    pub agent: Option<u32>,
    /// How long the call then took, in seconds.
    pub handle_seconds: f64,
    /// Whether the caller goes before others.
    pub high_priority: bool,
    /// The kind of call, from 0 to 3.
    pub kind: u32,
}

/// What becomes known, in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// A caller enters: the call's place in the log, and the state met.
    Enters(usize, State),
    /// All is known of a call: its place in the log, and what became of the caller.
    Ends(usize, Observed),
}

/// What happens to a call, earlier kinds first where times are the same: agents are free before others enter, and a call
/// that takes no time at all still enters before it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Ends,
    Leaves,
    Enters,
    LeavesAtOnce,
    EndsAtOnce,
}

/// Goes through a log in the order of time. `threshold_seconds` stands in every state. Calls that leave before they enter, or
/// whose times are no numbers, are passed over.
pub fn replay(calls: &[Call], threshold_seconds: f64, mut tell: impl FnMut(Moment)) {
    let mut steps = Vec::new();
    for (at, call) in calls.iter().enumerate() {
        let sound = call.entered >= 0.0
            && call.left >= call.entered
            && call.left < f64::INFINITY
            && (0.0..1e9).contains(&call.handle_seconds);
        if !sound {
            continue;
        }
        let handled = call.agent.map_or(0.0, |_| call.handle_seconds);
        let ended = call.left + handled;
        let leaves = if call.left > call.entered {
            Step::Leaves
        } else {
            Step::LeavesAtOnce
        };
        let ends = if ended > call.left {
            Step::Ends
        } else {
            Step::EndsAtOnce
        };
        steps.push((call.entered, Step::Enters, at));
        steps.push((call.left, leaves, at));
        steps.push((ended, ends, at));
    }
    steps.sort_by(|one, other| {
        let times = one.0.total_cmp(&other.0);
        times.then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    let mut floor = Floor::default();
    let mut states = BTreeMap::new();
    for (now, step, at) in steps {
        let Some(call) = calls.get(at) else { continue };
        match step {
            Step::Enters => {
                let state = floor.state(now, call, threshold_seconds);
                floor.waiting.insert((call.entered.to_bits(), at));
                floor.first_class += usize::from(call.high_priority);
                states.insert(at, state);
                tell(Moment::Enters(at, state));
            }
            Step::Leaves | Step::LeavesAtOnce => floor.leaves(now, call, at),
            Step::Ends | Step::EndsAtOnce => {
                floor.ends(now, call);
                if let Some(state) = states.remove(&at) {
                    let observed = Observed {
                        state,
                        waited_seconds: call.left - call.entered,
                        abandoned: call.agent.is_none(),
                        handled_seconds: call.agent.map(|_| call.handle_seconds),
                    };
                    tell(Moment::Ends(at, observed));
                }
            }
        }
    }
}

/// The contact centre at one moment, as far as the log tells.
#[derive(Debug, Default)]
struct Floor {
    /// Who waits: when they entered (as bits, for the order is the same) and their places in the log.
    waiting: BTreeSet<(u64, usize)>,
    /// How many of them go before others.
    first_class: usize,
    /// How many calls each agent is on, and when they last took or ended one.
    agents: BTreeMap<u32, (u32, f64)>,
    /// When calls were answered, the last ten minutes.
    starts: VecDeque<f64>,
    /// When callers left, and whether they gave up, the last half hour.
    departures: VecDeque<(f64, bool)>,
    given_up: usize,
    last_wait: Option<f64>,
}

impl Floor {
    fn leaves(&mut self, now: f64, call: &Call, at: usize) {
        self.waiting.remove(&(call.entered.to_bits(), at));
        self.first_class -= usize::from(call.high_priority);
        self.departures.push_back((now, call.agent.is_none()));
        self.given_up += usize::from(call.agent.is_none());
        if let Some(agent) = call.agent {
            self.starts.push_back(now);
            self.last_wait = Some(now - call.entered);
            let (calls, seen) = self.agents.entry(agent).or_insert((0, now));
            *calls += 1;
            *seen = now;
        }
    }

    fn ends(&mut self, now: f64, call: &Call) {
        if let Some((calls, seen)) = call.agent.and_then(|agent| self.agents.get_mut(&agent)) {
            *calls = calls.saturating_sub(1);
            *seen = now;
        }
    }

    /// Lets go of what lies too far back.
    fn forget(&mut self, now: f64) {
        self.agents
            .retain(|_, (calls, seen)| *calls > 0 || *seen >= now - TEN_MINUTES);
        while self
            .starts
            .front()
            .is_some_and(|at| *at < now - TEN_MINUTES)
        {
            self.starts.pop_front();
        }
        while let Some((at, gave_up)) = self.departures.front().copied()
            && at < now - HALF_AN_HOUR
        {
            self.departures.pop_front();
            self.given_up -= usize::from(gave_up);
        }
    }

    fn state(&mut self, now: f64, call: &Call, threshold_seconds: f64) -> State {
        self.forget(now);
        let seen = self.agents.len() as f64;
        let busy = self.agents.values().filter(|(calls, _)| *calls > 0).count() as f64;
        let ahead = if call.high_priority {
            self.first_class
        } else {
            self.waiting.len()
        };
        let first = self.waiting.first();
        let left = self.departures.len();
        State {
            waiting_ahead: u32::try_from(ahead).unwrap_or(u32::MAX),
            agents: seen,
            threshold_seconds,
            agents_available: Some(seen - busy),
            callers_waiting: Some(self.waiting.len() as f64),
            agents_seen: Some(seen),
            head_of_line_seconds: first.map(|(entered, _)| now - f64::from_bits(*entered)),
            last_wait_seconds: self.last_wait,
            occupancy: (seen > 0.0).then(|| busy / seen),
            abandonment_rate: (left > 0).then(|| self.given_up as f64 / left as f64),
            service_starts: Some(self.starts.len() as f64),
            high_priority: Some(call.high_priority),
            kind: Some(call.kind),
            hour: Some(now % DAY / 3_600.0),
            ..State::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(entered: f64, left: f64, agent: Option<u32>, handle_seconds: f64) -> Call {
        Call {
            entered,
            left,
            agent,
            handle_seconds,
            high_priority: false,
            kind: 0,
        }
    }

    #[test]
    fn every_caller_meets_what_was_there_and_nothing_that_came_later() {
        let calls = [
            call(0.0, 0.0, Some(1), 100.0),
            call(10.0, 100.0, Some(1), 60.0),
            call(20.0, 50.0, None, 0.0),
            Call {
                high_priority: true,
                ..call(30.0, 120.0, Some(2), 10.0)
            },
            call(60.0, 160.0, Some(1), 5.0),
        ];
        let (mut met, mut ended) = (Vec::new(), Vec::new());
        replay(&calls, 20.0, |moment| match moment {
            Moment::Enters(at, state) => met.push((at, state)),
            Moment::Ends(at, seen) => ended.push((at, seen.waited_seconds, seen.abandoned)),
        });
        let told: Vec<_> = met
            .iter()
            .map(|(at, state)| {
                (
                    *at,
                    state.waiting_ahead,
                    state.agents,
                    state.agents_available,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (0, 0, 0.0, Some(0.0)),
                (1, 0, 1.0, Some(0.0)),
                (2, 1, 1.0, Some(0.0)),
                (3, 0, 1.0, Some(0.0)),
                (4, 2, 1.0, Some(0.0)),
            ]
        );
        let last = met.last().map(|(_, state)| *state).unwrap_or_default();
        assert_eq!(last.head_of_line_seconds, Some(50.0));
        assert_eq!(
            (last.last_wait_seconds, last.abandonment_rate),
            (Some(0.0), Some(0.5))
        );
        assert_eq!(
            (last.service_starts, last.occupancy),
            (Some(1.0), Some(1.0))
        );
        assert_eq!(
            ended,
            [
                (2, 30.0, true),
                (0, 0.0, false),
                (3, 90.0, false),
                (1, 90.0, false),
                (4, 100.0, false)
            ]
        );
    }

    #[test]
    fn what_happens_at_the_same_time_happens_in_order() {
        let calls = [
            call(0.0, 0.0, Some(1), 10.0),
            call(0.0, 0.0, Some(2), 10.0),
            call(10.0, 10.0, Some(1), 5.0),
            call(10.0, 10.0, None, 0.0),
        ];
        let mut told = Vec::new();
        replay(&calls, 20.0, |moment| {
            told.push(match moment {
                Moment::Enters(at, state) => (at, state.agents_available),
                Moment::Ends(at, _) => (at, None),
            });
        });
        assert_eq!(
            told,
            [
                (0, Some(0.0)),
                (1, Some(0.0)),
                (0, None),
                (1, None),
                (2, Some(2.0)),
                (3, Some(2.0)),
                (3, None),
                (2, None),
            ]
        );
    }

    #[test]
    fn what_cannot_have_happened_is_passed_over() {
        let mut told = 0;
        let odd = [
            call(10.0, 5.0, None, 0.0),
            call(f64::NAN, 5.0, None, 0.0),
            call(0.0, 1.0, Some(1), -1.0),
        ];
        replay(&odd, 20.0, |_| told += 1);
        assert_eq!(told, 0);
    }
}
