//! What happened in a run: events in order, and a chain of hashes over them that shows whether one was altered.

mod chain;
mod event;
mod handoff;
mod lines;

pub(crate) use chain::Chain;
pub use chain::{Audit, Record, Verdict, verify};
pub use event::{Event, Happened};
pub use handoff::handoff;
pub use lines::{line, verify_lines};
