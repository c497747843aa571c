//! What happened in a run: events in order, and a chain of hashes over them that shows whether one was altered.

mod chain;
mod event;
mod handoff;
mod lines;

pub use chain::{Audit, Record, Verdict, verify};
pub(crate) use chain::{Chain, hex};
pub use event::{Event, Happened};
pub use handoff::handoff;
pub use lines::{line, verify_lines};
