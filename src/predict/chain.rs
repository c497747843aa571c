//! A line that grows and shrinks by one at a time, followed through time by uniformisation: every sum is of positive terms.

use libm::{exp, lgamma, log, sqrt};

/// Weights below this share of the greatest are left out.
const NOTHING: f64 = 1e-18;

/// How often a random event with a mean count happens: the first count that matters, and the chances from there on.
pub(crate) struct Events {
    first: usize,
    chances: Vec<f64>,
}

impl Events {
    /// Poisson with this mean.
    pub(crate) fn new(mean: f64) -> Self {
        let mode = mean.floor();
        let top = if mean > 0.0 {
            exp(mode * log(mean) - mean - lgamma(mode + 1.0))
        } else {
            1.0
        };
        let mut chances = Vec::with_capacity(20 + 20 * sqrt(mean) as usize);
        let (mut at, mut weight) = (mode, top);
        while at > 0.0 && weight > top * NOTHING {
            weight *= at / mean;
            at -= 1.0;
            chances.push(weight);
        }
        chances.reverse();
        chances.push(top);
        let first = at as usize;
        (at, weight) = (mode, top);
        while weight > top * NOTHING {
            at += 1.0;
            weight *= mean / at;
            chances.push(weight);
        }
        // What the logarithms above lost, all weights lost alike.
        let sum: f64 = chances.iter().sum();
        chances.iter_mut().for_each(|weight| *weight /= sum);
        Self { first, chances }
    }

    /// The chance of each count from 0 on.
    pub(crate) fn exactly(&self) -> impl Iterator<Item = f64> + '_ {
        core::iter::repeat_n(0.0, self.first).chain(self.chances.iter().copied())
    }

    /// The chance of more than each count, from 0 on.
    pub(crate) fn more_than(&self) -> impl Iterator<Item = f64> + '_ {
        let mut above: Vec<f64> = self
            .chances
            .iter()
            .rev()
            .scan(0.0, |sum, chance| {
                let before = *sum;
                *sum += chance;
                Some(before)
            })
            .collect();
        above.reverse();
        core::iter::repeat_n(1.0, self.first).chain(above)
    }
}

/// What may happen in one state: chances of the next event, which sum up to at most 1. What is missing leaves the chain.
#[derive(Clone, Copy, Debug)]
struct State {
    up: f64,
    down: f64,
    stay: f64,
}

/// States in a row, with the rates between neighbours.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    rate: f64,
    states: Vec<State>,
}

impl Chain {
    /// A chain of `states` whose rates a second are `(up, down, out)`. Going down from the first state leaves the chain;
    /// there is no way up from the last.
    pub(crate) fn new(states: impl Iterator<Item = (f64, f64, f64)> + Clone) -> Self {
        let count = states.clone().count();
        let states = states
            .enumerate()
            .map(|(at, (up, down, out))| (if at + 1 < count { up } else { 0.0 }, down, out));
        let rate = states
            .clone()
            .map(|(up, down, out)| up + down + out)
            .fold(f64::MIN_POSITIVE, f64::max);
        let states = states.map(|(up, down, out)| State {
            up: up / rate,
            down: down / rate,
            stay: (rate - (up + down + out)) / rate,
        });
        Self {
            rate,
            states: states.collect(),
        }
    }

    /// How many states there are.
    pub(crate) const fn len(&self) -> usize {
        self.states.len()
    }

    /// How many multiplications it takes to follow the chain for so long.
    pub(crate) fn work(&self, seconds: f64) -> f64 {
        let mean = self.rate * seconds;
        (mean + 10.0 * sqrt(mean) + 20.0) * self.states.len() as f64
    }

    /// Events a second, of all kinds.
    pub(crate) const fn rate(&self) -> f64 {
        self.rate
    }

    /// The events of a time.
    pub(crate) fn events(&self, seconds: f64) -> Events {
        Events::new(self.rate * seconds)
    }

    /// What a value of the next state is worth in each state before it.
    pub(crate) fn before(&self, value: &[f64], into: &mut Vec<f64>) {
        into.clear();
        let mut below = 0.0;
        let mut values = value.iter().copied();
        let mut here = values.next().unwrap_or(0.0);
        for state in &self.states {
            let above = values.next().unwrap_or(0.0);
            into.push(state.up * above + state.down * below + state.stay * here);
            (below, here) = (here, above);
        }
    }

    /// How likely each state is after one event more.
    pub(crate) fn after(&self, chances: &[f64], into: &mut Vec<f64>) {
        into.clear();
        let mut from_below = 0.0;
        let mut each = self.states.iter().zip(chances).peekable();
        while let Some((state, chance)) = each.next() {
            let from_above = each
                .peek()
                .map_or(0.0, |(state, chance)| state.down * **chance);
            into.push(state.stay * chance + (from_below + from_above));
            from_below = state.up * chance;
        }
    }

    /// The mean of a value over the states in which the chain is after `seconds`, for every state to begin in.
    pub(crate) fn value_after(&self, seconds: f64, value: &[f64]) -> Vec<f64> {
        self.weighted(value, self.events(seconds).exactly())
    }

    /// The mean of a value over the next `seconds`, for every state to begin in.
    pub(crate) fn value_over(&self, seconds: f64, value: &[f64]) -> Vec<f64> {
        let events = self.rate * seconds;
        let mut mean = self.weighted(value, self.events(seconds).more_than());
        mean.iter_mut().for_each(|value| *value /= events);
        mean
    }

    fn weighted(&self, value: &[f64], weights: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut sum = vec![0.0; value.len()];
        let (mut value, mut next) = (value.to_vec(), Vec::with_capacity(value.len()));
        for weight in weights {
            if weight > 0.0 {
                add(&mut sum, &value, weight);
            }
            self.before(&value, &mut next);
            core::mem::swap(&mut value, &mut next);
        }
        sum
    }
}

/// Adds a multiple of a list to another.
pub(crate) fn add(sum: &mut [f64], values: &[f64], times: f64) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += times * value;
    }
}
