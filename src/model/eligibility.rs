//! Whether a target can take a call just now, and in which words to say why not.

use crate::json::to_json;
use crate::model::reason::ReasonCode;

/// Whether a target can take a call just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eligibility {
    /// It can, as far as is known.
    pub eligible: bool,
    /// Why it can't, or why we don't know.
    pub code: Option<ReasonCode>,
    /// One sentence for the agent.
    pub message: String,
    /// Agents who could take the call, where that was asked.
    pub available: Option<u32>,
}

to_json!(Eligibility {
    "eligible": eligible,
    "code": code,
    "message": message,
    "available": available,
});
