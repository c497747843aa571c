//! `GET /api/v2/audit`: who changed a queue's configuration, page by page.

use serde_json::Value;

use crate::http::{Request, Response, encoded};
use crate::json::{Given, ToJson};
use crate::profile::answer::{Page, page};
use crate::profile::ask::{AN_ID, Clock, asks_next, first_page, interval, next_page};
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::Report;

pub(super) const OPERATION: Operation =
    Operation::new("audit-log", "audit:read", build, |response, _| {
        facts(response).map(|told| told.to_json())
    })
    .optional();

const PATH: &str = "/api/v2/audit";

/// Reads `{ queue, from, to?, action?, pageSize? }` for the first page; `{ next, nextMethod? }` for each after it.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    if asks_next(input) {
        return next_page(OPERATION.name, PATH, input, report);
    }
    let mut fields = first_page(input, report)?;
    let queue = fields.required_id("queue", AN_ID, report);
    let interval = interval(&mut fields, Clock::Relative, [None, Some("now")], report);
    let action = fields.id("action", report).unwrap_or("Update");
    let size = fields.integer("pageSize", 1..=1_000, report).unwrap_or(100);
    fields.finish(report);
    let ([from, to], queue) = (interval?, queue?);
    let path = format!(
        "{PATH}?resourceId={}&resourceType=Queue&action={}&startTime={}&endTime={}&pageSize={size}",
        encoded(queue),
        encoded(action),
        encoded(&from),
        encoded(&to),
    );
    Some(Request::reads(OPERATION.name, path))
}

/// One page of the log. Entries stay as the platform wrote them: an auditor asks for every field.
///
/// # Errors
/// Where it holds no list of results.
pub fn facts(response: &Response) -> Result<Page<Value>, Unreadable> {
    page(response, &["results"], |entry| Some(entry.clone()))
}
