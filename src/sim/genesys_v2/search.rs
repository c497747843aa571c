//! Finding queues by their names.

use serde_json::{Value, json};

use crate::http::Response;
use crate::sim::answers::{Complaints, json_answer, payload};
use crate::sim::world::{Queue, World};

/// `POST /api/v2/search`: queues whose names hold every word that was asked for, in any case; the one of exactly this
/// name first, then those that begin with it.
pub(super) fn queues(world: &World, body: &[u8]) -> Response {
    let query = match payload(body) {
        Ok(query) => Value::Object(query),
        Err(complaints) => return complaints.answer(400),
    };
    let Some(clauses) = query.pointer("/query/bool/must").and_then(Value::as_array) else {
        return Complaints::of("query.bool.must", "must be a list of clauses").answer(400);
    };
    let clause = |place: &str| {
        let found = clauses.iter().find_map(|clause| clause.pointer(place));
        found.map(|value| value.as_str().unwrap_or_default())
    };
    let of_queues = clause("/term/entityType").is_none_or(|kind| kind == "queue");
    let name = clause("/match/name").unwrap_or_default();
    let mut found: Vec<&Queue> = world
        .queues()
        .filter(|queue| of_queues && holds(&queue.name, name))
        .collect();
    found.sort_by_key(|queue| likeness(&queue.name, name));
    let results: Vec<_> = found
        .iter()
        .map(|queue| json!({ "id": queue.id, "name": queue.name, "entityType": "queue" }))
        .collect();
    json_answer(200, &json!({ "total": results.len(), "results": results }))
}

fn holds(name: &str, wanted: &str) -> bool {
    let name = name.to_lowercase();
    let wanted = wanted.to_lowercase();
    wanted.split_whitespace().all(|word| name.contains(word))
}

/// Less is more alike.
fn likeness(name: &str, wanted: &str) -> u8 {
    let (small, wanted_small) = (name.to_lowercase(), wanted.to_lowercase());
    match () {
        () if name == wanted => 0,
        () if small == wanted_small => 1,
        () if small.starts_with(&wanted_small) => 2,
        () => 3,
    }
}
