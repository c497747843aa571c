//! Whether a queue can take a call now.

use crate::model::eligibility::Eligibility;
use crate::model::id::{QueueId, SkillId};
use crate::model::queue::{Opening, QueueFacts};
use crate::model::reason::ReasonCode;

/// Judges a queue by what is known of it. What is not known makes it ineligible, with the reason why it isn't known.
pub fn judge(queue: &QueueId, skill: Option<&SkillId>, facts: &QueueFacts) -> Eligibility {
    let no = |code: ReasonCode, message: String| Eligibility {
        eligible: false,
        code: Some(code),
        message,
        available: None,
    };
    let unsure = |code: ReasonCode| no(code, code.attributes().agent_reads.to_owned());
    match facts.opening.known() {
        Some(Opening::Unassigned) => return unsure(ReasonCode::NoCampaign),
        Some(Opening::Inactive) => return unsure(ReasonCode::NoActiveCampaign),
        Some(Opening::Open) => {}
        None => return unsure(facts.opening.why_unknown().unwrap_or(ReasonCode::NotAsked)),
    }
    match facts.roster.known() {
        Some(roster) if roster.eligible > 0 => Eligibility {
            eligible: true,
            code: None,
            message: format!("Eligible. {} agent(s) available.", roster.eligible),
            available: Some(roster.eligible),
        },
        Some(_) => {
            let skilled = if skill.is_some() {
                " with required skill"
            } else {
                ""
            };
            let message = format!("No available agents{skilled} in queue {queue}");
            Eligibility {
                available: Some(0),
                ..no(ReasonCode::NoAvailableAgent, message)
            }
        }
        None => unsure(facts.roster.why_unknown().unwrap_or(ReasonCode::NotAsked)),
    }
}
