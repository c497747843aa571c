//! `cxone-v2` as its callers see it: NICE CXone's voice API, presence, routing, analytics, audit, health,
//! personal connection, bridges and tokens.
//!
//! Ids are taken as they come, UUIDs and names alike: the platform's documents show both.

mod analytics;
mod audit;
mod bridge;
mod health;
mod metrics;
mod people;
mod personal_connection;
mod routing;
mod security;
mod voice;

use core::time::Duration;

use crate::http::Response;
use crate::sim::answers::problem;
use crate::sim::platform::{Arrived, Platform};
use crate::sim::route::{Operation, Route};
use crate::sim::site::Site;
use crate::sim::token;
use crate::sim::world::Manner;

/// The simulated CXone.
#[derive(Debug)]
pub(super) struct CxoneV2;

const TABLE: &[Operation] = &[
    Operation {
        name: "transfer",
        method: "POST",
        path: "/api/v2/voice/calls/*/transfer",
        of_call: true,
        scopes: Some(&["voice:call:control"]),
    },
    Operation {
        name: "call",
        method: "GET",
        path: "/api/v2/voice/calls/*",
        of_call: true,
        scopes: Some(&["voice:call:control"]),
    },
    Operation {
        name: "campaigns",
        method: "GET",
        path: "/api/v2/voice/campaigns",
        of_call: false,
        scopes: Some(&["voice:campaign:read"]),
    },
    Operation {
        name: "agents",
        method: "GET",
        path: "/api/v2/voice/queues/*/agents",
        of_call: false,
        scopes: Some(&["voice:queue:read"]),
    },
    Operation {
        name: "presence",
        method: "GET",
        path: "/api/v2/users/*/presence",
        of_call: false,
        scopes: Some(&["user:presence:read"]),
    },
    Operation {
        name: "transfer-metrics",
        method: "POST",
        path: "/api/v2/analytics/conversations/details/query",
        of_call: false,
        scopes: Some(&["analytics:conversation:read"]),
    },
    Operation {
        name: "security-profiles",
        method: "GET",
        path: "/api/v2/security/profiles",
        of_call: false,
        scopes: Some(&[]),
    },
    // Who may read queues may read the skills that their configurations name: one document asks for no more.
    Operation {
        name: "skills",
        method: "GET",
        path: "/api/v2/routing/skills",
        of_call: false,
        scopes: Some(&["routing:skill:read|routing:queues:read"]),
    },
    Operation {
        name: "queue",
        method: "GET",
        path: "/api/v2/routing/queues/*",
        of_call: false,
        scopes: Some(&["routing:queues:read"]),
    },
    Operation {
        name: "queue-config",
        method: "PUT",
        path: "/api/v2/routing/queues/*",
        of_call: false,
        scopes: Some(&["routing:queues:write"]),
    },
    Operation {
        name: "audit-log",
        method: "GET",
        path: "/api/v2/audit",
        of_call: false,
        scopes: Some(&["audit:read"]),
    },
    Operation {
        name: "queue-metrics",
        method: "POST",
        path: "/api/v2/analytics/queues/details/query",
        of_call: false,
        scopes: Some(&["analytics:queues:read"]),
    },
    Operation {
        name: "wait-distribution",
        method: "POST",
        path: "/api/v2/analytics/queues/data/query",
        of_call: false,
        scopes: Some(&["analytics:conversations:read"]),
    },
    // Its later pages are asked for in either way.
    Operation {
        name: "wait-distribution",
        method: "GET",
        path: "/api/v2/analytics/queues/data/query",
        of_call: false,
        scopes: Some(&["analytics:conversations:read"]),
    },
    Operation {
        name: "health",
        method: "GET",
        path: "/api/v2/health",
        of_call: false,
        scopes: Some(&["health:read"]),
    },
    Operation {
        name: "personal-connection",
        method: "POST",
        path: "/v2/personal-connection/calls",
        of_call: false,
        scopes: Some(&["personal-connection:write"]),
    },
    Operation {
        name: "personal-connection",
        method: "POST",
        path: "/api/v2/personal-connection/calls",
        of_call: false,
        scopes: Some(&["personal-connection:write"]),
    },
    Operation {
        name: "personal-connection-status",
        method: "GET",
        path: "/v2/personal-connection/calls/*",
        of_call: true,
        scopes: Some(&["personal-connection:read"]),
    },
    Operation {
        name: "personal-connection-status",
        method: "GET",
        path: "/api/v2/personal-connection/calls/*",
        of_call: true,
        scopes: Some(&["personal-connection:read"]),
    },
    Operation {
        name: "bridge",
        method: "POST",
        path: "/api/v2/cti/calls/*/bridge",
        of_call: true,
        scopes: Some(&["cti:bridge:write", "cti:calls:write", "cti:calls:read"]),
    },
    // The documents give three addresses.
    Operation {
        name: "token",
        method: "POST",
        path: "/api/v2/oauth/token",
        of_call: false,
        scopes: None,
    },
    Operation {
        name: "token",
        method: "POST",
        path: "/v2/oauth/token",
        of_call: false,
        scopes: None,
    },
    Operation {
        name: "token",
        method: "POST",
        path: "/oauth/token",
        of_call: false,
        scopes: None,
    },
];

const MANNER: Manner = Manner {
    queued: "WAITING",
    waiting: "WAITING",
    ringing: "IN_TRANSFER",
    connected: "CONNECTED",
    failed: "FAILED",
    disconnected: "DISCONNECTED",
    keeps_calls: false,
};

impl Platform for CxoneV2 {
    fn table(&self) -> &'static [Operation] {
        TABLE
    }

    fn manner(&self) -> Manner {
        MANNER
    }

    fn act(
        &self,
        site: &mut Site,
        route: &Route,
        request: &Arrived<'_>,
        stale: Duration,
    ) -> Response {
        let world = &mut site.world;
        match route.operation.name {
            "transfer" => voice::transfer(world, &route.id, request.body),
            "call" => voice::call(world, &route.id, stale),
            "campaigns" => people::campaigns(world, route.parameter("queueId")),
            "agents" => people::agents(world, &route.id),
            "presence" => people::presence(world, &route.id),
            "transfer-metrics" => metrics::query(world, request.body),
            "security-profiles" => security::profiles(site, TABLE),
            "skills" => routing::skills(site, route, request),
            "queue" => routing::read(site, &route.id),
            "queue-config" => routing::deploy(site, &route.id, request),
            "audit-log" => audit::read(site, route, request),
            "queue-metrics" => analytics::details(world, request.body),
            "wait-distribution" => analytics::data(site, route, request),
            "health" => health::read(world),
            "personal-connection" => personal_connection::place(site, request.body),
            "personal-connection-status" => personal_connection::status(site, &route.id, stale),
            "bridge" => bridge::make(site, route, request),
            "token" => token::issue(site, request),
            _ => problem(404, "not-found", "there is no such resource"),
        }
    }
}
