//! The queueing estimators: reference values, identities, limits, and what is refused.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

mod entry;
mod identities;
mod learned;
mod parts;
mod properties;
mod support;
mod vectors;
mod vendor;
