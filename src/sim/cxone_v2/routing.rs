//! Skills, and how queues are configured: read, and deployed on a version.

use serde_json::{Map, Value, json};

use crate::http::Response;
use crate::sim::answers::{Complaints, json_answer, payload, problem};
use crate::sim::pages::{self, Link};
use crate::sim::platform::Arrived;
use crate::sim::route::Route;
use crate::sim::routing::{Deployment, Version, checked};
use crate::sim::site::Site;

const SKILLS: &str = "/api/v2/routing/skills";

/// `GET /api/v2/routing/skills`, by id.
pub(super) fn skills(site: &mut Site, route: &Route, request: &Arrived<'_>) -> Response {
    let base_url = request.base_url();
    let link = Link {
        base_url: &base_url,
        path: SKILLS,
        method: None,
    };
    if let Some(cursor) = route.parameter("cursor") {
        return site.pages.next(cursor, link);
    }
    let mut complaints = Complaints::default();
    let asked = route.parameter("pageSize").map(Value::from);
    let size = pages::size(asked.as_ref(), 100, &mut complaints);
    if !complaints.is_empty() {
        return complaints.answer(400);
    }
    let skills = site.world.skills();
    let rows = skills
        .iter()
        .map(|(id, name)| json!({ "id": id, "name": name }));
    let rows = rows.collect();
    site.pages.first(rows, size, link)
}

/// `GET /api/v2/routing/queues/{id}`: the version that shows, which may be behind the one that was deployed last.
pub(super) fn read(site: &Site, queue: &str) -> Response {
    match site.routing.shown(queue) {
        Some(version) => told(site, queue, version),
        None => not_found(),
    }
}

/// `PUT /api/v2/routing/queues/{id}`: taken where `If-Match` and `version`, as far as they are given, name the last version.
pub(super) fn deploy(site: &mut Site, queue: &str, request: &Arrived<'_>) -> Response {
    let Some(latest) = site.routing.latest(queue).map(|latest| latest.number) else {
        return not_found();
    };
    let payload = match payload(request.body) {
        Ok(payload) => payload,
        Err(complaints) => return complaints.answer(400),
    };
    let named = payload.get("id").filter(|id| !id.is_null());
    if named.is_some_and(|id| id != queue) {
        return Complaints::of("id", "is not the queue in the path").answer(400);
    }
    let config = match checked(&payload, |skill| site.world.knows_skill(skill)) {
        Ok(config) => config,
        Err(complaints) => return complaints.answer(400),
    };
    match sent_version(&payload, request, latest) {
        Sent::Matches => {}
        Sent::Missing => {
            let message = "name the version that is changed, here or in If-Match";
            return Complaints::of("version", message).answer(400);
        }
        Sent::Differs(sent) => return conflict(latest, &sent),
    }
    let token = request.authorization("bearer").unwrap_or_default();
    let deployment = Deployment {
        queue: queue.to_owned(),
        config,
        by: site.access.holder(token).unwrap_or("simulated").to_owned(),
        at: site.world.now(),
    };
    let seed = site.world.seed;
    match site.routing.deploy(seed, deployment) {
        Some(version) => told(site, queue, &version),
        None => not_found(),
    }
}

/// What a deployment says of the version that it changes.
enum Sent {
    Matches,
    Differs(Value),
    Missing,
}

fn sent_version(payload: &Map<String, Value>, request: &Arrived<'_>, latest: u64) -> Sent {
    let in_body = payload.get("version").filter(|version| !version.is_null());
    let tag = request.header("if-match").map(|tag| {
        let plain = tag.trim().trim_start_matches("W/").trim_matches('"');
        plain.parse::<u64>().map_or(json!(plain), Value::from)
    });
    let tag = tag.filter(|tag| tag != "*");
    let mut sent = tag.as_ref().into_iter().chain(in_body).peekable();
    if sent.peek().is_none() {
        return Sent::Missing;
    }
    match sent.find(|sent| sent.as_u64() != Some(latest)) {
        Some(other) => Sent::Differs(other.clone()),
        None => Sent::Matches,
    }
}

fn told(site: &Site, queue: &str, version: &Version) -> Response {
    let name = site.world.queue(queue).map(|queue| queue.name.as_str());
    let mut body = version.config.clone();
    body.insert("id".to_owned(), queue.into());
    body.insert("name".to_owned(), name.into());
    body.insert("version".to_owned(), version.number.into());
    tagged(json_answer(200, &body), version.number)
}

fn conflict(latest: u64, sent: &Value) -> Response {
    let message = "the queue was changed meanwhile: read the latest version, and deploy on that";
    let body = json!({
        "code": "version-conflict", "message": message, "version": latest, "requestedVersion": sent,
    });
    tagged(json_answer(409, &body), latest)
}

fn tagged(mut response: Response, version: u64) -> Response {
    let tag = format!("\"{version}\"");
    response.headers.push(("etag".to_owned(), tag));
    response
}

fn not_found() -> Response {
    problem(404, "queue-not-found", "there is no such queue")
}
