//! A caller who comes now, where only the age of the first in line is known and not how many wait.

use libm::expm1;

use crate::predict::caller::Forecast;
use crate::predict::chain::Events;
use crate::predict::percentile::when;
use crate::predict::walk::Walk;
use crate::predict::{CALLERS, LATER, Load};

/// A caller who comes now, behind one who has waited for a known time. How many of those who came since are still there is
/// Poisson, exactly, where calls come at random.
#[derive(Clone, Debug)]
pub struct HeadOfLine {
    drain: f64,
    give_up: f64,
    /// The chance of each number ahead, from none on.
    ahead: Vec<f64>,
}

impl HeadOfLine {
    /// Behind one who has waited `age_seconds`, for the calls and the team of `load`. `None` where the age is outside
    /// [`LATER`] or the line would be longer than [`CALLERS`].
    pub fn new(load: &Load, age_seconds: f64) -> Option<Self> {
        let give_up = load.team().give_up();
        let stayed = if give_up > 0.0 {
            -expm1(-give_up * age_seconds) / give_up
        } else {
            age_seconds
        };
        let mean = load.rate() * stayed;
        if !LATER.contains(&age_seconds) || !CALLERS.contains(&mean) {
            return None;
        }
        // The first in line is ahead, whoever else is.
        let ahead = core::iter::once(0.0)
            .chain(Events::new(mean).exactly())
            .collect();
        Some(Self {
            drain: load.team().drain(),
            give_up,
            ahead,
        })
    }

    /// How likely the caller waits longer than `seconds` from now, if they stay.
    pub fn late(&self, seconds: f64) -> f64 {
        if seconds <= 0.0 {
            1.0
        } else {
            self.tail(seconds).0.min(1.0)
        }
    }

    fn tail(&self, seconds: f64) -> (f64, f64) {
        let walk = Walk::new(self.drain, self.give_up, seconds);
        let (mut passed, mut late, mut density, mut at) = (0.0, 0.0, 0.0, 0.0);
        for (chance, term) in self.ahead.iter().zip(walk) {
            passed += term;
            late += chance * passed;
            density += chance * term * (self.drain + at * self.give_up);
            at += 1.0;
        }
        (late, density)
    }

    /// Runs over all places: the chance of each, and whether one there is ever answered.
    fn places(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let answered = |place: usize| {
            let rate = self.drain + (place as f64 + 1.0) * self.give_up;
            if rate > 0.0 { self.drain / rate } else { 0.0 }
        };
        self.ahead
            .iter()
            .enumerate()
            .map(move |(place, chance)| (*chance, answered(place)))
    }

    /// What awaits the caller, who has `seconds` from now to the threshold.
    pub fn forecast(&self, seconds: f64) -> Forecast {
        let walk = Walk::new(self.drain + self.give_up, self.give_up, seconds.max(0.0));
        let (mut passed, mut in_time, mut ever) = (0.0, 0.0, 0.0);
        for ((chance, answered), term) in self.places().zip(walk) {
            passed += term;
            in_time += chance * answered * (1.0 - f64::min(passed, 1.0));
            ever += chance * answered;
        }
        let (mut so_far, mut mean) = (0.0, 0.0);
        for (at, (chance, _)) in self.places().enumerate() {
            so_far += 1.0 / (self.drain + at as f64 * self.give_up);
            mean += chance * so_far;
        }
        let answers = self.drain > 0.0;
        let at = |of: f64| answers.then(|| when(1.0 - of, mean, |time| self.tail(time)))?;
        Forecast {
            late: self.late(seconds),
            not_answered: 1.0 - in_time,
            abandons: if self.give_up > 0.0 {
                (1.0 - ever).max(0.0)
            } else {
                0.0
            },
            mean_seconds: answers.then_some(mean),
            p50_seconds: at(0.5),
            p80_seconds: at(0.8),
            p95_seconds: at(0.95),
        }
    }
}
