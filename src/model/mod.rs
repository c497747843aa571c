//! What a call centre is made of, as data: calls, targets, queues, agents and what is known of them.

pub mod call;
pub mod eligibility;
pub mod fact;
pub mod id;
pub mod intent;
pub mod queue;
pub mod reason;
pub mod target;
