//! Erlang B: calls that find all agents busy are lost.

use libm::{exp, log, tgamma};

use crate::predict::team::AGENTS;

/// How likely it is that all of `agents` are busy when a call comes that nobody would wait with. `offered` is the load in
/// erlangs: calls in a second times their handle time in seconds. Agents may be fractional.
///
/// `None` where agents are outside [`AGENTS`] or the load is negative or not finite.
///
/// ```
/// use patchcord::predict::erlang_b;
///
/// assert!((erlang_b(20.0, 16.0).unwrap() - 0.064_410_924_781_569_9).abs() < 1e-15);
/// assert_eq!(erlang_b(1.0, 1.0), Some(0.5));
/// ```
pub fn erlang_b(agents: f64, offered: f64) -> Option<f64> {
    let fits = AGENTS.contains(&agents) && offered >= 0.0 && offered.is_finite();
    fits.then(|| 1.0 / (1.0 + spare(agents, offered)))
}

/// The load in erlangs at which `agents` lose the share `blocking` of the calls: the inverse of [`erlang_b`].
///
/// `None` where agents are outside [`AGENTS`] or fewer than a thousandth, or the share is not between 0 and 1.
pub fn erlang_b_load(agents: f64, blocking: f64) -> Option<f64> {
    if !AGENTS.contains(&agents) || agents < 1e-3 || !(blocking > 0.0 && blocking < 1.0) {
        return None;
    }
    // Of a load that is lost but for what the agents carry, at most `agents` is carried.
    let (mut low, mut high) = (0.0, agents / (1.0 - blocking));
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if 1.0 / (1.0 + spare(agents, middle)) < blocking {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

/// How much likelier it is that somebody is free than that just everybody is busy and nobody waits: `1/B - 1`.
/// Infinite where that passes what a number can hold.
pub(crate) fn spare(agents: f64, offered: f64) -> f64 {
    if offered <= 0.0 {
        return if agents > 0.0 { f64::INFINITY } else { 0.0 };
    }
    let whole = agents.floor();
    let part = agents - whole;
    let mut spare = if part > 0.0 {
        (inverse_of_part(part, offered) - 1.0).max(0.0)
    } else {
        0.0
    };
    let mut at = part;
    while at < agents - 0.5 && spare < f64::INFINITY {
        at += 1.0;
        spare = (at / offered) * (1.0 + spare);
    }
    spare
}

/// `1/B` of less than one agent, by the incomplete gamma function: a series for a light load, a continued fraction else.
fn inverse_of_part(part: f64, offered: f64) -> f64 {
    let shape = part + 1.0;
    if offered < shape + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / shape, 1.0 / shape, shape);
        while term > sum * 1e-17 {
            at += 1.0;
            term *= offered / at;
            sum += term;
        }
        exp(offered - part * log(offered)) * tgamma(shape) - offered * sum
    } else {
        // Lentz's evaluation; all partial denominators are positive here.
        let mut below = offered + 1.0 - shape;
        let mut ratio = 1e300;
        let mut inverse = 1.0 / below;
        let mut found = inverse;
        let mut at = 0.0;
        loop {
            at += 1.0;
            let factor = -at * (at - shape);
            below += 2.0;
            inverse = 1.0 / (factor * inverse + below);
            ratio = below + factor / ratio;
            let change = ratio * inverse;
            found *= change;
            // Nearer to 1 than a number can tell: going on would add up roundings.
            if (change - 1.0).abs() <= f64::EPSILON || at > 10_000.0 {
                return offered * found;
            }
        }
    }
}
