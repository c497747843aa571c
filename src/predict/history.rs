//! Waits as history tells them, for platforms that tell nothing else.
//!
//! The last to enter service and the first in line say what the wait was like for those who came before: twice the error of
//! what the present state says, and late when the load changes.

/// What history says of a caller who comes now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    /// The wait to expect, in seconds.
    pub mean_seconds: f64,
    /// It comes from the wait of the last to enter service; else from the age of the first in line.
    pub from_last_to_enter_service: bool,
}

/// The wait to expect by the wait of the last to enter service, or by how long the first in line has waited, in seconds. The
/// first in line has the say where they have waited longer already; `None` where neither is known.
pub fn history(
    last_wait_seconds: Option<f64>,
    head_of_line_seconds: Option<f64>,
) -> Option<History> {
    let from_last = match (last_wait_seconds, head_of_line_seconds) {
        (Some(last), Some(head)) => last >= head,
        (last, _) => last.is_some(),
    };
    let seconds = if from_last {
        last_wait_seconds
    } else {
        head_of_line_seconds
    };
    seconds.map(|mean_seconds| History {
        mean_seconds,
        from_last_to_enter_service: from_last,
    })
}
