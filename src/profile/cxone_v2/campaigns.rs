//! `GET /api/v2/voice/campaigns?queueId=`: a queue takes calls while one of its campaigns is active.

use serde_json::Value;

use crate::http::{Request, encoded};
use crate::json::{ToJson, object, parsed};
use crate::model::fact::Fact;
use crate::model::id::QueueId;
use crate::model::queue::Opening;
use crate::profile::cxone_v2::agents::of_queue;
use crate::profile::{Operation, Unreadable};
use crate::time::Timestamp;

pub(super) const NAME: &str = "campaigns";

pub(super) const OPERATION: Operation = Operation::new(
    NAME,
    "voice:campaign:read",
    |profile, input, report| of_queue(profile, input, report).map(|queue| request(&queue)),
    |response, _| {
        let opening = opening(&response.body, Timestamp::default())?;
        Ok(object([("opening", opening.known().copied().to_json())]))
    },
);

pub(super) fn request(queue: &QueueId) -> Request {
    Request::reads(
        NAME,
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
