//! Platform dialects. A profile is data and reading: the stages that move a call there, the requests they send, and
//! what the platform's answers and events mean. It never decides what to do next.

mod answer;
mod ask;
pub mod cxone_v2;
pub mod genesys_v2;
mod intent;
mod operation;
mod plan;
mod problem;

use core::fmt::Debug;

use serde_json::Value;

pub use answer::{Made, Page};
pub use intent::read_intent;
pub use operation::{Build, Fault, Operation, Read};
pub use plan::{Guard, Stage, Write};
pub use problem::{Problem, problem, refusal, told};

use crate::error::{Code, Error};
use crate::http::{Request, Response};
use crate::json::Given;
use crate::model::call::CallFacts;
use crate::model::id::{CallId, QueueId};
use crate::model::intent::{Intent, Mode};
use crate::model::queue::QueueFacts;
use crate::model::reason::{ReasonCode, Words};
use crate::model::target::{Target, TargetKind};
use crate::time::Timestamp;
use crate::validate::Report;

/// Why an answer could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

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
    fn build(&self, operation: &str, input: Given<'_>, report: &mut Report) -> Option<Request>;

    /// What a transfer takes beside the call, its target and its mode.
    fn details(&self) -> &'static [&'static str] {
        &[PRIORITY, CALLBACK_NUMBER]
    }

    /// The platform's words for the states in which a pending transfer may be overtaken, unless the policy names others.
    fn overtake_in(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether the platform transfers a call in such a state.
    fn may_transfer(&self, _call: &CallFacts) -> bool {
        true
    }

    /// How long the platform keeps a call, in seconds since it began, where that has an end.
    fn keeps_calls_seconds(&self) -> Option<u64> {
        None
    }

    /// The platform's own words for why something failed.
    fn words(&self) -> Words {
        &[]
    }

    /// What it means that the platform refuses an operation with this status.
    fn refusal(&self, _operation: &str, status: u16) -> ReasonCode {
        refusal(status)
    }

    /// What would mend such a refusal, where this platform knows better than the usual advice.
    fn advice(&self, _operation: &str, _code: ReasonCode) -> Option<&'static str> {
        None
    }

    /// The facts that an answer with a 2xx tells, in JSON. `asked` is the request that it answers, as JSON too; null where
    /// it is not at hand.
    ///
    /// # Errors
    /// Where the body is not what the platform promised; one line says how.
    fn read(
        &self,
        operation: &str,
        response: &Response,
        asked: &Value,
    ) -> Result<Value, Unreadable> {
        match self.operation(operation) {
            Some(known) => (known.read)(response, asked),
            None => Err(Unreadable("no such operation".to_owned())),
        }
    }

    /// The operation of this name.
    fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations().iter().find(|known| known.name == name)
    }

    /// The scope or permission that an operation needs.
    fn scope(&self, operation: &str) -> Option<&'static str> {
        self.operation(operation).map(|known| known.scope)
    }
}

/// The field of a transfer's place in its queue.
pub(crate) const PRIORITY: &str = "priority";
/// The field of the number to ring a caller back at.
pub(crate) const CALLBACK_NUMBER: &str = "callbackNumber";
/// The field of why a call is transferred.
pub(crate) const REASON_CODE: &str = "reasonCode";
/// The field of how the agent's own part of the call is closed.
pub(crate) const WRAP_UP_CODE: &str = "wrapUpCode";

/// Builds the request of one of a profile's operations.
fn built(
    profile: &dyn Profile,
    operation: &str,
    input: Given<'_>,
    report: &mut Report,
) -> Option<Request> {
    let known = profile.operation(operation)?;
    (known.build)(profile, input, report)
}

/// The profiles that Patchcord brings.
pub const PROFILES: &[&dyn Profile] = &[
    &cxone_v2::CxoneV2::UUIDS,
    &cxone_v2::CxoneV2::NAMES,
    &genesys_v2::GenesysV2,
];

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
