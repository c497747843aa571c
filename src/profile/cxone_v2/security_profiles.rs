//! `GET /api/v2/security/profiles`: the scopes that the platform gave to its clients, for a check before the start.

use serde_json::Value;

use crate::http::{Request, Response};
use crate::json::{Given, ToJson, to_json};
use crate::profile::answer::{ids, json, rows, text};
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::{Fields, Report};

// The documents name no scope for it.
pub(super) const OPERATION: Operation =
    Operation::new("security-profiles", "", build, |response, _| {
        facts(response).map(|told| told.to_json())
    });

/// One security profile of the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityProfile {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The scopes that it holds; empty where the platform tells none.
    pub scopes: Vec<String>,
}

to_json!(SecurityProfile {
    "id": id,
    "name": name,
    "scopes": scopes,
});

fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    Fields::open(input, "$", report)?.finish(report);
    Some(Request::reads(
        OPERATION.name,
        "/api/v2/security/profiles".to_owned(),
    ))
}

/// The profiles that the answer lists.
///
/// # Errors
/// Where it is no list.
pub fn facts(response: &Response) -> Result<Vec<SecurityProfile>, Unreadable> {
    let answer = json(response)?;
    let one = |row: &Value| SecurityProfile {
        id: text(row, &["id"]),
        name: text(row, &["name"]),
        scopes: ids(row, "scopes"),
    };
    Ok(rows(&answer, &["profiles", "results"])?
        .iter()
        .map(one)
        .collect())
}
