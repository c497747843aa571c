//! How long things take: the shapes that handle times and patience have.

use fastrand::Rng;
use libm::{cos, exp, log, log1p, sqrt};

/// A random time by its mean, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Distribution {
    /// Always the same.
    Deterministic {
        /// The time, in seconds.
        seconds: f64,
    },
    /// Without memory: what formulas take for granted.
    Exponential {
        /// The mean, in seconds.
        mean: f64,
    },
    /// As many exponential stages, one after another: steadier than one.
    Erlang {
        /// The mean of all together, in seconds.
        mean: f64,
        /// How many stages.
        stages: u32,
    },
    /// What handle times mostly look like: a long tail.
    Lognormal {
        /// The mean, in seconds.
        mean: f64,
        /// The variance over the squared mean; 1 is as spread as the exponential.
        squared_variation: f64,
    },
    /// Two exponentials, of which one is drawn: short calls and long ones.
    Hyperexponential {
        /// The mean of all, in seconds.
        mean: f64,
        /// The variance over the squared mean, at least 1.
        squared_variation: f64,
    },
}

impl Distribution {
    /// The mean, in seconds.
    pub const fn mean(&self) -> f64 {
        match self {
            Self::Deterministic { seconds } => *seconds,
            Self::Exponential { mean }
            | Self::Erlang { mean, .. }
            | Self::Lognormal { mean, .. }
            | Self::Hyperexponential { mean, .. } => *mean,
        }
    }

    /// One time, in seconds.
    pub fn draw(&self, chance: &mut Rng) -> f64 {
        match *self {
            Self::Deterministic { seconds } => seconds,
            Self::Exponential { mean } => mean * exponential(chance),
            Self::Erlang { mean, stages } => {
                let sum: f64 = (0..stages).map(|_| exponential(chance)).sum();
                mean * sum / f64::from(stages.max(1))
            }
            Self::Lognormal {
                mean,
                squared_variation,
            } => {
                let variance = log1p(squared_variation);
                mean * exp(sqrt(variance) * normal(chance) - variance / 2.0)
            }
            Self::Hyperexponential {
                mean,
                squared_variation,
            } => {
                // Balanced: both kinds make up half of the time.
                let over = (squared_variation.max(1.0) - 1.0) / (squared_variation.max(1.0) + 1.0);
                let share = f64::midpoint(1.0, sqrt(over));
                let short = chance.f64() < share;
                let weight = if short { share } else { 1.0 - share };
                mean / (2.0 * weight) * exponential(chance)
            }
        }
    }
}

/// An exponential time of mean 1.
pub(super) fn exponential(chance: &mut Rng) -> f64 {
    -log1p(-chance.f64())
}

/// A standard normal number, by Box and Muller.
fn normal(chance: &mut Rng) -> f64 {
    let radius = sqrt(-2.0 * log(1.0 - chance.f64()));
    radius * cos(core::f64::consts::TAU * chance.f64())
}
