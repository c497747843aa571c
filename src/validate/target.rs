//! Reading a target, and the words that go with it, out of JSON. What a platform asks of a target is its profile's.

use crate::error::Code;
use crate::json::Given;
use crate::model::id::{QueueId, SkillId};
use crate::model::intent::Mode;
use crate::model::target::Target;
use crate::private::Private;
use crate::validate::{Fields, Report};

/// The words for the ways in which a call changes hands.
pub const MODES: &[(&str, Mode)] = &[("blind", Mode::Blind), ("consult", Mode::Consult)];

const KINDS: [&str; 4] = ["queue", "skill", "extension", "phone"];

/// Reads the target that stands at `path`: the one field that names it tells its kind.
pub fn read_target<'a>(
    value: impl Into<Given<'a>>,
    path: &str,
    report: &mut Report,
) -> Option<Target> {
    let value = value.into();
    let mut fields = Fields::open(value, path, report)?;
    let queue = fields
        .id("queue", report)
        .and_then(|id| QueueId::parse(id).ok());
    let skill = fields
        .id("skill", report)
        .and_then(|id| SkillId::parse(id).ok());
    let extension = fields.text("extension", report).map(str::to_owned);
    let phone = fields
        .text("phone", report)
        .map(|number| Private::new(number.to_owned()));
    fields.finish(report);
    let named = |kind: &&str| value.get(kind).is_some_and(|value| !value.is_null());
    match KINDS
        .into_iter()
        .filter(named)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => {
            report.add(
                Code::NoTarget,
                path,
                "no target is named",
                format!("name one of {}", KINDS.join(", ")),
            );
            return None;
        }
        [_] | ["queue", "skill"] => {}
        several => {
            let hint = "name one target; only a queue takes a skill beside it";
            report.add(
                Code::SeveralTargets,
                path,
                format!("{} are named", several.join(" and ")),
                hint,
            );
            return None;
        }
    }
    match (queue, skill, extension, phone) {
        (Some(queue), skill, None, None) => Some(Target::Queue { queue, skill }),
        (None, Some(skill), None, None) => Some(Target::Skill { skill }),
        (None, None, Some(extension), None) => Some(Target::Extension { extension }),
        (None, None, None, Some(phone)) => Some(Target::Phone { phone }),
        _ => None,
    }
}
