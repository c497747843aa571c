//! What is known of the platform when a policy is checked: what it can do, and what there is.

use crate::decide::engine::check::Offer;
use crate::decide::engine::names;
use crate::decide::engine::place::Place;
use crate::error::Code;
use crate::json::{Given, List};
use crate::model::intent::Mode;
use crate::model::target::Target;
use crate::validate::{Fields, Report};

/// What is known of the platform. What is not told is not checked.
#[derive(Clone, Debug, Default)]
pub struct World {
    can: Option<Vec<(String, Vec<String>)>>,
    queues: Option<Vec<String>>,
    skills: Option<Vec<String>>,
    agents: Option<Vec<String>>,
    mailboxes: Option<Vec<String>>,
}

impl World {
    /// Reads what is known; what cannot be read is reported.
    pub fn read(value: Given<'_>, report: &mut Report) -> Self {
        let mut world = Self::default();
        let Some(mut fields) = Fields::open(value, "$world", report) else {
            return world;
        };
        if fields.value("can").is_some() {
            let kinds = names::entries(&mut fields, "can", report);
            let modes = |value: Given<'_>| value.as_list().map(words);
            let can = kinds
                .into_iter()
                .map(|(kind, value, _)| (kind.to_owned(), modes(value).unwrap_or_default()));
            world.can = Some(can.collect());
        }
        world.queues = fields.list("queues", report).map(words);
        world.skills = fields.list("skills", report).map(words);
        world.agents = fields.list("agents", report).map(words);
        world.mailboxes = fields.list("mailboxes", report).map(words);
        fields.finish(report);
        world
    }

    /// Whether a call can go there in this way; in any way, where none is given.
    fn can(&self, place: &Place, mode: Option<Mode>) -> bool {
        let Some(can) = &self.can else {
            return true;
        };
        let kind = place.kind().as_str();
        let modes = can.iter().find(|(known, _)| known == kind);
        modes.is_some_and(|(_, modes)| match mode {
            Some(mode) => modes.iter().any(|word| word == mode.as_str()),
            None => !modes.is_empty(),
        })
    }

    pub(super) fn check(&self, offer: &Offer<'_>, mode: Option<Mode>, report: &mut Report) {
        let to = &offer.candidate.to;
        if !self.can(to, mode) {
            report.add(
                Code::DeadTarget,
                format!("{}.to", offer.path),
                format!("the platform cannot send calls to a {}", to.kind()),
                "name another kind of target, or another mode",
            );
        }
        match to {
            Place::Target(Target::Queue { queue, skill }) => {
                exists(&self.queues, "queue", queue.as_str(), &offer.path, report);
                if let Some(skill) = skill {
                    exists(&self.skills, "skill", skill.as_str(), &offer.path, report);
                }
            }
            Place::Target(Target::Skill { skill }) => {
                exists(&self.skills, "skill", skill.as_str(), &offer.path, report);
            }
            Place::Callback(queue) => {
                exists(
                    &self.queues,
                    "callback",
                    queue.as_str(),
                    &offer.path,
                    report,
                );
            }
            Place::Agent(agent) => {
                exists(&self.agents, "agent", agent.as_str(), &offer.path, report);
            }
            Place::Voicemail(id) => exists(&self.mailboxes, "voicemail", id, &offer.path, report),
            Place::Target(_) | Place::Announce(_) | Place::Return => {}
        }
    }
}

fn exists(list: &Option<Vec<String>>, field: &str, id: &str, path: &str, report: &mut Report) {
    if list
        .as_ref()
        .is_some_and(|list| !list.iter().any(|known| known == id))
    {
        report.add(
            Code::DeadTarget,
            format!("{path}.to.{field}"),
            "there is nothing of this id",
            "name one that exists",
        );
    }
}

fn words(list: List<'_>) -> Vec<String> {
    list.iter()
        .filter_map(Given::as_str)
        .map(str::to_owned)
        .collect()
}
