//! This caller in a line that changes: others overtake by priority, agents come and leave at times that are known.

use libm::sqrt;

use crate::predict::chain::{Chain, add};
use crate::predict::{AGENTS, CALLERS, CALLS, Forecast, LATER, SECONDS, Team};

/// Events that are followed in one step of time.
const EVENTS: f64 = 32.0;
/// More multiplications than this are not done for one caller: what is not found by then is left out.
const MOST_WORK: f64 = 2e7;
/// Below this chance of waiting on, the wait counts as over.
const OVER: f64 = 1e-12;

/// From a moment on, another number of agents answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// When, in seconds from now.
    pub in_seconds: f64,
    /// How many agents answer from then on.
    pub agents: f64,
}

/// A caller who waits while all agents are busy, in a line that will change.
#[derive(Clone, Debug)]
pub struct Line {
    team: Team,
    ahead: u32,
    overtaking: f64,
    changes: Vec<Change>,
    patience_seconds: Option<f64>,
}

/// Where a caller may be by now.
#[derive(Clone, Debug)]
struct Place {
    /// Seconds from the beginning.
    now: f64,
    /// Agents who answer just now.
    agents: f64,
    /// The chance of each number ahead; what is missing is answered, or gone.
    chances: Vec<f64>,
    /// The mean time spent waiting until now.
    spent: f64,
    /// Multiplications done.
    work: f64,
}

impl Line {
    /// A caller with `ahead` others to be answered first, while calls of higher priority come at `overtaking_per_hour`, and
    /// the agents change as `changes` say, in the order of time. Those who leave end their call and take no other; those who
    /// come are free. `None` where a value is outside its range or the changes are not in order.
    pub fn new(
        team: Team,
        ahead: u32,
        overtaking_per_hour: f64,
        changes: Vec<Change>,
    ) -> Option<Self> {
        let times = changes.iter().map(|change| change.in_seconds);
        let fits = CALLERS.contains(&f64::from(ahead))
            && CALLS.contains(&overtaking_per_hour)
            && times.is_sorted()
            && changes.iter().all(|change| {
                LATER.contains(&change.in_seconds) && AGENTS.contains(&change.agents)
            });
        fits.then_some(Self {
            team,
            ahead,
            overtaking: overtaking_per_hour / 3_600.0,
            changes,
            patience_seconds: team.patience_seconds(),
        })
    }

    /// The same caller with a mean patience of their own, in seconds. `None` where it is outside
    /// [`SECONDS`](crate::predict::SECONDS).
    pub fn with_patience(mut self, patience_seconds: f64) -> Option<Self> {
        self.patience_seconds = Some(patience_seconds);
        SECONDS.contains(&patience_seconds).then_some(self)
    }

    /// How likely the caller waits longer than `seconds` from now, if they stay. `None` where the line is too long to be
    /// followed for so long.
    pub fn late(&self, seconds: f64) -> Option<f64> {
        let place = self.follow(self.begin(), seconds.max(0.0), 0.0)?;
        Some(place.waiting().min(1.0))
    }

    /// What awaits the caller, who has `seconds` from now to the threshold. Means and percentiles are left out where the
    /// wait has no end in sight. `None` where the line is too long to be followed.
    pub fn forecast(&self, seconds: f64) -> Option<Forecast> {
        let late = self.late(seconds)?;
        let wait = self.to_the_end(0.0);
        let own = self.patience_seconds.map_or(0.0, |patience| 1.0 / patience);
        let (not_answered, abandons) = if own > 0.0 {
            let place = self.follow(self.begin(), seconds.max(0.0), own)?;
            let (all, _) = self.to_the_end(own);
            (place.waiting() + own * place.spent, own * all.spent)
        } else {
            (late, 0.0)
        };
        let ended = wait.0.waiting() < OVER;
        let [p50_seconds, p80_seconds, p95_seconds] = wait.1;
        Some(Forecast {
            late,
            not_answered: not_answered.min(1.0),
            abandons: abandons.min(1.0),
            mean_seconds: ended.then_some(wait.0.spent),
            p50_seconds,
            p80_seconds,
            p95_seconds,
        })
    }

    /// Follows the line until the wait is over, or nobody can say when; with the times at which half, a fifth and a
    /// twentieth still wait.
    fn to_the_end(&self, leave: f64) -> (Place, [Option<f64>; 3]) {
        let mut place = self.begin();
        let mut when = [0.5, 0.2, 0.05].map(|share| (share, None));
        while place.waiting() >= OVER && place.now < *LATER.end() {
            let change = self.next_change(place.now);
            let rate = self.chain(&place, 0.0, leave).rate();
            let step = change.map_or(f64::INFINITY, |change| change.in_seconds - place.now);
            let step = step.min(EVENTS / rate).min(*LATER.end());
            let Some(mut next) = self.pass(place.clone(), step, leave) else {
                break;
            };
            let left = next.waiting();
            for (share, found) in &mut when {
                if found.is_none() && left <= *share {
                    *found = self.cross(&place, *share, step, leave);
                }
            }
            if let Some(change) = change.filter(|change| change.in_seconds <= next.now) {
                next.turn(change.agents);
            }
            place = next;
        }
        (place, when.map(|(_, found)| found))
    }

    /// When within a step no more than a share still wait.
    fn cross(&self, from: &Place, share: f64, step: f64, leave: f64) -> Option<f64> {
        let (mut place, mut step) = (from.clone(), step);
        while step > 1e-13 * (place.now + step) {
            step *= 0.5;
            place.work = 0.0;
            let next = self.pass(place.clone(), step, leave)?;
            if next.waiting() > share {
                place = next;
            }
        }
        Some(place.now + step)
    }

    fn begin(&self) -> Place {
        let mut chances = vec![0.0; self.ahead as usize];
        chances.push(1.0);
        Place {
            now: 0.0,
            agents: self.team.agents(),
            chances,
            spent: 0.0,
            work: 0.0,
        }
    }

    /// When the agents change next after a moment, and to how many.
    fn next_change(&self, now: f64) -> Option<Change> {
        let mut changes = self.changes.iter().copied();
        changes.find(|change| change.in_seconds > now)
    }

    /// The places, with as many more as others can overtake in `seconds`.
    fn chain(&self, place: &Place, seconds: f64, leave: f64) -> Chain {
        let drain = place.agents / self.team.handle_seconds();
        let (give_up, overtaking) = (self.team.give_up(), self.overtaking);
        let come = overtaking * seconds;
        let more = if come > 0.0 {
            come + 12.0 * sqrt(come) + 20.0
        } else {
            0.0
        };
        let states = place.chances.len() + more as usize;
        Chain::new((0..states).map(move |at| (overtaking, drain + at as f64 * give_up, leave)))
    }

    /// Follows the line for some time; `leave` is how often the caller gives up. `None` where that is too much work.
    fn follow(&self, mut place: Place, seconds: f64, leave: f64) -> Option<Place> {
        while place.now < seconds {
            let change = self
                .next_change(place.now)
                .filter(|change| change.in_seconds <= seconds);
            let until = change.map_or(seconds, |change| change.in_seconds);
            let step = until - place.now;
            place = self.pass(place, step, leave)?;
            place.now = until;
            if let Some(change) = change {
                place.turn(change.agents);
            }
        }
        Some(place)
    }

    /// Follows the line for a time in which the agents stay.
    fn pass(&self, mut place: Place, seconds: f64, leave: f64) -> Option<Place> {
        let chain = self.chain(&place, seconds, leave);
        place.work += chain.work(seconds);
        if place.work > MOST_WORK {
            return None;
        }
        let events = chain.events(seconds);
        let mut chances = core::mem::take(&mut place.chances);
        chances.resize(chain.len(), 0.0);
        let (mut sum, mut next) = (vec![0.0; chain.len()], Vec::with_capacity(chain.len()));
        let mut spent = 0.0;
        for (exactly, more) in events.exactly().zip(events.more_than()) {
            spent += more * chances.iter().sum::<f64>();
            add(&mut sum, &chances, exactly);
            chain.after(&chances, &mut next);
            core::mem::swap(&mut chances, &mut next);
        }
        // Places that nobody is in any more would only cost time.
        let used = sum.iter().rposition(|chance| *chance > 1e-30);
        sum.truncate(used.map_or(0, |used| used + 1));
        place.chances = sum;
        place.spent += spent / chain.rate();
        place.now += seconds;
        Some(place)
    }
}

impl Place {
    /// How likely the caller still waits.
    fn waiting(&self) -> f64 {
        self.chances.iter().sum()
    }

    /// Another number of agents answers from now on; those who come take the first in line at once.
    fn turn(&mut self, agents: f64) {
        let come = (agents - self.agents).max(0.0).round() as usize;
        self.chances.drain(..come.min(self.chances.len()));
        self.agents = agents;
    }
}
