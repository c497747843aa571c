//! One operation, sent and answered, from outside.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

mod host;
mod one_outcome;
mod rules;
