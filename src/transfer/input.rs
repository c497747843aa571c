//! What the host hands in.

use serde_json::Value;

use crate::http::Response;

/// Something that happened, as the host saw it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// The answer to a request, whole.
    Response {
        /// The request's number in [`Output::Request`](crate::transfer::Output::Request).
        id: u32,
        /// What came.
        response: Response,
    },
    /// The request may have left, and no whole answer came: what the platform did is not known.
    Lost {
        /// The request's number.
        id: u32,
        /// Why, in the host's words. No token, no number.
        reason: String,
    },
    /// The request certainly never left this host.
    NotSent {
        /// The request's number.
        id: u32,
        /// Why, in the host's words. No token, no number.
        reason: String,
    },
    /// The platform told something unasked: a webhook, an event of its socket.
    Pushed {
        /// The event as the platform wrote it.
        event: Value,
    },
    /// The agent, who has spoken with the target, hands the caller over.
    Complete,
    /// The agent takes the transfer back.
    Cancel,
    /// The caller hung up.
    CallerLeft,
    /// The time that [`Output::Wait`](crate::transfer::Output::Wait) named has come.
    Wake,
}
