//! How the platform is.

use serde_json::json;

use crate::http::Response;
use crate::sim::answers::json_answer;
use crate::sim::world::World;

/// `GET /api/v2/health`: it is well; whoever wants it otherwise puts a fault before it.
pub(super) fn read(world: &World) -> Response {
    let now = world.now().to_iso();
    json_answer(200, &json!({ "status": "UP", "timestamp": now }))
}
