//! How good predictions were: scores over what was said and what then happened.
//!
//! Scores are only worth something out of time: on callers who came after all that a predictor has learned from. A caller
//! who gave up before the threshold was neither late nor in time; see [`Abandoned`] for what may be made of that.

mod entry;

pub use entry::Scores;

use libm::{log, sqrt};
use serde_json::Value;

use crate::json::{ToJson, object, serialize, to_json};

/// No probability is held for surer than this when its logarithm is taken.
const SURE: f64 = 1e-6;

/// How many bins a reliability curve has.
const BINS: usize = 10;

/// What was said of a caller, and what happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// How likely the caller was said to be late, from 0 to 1.
    pub probability: f64,
    /// The caller was.
    pub late: bool,
}

/// What is made of callers who gave up before the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abandoned {
    /// They say nothing of the wait, and are left out: for predictions of "late".
    LeftOut,
    /// They were not answered in time: for predictions of "not answered".
    NotAnswered,
}

/// What a caller's end means for a threshold; `None` where the caller is left out. One who gave up after the threshold
/// was late either way.
pub fn outcome(
    waited_seconds: f64,
    abandoned: bool,
    threshold_seconds: f64,
    early: Abandoned,
) -> Option<bool> {
    let late = waited_seconds > threshold_seconds;
    match early {
        _ if late || !abandoned => Some(late),
        Abandoned::LeftOut => None,
        Abandoned::NotAnswered => Some(true),
    }
}

/// The mean squared distance of what was said from what happened: 0 is best, 0.25 is a coin. `None` of nobody.
pub fn brier(scored: &[Scored]) -> Option<f64> {
    mean(scored.iter().map(|each| {
        let miss = each.probability - happened(each.late);
        miss * miss
    }))
}

/// How much better that is than always saying the share of the late: 1 is best, 0 no better. `None` where all or none
/// were late.
pub fn brier_skill(scored: &[Scored]) -> Option<f64> {
    let share = mean(scored.iter().map(|each| happened(each.late)))?;
    let usual = share * (1.0 - share);
    (usual > 0.0).then_some(1.0 - brier(scored)? / usual)
}

/// The mean surprise in nats, what was said clipped to [1e-6, 1 - 1e-6]: 0 is best. `None` of nobody.
pub fn log_loss(scored: &[Scored]) -> Option<f64> {
    mean(scored.iter().map(|each| {
        let chance = each.probability.clamp(SURE, 1.0 - SURE);
        -log(if each.late { chance } else { 1.0 - chance })
    }))
}

/// How likely one who was late was said to be likelier late than one who was not; ties count half. 1 is best, 0.5 is chance.
/// `None` where all or none were late.
pub fn auc(scored: &[Scored]) -> Option<f64> {
    let sorted = sorted(scored);
    let late = sorted.iter().filter(|each| each.late).count() as f64;
    let in_time = sorted.len() as f64 - late;
    if late == 0.0 || in_time == 0.0 {
        return None;
    }
    let (mut below, mut won) = (0.0, 0.0);
    for tied in sorted.chunk_by(|one, next| one.probability == next.probability) {
        let here = tied.iter().filter(|each| each.late).count() as f64;
        let others = tied.len() as f64 - here;
        won += here * (below + others / 2.0);
        below += others;
    }
    Some(won / (late * in_time))
}

/// Callers of whom about the same was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// What was said of them on average.
    pub said: f64,
    /// The share of them who were late.
    pub late: f64,
    /// How many they are.
    pub callers: usize,
}

to_json!(Bin {
    "said": said,
    "late": late,
    "callers": callers,
});

/// The reliability curve: ten bins of as many callers each, from the least to the most likely late.
pub fn reliability(scored: &[Scored]) -> Vec<Bin> {
    let sorted = sorted(scored);
    let place = |bin: usize| bin * sorted.len() / BINS;
    let bin = |at: usize| {
        let callers = sorted.get(place(at)..place(at + 1))?;
        Some(Bin {
            said: mean(callers.iter().map(|each| each.probability))?,
            late: mean(callers.iter().map(|each| happened(each.late)))?,
            callers: callers.len(),
        })
    };
    (0..BINS).filter_map(bin).collect()
}

/// How far, on average over callers, what was said of a bin lies from what happened in it: 0 is best.
pub fn calibration_error(bins: &[Bin]) -> Option<f64> {
    let callers: usize = bins.iter().map(|bin| bin.callers).sum();
    let missed = |bin: &Bin| (bin.said - bin.late).abs() * bin.callers as f64;
    (callers > 0).then(|| bins.iter().map(missed).sum::<f64>() / callers as f64)
}

/// A wait that was said and the wait that came, both in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waited {
    /// What was said.
    pub said_seconds: f64,
    /// What came.
    pub seconds: f64,
}

/// The root of the mean squared miss, over the mean wait: 0 is best. `None` of nobody, or where nobody waited.
pub fn rrase(waited: &[Waited]) -> Option<f64> {
    let miss = |each: &Waited| {
        let miss = each.said_seconds - each.seconds;
        miss * miss
    };
    let usual = mean(waited.iter().map(|each| each.seconds)).filter(|usual| *usual > 0.0)?;
    Some(sqrt(mean(waited.iter().map(miss))?) / usual)
}

/// The pinball loss of waits that were said not to be exceeded by the share `of` of callers, in seconds: 0 is best. `None`
/// of nobody, or where `of` is not between 0 and 1.
pub fn pinball(of: f64, waited: &[Waited]) -> Option<f64> {
    let loss = |each: &Waited| {
        let over = each.seconds - each.said_seconds;
        if over > 0.0 {
            of * over
        } else {
            (of - 1.0) * over
        }
    };
    (of > 0.0 && of < 1.0).then(|| mean(waited.iter().map(loss)))?
}

/// All scores of a predictor on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// How many callers were scored.
    pub callers: usize,
    /// The share of them who were late.
    pub late: f64,
    /// See [`brier`].
    pub brier: f64,
    /// See [`brier_skill`].
    pub brier_skill: Option<f64>,
    /// See [`log_loss`].
    pub log_loss: f64,
    /// See [`auc`].
    pub auc: Option<f64>,
    /// See [`calibration_error`].
    pub calibration_error: f64,
    /// See [`reliability`].
    pub reliability: Vec<Bin>,
}

impl Sheet {
    /// Scores what was said. `None` of nobody, or where something that was said is no probability.
    pub fn of(scored: &[Scored]) -> Option<Self> {
        let said = |each: &Scored| (0.0..=1.0).contains(&each.probability);
        if !scored.iter().all(said) {
            return None;
        }
        let reliability = reliability(scored);
        Some(Self {
            callers: scored.len(),
            late: mean(scored.iter().map(|each| happened(each.late)))?,
            brier: brier(scored)?,
            brier_skill: brier_skill(scored),
            log_loss: log_loss(scored)?,
            auc: auc(scored),
            calibration_error: calibration_error(&reliability)?,
            reliability,
        })
    }
}

impl ToJson for Sheet {
    fn to_json(&self) -> Value {
        object([
            ("callers", self.callers.into()),
            ("late", self.late.into()),
            ("brier", self.brier.into()),
            ("brierSkill", self.brier_skill.to_json()),
            ("logLoss", self.log_loss.into()),
            ("auc", self.auc.to_json()),
            ("calibrationError", self.calibration_error.into()),
            ("reliability", self.reliability.to_json()),
        ])
    }
}
serialize!(Sheet);

const fn happened(late: bool) -> f64 {
    if late { 1.0 } else { 0.0 }
}

fn sorted(scored: &[Scored]) -> Vec<Scored> {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|one, other| one.probability.total_cmp(&other.probability));
    sorted
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn four() -> Vec<Scored> {
        [(0.9, true), (0.6, false), (0.6, true), (0.1, false)]
            .map(|(probability, late)| Scored { probability, late })
            .to_vec()
    }

    fn near(found: Option<f64>, wanted: f64) -> bool {
        found.is_some_and(|found| (found - wanted).abs() < 1e-12)
    }

    #[test]
    fn scores_are_those_worked_out_by_hand() {
        let scored = four();
        // (0.01 + 0.36 + 0.16 + 0.01) / 4, and the base rate says 0.25.
        assert!(near(brier(&scored), 0.135));
        assert!(near(brier_skill(&scored), 1.0 - 0.135 / 0.25));
        let surprise = -(log(0.9) + log(0.4) + log(0.6) + log(0.9)) / 4.0;
        assert!(near(log_loss(&scored), surprise));
        // Of the four pairs one is a tie and three are won.
        assert!(near(auc(&scored), 3.5 / 4.0));
        let waited = [(10.0, 20.0), (30.0, 20.0)].map(|(said_seconds, seconds)| Waited {
            said_seconds,
            seconds,
        });
        assert!(near(rrase(&waited), 0.5));
        assert!(near(pinball(0.8, &waited), (0.8 * 10.0 + 0.2 * 10.0) / 2.0));
    }

    #[test]
    fn a_prophet_scores_best_and_a_liar_worst() {
        let told = |right: bool| -> Vec<Scored> {
            (0..40)
                .map(|at| at % 5 == 0)
                .map(|late| Scored {
                    probability: happened(late == right),
                    late,
                })
                .collect()
        };
        let prophet = Sheet::of(&told(true));
        let liar = Sheet::of(&told(false));
        let figures = |sheet: &Option<Sheet>| {
            sheet
                .as_ref()
                .map(|sheet| (sheet.brier, sheet.auc, sheet.calibration_error))
        };
        assert_eq!(figures(&prophet), Some((0.0, Some(1.0), 0.0)));
        assert_eq!(figures(&liar), Some((1.0, Some(0.0), 1.0)));
        assert_eq!(prophet.map(|sheet| sheet.reliability.len()), Some(10));
    }

    #[test]
    fn what_cannot_be_scored_is_not() {
        assert_eq!(Sheet::of(&[]), None);
        let all_late = [Scored {
            probability: 0.5,
            late: true,
        }; 3];
        assert_eq!((auc(&all_late), brier_skill(&all_late)), (None, None));
        assert_eq!(
            Sheet::of(&[Scored {
                probability: f64::NAN,
                late: true
            }]),
            None
        );
        assert_eq!(pinball(1.0, &[]), None);
    }

    #[test]
    fn who_gives_up_early_is_never_counted_as_not_late() {
        let of = |waited, abandoned, early| outcome(waited, abandoned, 20.0, early);
        assert_eq!(of(5.0, true, Abandoned::LeftOut), None);
        assert_eq!(of(5.0, true, Abandoned::NotAnswered), Some(true));
        assert_eq!(of(21.0, true, Abandoned::LeftOut), Some(true));
        assert_eq!(of(5.0, false, Abandoned::LeftOut), Some(false));
        assert_eq!(of(20.0, false, Abandoned::NotAnswered), Some(false));
    }
}
