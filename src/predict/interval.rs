//! Whether this interval, such as a half-hour, misses its service level.
//!
//! Calls of one interval share its luck: the share answered in time varies far more than if each call were a coin of its
//! own. The variance here is that of the present state's own future, not the binomial one.

use libm::{erfc, sqrt};

use crate::predict::Horizon;
use crate::predict::chain::add;

/// What is known of the interval so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoFar {
    /// Calls offered whose wait is over, one way or the other.
    pub offered: f64,
    /// Those of them that were answered within the threshold.
    pub answered_in_time: f64,
}

/// What awaits an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// How likely the interval misses its goal.
    pub miss: f64,
    /// The service level of the whole interval that is to be expected.
    pub service_level: f64,
    /// The standard deviation of that service level.
    pub deviation: f64,
    /// How many times greater the variance of the calls to come is than the binomial one.
    pub variance_ratio: f64,
}

/// Weighs what was and what is to come in the rest of an interval. The goal is a share of all calls offered, such as 0.8;
/// `None` where it is not between 0 and 1, or the counts are negative, or more were answered than offered.
///
/// Taken as settled: the interval ends with the horizon; those who wait just now are not counted; the sum of many calls is
/// normal; and of two calls, how the first ended says no more of the second than the state it came into.
pub fn interval(
    rest: &Horizon,
    so_far: SoFar,
    threshold_seconds: f64,
    goal: f64,
) -> Option<Interval> {
    let counts = so_far.answered_in_time >= 0.0
        && so_far.answered_in_time <= so_far.offered
        && so_far.offered.is_finite();
    if !counts || !(0.0..=1.0).contains(&goal) {
        return None;
    }
    let answered = rest.answered_from_each(threshold_seconds);
    let come = rest.load().rate() * rest.seconds();
    let level = rest.present(&rest.chain().value_over(rest.seconds(), &answered));
    let (mean, variance) = ahead_of(rest, &answered, goal);
    let lead = so_far.answered_in_time - goal * so_far.offered + mean;
    let offered = so_far.offered + come;
    let deviation = sqrt(variance.max(0.0));
    let miss = if deviation > 0.0 {
        0.5 * erfc(lead / (deviation * core::f64::consts::SQRT_2))
    } else if lead < 0.0 {
        1.0
    } else {
        0.0
    };
    let (_, own) = ahead_of(rest, &answered, level);
    let binomial = come * level * (1.0 - level);
    let share = |of: f64, over: f64| if over > 0.0 { of / over } else { 0.0 };
    let in_time = so_far.answered_in_time + come * level;
    Some(Interval {
        miss,
        service_level: if offered > 0.0 {
            in_time / offered
        } else {
            1.0
        },
        deviation: share(deviation, offered),
        variance_ratio: share(own, binomial),
    })
}

/// Mean and variance of how far the calls to come are ahead of a goal: each answered in time counts `1 - goal`, each other
/// `-goal`.
fn ahead_of(rest: &Horizon, answered: &[f64], goal: f64) -> (f64, f64) {
    let (chain, rate) = (rest.chain(), rest.load().rate());
    let per_event = rate / chain.rate();
    let lead: Vec<f64> = answered.iter().map(|chance| chance - goal).collect();
    let spread = |chance: &f64| chance * (1.0 - goal) * (1.0 - goal) + (1.0 - chance) * goal * goal;
    let square: Vec<f64> = answered.iter().map(spread).collect();
    let states = answered.len();
    let (mut first, mut second) = (vec![0.0; states], vec![0.0; states]);
    let (mut mean, mut moment) = (0.0, 0.0);
    let (mut next, mut shifted) = (Vec::with_capacity(states), Vec::with_capacity(states));
    for weight in chain.events(rest.seconds()).exactly() {
        mean += weight * rest.present(&first);
        moment += weight * rest.present(&second);
        // A call that comes leads to the next state, and what comes then goes with it.
        shifted.clear();
        let after = first.iter().skip(1).chain(first.last());
        shifted.extend(after.zip(&lead).map(|(after, lead)| 2.0 * lead * after));
        chain.before(&second, &mut next);
        core::mem::swap(&mut second, &mut next);
        add(&mut second, &shifted, per_event);
        add(&mut second, &square, per_event);
        chain.before(&first, &mut next);
        core::mem::swap(&mut first, &mut next);
        add(&mut first, &lead, per_event);
    }
    (mean, moment - mean * mean)
}
