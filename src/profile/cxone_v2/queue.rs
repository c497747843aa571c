//! `GET /api/v2/routing/queues/{id}`: how a queue is configured, and in which version.

use crate::http::{Request, Response, encoded};
use crate::json::{Given, ToJson, to_json};
use crate::profile::answer::{ids, object, text, whole};
use crate::profile::ask::named;
use crate::profile::{Operation, Profile, Unreadable};
use crate::validate::Report;

pub(super) const OPERATION: Operation =
    Operation::new("queue", "routing:queues:read", build, |response, _| {
        facts(response).map(|told| told.to_json())
    });

/// How a queue is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueConfig {
    /// Its id.
    pub queue: Option<String>,
    /// Which version of its configuration this is; a deployment names the one that it changes.
    pub version: Option<u64>,
    /// The platform's word for how it picks an agent.
    pub routing_strategy: Option<String>,
    /// How long a caller may wait, in seconds.
    pub max_wait_seconds: Option<u64>,
    /// The queues that take over from it.
    pub overflow_targets: Vec<String>,
    /// The skills that it asks for.
    pub skills: Vec<String>,
}

to_json!(QueueConfig {
    "queue": queue,
    "version": version,
    "routingStrategy": routing_strategy,
    "maxWaitSeconds": max_wait_seconds,
    "overflowTargets": overflow_targets,
    "skills": skills,
});

pub(super) fn path(queue: &str) -> String {
    ["/api/v2/routing/queues/", &encoded(queue)].concat()
}

fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    named(input, "queue", report, |queue, _| {
        Some(Request::reads(OPERATION.name, path(queue)))
    })
}

/// What the answer says of a queue: to a read, and to a deployment too.
///
/// # Errors
/// Where it is no object.
pub fn facts(response: &Response) -> Result<QueueConfig, Unreadable> {
    let queue = object(response)?;
    Ok(QueueConfig {
        queue: text(&queue, &["id"]),
        version: whole(&queue, &["version"]),
        routing_strategy: text(&queue, &["routingStrategy"]),
        max_wait_seconds: whole(&queue, &["maxWaitTime"]),
        overflow_targets: ids(&queue, "overflowTargets"),
        skills: ids(&queue, "skills"),
    })
}
