//! The founding rule: a threshold on occupancy and on the present wait.
//!
//! It is offered as it was written, to the last bit. It knows neither how many wait nor how many answer: with 100 agents the
//! next in line is called late at 55 % of the threshold, though they almost surely are not, and whoever has only just joined
//! behind 40 others is not. Use [`Caller`](crate::predict::Caller) wherever its inputs are known.

/// What the rule says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// A breach is predicted: occupancy above 0.85 and a wait above half the threshold.
    pub breach_predicted: bool,
    /// The rule's own figure, rounded to three digits. It is no probability.
    pub confidence: f64,
    /// The share of calls that were abandoned, rounded to three digits.
    pub abandonment_rate: f64,
}

/// Applies the rule. `None` where no call was answered or abandoned, or an input is negative or not finite.
///
/// ```
/// use patchcord::predict::rule;
///
/// let found = rule(0.9, 11.0, 20.0, 5.0, 95.0).unwrap();
/// assert!(found.breach_predicted);
/// assert_eq!((found.confidence, found.abandonment_rate), (0.56, 0.05));
/// assert!(!rule(0.9, 10.0, 20.0, 5.0, 95.0).unwrap().breach_predicted);
/// ```
pub fn rule(
    occupancy: f64,
    wait_seconds: f64,
    threshold_seconds: f64,
    abandoned: f64,
    answered: f64,
) -> Option<Rule> {
    let inputs = [
        occupancy,
        wait_seconds,
        threshold_seconds,
        abandoned,
        answered,
    ];
    let counted = abandoned + answered;
    if inputs
        .iter()
        .any(|input| !(*input >= 0.0 && input.is_finite()))
        || !(counted > 0.0 && counted.is_finite())
    {
        return None;
    }
    let rate = abandoned / counted;
    let confidence = f64::min(1.0, (occupancy * 0.6) + (rate * 0.4));
    Some(Rule {
        breach_predicted: occupancy > 0.85 && wait_seconds > threshold_seconds * 0.5,
        confidence: to_three_digits(confidence),
        abandonment_rate: to_three_digits(rate),
    })
}

/// Rounds a share to three digits as its exact binary value says, half to even.
fn to_three_digits(share: f64) -> f64 {
    let bits = share.to_bits();
    let exponent = (bits >> 52) & 0x7ff;
    // Less than half a thousandth rounds to nothing.
    if exponent < 1_023 - 11 {
        return 0.0;
    }
    let thousandfold = ((bits & ((1 << 52) - 1)) | 1 << 52) * 1_000;
    let shift = 1_023 + 52 - exponent;
    let (whole, rest) = (thousandfold >> shift, thousandfold & ((1 << shift) - 1));
    let half = 1 << (shift - 1);
    let up = rest > half || rest == half && whole % 2 == 1;
    (whole + u64::from(up)) as f64 / 1_000.0
}
