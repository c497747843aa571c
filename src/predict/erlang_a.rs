//! Erlang A: callers wait, and give up when their patience ends; the line may have an end (M/M/n/K+M).

use libm::exp;

use crate::predict::Load;
use crate::predict::erlang_b::spare;
use crate::predict::percentile::{guess, when};
use crate::predict::walk::Walk;

/// States this much rarer than the commonest are left out: they can't show in any result above 1e-14.
const NOTHING: f64 = 1e-32;

/// The share of calls answered within the threshold, in the four ways in which contact centres count it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceLevel {
    /// Answered in time, of all that were offered.
    pub of_offered: f64,
    /// Answered in time, of those offered that did not give up within the threshold.
    pub of_offered_less_short_abandons: f64,
    /// Answered in time, were this caller of endless patience.
    pub of_patient: f64,
    /// Answered in time, of those that were answered.
    pub of_answered: f64,
}

/// What Erlang A says of a load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangA {
    /// How likely a call is to wait at all.
    pub waits: f64,
    /// How likely it is to find no place in the line; 0 where the line has no end.
    pub blocked: f64,
    /// How likely it is to give up before it is answered, of all calls.
    pub abandons: f64,
    /// How likely a call is to wait longer than the threshold, were its caller of endless patience.
    pub late: f64,
    /// The mean time in the line of all calls, answered or not, in seconds.
    pub mean_seconds: f64,
    /// How many callers wait on average.
    pub waiting: f64,
    /// How busy an agent is, from 0 to 1.
    pub occupancy: f64,
    /// Answered within the threshold.
    pub service_level: ServiceLevel,
}

/// How often each length of line is met, once and for all thresholds and percentiles.
#[derive(Clone, Debug)]
pub struct SteadyState {
    drain: f64,
    give_up: f64,
    rate: f64,
    agents: f64,
    free: f64,
    blocked: f64,
    /// The shortest line that counts.
    first: usize,
    /// The chance of each line from there on, as one who comes and has a place finds it.
    line: Vec<f64>,
}

impl SteadyState {
    /// How a load settles. `None` where nobody gives up and the line has no end: that is
    /// [`erlang_c`](crate::predict::erlang_c). `None` too where nothing ever comes or goes.
    pub fn new(load: &Load) -> Option<Self> {
        let team = load.team();
        let (drain, give_up, rate) = (team.drain(), team.give_up(), load.rate());
        let places = load.waiting_places().map(f64::from);
        let still = rate == 0.0 && drain == 0.0;
        if give_up == 0.0 && (places.is_none() || still) {
            return None;
        }
        let crest = match places {
            // Without patience to end it, the line stands at one of its ends.
            Some(places) if give_up == 0.0 && rate > drain => places,
            Some(places) => load.crest().min(places),
            None => load.crest(),
        };
        let mut shorter = Vec::new();
        let (mut weight, mut at, mut sum) = (1.0, crest, 1.0);
        while at > 0.0 {
            weight *= (drain + at * give_up) / rate;
            if weight < NOTHING * sum {
                break;
            }
            at -= 1.0;
            sum += weight;
            shorter.push(weight);
        }
        let spared = if at > 0.0 {
            0.0
        } else {
            shorter.last().copied().unwrap_or(1.0) * spare(team.agents(), load.offered())
        };
        let mut line = shorter;
        line.reverse();
        line.push(1.0);
        let mut longer = crest;
        weight = 1.0;
        while rate > 0.0 && places.is_none_or(|places| longer < places) {
            longer += 1.0;
            weight *= rate / (drain + longer * give_up);
            // What is left out behind it falls at least as fast as one weight to the next.
            if weight < NOTHING * sum && rate < drain + longer * give_up || weight == 0.0 {
                break;
            }
            sum += weight;
            line.push(weight);
        }
        let total = spared + sum;
        // All of them busy, one way or the other, is as good as certain where this passes all bounds.
        let (free, scale) = if total.is_finite() {
            (spared / total, 1.0 / total)
        } else {
            (1.0, 0.0)
        };
        line.iter_mut().for_each(|weight| *weight *= scale);
        let longest = at + line.len() as f64 - 1.0;
        let full = places.is_some_and(|places| longest >= places);
        let blocked = if full { line.pop().unwrap_or(0.0) } else { 0.0 };
        Some(Self {
            drain,
            give_up,
            rate,
            agents: team.agents(),
            free,
            blocked,
            first: at as usize,
            line,
        })
    }

    fn lines(&self) -> impl Iterator<Item = f64> + '_ {
        core::iter::repeat_n(0.0, self.first).chain(self.line.iter().copied())
    }

    /// How likely a call is to find a place and to wait in it longer than `seconds`, were its caller of endless patience.
    pub fn late(&self, seconds: f64) -> f64 {
        self.tail(seconds).0.min(1.0)
    }

    /// How likely a call is to be in the line for longer than `seconds`: neither answered nor given up by then.
    pub fn still_waiting(&self, seconds: f64) -> f64 {
        exp(-self.give_up * seconds) * self.late(seconds)
    }

    /// The tail and its density.
    fn tail(&self, seconds: f64) -> (f64, f64) {
        let walk = Walk::new(self.drain, self.give_up, seconds);
        let (mut passed, mut late, mut density, mut at) = (0.0, 0.0, 0.0, 0.0);
        for (weight, term) in self.lines().zip(walk) {
            passed += term;
            late += weight * passed;
            density += weight * term * (self.drain + at * self.give_up);
            at += 1.0;
        }
        (late, density)
    }

    /// The share of all calls that is answered within `seconds`.
    pub fn answered_within(&self, seconds: f64) -> f64 {
        // One who gives up at any time shortens every stage: the same sum with a faster drain.
        let mut walk = Walk::new(self.drain + self.give_up, self.give_up, seconds);
        let (mut reached, mut answered, mut passed, mut at) = (0.0, 0.0, 0.0, 0.0);
        for weight in self.lines() {
            let term = walk.next().unwrap_or(0.0);
            answered += reached * term;
            passed += term;
            at += 1.0;
            reached += weight * self.ever_answered(at);
        }
        self.free + answered + reached * walk.rest(passed)
    }

    /// Whether one who waits at this place, counted from 1, is answered before giving up.
    fn ever_answered(&self, place: f64) -> f64 {
        if self.give_up > 0.0 {
            self.drain / (self.drain + place * self.give_up)
        } else {
            1.0
        }
    }

    /// The wait that the share `of` of all callers who find a place would not exceed with endless patience, in seconds.
    pub fn percentile(&self, of: f64) -> Option<f64> {
        let (beyond, waits) = ((1.0 - of) * (1.0 - self.blocked), self.waits());
        if waits <= beyond {
            return Some(0.0);
        }
        let guess = self.guess(1.0 - beyond / waits);
        (self.drain > 0.0 && beyond > 0.0)
            .then(|| when(beyond, guess, |seconds| self.tail(seconds)))?
    }

    /// About the wait that the share `of` of those who wait does not exceed.
    fn guess(&self, of: f64) -> f64 {
        let (mut stages, mut spread, mut at) = (0.0, 0.0, 0.0);
        let (mut sum, mut mean, mut square) = (0.0, 0.0, 0.0);
        for weight in self.lines() {
            let stage = 1.0 / (self.drain + at * self.give_up);
            at += 1.0;
            stages += stage;
            spread += stage * stage;
            sum += weight;
            mean += weight * stages;
            square += weight * (stages * stages + spread);
        }
        let mean = mean / sum;
        guess(mean, square / sum - mean * mean, of)
    }

    /// How likely a call is to find a place and no agent free.
    pub fn waits(&self) -> f64 {
        self.line.iter().sum()
    }

    /// All figures, for a threshold in seconds.
    pub fn at(&self, threshold_seconds: f64) -> ErlangA {
        let (mut abandons, mut mean, mut place) = (0.0, 0.0, self.first as f64);
        for weight in &self.line {
            place += 1.0;
            let left = place / (self.drain + place * self.give_up);
            mean += weight * left;
            abandons += weight * (left * self.give_up);
        }
        let late = self.late(threshold_seconds);
        let in_time = self.answered_within(threshold_seconds).min(1.0);
        let admitted = 1.0 - self.blocked;
        let gone = exp(-self.give_up * threshold_seconds) * late;
        let short_abandons = (admitted - in_time - gone).max(0.0);
        let answered = admitted - abandons;
        let share = |of: f64| {
            if of > 0.0 {
                (in_time / of).min(1.0)
            } else {
                0.0
            }
        };
        let busy = self.rate * answered * self.agents;
        ErlangA {
            waits: self.waits(),
            blocked: self.blocked,
            abandons,
            late,
            mean_seconds: mean,
            waiting: mean * self.rate,
            occupancy: if busy > 0.0 {
                (busy / (self.drain * self.agents)).min(1.0)
            } else {
                0.0
            },
            service_level: ServiceLevel {
                of_offered: in_time,
                of_offered_less_short_abandons: share(1.0 - short_abandons),
                of_patient: (admitted - late).clamp(0.0, 1.0),
                of_answered: share(answered),
            },
        }
    }
}

/// What a load does to callers who give up. `None` where nobody ever does and the line has no end: see [`SteadyState::new`].
///
/// ```
/// use patchcord::predict::{Load, Team, erlang_a};
///
/// let load = Load::new(Team::new(14.0, 180.0, Some(300.0)).unwrap(), 200.0, None).unwrap();
/// let found = erlang_a(&load, 20.0).unwrap();
/// assert!((found.service_level.of_offered - 0.916_792_091_863_546_9).abs() < 1e-14);
/// ```
pub fn erlang_a(load: &Load, threshold_seconds: f64) -> Option<ErlangA> {
    SteadyState::new(load).map(|state| state.at(threshold_seconds))
}
