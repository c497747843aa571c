//! `cxone-v2` as its callers see it: NICE CXone's voice API, tokens, presence and transfer metrics.
//!
//! Ids are taken as they come, UUIDs and names alike: the platform's documents show both.

mod metrics;
mod people;
mod token;
mod voice;

use core::time::Duration;

use serde_json::json;

use crate::http::Response;
use crate::sim::platform::{Arrived, Operation, Platform, Route, json_answer, problem};
use crate::sim::world::World;

/// The simulated CXone.
#[derive(Debug)]
pub(super) struct CxoneV2;

const TABLE: &[Operation] = &[
    Operation {
        name: "transfer",
        method: "POST",
        path: "/api/v2/voice/calls/*/transfer",
        of_call: true,
        scope: Some("voice:call:control"),
    },
    Operation {
        name: "call",
        method: "GET",
        path: "/api/v2/voice/calls/*",
        of_call: true,
        scope: Some("voice:call:control"),
    },
    Operation {
        name: "campaigns",
        method: "GET",
        path: "/api/v2/voice/campaigns",
        of_call: false,
        scope: Some("voice:campaign:read"),
    },
    Operation {
        name: "agents",
        method: "GET",
        path: "/api/v2/voice/queues/*/agents",
        of_call: false,
        scope: Some("voice:queue:read"),
    },
    Operation {
        name: "presence",
        method: "GET",
        path: "/api/v2/users/*/presence",
        of_call: false,
        scope: Some("user:presence:read"),
    },
    Operation {
        name: "metrics",
        method: "POST",
        path: "/api/v2/analytics/conversations/details/query",
        of_call: false,
        scope: Some("analytics:conversation:read"),
    },
    Operation {
        name: "token",
        method: "POST",
        path: "/api/v2/oauth/token",
        of_call: false,
        scope: None,
    },
];

impl Platform for CxoneV2 {
    fn table(&self) -> &'static [Operation] {
        TABLE
    }

    fn act(
        &self,
        world: &mut World,
        route: &Route,
        request: &Arrived<'_>,
        stale: Duration,
    ) -> Response {
        match route.operation.name {
            "transfer" => voice::transfer(world, &route.id, request.body),
            "call" => voice::call(world, &route.id, stale),
            "campaigns" => people::campaigns(world, route.parameter("queueId")),
            "agents" => people::agents(world, &route.id),
            "presence" => people::presence(world, &route.id),
            "metrics" => metrics::query(world, request.body),
            "token" => token::issue(world, request),
            _ => problem(404, "not-found", "there is no such resource"),
        }
    }

    fn refusal(&self, status: u16, operation: &Operation) -> Response {
        match status {
            400 => json_answer(
                400,
                &json!({ "errors": [{ "field": "", "message": "the request was refused" }] }),
            ),
            401 => {
                let mut response = problem(
                    401,
                    "unauthorized",
                    "the access token is missing, expired or invalid",
                );
                response
                    .headers
                    .push(("www-authenticate".to_owned(), "Bearer".to_owned()));
                response
            }
            403 => {
                let scope = operation.scope.unwrap_or_default();
                let message = format!("the access token lacks the scope {scope}");
                json_answer(
                    403,
                    &json!({ "code": "forbidden", "message": message, "requiredScopes": [scope] }),
                )
            }
            404 => problem(404, "not-found", "there is no such resource"),
            409 => problem(
                409,
                "conflict",
                "the call's present state does not allow this",
            ),
            429 => problem(429, "too-many-requests", "the rate limit is exceeded"),
            500.. => problem(status, "server-error", "the platform failed inside"),
            _ => problem(status, "scripted", "the simulation was told to answer so"),
        }
    }
}
