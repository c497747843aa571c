//! Which wait a given share of callers exceeds.

use libm::log;

/// Further than anybody waits, in seconds: a waiting time beyond it is no answer.
const NEVER: f64 = 1e9;

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
        // Far from the answer the tail is flat, and a step across it leads nowhere.
        let newton = (at + step).min(at * 8.0);
        if at - low <= 1e-15 * at && high - at <= 1e-15 * at {
            return Some(at);
        }
        // The next step would be of the order of the square of this one.
        if step.abs() <= 1e-9 * at {
            return Some(newton);
        }
        at = if newton > low && newton < high {
            newton
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            at * 2.0
        };
    }
    Some(at)
}
