//! Which wait a given share of callers exceeds.

use libm::{log, sqrt};

/// Further than anybody waits, in seconds: a waiting time beyond it is no answer.
const NEVER: f64 = 1e15;

/// How many times farther one step may lead.
const FARTHEST: f64 = 100.0;

/// The time at which a tail that begins above `share` falls to it, by Newton's steps on its logarithm inside a bracket. `tail` gives for a time
/// the chance to wait longer and its density. `None` where the tail never falls so far.
pub(crate) fn when(share: f64, guess: f64, tail: impl Fn(f64) -> (f64, f64)) -> Option<f64> {
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut at = if guess > 0.0 && guess < NEVER {
        guess
    } else {
        1.0
    };
    for _ in 0..200 {
        let (above, density) = tail(at);
        if above > share {
            low = at;
        } else {
            high = at;
        }
        if low > NEVER {
            return None;
        }
        let step = log(above / share) * above / density;
        let newton = at + step;
        if at - low <= 1e-15 * at && high - at <= 1e-15 * at {
            return Some(at);
        }
        // The next step would be of the order of the square of this one.
        if step.abs() <= 1e-7 * at {
            return Some(newton);
        }
        // A tail that is flat here would send it anywhere.
        at = if newton > low && newton < high && newton < at * FARTHEST {
            newton
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            at * 2.0
        };
    }
    Some(at)
}

/// About the time that the share `of` of waits with this mean and variance does not exceed: Wilson and Hilferty's guess for
/// sums of waits, good to a per cent or two.
pub(crate) fn guess(mean: f64, variance: f64, of: f64) -> f64 {
    let shape = mean * mean / variance;
    let root = 1.0 - 1.0 / (9.0 * shape) + normal(of) / (3.0 * sqrt(shape));
    (mean * root * root * root).max(mean * 1e-3)
}

/// The point of the normal distribution below which the share `of` lies, to 5e-4 (Hastings): good enough to begin with.
fn normal(of: f64) -> f64 {
    let tail = of.min(1.0 - of);
    let t = sqrt(-2.0 * log(tail));
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let point = t - above / below;
    if of < 0.5 { -point } else { point }
}
