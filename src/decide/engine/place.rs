//! Where a step may send a call: the targets of the transfer machine, and those that only a plan knows.

use serde_json::Value;

use crate::error::{Code, spelled};
use crate::json::{Given, ToJson, object};
use crate::model::id::{AgentId, QueueId};
use crate::model::target::{Target, TargetKind};
use crate::validate::{Fields, Report, check_extension, check_phone, read_target};

/// Where a step may send a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A queue, a skill, an extension or a number.
    Target(Target),
    /// An agent.
    Agent(AgentId),
    /// The caller is rung back by a queue.
    Callback(QueueId),
    /// A mailbox.
    Voicemail(String),
    /// The caller hears an announcement and stays on hold.
    Announce(String),
    /// Back to the agent who has the call now, or sent it.
    Return,
}

spelled! {
    /// The kinds of places, by the field that names them.
    PlaceKind {
        /// A queue.
        Queue = "queue",
        /// A skill.
        Skill = "skill",
        /// An extension.
        Extension = "extension",
        /// A telephone number.
        Phone = "phone",
        /// An agent.
        Agent = "agent",
        /// A callback.
        Callback = "callback",
        /// A mailbox.
        Voicemail = "voicemail",
        /// An announcement, on hold.
        Announce = "announce",
        /// Back to the agent.
        ReturnTo = "returnTo",
    }
}

spelled! {
    /// Who takes a call there; hops to people and to machines are counted apart.
    Reaches {
        /// A human.
        Person = "person",
        /// A mailbox, an announcement, a menu.
        Machine = "machine",
    }
}

impl PlaceKind {
    /// Whether a step there can be the safe end: it takes any call at any time, and needs neither consent nor a free agent.
    pub const fn can_be_safe(self) -> bool {
        !matches!(self, Self::Agent | Self::Callback | Self::ReturnTo)
    }

    /// Who takes a call there, where the step does not say so.
    pub const fn reaches(self) -> Reaches {
        match self {
            Self::Voicemail | Self::Announce => Reaches::Machine,
            _ => Reaches::Person,
        }
    }
}

impl Place {
    /// For print: without a phone number.
    pub(super) fn redacted(&self) -> Self {
        match self {
            Self::Target(target) => Self::Target(target.redacted()),
            other => other.clone(),
        }
    }

    /// Which kind it is.
    pub const fn kind(&self) -> PlaceKind {
        match self {
            Self::Target(target) => match target.kind() {
                TargetKind::Queue => PlaceKind::Queue,
                TargetKind::Skill => PlaceKind::Skill,
                TargetKind::Extension => PlaceKind::Extension,
                TargetKind::Phone => PlaceKind::Phone,
            },
            Self::Agent(_) => PlaceKind::Agent,
            Self::Callback(_) => PlaceKind::Callback,
            Self::Voicemail(_) => PlaceKind::Voicemail,
            Self::Announce(_) => PlaceKind::Announce,
            Self::Return => PlaceKind::ReturnTo,
        }
    }
}

impl ToJson for Place {
    fn to_json(&self) -> Value {
        let name = self.kind().as_str();
        match self {
            Self::Target(target) => target.to_json(),
            Self::Agent(agent) => object([(name, agent.to_json())]),
            Self::Callback(queue) => object([(name, queue.to_json())]),
            Self::Voicemail(id) | Self::Announce(id) => object([(name, id.to_json())]),
            Self::Return => object([(name, "agent".into())]),
        }
    }
}

/// The kinds that the transfer machine does not know.
const OWN: [PlaceKind; 5] = [
    PlaceKind::Agent,
    PlaceKind::Callback,
    PlaceKind::Voicemail,
    PlaceKind::Announce,
    PlaceKind::ReturnTo,
];

/// Reads the place that stands at `path`: the one field that names it tells its kind.
pub(super) fn read_place(value: Given<'_>, path: &str, report: &mut Report) -> Option<Place> {
    let has = |name: &str| value.get(name).is_some_and(|value| !value.is_null());
    let named: Vec<PlaceKind> = OWN.into_iter().filter(|kind| has(kind.as_str())).collect();
    let [kind] = named.as_slice() else {
        if named.is_empty() {
            return read_known(value, path, report);
        }
        several(path, report);
        return None;
    };
    let beside = ["queue", "skill", "extension", "phone"];
    if beside.into_iter().any(has) {
        several(path, report);
        return None;
    }
    let mut fields = Fields::open(value, path, report)?;
    let place = if *kind == PlaceKind::ReturnTo {
        fields
            .word("returnTo", &[("agent", ())], report)
            .map(|()| Place::Return)
    } else {
        let id = fields.id(kind.as_str(), report);
        match kind {
            PlaceKind::Agent => id.and_then(|id| AgentId::parse(id).ok()).map(Place::Agent),
            PlaceKind::Callback => id
                .and_then(|id| QueueId::parse(id).ok())
                .map(Place::Callback),
            PlaceKind::Voicemail => id.map(|id| Place::Voicemail(id.to_owned())),
            _ => id.map(|id| Place::Announce(id.to_owned())),
        }
    };
    fields.finish(report);
    place
}

fn read_known(value: Given<'_>, path: &str, report: &mut Report) -> Option<Place> {
    let target = read_target(value, path, report)?;
    let fits = match &target {
        Target::Phone { phone } => check_phone(phone.reveal(), &format!("{path}.phone"), report),
        Target::Extension { extension } => {
            check_extension(extension, &format!("{path}.extension"), report)
        }
        Target::Queue { .. } | Target::Skill { .. } => true,
    };
    fits.then_some(Place::Target(target))
}

fn several(path: &str, report: &mut Report) {
    report.add(
        Code::SeveralTargets,
        path,
        "several targets are named",
        "name one target; only a queue takes a skill beside it",
    );
}
