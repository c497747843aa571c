//! Platform dialects. A profile is data and reading: the stages that move a call there, the requests they send, and
//! what the platform's answers and events mean. It never decides what to do next.

pub mod cxone_v2;
mod intent;
mod plan;

use core::fmt::Debug;

use serde_json::Value;

pub use intent::read_intent;
pub use plan::{Guard, Stage, Write};

use crate::error::{Code, Error};
use crate::http::{Request, Response};
use crate::model::call::CallFacts;
use crate::model::id::{CallId, QueueId};
use crate::model::intent::{Intent, Mode};
use crate::model::queue::QueueFacts;
use crate::model::target::{Target, TargetKind};
use crate::time::Timestamp;
use crate::validate::Report;

/// Why an answer could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Something that a profile can ask of its platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name in Patchcord.
    pub name: &'static str,
    /// The scope or permission that the token needs for it.
    pub scope: &'static str,
}

/// What one platform dialect speaks.
///
/// The machine asks it for stages and requests, hands it answers and events, and gets facts. All methods are pure.
/// A host may bring a profile of its own.
pub trait Profile: Debug + Send + Sync {
    /// Its name, as in `createPatchcord({ profile })`.
    fn name(&self) -> &'static str;

    /// What it can ask of the platform.
    fn operations(&self) -> &'static [Operation];

    /// Where it can send calls.
    fn targets(&self) -> &'static [TargetKind];

    /// The platform's own rules for a target that stands at `path`.
    fn check_target(&self, target: &Target, path: &str, report: &mut Report);

    /// The stages that move a call to such a target; none where the platform cannot do it.
    fn stages(&self, kind: TargetKind, mode: Mode) -> &'static [Stage];

    /// The request of a write. `seen` is what is known of the call by then: ids of legs and parties.
    fn write(&self, write: Write, intent: &Intent, seen: Option<&CallFacts>) -> Request;

    /// The request that reads a call.
    fn read_call(&self, call: &CallId) -> Request;

    /// What such an answer says of the call.
    ///
    /// # Errors
    /// Where the body is not what the platform promised; one line says how.
    fn call_facts(&self, response: &Response) -> Result<CallFacts, Unreadable>;

    /// What a pushed event says of the call; `None` where it says nothing of it.
    fn pushed(&self, call: &CallId, event: &Value) -> Option<CallFacts>;

    /// The requests that tell whether a queue takes calls, and who is there.
    fn queue_reads(&self, queue: &QueueId) -> Vec<Request>;

    /// Adds what the answer to one of [`Profile::queue_reads`] says.
    ///
    /// # Errors
    /// Where the body is not what the platform promised; one line says how.
    fn queue_facts(
        &self,
        operation: &str,
        target: &Target,
        response: &Response,
        now: Timestamp,
        facts: &mut QueueFacts,
    ) -> Result<(), Unreadable>;

    /// Builds the request of an operation from its JSON input, or reports why not.
    fn build(&self, operation: &str, input: &Value, report: &mut Report) -> Option<Request>;

    /// The scope or permission that an operation needs.
    fn scope(&self, operation: &str) -> Option<&'static str> {
        self.operations()
            .iter()
            .find(|known| known.name == operation)
            .map(|known| known.scope)
    }
}

/// The profiles that Patchcord brings.
pub const PROFILES: &[&dyn Profile] = &[&cxone_v2::CxoneV2];

/// The profile of this name.
///
/// # Errors
/// [`Code::UnknownProfile`], with the known ones as the hint.
pub fn by_name(name: &str) -> Result<&'static dyn Profile, Error> {
    PROFILES
        .iter()
        .copied()
        .find(|profile| profile.name() == name)
        .ok_or_else(|| {
            let known = PROFILES
                .iter()
                .map(|profile| format!("`{}`", profile.name()))
                .collect::<Vec<_>>()
                .join(", ");
            Error::new(
                Code::UnknownProfile,
                format!("there is no profile `{name}`"),
            )
            .with_hint(format!("use one of {known}"))
        })
}
