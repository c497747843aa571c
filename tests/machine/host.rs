//! What the tests of the machine share: a request, a policy, an answer.

use patchcord::Timestamp;
use patchcord::http::Response;
use patchcord::transfer::{Input, Options, Transfer};
use serde_json::{Value, json};

pub(crate) const BILLING: &str = "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11";
pub(crate) const OVERFLOW: &str = "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c22";

/// A transfer of `call-1` that begins at `now`.
pub(crate) fn start(to: &Value, policy: &Value, seed: u32, now: Timestamp) -> Transfer {
    let options = json!({
        "profile": "cxone-v2", "seed": seed, "policy": policy,
        "transfer": { "call": "call-1", "to": to, "callbackNumber": "+15550100000" },
    });
    Transfer::new(
        Options::from_json(&options.to_string()).expect("options"),
        now,
    )
}

/// An answer with this status and body.
pub(crate) fn answer(id: u32, status: u16, body: &str) -> Input {
    Input::Response {
        id,
        response: Response {
            status,
            headers: Vec::new(),
            body: body.into(),
        },
    }
}
