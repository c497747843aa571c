//! What a queue looked like when the platform was asked.

use crate::error::spelled;
use crate::json::to_json;
use crate::model::fact::Fact;
use crate::model::reason::ReasonCode;
use crate::stored::stored;

spelled! {
    /// Whether calls may enter a queue just now.
    Opening {
        /// It takes calls.
        Open = "open",
        /// What feeds it is switched off.
        Inactive = "inactive",
        /// Nothing feeds it.
        Unassigned = "unassigned",
    }
}

/// A count of the agents of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// All that are listed.
    pub agents: u32,
    /// Those who are free to take a call.
    pub available: u32,
    /// Those of the free who have the skill that was asked for; all of the free where none was.
    pub eligible: u32,
}

to_json!(Roster {
    "agents": agents,
    "available": available,
    "eligible": eligible,
});
stored!(Roster {
    agents,
    available,
    eligible,
});

/// What is known of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueFacts {
    /// Whether it takes calls.
    pub opening: Fact<Opening>,
    /// Who is there.
    pub roster: Fact<Roster>,
}

stored!(QueueFacts { opening, roster });

impl Default for QueueFacts {
    fn default() -> Self {
        Self {
            opening: Fact::Unknown {
                reason: ReasonCode::NotAsked,
            },
            roster: Fact::Unknown {
                reason: ReasonCode::NotAsked,
            },
        }
    }
}
