//! The calls that come to a team.

use core::ops::RangeInclusive;

use crate::predict::Team;

/// How many calls may come in an hour.
pub const CALLS: RangeInclusive<f64> = 0.0..=36_000_000.0;
/// How many callers a line may hold.
pub const PLACES: RangeInclusive<f64> = 0.0..=1_000_000.0;
/// The longest line that is computed: with more callers than this in it on average, a load is refused.
const LONGEST_LINE: f64 = 1_000_000.0;

/// Calls that come at random (Poisson) to a team, and how many of them may wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    team: Team,
    calls_per_hour: f64,
    waiting_places: Option<u32>,
}

impl Load {
    /// Calls for a team: how many come in an hour, and how many may wait, without end where that is `None`. `None` is
    /// returned where the calls are outside [`CALLS`], the places outside [`PLACES`], or the line would on average be
    /// longer than a million callers before they give up.
    pub fn new(team: Team, calls_per_hour: f64, waiting_places: Option<u32>) -> Option<Self> {
        let load = Self {
            team,
            calls_per_hour,
            waiting_places,
        };
        let fits = CALLS.contains(&calls_per_hour)
            && waiting_places.is_none_or(|places| PLACES.contains(&f64::from(places)));
        (fits && (waiting_places.is_some() || load.crest() <= LONGEST_LINE)).then_some(load)
    }

    /// The same calls for another team. `None` where the line would be too long: see [`Load::new`].
    pub fn with_team(&self, team: Team) -> Option<Self> {
        Self::new(team, self.calls_per_hour, self.waiting_places)
    }

    /// The team.
    pub const fn team(&self) -> &Team {
        &self.team
    }

    /// How many calls come in an hour.
    pub const fn calls_per_hour(&self) -> f64 {
        self.calls_per_hour
    }

    /// How many callers may wait; without end where there is none.
    pub const fn waiting_places(&self) -> Option<u32> {
        self.waiting_places
    }

    /// The work that comes, in erlangs: how many agents would be busy if nobody ever waited in vain.
    pub fn offered(&self) -> f64 {
        self.rate() * self.team.handle_seconds()
    }

    /// Calls in a second.
    pub(crate) fn rate(&self) -> f64 {
        self.calls_per_hour / 3_600.0
    }

    /// The length of line at which as many callers leave as come; zero where all are answered as they come.
    pub(crate) fn crest(&self) -> f64 {
        let over = self.rate() - self.team.drain();
        match self.team.patience_seconds() {
            Some(patience) if over > 0.0 => (over * patience).floor(),
            _ => 0.0,
        }
    }
}
