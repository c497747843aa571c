//! An agent: who it is, what it can, what it does just now. It knows nothing of queues.

use core::time::Duration;

use crate::model::call::PartyKind;
use crate::private::Private;
use crate::sim::random::{Seed, pick, wait};
use crate::time::Timestamp;

/// The word for an agent who takes calls.
pub(in crate::sim) const AVAILABLE: &str = "AVAILABLE";
/// The word for an agent whose telephone rings.
pub(in crate::sim) const RINGING: &str = "RINGING";
/// The word for an agent who speaks with a caller.
pub(in crate::sim) const ON_CALL: &str = "ON_CALL";
/// The word for an agent who writes up the last call.
pub(in crate::sim) const WRAP_UP: &str = "WRAP_UP";
/// The word for an agent who let the telephone ring.
pub(in crate::sim) const REFUSED: &str = "REFUSED";
/// The word for an agent who is not signed in.
pub(in crate::sim) const OFFLINE: &str = "OFFLINE";

const FIRST_NAMES: &[&str] = &[
    "Ada", "Amara", "Ben", "Bo", "Carla", "Chidi", "Dana", "Diego", "Elif", "Emil", "Fatima",
    "Finn", "Grace", "Hana", "Ivan", "Jonas", "Keiko", "Lars", "Leila", "Mateo", "Mei", "Nadia",
    "Noah", "Olga", "Priya", "Rafael", "Ruth", "Sami", "Tove", "Uma", "Viktor", "Zoe",
];
const LAST_NAMES: &[&str] = &[
    "Adeyemi", "Bauer", "Castillo", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito",
    "Jansen", "Kaya", "Larsen", "Moreau", "Nakamura", "Okafor", "Petrov", "Quispe", "Rossi",
    "Silva", "Tanaka", "Ueda", "Varga", "Weber", "Xu", "Yilmaz", "Zhang", "Novak", "Olsen", "Park",
    "Reyes", "Singh", "Thomas",
];
const TEAMS: &[&str] = &[
    "Care North",
    "Care South",
    "Billing",
    "Retention",
    "Technical",
    "Night",
];

/// A skill that an agent has.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Skill {
    pub(in crate::sim) id: String,
    /// 1 (best) to 5.
    pub(in crate::sim) proficiency: u8,
}

/// The call that an agent has, or that rings.
#[derive(Clone, Debug)]
pub(super) struct Engagement {
    pub(super) call: String,
    pub(super) ringing: bool,
}

/// An agent.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Agent {
    pub(in crate::sim) id: String,
    pub(in crate::sim) first_name: Private<String>,
    pub(in crate::sim) last_name: Private<String>,
    pub(in crate::sim) phone: Private<String>,
    pub(in crate::sim) team: &'static str,
    pub(in crate::sim) skills: Vec<Skill>,
    /// What the agent chose; a call in hand covers it.
    pub(super) chosen: String,
    pub(in crate::sim) since: Timestamp,
    pub(super) engaged: Option<Engagement>,
    /// How long it rings, until the agent answers or the platform gives up.
    pub(super) rings: Duration,
    pub(super) answers: bool,
    /// What answers: a person, or a voicemail box in the agent's place.
    pub(super) answered_by: PartyKind,
}

/// What is said of an agent when it is put into the centre. What is left out comes from the seed, or stays as it was.
#[derive(Clone, Debug, Default)]
pub(in crate::sim) struct AgentSetup {
    pub(in crate::sim) id: String,
    pub(in crate::sim) status: Option<String>,
    pub(in crate::sim) skills: Option<Vec<String>>,
    pub(in crate::sim) name: Option<String>,
    pub(in crate::sim) rings: Option<Duration>,
    pub(in crate::sim) answers: Option<bool>,
    pub(in crate::sim) answered_by: Option<PartyKind>,
}

/// How long an agent lets it ring who does not answer, before the platform gives up.
pub(super) const RINGS_OUT: Duration = Duration::from_secs(12);

impl Agent {
    /// A person from the seed, before anything was said of it.
    pub(super) fn new(seed: Seed, id: &str, now: Timestamp) -> Self {
        let mut rng = seed.stream("agent", id, 0);
        let phone = format!("+1{}55501{:02}", rng.u32(201..=989), rng.u32(0..100));
        Self {
            id: id.to_owned(),
            first_name: Private::new(pick(&mut rng, FIRST_NAMES).to_owned()),
            last_name: Private::new(pick(&mut rng, LAST_NAMES).to_owned()),
            phone: Private::new(phone),
            team: pick(&mut rng, TEAMS),
            skills: Vec::new(),
            chosen: AVAILABLE.to_owned(),
            since: now,
            engaged: None,
            rings: wait(&mut rng, 1_000..=5_000),
            answers: true,
            answered_by: PartyKind::Person,
        }
    }

    /// Takes up what was said of the agent.
    pub(super) fn learn(&mut self, seed: Seed, setup: AgentSetup, now: Timestamp) {
        if let Some(status) = setup.status {
            self.choose(status, now);
        }
        if let Some(name) = setup.name {
            let (first, last) = name.rsplit_once(' ').unwrap_or((name.as_str(), ""));
            self.first_name = Private::new(first.to_owned());
            self.last_name = Private::new(last.to_owned());
        }
        if let Some(skills) = setup.skills {
            let mut rng = seed.stream("proficiency", &self.id, 0);
            self.skills = skills
                .into_iter()
                .map(|id| Skill {
                    id,
                    proficiency: rng.u8(1..=5),
                })
                .collect();
        }
        if let Some(answers) = setup.answers {
            self.answers = answers;
            if !answers {
                self.rings = RINGS_OUT;
            }
        }
        self.rings = setup.rings.unwrap_or(self.rings);
        self.answered_by = setup.answered_by.unwrap_or(self.answered_by);
    }

    pub(in crate::sim) fn full_name(&self) -> String {
        format!("{} {}", self.first_name.reveal(), self.last_name.reveal())
            .trim_end()
            .to_owned()
    }

    /// The word that the platform shows.
    pub(in crate::sim) fn status(&self) -> &str {
        match &self.engaged {
            Some(Engagement { ringing: true, .. }) => RINGING,
            Some(_) => ON_CALL,
            None => &self.chosen,
        }
    }

    /// The agent chooses a status. It shows once no call covers it.
    pub(super) fn choose(&mut self, status: String, now: Timestamp) {
        self.chosen = status;
        if self.engaged.is_none() {
            self.since = now;
        }
    }

    pub(super) fn has(&self, skill: Option<&str>) -> bool {
        skill.is_none_or(|wanted| self.skills.iter().any(|skill| skill.id == wanted))
    }

    pub(super) fn is_free(&self) -> bool {
        self.engaged.is_none() && self.chosen == AVAILABLE
    }

    pub(super) fn is_signed_in(&self) -> bool {
        self.chosen != OFFLINE
    }

    /// A call rings, or is in the agent's hand.
    pub(super) fn engage(&mut self, call: &str, ringing: bool, now: Timestamp) {
        self.engaged = Some(Engagement {
            call: call.to_owned(),
            ringing,
        });
        self.since = now;
    }

    /// The agent is rid of the call, where it had that one.
    pub(super) fn release(&mut self, call: &str, now: Timestamp) {
        if self
            .engaged
            .as_ref()
            .is_some_and(|engaged| engaged.call == call)
        {
            self.engaged = None;
            self.since = now;
            if self.chosen == ON_CALL || self.chosen == RINGING {
                AVAILABLE.clone_into(&mut self.chosen);
            }
        }
    }
}
