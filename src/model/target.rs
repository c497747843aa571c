//! Where a call may go.

use core::fmt;

use serde_json::Value;

use crate::error::spelled;
use crate::json::{ToJson, object, serialize};
use crate::model::id::{QueueId, SkillId};
use crate::private::{Private, REDACTED};
use crate::stored::{Reader, Stored};

/// Where a call may go. In JSON the one field that names it tells the kind: `{"queue": "…", "skill": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl ToJson for Target {
    fn to_json(&self) -> Value {
        match self {
            Self::Queue { queue, skill } => {
                object([("queue", queue.to_json()), ("skill", skill.to_json())])
            }
            Self::Skill { skill } => object([("skill", skill.to_json())]),
            Self::Extension { extension } => object([("extension", extension.to_json())]),
            Self::Phone { phone } => object([("phone", phone.to_json())]),
        }
    }
}
serialize!(Target);

impl Stored for Target {
    fn put(&self, to: &mut Vec<u8>) {
        self.kind().put(to);
        match self {
            Self::Queue { queue, skill } => {
                queue.put(to);
                skill.put(to);
            }
            Self::Skill { skill } => skill.put(to),
            Self::Extension { extension } => extension.put(to),
            Self::Phone { phone } => phone.put(to),
        }
    }

    fn take(from: &mut Reader<'_>) -> Self {
        match TargetKind::take(from) {
            TargetKind::Queue => Self::Queue {
                queue: Stored::take(from),
                skill: Stored::take(from),
            },
            TargetKind::Skill => Self::Skill {
                skill: Stored::take(from),
            },
            TargetKind::Extension => Self::Extension {
                extension: Stored::take(from),
            },
            TargetKind::Phone => Self::Phone {
                phone: Stored::take(from),
            },
        }
    }
}

spelled! {
    /// The kinds of target, by the field that names them.
    TargetKind {
        /// A queue.
        Queue = "queue",
        /// A skill.
        Skill = "skill",
        /// An extension.
        Extension = "extension",
        /// A telephone number.
        Phone = "phone",
    }
}

impl TargetKind {
    /// Whether agents take the calls that go there.
    pub const fn is_staffed(self) -> bool {
        matches!(self, Self::Queue | Self::Skill)
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

    /// The id that the platform knows it by, where it is a queue or a skill.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Queue { queue, .. } => Some(queue.as_str()),
            Self::Skill { skill } => Some(skill.as_str()),
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
