//! Erlang C: every caller waits for as long as it takes.

use libm::{exp, expm1, log};

use crate::predict::erlang_b::spare;
use crate::predict::{Load, Team};

/// What Erlang C says of a load. Callers never give up; the line has no end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangC {
    /// The team answers more than comes. Where it doesn't, every call waits, longer and longer: there is no mean.
    pub stable: bool,
    /// How likely a call is to wait at all.
    pub waits: f64,
    /// How likely it is to wait longer than the threshold.
    pub late: f64,
    /// The share of the calls that is answered within the threshold.
    pub service_level: f64,
    /// The mean wait of all calls, in seconds; none where the team is overloaded.
    pub mean_seconds: Option<f64>,
    /// How many callers wait on average; none where the team is overloaded.
    pub waiting: Option<f64>,
    /// How busy an agent is, from 0 to 1.
    pub occupancy: f64,
    /// How fast the tail of waits falls, a second.
    decay: f64,
}

impl ErlangC {
    /// The wait that the share `of` of all callers does not exceed, in seconds, such as of 0.8; none in an overload.
    pub fn percentile(&self, of: f64) -> Option<f64> {
        let beyond = 1.0 - of;
        if self.waits <= beyond {
            return Some(0.0);
        }
        (self.stable && beyond > 0.0).then(|| log(self.waits / beyond) / self.decay)
    }
}

/// What a load does to callers who never give up; the patience and the places of the load are not looked at.
///
/// ```
/// use patchcord::predict::{Load, Team, erlang_c};
///
/// let load = Load::new(Team::new(14.0, 180.0, None).unwrap(), 200.0, None).unwrap();
/// let found = erlang_c(&load, 20.0);
/// assert!((found.service_level - 0.888_350_019_179_466_9).abs() < 1e-14);
/// ```
pub fn erlang_c(load: &Load, threshold_seconds: f64) -> ErlangC {
    let team: &Team = load.team();
    let (agents, offered) = (team.agents(), load.offered());
    let free = agents - offered;
    if free <= 0.0 && offered > 0.0 {
        return ErlangC {
            stable: false,
            waits: 1.0,
            late: 1.0,
            service_level: 0.0,
            mean_seconds: None,
            waiting: None,
            occupancy: 1.0,
            decay: 0.0,
        };
    }
    let (waits, occupancy) = if offered > 0.0 {
        let occupancy = offered / agents;
        let below = spare(agents, offered);
        (1.0 / (1.0 + below * (free / agents)), occupancy)
    } else {
        (if agents > 0.0 { 0.0 } else { 1.0 }, 0.0)
    };
    let decay = free / team.handle_seconds();
    let late = waits * exp(-decay * threshold_seconds);
    let mean = if waits > 0.0 { waits / decay } else { 0.0 };
    let finite = Some(mean).filter(|mean| mean.is_finite());
    ErlangC {
        stable: free > 0.0,
        waits,
        late,
        service_level: (1.0 - waits) - waits * expm1(-decay * threshold_seconds),
        mean_seconds: finite,
        waiting: finite.map(|mean| mean * load.rate()),
        occupancy,
        decay,
    }
}
