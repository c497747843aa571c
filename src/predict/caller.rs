//! This caller, now: how long the wait is from here.
//!
//! Exact where handle times and patience are exponential. It knows the present state only: what will change (agents who
//! leave, callers who overtake) is for [`Line`](crate::predict::Line).

use libm::log;

use crate::predict::Team;
use crate::predict::percentile::{guess, when};
use crate::predict::team::{CALLERS, LATER, SECONDS};
use crate::predict::walk::Walk;

/// A caller who waits while all agents are busy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caller {
    team: Team,
    ahead: usize,
    patience_seconds: Option<f64>,
}

/// What awaits a caller. Times count from now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// How likely the wait passes the threshold, if the caller stays.
    pub late: f64,
    /// How likely the caller is not answered within the threshold: late, or gone.
    pub not_answered: f64,
    /// How likely the caller gives up before being answered, now or later.
    pub abandons: f64,
    /// The mean wait from now, in seconds; none where nobody ever answers.
    pub mean_seconds: Option<f64>,
    /// The wait from now that half the callers in this place don't exceed, in seconds.
    pub p50_seconds: Option<f64>,
    /// The wait from now that 80 % of the callers in this place don't exceed, in seconds.
    pub p80_seconds: Option<f64>,
    /// The wait from now that 95 % of the callers in this place don't exceed, in seconds.
    pub p95_seconds: Option<f64>,
}

impl Caller {
    /// A caller with `ahead` others to be answered first, 0 for the next in line. `None` where more are ahead than
    /// [`CALLERS`].
    pub fn new(team: Team, ahead: u32) -> Option<Self> {
        CALLERS.contains(&f64::from(ahead)).then_some(Self {
            team,
            ahead: ahead as usize,
            patience_seconds: team.patience_seconds(),
        })
    }

    /// The same caller with a mean patience of their own, in seconds. `None` where it is outside [`SECONDS`].
    pub fn with_patience(mut self, patience_seconds: f64) -> Option<Self> {
        self.patience_seconds = Some(patience_seconds);
        SECONDS.contains(&patience_seconds).then_some(self)
    }

    /// How likely the caller waits longer than `seconds` from now, if they stay.
    ///
    /// ```
    /// use patchcord::predict::{Caller, Team};
    ///
    /// let team = Team::new(100.0, 180.0, Some(120.0)).unwrap();
    /// let next = Caller::new(team, 0).unwrap();
    /// assert!((next.late(9.0) - 0.006_737_946_999_085_467).abs() < 1e-16);
    /// ```
    pub fn late(&self, seconds: f64) -> f64 {
        if seconds <= 0.0 {
            return 1.0;
        }
        self.tail(seconds).0.min(1.0)
    }

    /// The same with the density of the wait, a second.
    fn tail(&self, seconds: f64) -> (f64, f64) {
        let mut walk = Walk::new(self.team.drain(), self.team.give_up(), seconds);
        let (late, last) = walk.sum_of(self.ahead + 1);
        let rate = self.team.drain() + self.ahead as f64 * self.team.give_up();
        (late, rate * last)
    }

    /// How likely the caller is answered within `seconds` from now, before giving up.
    pub fn answered_within(&self, seconds: f64) -> f64 {
        if seconds <= 0.0 {
            return 0.0;
        }
        // Whoever may give up at any time is answered in time as in a line that drains so much faster, where answered at all.
        let drain = self.team.drain() + self.own_give_up();
        let mut walk = Walk::new(drain, self.team.give_up(), seconds);
        let (before, _) = walk.sum_of(self.ahead + 1);
        self.ever_answered() * walk.rest(before)
    }

    /// How likely the caller is answered at all.
    pub fn ever_answered(&self) -> f64 {
        let (drain, own, others) = (self.team.drain(), self.own_give_up(), self.team.give_up());
        if drain == 0.0 {
            0.0
        } else if own == others {
            drain / (drain + (self.ahead as f64 + 1.0) * own)
        } else {
            let stage = |at: usize| {
                let rate = drain + at as f64 * others;
                rate / (rate + own)
            };
            (0..=self.ahead).map(stage).product()
        }
    }

    fn own_give_up(&self) -> f64 {
        self.patience_seconds.map_or(0.0, |patience| 1.0 / patience)
    }

    /// Mean and variance of the wait from now; none where nobody ever answers.
    fn moments(&self) -> Option<(f64, f64)> {
        let (drain, give_up) = (self.team.drain(), self.team.give_up());
        if drain == 0.0 {
            return None;
        }
        let stage = |at: usize| 1.0 / (drain + at as f64 * give_up);
        let sum = |(mean, variance): (f64, f64), each: f64| (mean + each, variance + each * each);
        // From the shortest stage to the longest: the small ones add up before they meet the large.
        Some((0..=self.ahead).rev().map(stage).fold((0.0, 0.0), sum))
    }

    /// The mean wait from now, if the caller stays, in seconds; none where nobody ever answers.
    pub fn mean_seconds(&self) -> Option<f64> {
        self.moments().map(|(mean, _)| mean)
    }

    /// The wait from now that the share `of` of the callers in this place don't exceed, in seconds.
    pub fn percentile(&self, of: f64) -> Option<f64> {
        self.percentile_from(self.moments()?, of)
    }

    fn percentile_from(&self, (mean, variance): (f64, f64), of: f64) -> Option<f64> {
        if !(of > 0.0 && of < 1.0) {
            return None;
        }
        // The next in line waits for one exponential time, which is known outright.
        let guess = if self.ahead == 0 {
            -log(1.0 - of) * mean
        } else {
            guess(mean, variance, of)
        };
        when(1.0 - of, guess, |seconds| self.tail(seconds))
    }

    /// What awaits the caller, who has `seconds` from now to the threshold.
    pub fn forecast(&self, seconds: f64) -> Forecast {
        let moments = self.moments();
        let at = |of| self.percentile_from(moments?, of);
        Forecast {
            late: self.late(seconds),
            not_answered: 1.0 - self.answered_within(seconds),
            abandons: if self.own_give_up() > 0.0 {
                1.0 - self.ever_answered()
            } else {
                0.0
            },
            mean_seconds: moments.map(|(mean, _)| mean),
            p50_seconds: at(0.5),
            p80_seconds: at(0.8),
            p95_seconds: at(0.95),
        }
    }
}

/// The seconds that are left of a threshold after `waited`; negative or zero where it is passed. `None` where either is
/// outside [`LATER`].
pub fn left_of(threshold_seconds: f64, waited_seconds: f64) -> Option<f64> {
    (LATER.contains(&threshold_seconds) && LATER.contains(&waited_seconds))
        .then_some(threshold_seconds - waited_seconds)
}
