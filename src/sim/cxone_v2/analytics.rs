//! How busy queues are, and how long their callers waited: one query, asked for now and for days that are over.

use core::ops::Range;
use core::time::Duration;

use serde_json::{Map, Value, json};

use crate::http::Response;
use crate::sim::answers::{Complaints, json_answer, payload};
use crate::sim::moment::interval;
use crate::sim::pages::{self, Link};
use crate::sim::platform::Arrived;
use crate::sim::route::Route;
use crate::sim::site::Site;
use crate::sim::world::{AVAILABLE, ON_CALL, Queue, RINGING, WRAP_UP, Wait, World};
use crate::time::Timestamp;

const DATA: &str = "/api/v2/analytics/queues/data/query";

const METRICS: &[&str] = &["occupancy", "waitTime", "abandonedCount", "answeredCount"];

/// Waits are told apart by so many seconds, up to the last range, which has no end.
const RANGE_SECONDS: u64 = 5;
const LAST_RANGE_SECONDS: u64 = 300;

/// What is asked for, checked.
struct Query {
    interval: [Timestamp; 2],
    by_range: bool,
    metrics: Vec<&'static str>,
    queues: Vec<String>,
    selectors: Value,
    page_size: usize,
}

/// `POST /api/v2/analytics/queues/details/query`: each queue as it is now, and what happened there within the interval.
pub(super) fn details(world: &World, body: &[u8]) -> Response {
    let query = match query(world, body) {
        Ok(query) => query,
        Err(complaints) => return complaints.answer(400),
    };
    let queues = query.queues.iter().filter_map(|id| world.queue(id));
    let rows: Vec<_> = queues
        .map(|queue| {
            let waits = within(world, queue, &query);
            let mut row = counted(&waits, &query);
            load(world, queue, &query, &mut row);
            Value::Object(row)
        })
        .collect();
    let [from, to] = query.interval.map(Timestamp::to_iso);
    let range = json!({ "startDate": from, "endDate": to });
    json_answer(
        200,
        &json!({ "dateRange": range, "selectors": query.selectors, "metrics": rows }),
    )
}

/// `POST /api/v2/analytics/queues/data/query`, and its later pages, which are asked for without a body.
pub(super) fn data(site: &mut Site, route: &Route, request: &Arrived<'_>) -> Response {
    let base_url = request.base_url();
    let link = Link {
        base_url: &base_url,
        path: DATA,
        method: Some("POST"),
    };
    if let Some(cursor) = route.parameter("cursor") {
        return site.pages.next(cursor, link);
    }
    let world = &site.world;
    let query = match query(world, request.body) {
        Ok(query) => query,
        Err(complaints) => return complaints.answer(400),
    };
    let mut rows = Vec::new();
    for queue in query.queues.iter().filter_map(|id| world.queue(id)) {
        let waits = within(world, queue, &query);
        if !query.by_range {
            rows.push(named(queue, counted(&waits, &query)));
            continue;
        }
        for seconds in (0..=LAST_RANGE_SECONDS).step_by(RANGE_SECONDS as usize) {
            let last = seconds == LAST_RANGE_SECONDS;
            let end = if last {
                u64::MAX
            } else {
                seconds + RANGE_SECONDS
            };
            let inside = among(&waits, &(seconds..end));
            if inside.is_empty() {
                continue;
            }
            let mut row = counted(&inside, &query);
            let word = if last {
                format!("{seconds}+")
            } else {
                format!("{seconds}-{end}")
            };
            row.insert("waitTimeRange".to_owned(), word.into());
            rows.push(named(queue, row));
        }
    }
    site.pages.first(rows, query.page_size, link)
}

fn query(world: &World, body: &[u8]) -> Result<Query, Complaints> {
    let payload = payload(body)?;
    let mut faults = Complaints::default();
    let range = payload.get("dateRange");
    let bound = |name| {
        range
            .and_then(|range| range.get(name))
            .and_then(Value::as_str)
    };
    let ends = [
        ("dateRange.startDate", bound("startDate")),
        ("dateRange.endDate", bound("endDate")),
    ];
    let interval = interval(ends, world.now(), &mut faults);
    let list = |name: &str| {
        payload
            .get(name)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
    };
    let groups = list("groupBy").unwrap_or_default();
    if groups
        .iter()
        .any(|group| group != "queue" && group != "waitTimeRange")
    {
        faults.add("groupBy", "must be queue, waitTimeRange or both");
    }
    let mut metrics = Vec::new();
    for (place, wanted) in list("metrics").unwrap_or_default().iter().enumerate() {
        match METRICS.iter().find(|metric| wanted == *metric) {
            Some(metric) => metrics.push(*metric),
            None => faults.add(format!("metrics[{place}]"), "there is no such metric"),
        }
    }
    if list("metrics").is_none_or(<[Value]>::is_empty) {
        faults.add("metrics", "must be a list of metrics");
    }
    let selectors = list("selectors").unwrap_or_default();
    let mut queues = Vec::new();
    for (place, selector) in selectors.iter().enumerate() {
        let text = |name| selector.get(name).and_then(Value::as_str);
        match (text("type"), text("id")) {
            (Some("queue"), Some(id)) => queues.push(id.to_owned()),
            (Some("queue"), None) => faults.add(format!("selectors[{place}].id"), "must be an id"),
            _ => faults.add(format!("selectors[{place}].type"), "must be queue"),
        }
    }
    if selectors.is_empty() {
        faults.add("selectors", "must name a queue");
    }
    let page_size = pages::size(payload.get("pageSize"), 50, &mut faults);
    match interval {
        Some(interval) if faults.is_empty() => Ok(Query {
            interval,
            by_range: groups.iter().any(|group| group == "waitTimeRange"),
            metrics,
            queues,
            selectors: selectors.into(),
            page_size,
        }),
        _ => Err(faults),
    }
}

/// The waits that ended within the interval.
fn within(world: &World, queue: &Queue, query: &Query) -> Vec<Wait> {
    let [first, last] = query.interval;
    let mut waits = world.waits(&queue.id);
    waits.retain(|wait| (first..=last).contains(&wait.at));
    waits
}

fn among(waits: &[Wait], seconds: &Range<u64>) -> Vec<Wait> {
    let inside = waits
        .iter()
        .filter(|wait| seconds.contains(&wait.waited.as_secs()));
    inside.copied().collect()
}

/// What the waits tell. Of nobody nothing is told: nothing is not zero.
fn counted(waits: &[Wait], query: &Query) -> Map<String, Value> {
    let mut row = Map::new();
    let abandoned = waits.iter().filter(|wait| wait.abandoned).count();
    let told = [
        ("abandonedCount", json!(abandoned)),
        ("answeredCount", json!(waits.len() - abandoned)),
        (
            "waitTime",
            json!(mean(waits.iter().map(|wait| wait.waited))),
        ),
    ];
    for (metric, value) in told {
        if query.metrics.contains(&metric) && !waits.is_empty() {
            row.insert(metric.to_owned(), value);
        }
    }
    row
}

/// How busy a queue is now: its agents, and those who wait. What the host said of it is told instead.
fn load(world: &World, queue: &Queue, query: &Query, row: &mut Map<String, Value>) {
    let (mut busy, mut free) = (0_u32, 0_u32);
    for agent in world.agents_of(queue) {
        match agent.status() {
            AVAILABLE => free += 1,
            ON_CALL | RINGING | WRAP_UP => busy += 1,
            _ => {}
        }
    }
    let staffed = busy + free > 0;
    let occupancy = staffed.then(|| f64::from(busy * 10_000 / (busy + free)) / 10_000.0);
    let waiting = mean(world.waiting(&queue.id).into_iter());
    let now = [("occupancy", occupancy), ("waitTime", waiting)];
    let said = METRICS
        .iter()
        .map(|metric| (*metric, queue.metrics.get(*metric).copied()));
    for (metric, value) in now.into_iter().chain(said) {
        if let (true, Some(value)) = (query.metrics.contains(&metric), value) {
            row.insert(metric.to_owned(), value.into());
        }
    }
    row.insert("queue".to_owned(), json!({ "id": queue.id }));
}

fn named(queue: &Queue, mut row: Map<String, Value>) -> Value {
    row.insert("queue".to_owned(), json!({ "id": queue.id }));
    row.into()
}

/// The mean of some times in seconds, to the millisecond.
fn mean(times: impl ExactSizeIterator<Item = Duration>) -> Option<f64> {
    let count = u128::try_from(times.len())
        .ok()
        .filter(|count| *count > 0)?;
    let millis = times.map(|time| time.as_millis()).sum::<u128>() / count;
    Some(Duration::from_millis(u64::try_from(millis).ok()?).as_secs_f64())
}
