//! One operation of a profile, sent and answered: a machine that reaches exactly one outcome, whatever fails on the way.
//!
//! It does no I/O, like [`transfer`](crate::transfer), and is driven by the same two verbs. It knows when a request may be
//! sent again; what the answer means, the profile tells.
//!
//! A read is asked again. A write is sent again only where it certainly did nothing (the platform refused it for now, or it
//! never left the host), or where its request has an id by which the platform knows it again. Where a write's answer is
//! lost, its outcome is `unknown`.
//!
//! # When should I use `OperationRun` versus `Transfer`?
//!
//! [`Transfer`](crate::transfer::Transfer) moves a call, and follows it until somebody has it. An [`OperationRun`] asks one
//! thing of the platform, and is over with the answer.
//!
//! ```
//! use patchcord::Timestamp;
//! use patchcord::http::Response;
//! use patchcord::operation::{Input, OperationRun, Options, Output, Status};
//!
//! let options = r#"{ "profile": "cxone-v2", "operation": "presence", "input": { "agent": "ann" } }"#;
//! let now = Timestamp::from_millis(0);
//! let mut run = OperationRun::new(Options::from_json(options).unwrap(), now);
//! let Output::Request { id, request, .. } = run.poll_output() else { unreachable!("it begins with its request") };
//! assert_eq!(request.path, "/api/v2/users/ann/presence");
//! let response = Response { status: 200, body: br#"{"status":"AVAILABLE"}"#.to_vec(), ..Response::default() };
//! run.handle_input(Input::Response { id, response }, now);
//! let Output::Done(outcome) = run.poll_output() else { unreachable!("the answer has come") };
//! assert_eq!(outcome.status, Status::Done);
//! assert_eq!(outcome.answer.unwrap()["status"], "AVAILABLE");
//! ```

mod machine;
mod options;
mod outcome;

pub use machine::{Input, OperationRun, Output};
pub use options::Options;
pub use outcome::{Outcome, Status};
