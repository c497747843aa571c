//! The transfer machine, from outside.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

mod answered;
mod conversation;
mod decided;
mod guarded;
mod host;
mod one_outcome;
mod rules;
mod scripted;
mod trouble;
