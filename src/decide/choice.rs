//! Whether a step is taken, and why.

use crate::decide::{IfUnknown, Step, judge};
use crate::model::queue::QueueFacts;
use crate::model::reason::{Reason, ReasonCode};
use crate::model::target::Target;

/// Whether a step is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The call goes there.
    Take(Reason),
    /// It does not.
    Skip(Reason),
}

/// Weighs one step by what is known of its target. Targets that have no queue need no facts.
pub fn choose(step: &Step, facts: &QueueFacts) -> Choice {
    let Target::Queue { queue, skill } = &step.to else {
        return Choice::Take(Reason::new(ReasonCode::NeedsNoFacts).of_step(&step.id));
    };
    let verdict = judge(queue, skill.as_ref(), facts);
    let code = verdict.code.unwrap_or(ReasonCode::Eligible);
    let reason = Reason::new(code)
        .with_message(verdict.message)
        .of_step(&step.id);
    let known = matches!(
        code,
        ReasonCode::Eligible
            | ReasonCode::NoCampaign
            | ReasonCode::NoActiveCampaign
            | ReasonCode::NoAvailableAgent
    );
    match (verdict.eligible, known, step.if_unknown) {
        (true, _, _) | (false, false, IfUnknown::Try) => Choice::Take(reason),
        (false, true, _) | (false, false, IfUnknown::Skip) => Choice::Skip(reason),
    }
}
