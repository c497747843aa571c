//! Who answers, how long a call takes them, and how long callers hold out.

use core::ops::RangeInclusive;

/// How many agents may be asked about; halves count (an agent who serves two queues is half a one in each).
pub const AGENTS: RangeInclusive<f64> = 0.0..=100_000.0;
/// How long a call may take, or a caller wait: a millisecond to a week, in seconds.
pub const SECONDS: RangeInclusive<f64> = 0.001..=604_800.0;
/// How long a time from now may be: up to a week, in seconds.
pub const LATER: RangeInclusive<f64> = 0.0..=604_800.0;
/// How many callers may be waiting ahead.
pub const CALLERS: RangeInclusive<f64> = 0.0..=100_000.0;

/// Less of an agent than this is no agent.
const LEAST: f64 = 0.001;

/// A team of agents and the callers it answers: handle times and patience are exponential.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Team {
    agents: f64,
    handle_seconds: f64,
    patience_seconds: Option<f64>,
}

impl Team {
    /// A team of `agents` (fractions count), the mean handle time of a call, and the mean time after which a waiting
    /// caller gives up; `None` where callers never do. `None` is returned where a value is outside [`AGENTS`] or
    /// [`SECONDS`], or there is less than a thousandth of an agent but not none.
    ///
    /// ```
    /// use patchcord::predict::Team;
    ///
    /// assert!(Team::new(10.0, 180.0, Some(240.0)).is_some());
    /// assert!(Team::new(-1.0, 180.0, None).is_none());
    /// ```
    pub fn new(agents: f64, handle_seconds: f64, patience_seconds: Option<f64>) -> Option<Self> {
        let fits = AGENTS.contains(&agents)
            && (agents == 0.0 || agents >= LEAST)
            && SECONDS.contains(&handle_seconds)
            && patience_seconds.is_none_or(|patience| SECONDS.contains(&patience));
        fits.then_some(Self {
            agents,
            handle_seconds,
            patience_seconds,
        })
    }

    /// The same callers, answered by another number of agents.
    pub fn with_agents(self, agents: f64) -> Option<Self> {
        Self::new(agents, self.handle_seconds, self.patience_seconds)
    }

    /// How many agents answer.
    pub const fn agents(&self) -> f64 {
        self.agents
    }

    /// The mean handle time, in seconds.
    pub const fn handle_seconds(&self) -> f64 {
        self.handle_seconds
    }

    /// The mean time after which a waiting caller gives up, in seconds.
    pub const fn patience_seconds(&self) -> Option<f64> {
        self.patience_seconds
    }

    /// Calls that end in a second while all agents are busy.
    pub(crate) fn drain(&self) -> f64 {
        self.agents / self.handle_seconds
    }

    /// How often in a second a waiting caller gives up; zero where they never do.
    pub(crate) fn give_up(&self) -> f64 {
        self.patience_seconds.map_or(0.0, |patience| 1.0 / patience)
    }
}
