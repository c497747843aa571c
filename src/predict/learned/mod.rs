//! A predictor that corrects itself by the outcomes it is told, one for each queue.
//!
//! Three advisers are heard. The first is the exact tail by what the host says. The second is the same with the handle time,
//! the patience and the effective agents that outcomes suggest. The third corrects the second by the features of the state.
//! Each has a say by how well it has done (a Bayesian mixture that may change its mind), so that over any run of outcomes
//! the whole is hardly worse than the best of them: in log loss by no more than a small constant a change. It holds a few
//! hundred numbers for ever, knows no time, and the same outcomes make the same predictor on every host.

mod entry;
mod regression;
mod state;
mod stored;

use libm::{exp, log, sqrt};

pub use state::{Observed, State};

use regression::{Regression, logistic};

use crate::predict::team::{AGENTS, CALLERS, LATER, SECONDS};
use crate::predict::{Caller, Team};

/// How many advisers are heard.
const ADVISERS: usize = 3;
/// Nothing is held for surer than this.
const SURE: f64 = 1e-6;
/// The share of the say that is dealt out anew with each outcome.
const SHARE: f64 = 0.001;
/// How much of what was counted is kept with each outcome: it counts the last thousand or so.
const KEPT: f64 = 0.999;
/// How many calls, or callers who gave up, the host's own means weigh.
const TOLD_WEIGHS: f64 = 10.0;
/// How much is known of the effective agents before anything is seen, and the most that is held for known, in calls answered.
const CAPACITY_KNOWN: (f64, f64) = (20.0, 2_000.0);

/// The online predictor. See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    observations: f64,
    /// Seconds of handling, and calls; seconds of waiting, and callers who gave up.
    handled: [f64; 2],
    waited: [f64; 2],
    /// The logarithm of effective agents over agents, and how much is known of it.
    capacity: [f64; 2],
    says: [f64; ADVISERS],
    regression: Regression,
}

/// What the advisers say of a state.
struct Advice {
    chances: [f64; ADVISERS],
    features: [f64; state::FEATURES],
    calibrated: Option<Caller>,
}

/// What the predictor says of a caller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearnedForecast {
    /// How likely the wait passes the threshold, if the caller stays.
    pub late: f64,
    /// Where that lies with a confidence of 90 %, by how much was seen.
    pub interval: (f64, f64),
    /// What the exact tail says by itself.
    pub exact: f64,
    /// The mean wait, in seconds, of the calibrated tail; none where nobody answers.
    pub mean_seconds: Option<f64>,
    /// The wait that 80 % of the callers in this place don't exceed, by the calibrated tail, in seconds.
    pub p80_seconds: Option<f64>,
}

impl Default for Learned {
    fn default() -> Self {
        Self {
            observations: 0.0,
            handled: [0.0; 2],
            waited: [0.0; 2],
            capacity: [0.0, CAPACITY_KNOWN.0],
            says: [0.5, 0.25, 0.25],
            regression: Regression::default(),
        }
    }
}

impl Learned {
    /// A predictor that has seen nothing: it says what the exact tail says.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many outcomes it was told.
    pub const fn observations(&self) -> f64 {
        self.observations
    }

    /// The mean handle time, in seconds, by what was told and what was seen; `None` where there is neither.
    pub fn handle_seconds(&self, told: Option<f64>) -> Option<f64> {
        blended(self.handled, told, 1.0)
    }

    /// The mean patience, in seconds: time waited over callers who gave up, the censored maximum likelihood; `None` where it
    /// was not told and fewer than five gave up.
    pub fn patience_seconds(&self, told: Option<f64>) -> Option<f64> {
        blended(self.waited, told, 5.0)
    }

    /// How many agents of the usual pace each agent counts for.
    pub fn capacity(&self) -> f64 {
        let [log, _] = self.capacity;
        exp(log)
    }

    /// What is to be expected of a caller in this state. `None` where no handle time is known, or a value is out of range.
    pub fn predict(&self, state: &State) -> Option<LearnedForecast> {
        let advice = self.advice(state)?;
        let (odds, spread) = self.regression.predict(&advice.features);
        let mixed = |last: f64| {
            let [exact, calibrated, _] = advice.chances;
            let chances = [exact, calibrated, last];
            self.says
                .iter()
                .zip(chances)
                .map(|(say, chance)| say * chance)
                .sum::<f64>()
        };
        let within = 1.644_853_626_951_472_2 * spread;
        Some(LearnedForecast {
            late: mixed(logistic(odds)),
            interval: (
                mixed(logistic(odds - within)),
                mixed(logistic(odds + within)),
            ),
            exact: advice.chances.first().copied().unwrap_or_default(),
            mean_seconds: advice.calibrated.and_then(|caller| caller.mean_seconds()),
            p80_seconds: advice.calibrated.and_then(|caller| caller.percentile(0.8)),
        })
    }

    /// Takes in what became of a caller. `false` where a value is out of range: then nothing is taken in.
    pub fn observe(&mut self, seen: &Observed) -> bool {
        let handled = seen.handled_seconds;
        if !LATER.contains(&seen.waited_seconds)
            || handled.is_some_and(|handled| !LATER.contains(&handled))
            || !in_range(&seen.state)
        {
            return false;
        }
        // Judged by what was known before.
        let advice = self.advice(&seen.state);
        if let (Some(advice), Some(late)) = (&advice, seen.late()) {
            self.weigh(&advice.chances, late);
            self.regression.observe(&advice.features, late);
        }
        if let Some(caller) = advice.and_then(|advice| advice.calibrated) {
            self.pace(&caller, seen);
        }
        self.observations += 1.0;
        if let Some(handled) = handled {
            self.handled = self.handled.map(|sum| sum * KEPT);
            add(&mut self.handled, [handled, 1.0]);
        }
        self.waited = self.waited.map(|sum| sum * KEPT);
        add(
            &mut self.waited,
            [seen.waited_seconds, if seen.abandoned { 1.0 } else { 0.0 }],
        );
        true
    }

    fn advice(&self, state: &State) -> Option<Advice> {
        if !in_range(state) {
            return None;
        }
        let left = state.threshold_seconds;
        let free = state.agents_available.unwrap_or(0.0);
        let ahead = f64::from(state.waiting_ahead) - free;
        let caller = |agents: f64, handle: Option<f64>, patience: Option<f64>| {
            let team = Team::new(agents.clamp(0.0, *AGENTS.end()), handle?, patience)?;
            (ahead >= 0.0).then(|| Caller::new(team, ahead as u32))?
        };
        let handle = self.handle_seconds(state.handle_seconds)?;
        let patience = self.patience_seconds(state.patience_seconds);
        let told = state.handle_seconds.or(Some(handle));
        let exact = caller(state.agents, told, state.patience_seconds.or(patience));
        let calibrated = caller(state.agents * self.capacity(), Some(handle), patience);
        // Nobody is late with an agent free.
        let late = |caller: Option<Caller>| sure(caller.map_or(0.0, |caller| caller.late(left)));
        let (first, second) = (late(exact), late(calibrated));
        let features = state.features(log(second / (1.0 - second)));
        let (odds, _) = self.regression.predict(&features);
        Some(Advice {
            chances: [first, second, sure(logistic(odds))],
            features,
            calibrated,
        })
    }

    /// Gives each adviser a say by what it said of this outcome.
    fn weigh(&mut self, chances: &[f64; ADVISERS], late: bool) {
        for (say, chance) in self.says.iter_mut().zip(chances) {
            *say *= if late { *chance } else { 1.0 - chance };
        }
        let sum: f64 = self.says.iter().sum();
        for say in &mut self.says {
            *say = *say / sum * (1.0 - SHARE) + SHARE / ADVISERS as f64;
        }
    }

    /// Learns the effective agents: whoever is answered should on average have gone through one unit of the hazard of being
    /// answered, and whoever gives up only cuts that short.
    fn pace(&mut self, caller: &Caller, seen: &Observed) {
        if seen.waited_seconds <= 0.0 {
            return;
        }
        let hazard = -log(caller.late(seen.waited_seconds).max(1e-3));
        let surprise = if seen.abandoned {
            -hazard
        } else {
            1.0 - hazard
        };
        let stages = f64::from(seen.state.waiting_ahead) + 1.0;
        let [log, known] = self.capacity;
        let known = (known + stages).min(CAPACITY_KNOWN.1);
        self.capacity = [
            (log + surprise * sqrt(stages) / known).clamp(-2.0, 2.0),
            known,
        ];
    }
}

/// The mean of a sum and a count with what was told, which weighs as much as [`TOLD_WEIGHS`]; by itself from `least` on.
fn blended([sum, count]: [f64; 2], told: Option<f64>, least: f64) -> Option<f64> {
    let mean = match told {
        Some(told) => (sum + told * TOLD_WEIGHS) / (count + TOLD_WEIGHS),
        None if count >= least => sum / count,
        None => return None,
    };
    Some(mean.clamp(*SECONDS.start(), *SECONDS.end()))
}

fn add(sums: &mut [f64; 2], more: [f64; 2]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

fn sure(chance: f64) -> f64 {
    chance.clamp(SURE, 1.0 - SURE)
}

fn in_range(state: &State) -> bool {
    let usual = |value: Option<f64>| value.is_none_or(|value| (0.0..=1e6).contains(&value));
    CALLERS.contains(&f64::from(state.waiting_ahead))
        && AGENTS.contains(&state.agents)
        && LATER.contains(&state.threshold_seconds)
        && [state.handle_seconds, state.patience_seconds]
            .into_iter()
            .flatten()
            .all(|seconds| SECONDS.contains(&seconds))
        && usual(state.agents_available)
        && usual(state.callers_waiting)
        && usual(state.agents_seen)
        && usual(state.head_of_line_seconds)
        && usual(state.last_wait_seconds)
        && usual(state.occupancy)
        && usual(state.abandonment_rate)
        && usual(state.service_starts)
        && usual(state.hour)
}
