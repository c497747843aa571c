//! Events: what a host may show, store or forward. They carry ids and states, never a token, a number or a name.

use serde_json::{Map, Value};

use crate::json::{ToJson, insert, serialize};
use crate::model::call::PartyKind;
use crate::model::intent::Mode;
use crate::model::reason::{Reason, ReasonCode};
use crate::model::target::Target;
use crate::time::Timestamp;

/// One thing that happened in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place in the run, from 1, without gaps.
    pub sequence: u32,
    /// When, by the host's clock.
    pub at: Timestamp,
    /// What.
    pub happened: Happened,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Happened {
    /// The run began.
    Started {
        /// The call.
        call: String,
        /// Where it was asked to go.
        to: Target,
        /// How.
        mode: Mode,
        /// The steps of the plan, in order.
        steps: Vec<String>,
    },
    /// The run was taken up again from a snapshot.
    Resumed,
    /// The machine went from one state to another.
    StateChanged {
        /// The state it left.
        from: &'static str,
        /// The state it is in.
        to: &'static str,
    },
    /// A request went out.
    RequestSent {
        /// What it does.
        operation: String,
        /// Its number in this run.
        request: u32,
        /// How often this has been asked by now.
        attempt: u32,
    },
    /// An answer came.
    ResponseReceived {
        /// What was asked.
        operation: String,
        /// The number of the request.
        request: u32,
        /// The HTTP status.
        status: u16,
    },
    /// No whole answer came: what the platform did is not known.
    ResponseLost {
        /// What was asked.
        operation: String,
        /// The number of the request.
        request: u32,
        /// Why, in the host's words.
        reason: String,
    },
    /// The request never left the host.
    RequestNotSent {
        /// What was to be asked.
        operation: String,
        /// The number of the request.
        request: u32,
        /// Why, in the host's words.
        reason: String,
    },
    /// An answer came that is not what the platform promised.
    ResponseUnreadable {
        /// What was asked.
        operation: String,
        /// The number of the request.
        request: u32,
        /// How it fails, in one line that repeats nothing of the body.
        reason: String,
    },
    /// A request waits before it is sent.
    RetryScheduled {
        /// What will be asked.
        operation: String,
        /// When.
        until: Timestamp,
        /// Why it waits.
        reason: ReasonCode,
    },
    /// The platform told of the call.
    CallObserved {
        /// Its word for the state.
        state: String,
        /// Who has the call, where that is told and is no number.
        party: Option<String>,
        /// What that is, where it is told.
        party_kind: Option<PartyKind>,
        /// Whether the platform told it unasked.
        pushed: bool,
    },
    /// The platform told a state that this version does not know. It is kept as it came, and proves nothing.
    StateUnknown {
        /// Its word for the state.
        state: String,
    },
    /// The policy was asked, and its plan is another than before. The same policy and inputs give it again.
    Decided {
        /// The hash of the policy.
        policy: String,
        /// The hash of what it was decided on.
        inputs: String,
        /// The steps of the plan, in order.
        plan: Vec<String>,
        /// Where the host's inputs cannot be read, and what would mend it: a line each.
        issues: Vec<String>,
    },
    /// A step of the plan is taken.
    StepChosen {
        /// Which.
        step: String,
        /// Where the call goes.
        target: Target,
        /// Why.
        reason: Reason,
    },
    /// A step of the plan is left out.
    StepSkipped {
        /// Which.
        step: String,
        /// Why.
        reason: Reason,
    },
    /// A step that was taken came to its end without the call being taken there.
    StepEnded {
        /// Which.
        step: String,
        /// Why.
        reason: Reason,
    },
    /// A step's time is over, but the platform still has the transfer in hand: it is followed on.
    StepOverdue {
        /// Which.
        step: String,
    },
    /// Something came too late, twice, or out of place; it changed nothing.
    Ignored {
        /// What.
        what: String,
    },
    /// The run is over.
    Ended {
        /// The outcome's status.
        status: &'static str,
    },
}

impl ToJson for Event {
    fn to_json(&self) -> Value {
        let mut object = Map::new();
        insert(
            &mut object,
            &mut [
                ("sequence", self.sequence.into()),
                ("at", self.at.to_json()),
                ("type", self.happened.name().into()),
            ],
        );
        self.happened.write(&mut object);
        Value::Object(object)
    }
}
serialize!(Event);

impl Happened {
    /// The word that stands as `type` in JSON.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "started",
            Self::Resumed => "resumed",
            Self::StateChanged { .. } => "state-changed",
            Self::RequestSent { .. } => "request-sent",
            Self::ResponseReceived { .. } => "response-received",
            Self::ResponseLost { .. } => "response-lost",
            Self::RequestNotSent { .. } => "request-not-sent",
            Self::ResponseUnreadable { .. } => "response-unreadable",
            Self::RetryScheduled { .. } => "retry-scheduled",
            Self::CallObserved { .. } => "call-observed",
            Self::StateUnknown { .. } => "state-unknown",
            Self::Decided { .. } => "decided",
            Self::StepChosen { .. } => "step-chosen",
            Self::StepSkipped { .. } => "step-skipped",
            Self::StepEnded { .. } => "step-ended",
            Self::StepOverdue { .. } => "step-overdue",
            Self::Ignored { .. } => "ignored",
            Self::Ended { .. } => "ended",
        }
    }

    /// Adds what belongs to it.
    fn write(&self, object: &mut Map<String, Value>) {
        match self {
            Self::Started {
                call,
                to,
                mode,
                steps,
            } => insert(
                object,
                &mut [
                    ("call", call.to_json()),
                    ("to", to.to_json()),
                    ("mode", mode.to_json()),
                    ("steps", steps.to_json()),
                ],
            ),
            Self::Resumed => {}
            Self::StateChanged { from, to } => insert(
                object,
                &mut [("from", from.to_json()), ("to", to.to_json())],
            ),
            Self::RequestSent {
                operation,
                request,
                attempt,
            } => insert(
                object,
                &mut [
                    ("operation", operation.to_json()),
                    ("request", request.to_json()),
                    ("attempt", attempt.to_json()),
                ],
            ),
            Self::ResponseReceived {
                operation,
                request,
                status,
            } => insert(
                object,
                &mut [
                    ("operation", operation.to_json()),
                    ("request", request.to_json()),
                    ("status", status.to_json()),
                ],
            ),
            Self::ResponseLost {
                operation,
                request,
                reason,
            }
            | Self::RequestNotSent {
                operation,
                request,
                reason,
            }
            | Self::ResponseUnreadable {
                operation,
                request,
                reason,
            } => insert(
                object,
                &mut [
                    ("operation", operation.to_json()),
                    ("request", request.to_json()),
                    ("reason", reason.to_json()),
                ],
            ),
            Self::RetryScheduled {
                operation,
                until,
                reason,
            } => insert(
                object,
                &mut [
                    ("operation", operation.to_json()),
                    ("until", until.to_json()),
                    ("reason", reason.to_json()),
                ],
            ),
            Self::CallObserved {
                state,
                party,
                party_kind,
                pushed,
            } => insert(
                object,
                &mut [
                    ("state", state.to_json()),
                    ("party", party.to_json()),
                    ("partyKind", party_kind.to_json()),
                    ("pushed", pushed.to_json()),
                ],
            ),
            Self::StateUnknown { state } => insert(object, &mut [("state", state.to_json())]),
            Self::Decided {
                policy,
                inputs,
                plan,
                issues,
            } => insert(
                object,
                &mut [
                    ("policy", policy.to_json()),
                    ("inputs", inputs.to_json()),
                    ("plan", plan.to_json()),
                    ("issues", issues.to_json()),
                ],
            ),
            Self::StepChosen {
                step,
                target,
                reason,
            } => insert(
                object,
                &mut [
                    ("step", step.to_json()),
                    ("target", target.to_json()),
                    ("reason", reason.to_json()),
                ],
            ),
            Self::StepSkipped { step, reason } | Self::StepEnded { step, reason } => insert(
                object,
                &mut [("step", step.to_json()), ("reason", reason.to_json())],
            ),
            Self::StepOverdue { step } => insert(object, &mut [("step", step.to_json())]),
            Self::Ignored { what } => insert(object, &mut [("what", what.to_json())]),
            Self::Ended { status } => insert(object, &mut [("status", status.to_json())]),
        }
    }
}
