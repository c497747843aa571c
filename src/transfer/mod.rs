//! One transfer, as a state machine that reaches exactly one outcome, whatever fails on the way.
//!
//! The machine does no I/O. The host hands in what happened and when ([`Transfer::handle_input`]), and asks what to do
//! next ([`Transfer::poll_output`]) until it is told to wait, or that the run is done.
//!
//! # The invariant
//!
//! Every [`Transfer::handle_input`] is followed by a full drain of [`Transfer::poll_output`]: until
//! [`Output::Wait`] or [`Output::Done`].
//!
//! ```
//! use patchcord::http::Response;
//! use patchcord::transfer::{Input, Options, Output, Transfer};
//! use patchcord::Timestamp;
//!
//! let options = r#"{ "profile": "cxone-v2", "transfer": { "call": "call-1", "to": { "extension": "999" } } }"#;
//! let mut now = Timestamp::from_millis(0);
//! let mut transfer = Transfer::new(Options::from_json(options).unwrap(), now);
//! let mut platform = vec![r#"{"state":"WAITING"}"#, r#"{"id":"t-1"}"#, r#"{"state":"CONNECTED","connectedTo":"999"}"#].into_iter();
//! let outcome = loop {
//!     let mut inputs = Vec::new();
//!     let until = loop {
//!         match transfer.poll_output() {
//!             Output::Request { id, .. } => {
//!                 let body = platform.next().unwrap_or_default().into();
//!                 inputs.push(Input::Response { id, response: Response { status: 200, headers: vec![], body } });
//!             }
//!             Output::Event(_) => {}
//!             Output::Wait { until } => break Some(until),
//!             Output::Done(_) => break None,
//!         }
//!     };
//!     match (until, inputs.pop(), transfer.poll_output()) {
//!         (None, _, Output::Done(outcome)) => break outcome,
//!         (_, Some(answer), _) => transfer.handle_input(answer, now),
//!         (Some(until), None, _) => {
//!             now = until;
//!             transfer.handle_input(Input::Wake, now);
//!         }
//!         _ => unreachable!("a run that waits for nothing is done"),
//!     }
//! };
//! assert_eq!(outcome.status.as_str(), "connected");
//! ```

mod breaker;
mod check;
mod close;
mod date;
mod decided;
mod exchange;
mod follow;
mod input;
mod machine;
mod options;
mod outcome;
mod output;
mod retry;
mod run;
mod send;
mod snapshot;

pub use breaker::Breaker;
pub use decided::Decider;
pub use input::Input;
pub use machine::{Happening, State, TRANSITIONS, Transfer};
pub use options::{Options, read_policy};
#[cfg(feature = "decide")]
pub use options::{abilities, written};
pub use outcome::{AnsweredBy, Outcome, Status, StepRecord, StepResult};
pub use output::Output;
pub use retry::retry_after;
pub(crate) use retry::{MOST_RETRIES, backoff};
