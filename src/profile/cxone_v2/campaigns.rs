//! `GET /api/v2/voice/campaigns?queueId=`: a queue takes calls while one of its campaigns is active.

use serde::Deserialize;

use crate::http::{Request, encoded};
use crate::model::fact::Fact;
use crate::model::id::QueueId;
use crate::model::queue::Opening;
use crate::profile::Unreadable;
use crate::time::Timestamp;

pub(super) const OPERATION: &str = "campaigns";

pub(super) fn request(queue: &QueueId) -> Request {
    Request::reads(OPERATION, format!("/api/v2/voice/campaigns?queueId={}", encoded(queue.as_str())))
}

#[derive(Deserialize)]
struct Campaign {
    #[serde(default)]
    status: Option<String>,
}

pub(super) fn opening(body: &[u8], now: Timestamp) -> Result<Fact<Opening>, Unreadable> {
    let campaigns: Vec<Campaign> = serde_json::from_slice(body).map_err(|error| Unreadable(error.to_string()))?;
    let active = campaigns.iter().any(|campaign| campaign.status.as_deref() == Some("ACTIVE"));
    let value = match (campaigns.is_empty(), active) {
        (true, _) => Opening::Unassigned,
        (false, true) => Opening::Open,
        (false, false) => Opening::Inactive,
    };
    Ok(Fact::Known { value, as_of: now })
}
