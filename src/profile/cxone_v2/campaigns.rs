//! `GET /api/v2/voice/campaigns?queueId=`: a queue takes calls while one of its campaigns is active.

use serde_json::Value;

use crate::http::{Request, encoded};
use crate::json::parsed;
use crate::model::fact::Fact;
use crate::model::id::QueueId;
use crate::model::queue::Opening;
use crate::profile::Unreadable;
use crate::time::Timestamp;

pub(super) const OPERATION: &str = "campaigns";

pub(super) fn request(queue: &QueueId) -> Request {
    Request::reads(
        OPERATION,
        format!(
            "/api/v2/voice/campaigns?queueId={}",
            encoded(queue.as_str())
        ),
    )
}

pub(super) fn opening(body: &[u8], now: Timestamp) -> Result<Fact<Opening>, Unreadable> {
    let answer = parsed(body).map_err(Unreadable)?;
    let campaigns = answer
        .as_array()
        .filter(|list| list.iter().all(Value::is_object));
    let campaigns = campaigns.ok_or_else(|| Unreadable("not a list of campaigns".to_owned()))?;
    let active = campaigns
        .iter()
        .any(|campaign| campaign.get("status").and_then(Value::as_str) == Some("ACTIVE"));
    let value = match (campaigns.is_empty(), active) {
        (true, _) => Opening::Unassigned,
        (false, true) => Opening::Open,
        (false, false) => Opening::Inactive,
    };
    Ok(Fact::Known { value, as_of: now })
}
