//! What the machine asks of the host.

use crate::http::Request;
use crate::journal::Event;
use crate::time::Timestamp;
use crate::transfer::Outcome;

/// What to do next. New work must break every driver's build, so this enum is exhaustive.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send this, and hand in one of `Response`, `Lost` and `NotSent` with its number.
    Request {
        /// The request's number in this run.
        id: u32,
        /// The platform refused the last token: fetch a fresh one.
        refresh: bool,
        /// What to send.
        request: Request,
    },
    /// Tell whoever wants to know.
    Event(Event),
    /// Nothing to do until an answer or an event comes, or until this moment: then hand in `Wake`.
    Wait {
        /// The moment.
        until: Timestamp,
    },
    /// The run is over, and this is its one outcome.
    Done(Outcome),
}
