//! What a queue looked like when the platform was asked.

use serde::{Deserialize, Serialize};

use crate::model::fact::Fact;
use crate::model::reason::ReasonCode;

/// Whether calls may enter a queue just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Opening {
    /// It takes calls.
    Open,
    /// What feeds it is switched off.
    Inactive,
    /// Nothing feeds it.
    Unassigned,
}

/// A count of the agents of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// All that are listed.
    pub agents: u32,
    /// Those who are free to take a call.
    pub available: u32,
    /// Those of the free who have the skill that was asked for; all of the free where none was.
    pub eligible: u32,
}

/// What is known of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueFacts {
    /// Whether it takes calls.
    pub opening: Fact<Opening>,
    /// Who is there.
    pub roster: Fact<Roster>,
}

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
