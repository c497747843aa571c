//! `GET /api/v2/voice/queues/{id}/agents`: who of a queue is free, and who of them has a skill.
//!
//! A roster may list thousands of agents with all that is known of each. It is counted as it is read: no agent is ever
//! built, no name is ever taken out of the text.

use core::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::http::{Request, encoded};
use crate::model::fact::Fact;
use crate::model::id::{QueueId, SkillId};
use crate::model::queue::Roster;
use crate::profile::Unreadable;
use crate::time::Timestamp;

pub(super) const OPERATION: &str = "agents";

pub(super) fn request(queue: &QueueId) -> Request {
    Request::reads(OPERATION, format!("/api/v2/voice/queues/{}/agents", encoded(queue.as_str())))
}

pub(super) fn roster(body: &[u8], skill: Option<&SkillId>, now: Timestamp) -> Result<Fact<Roster>, Unreadable> {
    let value = count_agents(body, skill.map(SkillId::as_str)).map_err(Unreadable)?;
    Ok(Fact::Known { value, as_of: now })
}

/// Counts the agents of a roster, those who are `AVAILABLE`, and those of them who have `skill`.
///
/// # Errors
/// One line where `body` is no list of objects in JSON.
pub fn count_agents(body: &[u8], skill: Option<&str>) -> Result<Roster, String> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let counted = json.deserialize_seq(Agents { skill }).and_then(|roster| json.end().map(|()| roster));
    counted.map_err(|error| error.to_string())
}

struct Agents<'s> {
    skill: Option<&'s str>,
}

impl<'de> Visitor<'de> for Agents<'_> {
    type Value = Roster;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of agents")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut agents: A) -> Result<Roster, A::Error> {
        let mut roster = Roster::default();
        while let Some((available, skilled)) = agents.next_element_seed(Seed(Agent { skill: self.skill }))? {
            roster.agents += 1;
            roster.available += u32::from(available);
            roster.eligible += u32::from(available && skilled);
        }
        Ok(roster)
    }
}

/// Hands a visitor to whatever value comes next.
struct Seed<V>(V);

impl<'de, V: Visitor<'de>> serde::de::DeserializeSeed<'de> for Seed<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        value.deserialize_any(self.0)
    }
}

/// The keys that are looked at; all others are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Key {
    Status,
    Skills,
    SkillId,
    #[serde(other)]
    Other,
}

/// Whether an agent is free, and has the skill.
struct Agent<'s> {
    skill: Option<&'s str>,
}

impl<'de> Visitor<'de> for Agent<'_> {
    type Value = (bool, bool);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an agent")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut agent: A) -> Result<(bool, bool), A::Error> {
        let (mut available, mut skilled) = (false, self.skill.is_none());
        while let Some(key) = agent.next_key()? {
            match (key, self.skill) {
                (Key::Status, _) => available = agent.next_value_seed(Seed(Is("AVAILABLE")))?,
                (Key::Skills, Some(skill)) => skilled = agent.next_value_seed(Seed(Holds(skill)))?,
                _ => {
                    agent.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok((available, skilled))
    }
}

/// Whether a value is this text. A value of another type is not.
struct Is<'s>(&'s str);

impl<'de> Visitor<'de> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<bool, E> {
        Ok(text == self.0)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(false)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<bool, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(false)
    }
}

/// Whether a list of skills holds this one: `[{"skillId": "…"}]`. No list, no skill.
struct Holds<'s>(&'s str);

impl<'de> Visitor<'de> for Holds<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of skills")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut skills: A) -> Result<bool, A::Error> {
        let mut held = false;
        while let Some(found) = skills.next_element_seed(Seed(SkillIs(self.0)))? {
            held |= found;
        }
        Ok(held)
    }
}

/// Whether an object names this skill.
struct SkillIs<'s>(&'s str);

impl<'de> Visitor<'de> for SkillIs<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a skill")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut skill: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(key) = skill.next_key()? {
            if matches!(key, Key::SkillId) {
                found = skill.next_value_seed(Seed(Is(self.0)))?;
            } else {
                skill.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_agents_with_the_skill_are_counted_whatever_else_is_told_of_them() {
        let body = br#"[
            {"userId":"a","name":"\u0041nn \"A\"","status":"AVAILABLE","skills":[{"level":3,"skillId":"s1"},{"skillId":"s2"}]},
            {"skills":[{"skillId":"s2"}],"status":"AVAILABLE","team":{"status":"AVAILABLE","list":[1,{"skillId":"s1"}]}},
            {"status":"BUSY","skills":[{"skillId":"s1"}]},
            {"status":null,"skills":null},
            {"status":7}
        ]"#;
        let all = Roster { agents: 5, available: 2, eligible: 2 };
        assert_eq!(count_agents(body, None), Ok(all));
        assert_eq!(count_agents(body, Some("s1")), Ok(Roster { eligible: 1, ..all }));
        assert_eq!(count_agents(body, Some("s3")), Ok(Roster { eligible: 0, ..all }));
    }

    #[test]
    fn what_is_no_list_of_agents_is_refused_in_one_line() {
        for body in ["", "{}", "[1]", "[{]", "[{}] x", "null"] {
            let refusal = count_agents(body.as_bytes(), Some("s1"));
            assert!(refusal.as_ref().is_err_and(|line| !line.is_empty() && !line.contains('\n')), "{body}: {refusal:?}");
        }
    }
}
