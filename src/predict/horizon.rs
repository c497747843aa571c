//! The calls of the next minutes, from the present state: what happens to them on average.

use libm::sqrt;

use crate::predict::Load;
use crate::predict::chain::Chain;
use crate::predict::team::SECONDS;
use crate::predict::walk::Walk;

/// More multiplications than this are not begun: it would be about a second of work.
const MOST_WORK: f64 = 2.5e8;

/// A contact centre from now on, for some time.
#[derive(Clone, Debug)]
pub struct Horizon {
    load: Load,
    seconds: f64,
    /// The least count of callers that is looked at.
    first: f64,
    /// Where the present state stands among those looked at.
    start: usize,
    states: usize,
    chain: Chain,
}

impl Horizon {
    /// The next `seconds` of a load that finds `present` callers there, in conversation or waiting. `None` where the time is
    /// outside [`SECONDS`], more callers are there than have a place, or the size and the time together would take more than
    /// about a second to compute.
    pub fn new(load: &Load, present: u32, seconds: f64) -> Option<Self> {
        let (team, rate, present) = (load.team(), load.rate(), f64::from(present));
        let places = load.waiting_places().map(f64::from);
        if !SECONDS.contains(&seconds)
            || places.is_some_and(|places| present > team.agents().ceil() + places)
        {
            return None;
        }
        let offered = load.offered();
        let lowest = present.min(offered).min(team.agents());
        let first = (lowest - 12.0 * sqrt(lowest) - 20.0).max(0.0).floor();
        let come = rate * seconds;
        let grown = present + come + 12.0 * sqrt(come) + 20.0;
        let settled = if team.give_up() > 0.0 {
            let spread = team.agents() + rate / team.give_up();
            present.max(team.agents() + load.crest()) + 12.0 * sqrt(spread) + 20.0
        } else {
            f64::INFINITY
        };
        let end = places.map_or(f64::INFINITY, |places| team.agents().ceil() + places);
        let last = grown.min(settled).min(end).ceil();
        let handling = 1.0 / team.handle_seconds();
        let (agents, give_up) = (team.agents(), team.give_up());
        let states = (last - first) as usize + 1;
        let leave =
            move |count: f64| count.min(agents) * handling + (count - agents).max(0.0) * give_up;
        // Before room is made for the states.
        if (rate + leave(last)) * seconds * states as f64 > MOST_WORK {
            return None;
        }
        let chain = Chain::new((0..states).map(move |at| {
            // Nothing of weight lies below the first.
            let down = if at == 0 {
                0.0
            } else {
                leave(first + at as f64)
            };
            (rate, down, 0.0)
        }));
        Some(Self {
            load: *load,
            seconds,
            first,
            start: (present - first) as usize,
            states,
            chain,
        })
    }

    /// The load.
    pub const fn load(&self) -> &Load {
        &self.load
    }

    pub(crate) const fn chain(&self) -> &Chain {
        &self.chain
    }

    pub(crate) const fn seconds(&self) -> f64 {
        self.seconds
    }

    /// The value of the present state.
    pub(crate) fn present(&self, values: &[f64]) -> f64 {
        values.get(self.start).copied().unwrap_or(0.0)
    }

    fn counts(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.states).map(|at| self.first + at as f64)
    }

    /// For one who comes in each state, what `busy` says of the waits that those ahead make, and `free` with an agent free.
    fn each(&self, free: f64, turned_away: f64, busy: impl FnMut() -> f64) -> Vec<f64> {
        let agents = self.load.team().agents();
        let end = self
            .load
            .waiting_places()
            .map(|places| agents.ceil() + f64::from(places));
        let mut busy = busy;
        let value = |count: f64| {
            if count < agents {
                free
            } else if end.is_some_and(|end| count >= end) {
                turned_away
            } else {
                busy()
            }
        };
        self.counts().map(value).collect()
    }

    /// For one who comes in each state: how likely they are answered within the threshold.
    pub(crate) fn answered_from_each(&self, threshold_seconds: f64) -> Vec<f64> {
        let (drain, give_up) = (self.load.team().drain(), self.load.team().give_up());
        let mut walk = Walk::new(drain + give_up, give_up, threshold_seconds);
        let (mut passed, mut place) = (0.0, 0.0);
        self.each(1.0, 0.0, || {
            passed += walk.next().unwrap_or(0.0);
            place += 1.0;
            let rate = drain + place * give_up;
            if rate > 0.0 {
                (drain / rate) * (1.0 - passed).max(0.0)
            } else {
                0.0
            }
        })
    }

    /// The share of the calls to come that is answered within the threshold, of all that are offered.
    pub fn service_level(&self, threshold_seconds: f64) -> f64 {
        let answered = self.answered_from_each(threshold_seconds);
        self.present(&self.chain.value_over(self.seconds, &answered))
    }

    /// The share of the calls to come that would wait longer than the threshold with endless patience, or find no place.
    pub fn late(&self, threshold_seconds: f64) -> f64 {
        let team = self.load.team();
        let mut walk = Walk::new(team.drain(), team.give_up(), threshold_seconds);
        let mut passed = 0.0;
        let late = self.each(0.0, 1.0, || {
            passed += walk.next().unwrap_or(0.0);
            f64::min(passed, 1.0)
        });
        self.present(&self.chain.value_over(self.seconds, &late))
    }

    /// How many callers are there at the end, on average, in conversation or waiting.
    pub fn present_at_end(&self) -> f64 {
        let counts: Vec<f64> = self.counts().collect();
        self.present(&self.chain.value_after(self.seconds, &counts))
    }

    /// How likely all agents are busy at the end.
    pub fn all_busy_at_end(&self) -> f64 {
        let busy = self.each(0.0, 1.0, || 1.0);
        self.present(&self.chain.value_after(self.seconds, &busy))
    }
}
