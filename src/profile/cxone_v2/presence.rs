//! `GET /api/v2/users/{id}/presence`: what an agent is doing, as a call is handed to them. Nothing waits for it.

use crate::http::{Request, Response, encoded};
use crate::json::{Given, ToJson, to_json};
use crate::profile::answer::{object, text};
use crate::profile::ask::named;
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::Report;

pub(super) const OPERATION: Operation =
    Operation::new("presence", "user:presence:read", build, |response, _| {
        facts(response).map(|told| told.to_json())
    })
    .optional();

/// What an agent is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The platform's word, such as `AVAILABLE`; `None` where it says none.
    pub status: Option<String>,
}

to_json!(Presence { "status": status, });

fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    named(input, "agent", report, |agent, _| {
        let path = format!("/api/v2/users/{}/presence", encoded(agent));
        Some(Request::reads(OPERATION.name, path))
    })
}

/// What the answer says.
///
/// # Errors
/// Where it is no object.
pub fn facts(response: &Response) -> Result<Presence, Unreadable> {
    let status = text(&object(response)?, &["status"]);
    Ok(Presence { status })
}
