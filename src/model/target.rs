//! Where a call may go.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::model::id::{QueueId, SkillId};
use crate::private::{Private, REDACTED};

/// Where a call may go. In JSON the one field that names it tells the kind: `{"queue": "…", "skill": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Target {
    /// A queue, and the skill that its agent must have.
    Queue {
        /// The queue.
        queue: QueueId,
        /// Only agents with this skill will do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        skill: Option<SkillId>,
    },
    /// Whoever has the skill.
    Skill {
        /// The skill.
        skill: SkillId,
    },
    /// A number inside the house, such as a voicemail box.
    Extension {
        /// Digits.
        extension: String,
    },
    /// A telephone number.
    Phone {
        /// In E.164, with its plus.
        phone: Private<String>,
    },
}

/// The kinds of target, by the field that names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TargetKind {
    /// A queue.
    Queue,
    /// A skill.
    Skill,
    /// An extension.
    Extension,
    /// A telephone number.
    Phone,
}

impl TargetKind {
    /// The field that names this kind in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Skill => "skill",
            Self::Extension => "extension",
            Self::Phone => "phone",
        }
    }
}

impl Target {
    /// Which kind it is.
    pub const fn kind(&self) -> TargetKind {
        match self {
            Self::Queue { .. } => TargetKind::Queue,
            Self::Skill { .. } => TargetKind::Skill,
            Self::Extension { .. } => TargetKind::Extension,
            Self::Phone { .. } => TargetKind::Phone,
        }
    }

    /// The queue, where it is one.
    pub const fn queue(&self) -> Option<&QueueId> {
        match self {
            Self::Queue { queue, .. } => Some(queue),
            _ => None,
        }
    }

    /// The skill that the agent must have, where one is asked for.
    pub const fn skill(&self) -> Option<&SkillId> {
        match self {
            Self::Queue { skill, .. } => skill.as_ref(),
            Self::Skill { skill } => Some(skill),
            _ => None,
        }
    }

    /// The same target for print: a phone number gives way to [`REDACTED`].
    #[must_use]
    pub fn redacted(&self) -> Self {
        match self {
            Self::Phone { .. } => Self::Phone { phone: Private::new(REDACTED.to_owned()) },
            other => other.clone(),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Queue { queue, .. } => write!(f, "queue {queue}"),
            Self::Skill { skill } => write!(f, "skill {skill}"),
            Self::Extension { extension } => write!(f, "extension {extension}"),
            Self::Phone { phone } => write!(f, "number {phone}"),
        }
    }
}
