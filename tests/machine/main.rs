//! The transfer machine, from outside.

mod guarded;
mod host;
mod one_outcome;
mod rules;
