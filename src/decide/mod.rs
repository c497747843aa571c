//! Where the call goes: the policy, and whether a step of it may be taken now. It knows facts, and no platform.

mod choice;
mod eligibility;
#[cfg(feature = "decide")]
pub mod engine;
mod policy;

pub use choice::{Choice, choose};
pub use eligibility::judge;
pub use policy::{CheckTarget, IfUnknown, PRIMARY, Policy, Step, needs_decisions};
