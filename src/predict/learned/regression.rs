//! A logistic regression that learns from one outcome at a time and knows how sure it is: the extended Kalman filter.
//!
//! It begins as the exact tail itself (the weight of its log-odds is one, all others zero) and is drawn back to that by how
//! little it has seen.

use libm::{exp, sqrt};

use super::state::FEATURES;

/// How wide each weight may range before anything is seen.
const PRIOR: f64 = 0.25;
/// By how much what was learned is doubted again with each outcome, so that it can change its mind.
const DOUBT: f64 = 1.0002;

/// Weights, and the covariance of what is not known of them, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Regression {
    pub(super) weights: [f64; FEATURES],
    pub(super) doubts: [[f64; FEATURES]; FEATURES],
}

impl Default for Regression {
    fn default() -> Self {
        let one = |at: usize, value: f64| {
            core::array::from_fn(|other| if other == at { value } else { 0.0 })
        };
        Self {
            weights: one(1, 1.0),
            doubts: core::array::from_fn(|at| one(at, PRIOR)),
        }
    }
}

impl Regression {
    /// The log-odds, and their standard deviation.
    pub(super) fn predict(&self, features: &[f64; FEATURES]) -> (f64, f64) {
        let spread = dot(features, &self.doubted(features));
        (dot(&self.weights, features), sqrt(spread.max(0.0)))
    }

    /// Takes in an outcome.
    pub(super) fn observe(&mut self, features: &[f64; FEATURES], happened: bool) {
        let chance = logistic(dot(&self.weights, features));
        let error = if happened { 1.0 - chance } else { -chance };
        let certainty = chance * (1.0 - chance);
        let doubted = self.doubted(features);
        let scale = 1.0 / (1.0 + certainty * dot(features, &doubted));
        for (weight, doubted) in self.weights.iter_mut().zip(&doubted) {
            *weight += scale * error * doubted;
        }
        let trace: f64 = self
            .doubts
            .iter()
            .enumerate()
            .filter_map(|(at, row)| row.get(at))
            .sum();
        let again = if trace < PRIOR * FEATURES as f64 / DOUBT {
            DOUBT
        } else {
            1.0
        };
        for (row, one) in self.doubts.iter_mut().zip(&doubted) {
            for (doubt, other) in row.iter_mut().zip(&doubted) {
                *doubt = (*doubt - certainty * scale * one * other) * again;
            }
        }
    }

    fn doubted(&self, features: &[f64; FEATURES]) -> [f64; FEATURES] {
        let mut rows = self.doubts.iter();
        core::array::from_fn(|_| rows.next().map_or(0.0, |row| dot(row, features)))
    }
}

fn dot(one: &[f64; FEATURES], other: &[f64; FEATURES]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The chance of these log-odds.
pub(super) fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + exp(-odds))
}
