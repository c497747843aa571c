//! The one sum that waits are made of.
//!
//! With all agents busy the line moves at `drain + j·give_up` while `j` callers are ahead. How many callers have moved
//! out of the way after `t` seconds is then negative binomial, and its weights follow from one another by positive
//! factors alone: nothing cancels, and nothing underflows.

use libm::{exp, expm1};

/// Below this logarithm a weight is as good as nothing; above it, it is a normal number.
const TINY: f64 = -700.0;
/// A step of the scale for what lies below.
const STEP: f64 = 1e250;
/// The logarithm of [`STEP`].
const LOG_STEP: f64 = 575.646_273_248_511_4;
/// Below this a sum leaves enough digits to the rest.
const ENOUGH: f64 = 0.999;
/// How many weights are added up one by one.
const MOST_TERMS: usize = 100_000;

/// The weights, from 0 on: the chance that in the time given exactly `i` of infinitely many stages are done.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    step: f64,
    gone: f64,
    log: f64,
    term: f64,
    at: f64,
}

impl Walk {
    /// For a line that drains at `drain` a second, whose callers give up at `give_up` a second, after `seconds`.
    pub(crate) fn new(drain: f64, give_up: f64, seconds: f64) -> Self {
        let gone = -expm1(-give_up * seconds);
        let step = if give_up > 0.0 {
            drain * (gone / give_up)
        } else {
            drain * seconds
        };
        let log = -drain * seconds;
        Self {
            step,
            gone,
            log,
            term: if log < TINY { 1.0 } else { exp(log) },
            at: 0.0,
        }
    }

    /// The sum of so many weights, and the last of them.
    pub(crate) fn sum_of(&mut self, count: usize) -> (f64, f64) {
        let (mut sum, mut last) = (0.0, 0.0);
        for _ in 0..count {
            last = self.weight();
            sum += last;
        }
        (sum, last)
    }

    /// The sum of all weights from here on, where those before add up to `passed`.
    pub(crate) fn rest(self, passed: f64) -> f64 {
        if passed < ENOUGH {
            return 1.0 - passed;
        }
        let (mut sum, mut last) = (0.0, 0.0);
        for term in self.take(MOST_TERMS) {
            sum += term;
            // What is left out is less than a geometric series would leave.
            if term < last && term * term <= (last - term) * sum * 1e-17 || term == 0.0 {
                return sum;
            }
            last = term;
        }
        // It falls so slowly that the difference is as good.
        (1.0 - passed).max(0.0)
    }
}

impl Walk {
    /// The next weight.
    #[inline(always)]
    fn weight(&mut self) -> f64 {
        let found = self.term;
        let before = self.at;
        self.at += 1.0;
        self.term *= (self.step + before * self.gone) / self.at;
        if self.log < TINY {
            self.scaled()
        } else {
            found
        }
    }

    /// Steps up the scale while the weights are too small for numbers.
    #[cold]
    fn scaled(&mut self) -> f64 {
        if self.term > STEP {
            self.term /= STEP;
            self.log += LOG_STEP;
            if self.log >= TINY {
                self.term *= exp(self.log);
            }
        }
        0.0
    }
}

impl Iterator for Walk {
    type Item = f64;

    #[inline(always)]
    fn next(&mut self) -> Option<f64> {
        Some(self.weight())
    }
}
