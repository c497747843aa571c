//! `POST /api/v2/search`: finds a queue by its name. The platform matches loosely, so the name is compared once more.

use serde_json::Value;

use crate::error::Code;
use crate::http::{Request, Response};
use crate::json::{Given, ToJson, body, parsed, to_json};
use crate::profile::answer::{json as answer, rows, text};
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::{Fields, Report};

pub(super) const OPERATION: Operation =
    Operation::new("search", "queue:member:view", build, |response, asked| {
        facts(response, name_in(asked).as_deref()).map(|told| told.to_json())
    });

/// Where the name stands in the request.
const NAME: &str = "/query/bool/must/1/match/name";

/// A queue that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundQueue {
    /// Its id.
    pub queue: String,
    /// Its name, where the platform tells it.
    pub name: Option<String>,
}

to_json!(FoundQueue {
    "queue": queue,
    "name": name,
});

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The queue that was meant: the one of exactly this name, else the only one that was found. `None` where several may be
    /// meant, or none was found.
    pub queue: Option<String>,
    /// All that were found, in the platform's order.
    pub queues: Vec<FoundQueue>,
}

to_json!(Found {
    "queue": queue,
    "queues": queues,
});

/// Reads `{ name }`.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let hint = "write the queue's name as the platform shows it";
    let name = fields
        .required("name", hint, report)
        .and_then(|_| fields.text("name", report));
    fields.finish(report);
    let name = name?;
    if name.trim().is_empty() {
        report.add(Code::MissingField, "$.name", "`name` is empty", hint);
    }
    let kind = body([("term", body([("entityType", "queue".into())]))]);
    let named = body([("match", body([("name", name.into())]))]);
    let both = body([("must", vec![kind, named].into())]);
    let body = body([("query", body([("bool", both)]))]);
    Some(Request::queries(OPERATION.name, "/api/v2/search", &body))
}

/// The name that a request asked for.
fn name_in(asked: &Value) -> Option<String> {
    let body = asked.get("body")?.as_str()?;
    let body = parsed(body.as_bytes()).ok()?;
    Some(body.pointer(NAME)?.as_str()?.to_owned())
}

/// What the answer found. `name` is the one that was asked for, where it is at hand.
///
/// # Errors
/// Where it holds no list of results.
pub fn facts(response: &Response, name: Option<&str>) -> Result<Found, Unreadable> {
    let answer = answer(response)?;
    let one = |row: &Value| {
        Some(FoundQueue {
            queue: text(row, &["id"])?,
            name: text(row, &["name"]),
        })
    };
    let queues: Vec<_> = rows(&answer, &["results"])?
        .iter()
        .filter_map(one)
        .collect();
    let exact = |found: &&FoundQueue| name.is_some() && found.name.as_deref() == name;
    let mut meant = queues.iter().filter(exact);
    let queue = match (meant.next(), meant.next(), queues.as_slice()) {
        (Some(only), None, _) | (None, _, [only]) => Some(only.queue.clone()),
        _ => None,
    };
    Ok(Found { queue, queues })
}
