//! `GET /api/v2/routing/skills`: the skills that there are, for the check of a queue's configuration.

use crate::http::{Request, Response};
use crate::json::{Given, ToJson, to_json};
use crate::profile::answer::{Page, page, text};
use crate::profile::ask::{asks_next, first_page, next_page};
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::Report;

pub(super) const OPERATION: Operation =
    Operation::new("skills", "routing:skill:read", build, |response, _| {
        facts(response).map(|told| told.to_json())
    });

const PATH: &str = "/api/v2/routing/skills";

/// A skill of the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Its id.
    pub skill: String,
    /// Its name.
    pub name: Option<String>,
}

to_json!(Skill {
    "skill": skill,
    "name": name,
});

/// Reads `{}` for the first page; `{ next, nextMethod? }` for each after it.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    if asks_next(input) {
        return next_page(OPERATION.name, PATH, input, report);
    }
    first_page(input, report)?.finish(report);
    Some(Request::reads(OPERATION.name, PATH.to_owned()))
}

/// One page of skills.
///
/// # Errors
/// Where it holds no list.
pub fn facts(response: &Response) -> Result<Page<Skill>, Unreadable> {
    page(response, &["skills", "results", "entities"], |row| {
        let skill = row.as_str().map(str::to_owned);
        Some(Skill {
            skill: skill.or_else(|| text(row, &["id", "skillId"]))?,
            name: text(row, &["name", "skillName"]),
        })
    })
}
