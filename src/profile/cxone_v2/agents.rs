//! `GET /api/v2/voice/queues/{id}/agents`: who of a queue is free, and who of them has a skill.
//!
//! A roster may list thousands of agents with all that is known of each. It is counted as it is read: no agent is ever
//! built, no name is ever taken out of the text.

use crate::http::{Request, encoded};
use crate::json::scan::{Flaw, Scanner};
use crate::json::{Given, ToJson};
use crate::model::fact::Fact;
use crate::model::id::{QueueId, SkillId};
use crate::model::queue::Roster;
use crate::model::target::Target;
use crate::profile::ask::AN_ID;
use crate::profile::{Operation, Profile, Unreadable};
use crate::time::Timestamp;
use crate::validate::{Fields, Report};

const NAME: &str = "agents";

pub(super) const OPERATION: Operation = Operation::new(
    NAME,
    "voice:queue:read",
    |profile, input, report| of_queue(profile, input, report).map(|queue| request(&queue)),
    |response, _| {
        let roster = count_agents(&response.body, None).map_err(Unreadable)?;
        Ok(roster.to_json())
    },
);

/// Reads `{ queue }`.
pub(super) fn of_queue(
    profile: &dyn Profile,
    input: Given<'_>,
    report: &mut Report,
) -> Option<QueueId> {
    let mut fields = Fields::open(input, "$", report)?;
    let id = fields.required_id("queue", AN_ID, report);
    fields.finish(report);
    let queue = QueueId::parse(id?).ok()?;
    let target = Target::Queue {
        queue: queue.clone(),
        skill: None,
    };
    profile.check_target(&target, "$", report);
    Some(queue)
}

pub(super) fn request(queue: &QueueId) -> Request {
    Request::reads(
        NAME,
        format!("/api/v2/voice/queues/{}/agents", encoded(queue.as_str())),
    )
}

pub(super) fn roster(
    body: &[u8],
    skill: Option<&SkillId>,
    now: Timestamp,
) -> Result<Fact<Roster>, Unreadable> {
    let value = count_agents(body, skill.map(SkillId::as_str)).map_err(Unreadable)?;
    Ok(Fact::Known { value, as_of: now })
}

/// Counts the agents of a roster, those who are `AVAILABLE`, and those of them who have `skill`.
///
/// # Errors
/// One line where `body` is no list of objects in JSON.
pub fn count_agents(body: &[u8], skill: Option<&str>) -> Result<Roster, String> {
    let mut roster = Roster::default();
    let mut scanner = Scanner::new(body);
    let read = scanner.list(|scanner| {
        let (available, skilled) = agent(scanner, skill)?;
        roster.agents += 1;
        roster.available += u32::from(available);
        roster.eligible += u32::from(available && skilled);
        Ok(())
    });
    match read.and_then(|()| scanner.end()) {
        Ok(()) => Ok(roster),
        Err(Flaw(at)) => Err(format!("not a list of agents in JSON, at byte {at}")),
    }
}

/// Whether an agent is free, and has the skill. The skills of those who are not free are passed over.
fn agent(scanner: &mut Scanner<'_>, skill: Option<&str>) -> Result<(bool, bool), Flaw> {
    let (mut available, mut skilled) = (None, skill.is_none());
    scanner.object(|scanner, key| match skill {
        _ if key.is("status") => says(scanner, "AVAILABLE").map(|free| available = Some(free)),
        Some(skill) if available != Some(false) && key.is("skills") => {
            holds(scanner, skill).map(|held| skilled = held)
        }
        _ => scanner.skip(),
    })?;
    Ok((available == Some(true), skilled))
}

/// Whether a list of skills holds this one: `[{"skillId": "…"}]`. What is no list holds none.
fn holds(scanner: &mut Scanner<'_>, skill: &str) -> Result<bool, Flaw> {
    if scanner.peek() != Some(b'[') {
        return scanner.skip().map(|()| false);
    }
    let mut held = false;
    scanner.list(|scanner| {
        scanner.object(|scanner, key| {
            if key.is("skillId") {
                says(scanner, skill).map(|found| held |= found)
            } else {
                scanner.skip()
            }
        })
    })?;
    Ok(held)
}

/// Whether a value is this text. A value of another type is not.
fn says(scanner: &mut Scanner<'_>, word: &str) -> Result<bool, Flaw> {
    if scanner.peek() == Some(b'"') {
        scanner.string().map(|text| text.is(word))
    } else {
        scanner.skip().map(|()| false)
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
        let all = Roster {
            agents: 5,
            available: 2,
            eligible: 2,
        };
        assert_eq!(count_agents(body, None), Ok(all));
        assert_eq!(
            count_agents(body, Some("s1")),
            Ok(Roster { eligible: 1, ..all })
        );
        assert_eq!(
            count_agents(body, Some("s3")),
            Ok(Roster { eligible: 0, ..all })
        );
    }

    #[test]
    fn what_is_no_list_of_agents_is_refused_in_one_line() {
        for body in [
            "",
            "{}",
            "[1]",
            "[{]",
            "[{}] x",
            "null",
            r#"[{"a"}]"#,
            r#"[{"a":1,}]"#,
            "[{}",
            r#"[{"a":"\"#,
            r#"[{"a":[1}]"#,
        ] {
            let refusal = count_agents(body.as_bytes(), Some("s1"));
            assert!(
                refusal
                    .as_ref()
                    .is_err_and(|line| !line.is_empty() && !line.contains('\n')),
                "{body}: {refusal:?}"
            );
        }
    }
}
