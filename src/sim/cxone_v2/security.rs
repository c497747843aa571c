//! Security profiles: which scopes the platform gave to which client.

use serde_json::{Value, json};

use crate::http::Response;
use crate::sim::answers::json_answer;
use crate::sim::route::Operation;
use crate::sim::site::Site;

/// `GET /api/v2/security/profiles`: one for each client; where none is registered, one with every scope there is.
pub(super) fn profiles(site: &Site, table: &[Operation]) -> Response {
    let mut every: Vec<&str> = table
        .iter()
        .flat_map(|operation| operation.scopes.unwrap_or_default())
        .filter_map(|scope| scope.split('|').next())
        .collect();
    every.sort_unstable();
    every.dedup();
    let profile = |id: &str, scopes: &Value| json!({ "id": id, "name": id, "scopes": scopes });
    let every = json!(every);
    let mut profiles: Vec<Value> = site
        .access
        .clients()
        .map(|client| {
            let held = client.scopes.as_ref().map(|scopes| json!(scopes));
            profile(&client.id, held.as_ref().unwrap_or(&every))
        })
        .collect();
    if profiles.is_empty() {
        profiles.push(profile("everything", &every));
    }
    json_answer(200, &json!({ "profiles": profiles }))
}
