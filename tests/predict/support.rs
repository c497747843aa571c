//! What the tests share.

use patchcord::predict::{Caller, Load, Team};

pub(crate) fn team(agents: f64, handle: f64, patience: f64) -> Team {
    Team::new(agents, handle, (patience > 0.0).then_some(patience)).expect("a team")
}

pub(crate) fn load(team: Team, calls_per_second: f64, places: Option<u32>) -> Load {
    Load::new(team, calls_per_second * 3_600.0, places).expect("a load")
}

pub(crate) fn caller(team: Team, ahead: u32) -> Caller {
    Caller::new(team, ahead).expect("a caller")
}

/// Asserts that two values agree to a relative difference; below 1e-14 nothing is promised.
pub(crate) fn near(found: f64, wanted: f64, within: f64, what: &str) {
    let apart = (found - wanted).abs();
    assert!(
        apart <= within * wanted.abs() || apart <= 1e-14 * within.max(1e-2),
        "{what}: {found:e}, not {wanted:e}, apart by {:e}",
        apart / wanted.abs()
    );
}
