//! What happened in a run: events in order, and a chain of hashes over them that shows whether one was altered.

mod chain;
mod event;

pub use chain::{Audit, Verdict, verify};
pub(crate) use chain::Chain;
pub use event::{Event, Happened};
