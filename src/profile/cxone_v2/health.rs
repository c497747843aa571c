//! `GET /api/v2/health`: how the platform says it is.

use crate::http::{Request, Response};
use crate::json::{Given, ToJson, to_json};
use crate::profile::answer::{object, text};
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::{Fields, Report};

pub(super) const OPERATION: Operation =
    Operation::new("health", "health:read", build, |response, _| {
        facts(response).map(|told| told.to_json())
    })
    .optional();

/// How the platform says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Its word for it; `None` where it says none.
    pub status: Option<String>,
}

to_json!(Health { "status": status, });

fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    Fields::open(input, "$", report)?.finish(report);
    Some(Request::reads(OPERATION.name, "/api/v2/health".to_owned()))
}

/// What the answer says.
///
/// # Errors
/// Where it is no object.
pub fn facts(response: &Response) -> Result<Health, Unreadable> {
    let status = text(&object(response)?, &["status"]);
    Ok(Health { status })
}
