//! A trial of the estimators on a call log: they learn from its first part and are scored on the callers of the rest.

use crate::predict::score::{Abandoned, Scored, Sheet, outcome};
use crate::predict::{Call, Caller, Learned, Moment, Observed, State, Team, replay, rule};

/// Who takes part, in the order of the sheets.
pub const CONTESTANTS: [&str; 5] = ["base-rate", "rule", "rule-confidence", "caller", "learned"];

/// How the estimators did on callers whom they had not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// How many calls they learned from.
    pub learned_from: usize,
    /// The mean handle time of those calls, in seconds.
    pub handle_seconds: f64,
    /// The mean patience that those calls suggest, in seconds; none where nobody gave up.
    pub patience_seconds: Option<f64>,
    /// The share of callers who gave up before the threshold, and are not scored.
    pub left_out: f64,
    /// The sheets of all contestants, by name.
    pub sheets: Vec<(&'static str, Sheet)>,
}

/// Tries all estimators on a log, in the order of time. The calls that enter before `learn_until` (seconds, as in the log)
/// are learned from; those after are scored as they enter, and learned from once they are over. `None` where either part
/// has nobody answered.
pub fn trial(calls: &[Call], threshold_seconds: f64, learn_until: f64) -> Option<Trial> {
    let (early, later): (Vec<&Call>, Vec<&Call>) =
        calls.iter().partition(|call| call.entered < learn_until);
    let answered = early.iter().filter(|call| call.agent.is_some());
    let (handled, served) = answered.fold((0.0, 0.0), |(sum, count), call| {
        (sum + call.handle_seconds, count + 1.0)
    });
    let gave_up = early.len() as f64 - served;
    let waited: f64 = early.iter().map(|call| call.left - call.entered).sum();
    if served == 0.0 || later.is_empty() {
        return None;
    }
    let handle_seconds = handled / served;
    let patience_seconds = (gave_up > 0.0 && waited > 0.0).then(|| waited / gave_up);
    let late = |seen: &Observed| {
        outcome(
            seen.waited_seconds,
            seen.abandoned,
            threshold_seconds,
            Abandoned::LeftOut,
        )
    };
    let mut learned = Learned::new();
    let mut base = (0.0, 0.0);
    let mut said: Vec<Option<[f64; 5]>> = vec![None; calls.len()];
    let mut scored = CONTESTANTS.map(|_| Vec::new());
    let mut left_out = 0.0;
    replay(calls, threshold_seconds, |moment| match moment {
        Moment::Enters(at, state) => {
            let state = State {
                handle_seconds: Some(handle_seconds),
                patience_seconds,
                ..state
            };
            let unseen = calls
                .get(at)
                .is_some_and(|call| call.entered >= learn_until);
            if let Some(said) = said.get_mut(at).filter(|_| unseen) {
                let (flag, confidence) = rule_of(&state);
                let tail = caller_of(&state);
                let learned = learned.predict(&state).map_or(tail, |found| found.late);
                *said = Some([share(base), flag, confidence, tail, learned]);
            }
        }
        Moment::Ends(at, seen) => {
            let seen = Observed {
                state: State {
                    handle_seconds: Some(handle_seconds),
                    patience_seconds,
                    ..seen.state
                },
                ..seen
            };
            let late = late(&seen);
            if let Some(said) = said.get(at).copied().flatten() {
                match late {
                    Some(late) => scored
                        .iter_mut()
                        .zip(said)
                        .for_each(|(scored, probability)| {
                            scored.push(Scored { probability, late });
                        }),
                    None => left_out += 1.0,
                }
            } else if let Some(late) = late {
                base = (base.0 + if late { 1.0 } else { 0.0 }, base.1 + 1.0);
            }
            learned.observe(&seen);
        }
    });
    let sheet = |(name, scored): (&'static str, Vec<Scored>)| Some((name, Sheet::of(&scored)?));
    Some(Trial {
        learned_from: early.len(),
        handle_seconds,
        patience_seconds,
        left_out: left_out / later.len() as f64,
        sheets: CONTESTANTS
            .into_iter()
            .zip(scored)
            .map(sheet)
            .collect::<Option<_>>()?,
    })
}

fn share((late, all): (f64, f64)) -> f64 {
    if all > 0.0 { late / all } else { 0.5 }
}

/// The rule's flag and its confidence, by the wait of the first in line.
fn rule_of(state: &State) -> (f64, f64) {
    let wait = state.head_of_line_seconds.unwrap_or(0.0);
    let abandoned = state.abandonment_rate.unwrap_or(0.0);
    let occupancy = state.occupancy.unwrap_or(0.0);
    let found = rule(
        occupancy,
        wait,
        state.threshold_seconds,
        abandoned,
        1.0 - abandoned,
    );
    found.map_or((0.0, 0.0), |found| {
        (
            if found.breach_predicted { 1.0 } else { 0.0 },
            found.confidence,
        )
    })
}

/// The exact tail; who finds an agent free is not late, and who finds nobody at all is.
fn caller_of(state: &State) -> f64 {
    let free = state.agents_available.unwrap_or(0.0);
    if free > f64::from(state.waiting_ahead) {
        return 0.0;
    }
    let team = Team::new(
        state.agents,
        state.handle_seconds.unwrap_or(1.0),
        state.patience_seconds,
    );
    let caller = team.and_then(|team| Caller::new(team, state.waiting_ahead));
    caller.map_or(1.0, |caller| caller.late(state.threshold_seconds))
}
