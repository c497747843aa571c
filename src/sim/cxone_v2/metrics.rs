//! Transfer metrics: how often transfers succeeded and how long they took, as the details query counts them.

use serde_json::{Map, Value, json};

use crate::http::Response;
use crate::sim::answers::{Complaints, json_answer, payload};
use crate::sim::world::{Call, End, Transfer, World};

/// `POST /api/v2/analytics/conversations/details/query`
///
/// Each named aggregation is answered under its name, each of its metrics under its own. The interval is compared as
/// text, which for moments written alike is the order of time.
pub(super) fn query(world: &World, body: &[u8]) -> Response {
    let query = match payload(body) {
        Ok(query) => query,
        Err(complaints) => return complaints.answer(400),
    };
    let bound = |field| query.get(field).and_then(Value::as_str);
    let (Some(from), Some(to)) = (bound("from"), bound("to")) else {
        let field = if bound("from").is_none() {
            "from"
        } else {
            "to"
        };
        return Complaints::of(field, "must be a moment in UTC").answer(400);
    };
    let empty = Map::new();
    let aggregations = query
        .get("aggregations")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let answered = aggregations.iter().map(|(name, wanted)| {
        let calls: Vec<&Call> = world.calls().filter(|call| fits(call, wanted)).collect();
        let ended = calls
            .iter()
            .flat_map(|call| call.transfers())
            .filter(|transfer| {
                let at = transfer.accepted.to_iso();
                from <= at.as_str() && at.as_str() <= to
            });
        let ended: Vec<&Transfer> = ended.filter(|transfer| transfer.ended.is_some()).collect();
        let metrics = wanted
            .get("metrics")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let metrics = metrics
            .iter()
            .filter_map(|metric| metric.get("name").and_then(Value::as_str));
        (
            name.clone(),
            metrics
                .map(|metric| (metric.to_owned(), value(metric, &ended)))
                .collect::<Map<_, _>>()
                .into(),
        )
    });
    json_answer(
        200,
        &json!({ "from": from, "to": to, "aggregations": answered.collect::<Map<String, Value>>() }),
    )
}

/// Whether every filter on the call's id names this call.
fn fits(call: &Call, aggregation: &Value) -> bool {
    let filters = aggregation
        .get("filters")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    filters
        .iter()
        .filter(|filter| filter.get("field").and_then(Value::as_str) == Some("callId"))
        .all(|filter| {
            let values = filter
                .get("values")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            values.iter().any(|value| value.as_str() == Some(&call.id))
        })
}

/// One metric over transfers that ended; null where there is nothing to count, or no such metric.
fn value(metric: &str, ended: &[&Transfer]) -> Value {
    let completed = ended
        .iter()
        .filter(|transfer| matches!(transfer.ended, Some((_, End::Completed))))
        .count();
    let took =
        |transfer: &&&Transfer| Some(transfer.ended?.0.since(transfer.accepted).as_secs_f64());
    match metric {
        "transferSuccess" => json!(completed),
        "transferFailure" => json!(ended.len() - completed),
        "transferDuration" if !ended.is_empty() => {
            json!(
                ended
                    .iter()
                    .filter_map(|transfer| took(&transfer))
                    .sum::<f64>()
                    / ended.len() as f64
            )
        }
        _ => Value::Null,
    }
}
