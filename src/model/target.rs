//! Where a call may go.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::model::id::{QueueId, SkillId};
use crate::private::{Private, REDACTED};

/// Where a call may go. In JSON the one field that names it tells the kind: `{"queue": "…", "skill": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Named", try_from = "Named")]
#[non_exhaustive]
pub enum Target {
    /// A queue, and the skill that its agent must have.
    Queue {
        /// The queue.
        queue: QueueId,
        /// Only agents with this skill will do.
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

/// A target as JSON names it.
#[derive(Default, Serialize, Deserialize)]
struct Named {
    queue: Option<QueueId>,
    skill: Option<SkillId>,
    extension: Option<String>,
    phone: Option<Private<String>>,
}

impl From<Target> for Named {
    fn from(target: Target) -> Self {
        match target {
            Target::Queue { queue, skill } => Self {
                queue: Some(queue),
                skill,
                ..Self::default()
            },
            Target::Skill { skill } => Self {
                skill: Some(skill),
                ..Self::default()
            },
            Target::Extension { extension } => Self {
                extension: Some(extension),
                ..Self::default()
            },
            Target::Phone { phone } => Self {
                phone: Some(phone),
                ..Self::default()
            },
        }
    }
}

impl TryFrom<Named> for Target {
    type Error = &'static str;

    fn try_from(named: Named) -> Result<Self, Self::Error> {
        match named {
            Named {
                queue: Some(queue),
                skill,
                extension: None,
                phone: None,
            } => Ok(Self::Queue { queue, skill }),
            Named {
                queue: None,
                skill: Some(skill),
                extension: None,
                phone: None,
            } => Ok(Self::Skill { skill }),
            Named {
                queue: None,
                skill: None,
                extension: Some(extension),
                phone: None,
            } => Ok(Self::Extension { extension }),
            Named {
                queue: None,
                skill: None,
                extension: None,
                phone: Some(phone),
            } => Ok(Self::Phone { phone }),
            _ => Err("one target is to be named"),
        }
    }
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
            Self::Phone { .. } => Self::Phone {
                phone: Private::new(REDACTED.to_owned()),
            },
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
