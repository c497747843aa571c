//! `genesys-v2` as its callers see it: Genesys Cloud's conversations, the search for queues, and tokens.
//!
//! A queue keeps a conversation until somebody takes it, and while it waits it may be sent to another queue.

mod conversation;
mod search;

use core::time::Duration;

use crate::http::Response;
use crate::sim::answers::problem;
use crate::sim::platform::{Arrived, Platform};
use crate::sim::route::{Operation, Route};
use crate::sim::site::Site;
use crate::sim::token;
use crate::sim::world::Manner;

/// The simulated Genesys Cloud.
#[derive(Debug)]
pub(super) struct GenesysV2;

const TABLE: &[Operation] = &[
    Operation {
        name: "transfer",
        method: "PATCH",
        path: "/api/v2/conversations/voice/*",
        of_call: true,
        scopes: Some(&["conversation:transfer:write"]),
    },
    Operation {
        name: "conversation",
        method: "GET",
        path: "/api/v2/conversations/voice/*",
        of_call: true,
        scopes: Some(&["conversation:view"]),
    },
    // The documents name no scope that it cannot do without.
    Operation {
        name: "search",
        method: "POST",
        path: "/api/v2/search",
        of_call: false,
        scopes: Some(&[]),
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
    queued: "queued",
    waiting: "waiting",
    ringing: "ringing",
    connected: "connected",
    failed: "waiting",
    disconnected: "disconnected",
    keeps_calls: true,
};

impl Platform for GenesysV2 {
    fn table(&self) -> &'static [Operation] {
        TABLE
    }

    fn manner(&self) -> Manner {
        MANNER
    }

    fn wants_uuids(&self) -> bool {
        true
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
            "transfer" => conversation::transfer(world, &route.id, request.body),
            "conversation" => conversation::read(world, &route.id, stale),
            "search" => search::queues(world, request.body),
            "token" => token::issue(site, request),
            _ => problem(404, "not-found", "there is no such resource"),
        }
    }
}
