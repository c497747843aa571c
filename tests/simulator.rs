//! The simulated platforms: what a client written from the platform's documents reads, how transfers go, and what never happens.
#![cfg(feature = "sim")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

#[path = "simulator/access.rs"]
mod access;
#[path = "simulator/analytics.rs"]
mod analytics;
#[path = "simulator/answered.rs"]
mod answered;
#[path = "simulator/bridges.rs"]
mod bridges;
#[path = "simulator/chance.rs"]
mod chance;
#[path = "simulator/client.rs"]
mod client;
#[path = "simulator/conversation_runs.rs"]
mod conversation_runs;
#[path = "simulator/conversations.rs"]
mod conversations;
#[path = "simulator/documents.rs"]
mod documents;
#[path = "simulator/drive.rs"]
mod drive;
#[path = "simulator/failures.rs"]
mod failures;
#[path = "simulator/faults.rs"]
mod faults;
#[path = "simulator/pages.rs"]
mod pages;
#[path = "simulator/placed.rs"]
mod placed;
#[path = "simulator/requests.rs"]
mod requests;
#[path = "simulator/routing.rs"]
mod routing;
#[path = "simulator/runs.rs"]
mod runs;
#[path = "simulator/setup.rs"]
mod setup;
#[path = "simulator/transfers.rs"]
mod transfers;
