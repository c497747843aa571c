//! The audit log: who changed which queue, and when.

use serde_json::Value;

use crate::http::Response;
use crate::sim::answers::Complaints;
use crate::sim::moment::interval;
use crate::sim::pages::{self, Link};
use crate::sim::platform::Arrived;
use crate::sim::route::Route;
use crate::sim::routing::Entry;
use crate::sim::site::Site;

const PATH: &str = "/api/v2/audit";

/// `GET /api/v2/audit?resourceId=&resourceType=&action=&startTime=&endTime=&pageSize=`, the earliest entry first. What is
/// not named is not asked for: all time, and every resource.
pub(super) fn read(site: &mut Site, route: &Route, request: &Arrived<'_>) -> Response {
    let base_url = request.base_url();
    let link = Link {
        base_url: &base_url,
        path: PATH,
        method: None,
    };
    if let Some(cursor) = route.parameter("cursor") {
        return site.pages.next(cursor, link);
    }
    let mut complaints = Complaints::default();
    let bound = |name, usual| (name, route.parameter(name).or(Some(usual)));
    let interval = interval(
        [
            bound("startTime", "1970-01-01T00:00:00Z"),
            bound("endTime", "now"),
        ],
        site.world.now(),
        &mut complaints,
    );
    let asked = route.parameter("pageSize").map(Value::from);
    let size = pages::size(asked.as_ref(), 100, &mut complaints);
    let Some([first, last]) = interval.filter(|_| complaints.is_empty()) else {
        return complaints.answer(400);
    };
    let is = |name, value: &str| route.parameter(name).is_none_or(|wanted| wanted == value);
    let wanted = |entry: &&Entry| {
        (first..=last).contains(&entry.at)
            && is("resourceId", &entry.queue)
            && is("resourceType", "Queue")
            && is("action", entry.action)
    };
    let entries = site.routing.log.entries().filter(wanted);
    let rows = entries.map(|entry| entry.body.clone()).collect();
    site.pages.first(rows, size, link)
}
