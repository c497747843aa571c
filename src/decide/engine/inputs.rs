//! What a decision rests on: the time, the path of the call, facts, and what the platform can do. All of it is told by the
//! host; what is not told is unknown, and what cannot be read is reported and unknown too.

use siphasher::sip128::SipHasher24;

use crate::decide::PRIMARY;
use crate::decide::engine::comparison::{Bound, Datum};
use crate::decide::engine::fact::{FactKind, FactName, Scope};
use crate::decide::engine::hours::MOST_MILLIS;
use crate::decide::engine::place::{Place, Reaches, read_place};
use crate::decide::engine::step::{Candidate, Rule};
use crate::error::{Code, spelled};
use crate::json::{Given, Object, ToJson, put_hex, text};
use crate::model::id::AgentId;
use crate::model::intent::Mode;
use crate::model::target::Target;
use crate::time::Timestamp;
use crate::validate::{Fields, MODES, Report};

/// The most hops of a path that are read.
const MOST_HOPS: usize = 200;

/// What a decision rests on.
#[derive(Clone, Debug)]
pub struct Inputs<'a> {
    /// The time, in years that calendars have.
    pub now: Option<Timestamp>,
    /// What the agent asked for, where they asked for something: it is weighed as the first step, `primary`.
    pub asked: Option<Candidate>,
    /// They asked for something that cannot be read.
    pub asked_unreadable: bool,
    /// How a call changes hands where a step does not say so.
    pub mode: Mode,
    /// The agent who has the call, or sent it.
    pub from: Option<AgentId>,
    /// Where the call has been in this matter, first to last.
    pub path: Vec<Hop>,
    /// The final transfer to the safe end was made already.
    pub ended: bool,
    /// How much of the caller's time is spent, in milliseconds.
    pub elapsed_millis: i64,
    /// How much money is spent.
    pub spent_cents: u64,
    /// Something on which the guards against loops and budgets rest cannot be read: only the safe end is left.
    pub unsure: bool,
    /// What cannot be read.
    pub report: Report,
    /// The hash of the inputs, over their JSON text with keys in order, without white space (over the text as it came, where it is no
    /// JSON): SipHash-2-4 of 128 bits with a key
    /// of zeros. It finds recorded inputs again; it is no seal, for it keeps nobody from making others with the same hash.
    pub hash: String,
    can: Option<Object<'a>>,
    facts: Option<Object<'a>>,
    queues: Option<Object<'a>>,
    skills: Option<Object<'a>>,
    agents: Option<Object<'a>>,
    mailboxes: Option<Object<'a>>,
}

/// A place where the call has been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The place.
    pub to: Place,
    /// Who took the call there; where absent, it counts as both.
    pub by: Option<Reaches>,
    /// When.
    pub at: Option<Timestamp>,
    /// It came to nothing there.
    pub failed: bool,
}

spelled! {
    /// Why a fact is not known.
    Lack {
        /// The inputs do not tell it.
        Absent = "absent",
        /// The inputs say that it is not known.
        Unknown = "unknown",
        /// What they tell is no such fact: another type, another range.
        Unreadable = "unreadable",
        /// The policy asks for an end of its interval, and it came without one.
        NoInterval = "no-interval",
    }
}

/// What was told of a fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told<'a> {
    /// A number, in the unit of the fact's name.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A word.
    Word(&'a str),
}

impl Told<'_> {
    /// The number, where it is one.
    pub(super) const fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Flag(_) | Self::Word(_) => None,
        }
    }

    pub(super) fn is(self, datum: &Datum) -> bool {
        match (self, datum) {
            (Self::Number(told), Datum::Number(number)) => told == *number,
            (Self::Flag(told), Datum::Flag(flag)) => told == *flag,
            (Self::Word(told), Datum::Word(word)) => told == word,
            _ => false,
        }
    }
}

/// What is known of a fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen<'a> {
    /// It is known.
    Known(Told<'a>),
    /// It was known.
    Stale(Told<'a>),
    /// It is not known.
    Unknown(Lack),
}

impl<'a> Inputs<'a> {
    /// Reads the inputs of a decision. It never fails: what cannot be read is reported, and unknown.
    pub fn read(value: impl Into<Given<'a>>) -> Self {
        let value = value.into();
        let mut report = Report::default();
        let mut inputs = Self::empty(hash(&value.text()));
        match Fields::open(value, "$", &mut report) {
            Some(fields) => inputs.fill(fields, &mut report),
            None => inputs.unsure = true,
        }
        inputs.report = report;
        inputs
    }

    /// Inputs that are no JSON: nothing is known, and only the safe end is left.
    pub fn unreadable(text: &str, why: &str) -> Self {
        let mut inputs = Self::empty(hash(text));
        inputs.unsure = true;
        let message = format!("not JSON: {why}");
        let hint = "pass JSON text";
        inputs.report.add(Code::InvalidJson, "$", message, hint);
        inputs
    }

    const fn empty(hash: String) -> Self {
        Self {
            now: None,
            asked: None,
            asked_unreadable: false,
            mode: Mode::Blind,
            from: None,
            path: Vec::new(),
            ended: false,
            elapsed_millis: 0,
            spent_cents: 0,
            unsure: false,
            report: Report::new(),
            hash,
            can: None,
            facts: None,
            queues: None,
            skills: None,
            agents: None,
            mailboxes: None,
        }
    }

    fn fill(&mut self, mut fields: Fields<'a>, report: &mut Report) {
        let most = MOST_MILLIS as f64;
        self.now = fields
            .required("now", "pass milliseconds since 1970", report)
            .and_then(|_| fields.number("now", -most..=most, report))
            .map(|now| Timestamp::from_millis(now as i64));
        let before = report.issues().len();
        self.mode = fields.word("mode", MODES, report).unwrap_or_default();
        let elapsed = fields.number("elapsedSeconds", 0.0..=1e9, report);
        self.elapsed_millis = elapsed.map_or(0, |seconds| (seconds * 1_000.0) as i64);
        let spent = fields.integer("spentCents", 0..=1_000_000_000, report);
        self.spent_cents = spent.unwrap_or(0);
        let from = fields.id("from", report);
        self.from = from.and_then(|id| AgentId::parse(id).ok());
        let path = fields.list("path", report).unwrap_or_default();
        // A path that cannot be read otherwise, or is too long, still tells this.
        let is_final = |hop: Given<'_>| hop.get("final").and_then(Given::as_bool) == Some(true);
        self.ended = path.iter().any(is_final);
        for (at, hop) in path.iter().enumerate().take(MOST_HOPS) {
            let hop = read_hop(hop, &format!("{}[{at}]", fields.place("path")), report);
            self.path.extend(hop);
        }
        self.can = map(&mut fields, "can", report);
        self.unsure = report.issues().len() > before || path.len() > MOST_HOPS;
        self.facts = map(&mut fields, "facts", report);
        self.queues = map(&mut fields, "queues", report);
        self.skills = map(&mut fields, "skills", report);
        self.agents = map(&mut fields, "agents", report);
        self.mailboxes = map(&mut fields, "mailboxes", report);
        if let Some(asked) = fields.value("asked") {
            let place = read_place(asked, &fields.path("asked"), report);
            self.asked_unreadable = place.is_none();
            self.asked = place.map(plain);
        }
        fields.finish(report);
    }

    /// Whether the platform can do this; what the host does not limit, it can.
    pub(super) fn can(&self, place: &Place, mode: Mode) -> bool {
        let Some(can) = self.can else {
            return true;
        };
        let modes = can.get(place.kind().as_str()).and_then(Given::as_list);
        let is_mode = |word: Given<'_>| word.as_str() == Some(mode.as_str());
        modes.is_some_and(|modes| modes.iter().any(is_mode))
    }

    /// What is known of a fact; of `place`, where it is a target's.
    pub(super) fn seen(
        &self,
        fact: &FactName,
        place: Option<&Place>,
        bound: Bound,
        fresh_millis: Option<i64>,
    ) -> Seen<'a> {
        let value = match fact.scope {
            Scope::Call if fact.name == "hops" => {
                return if self.unsure {
                    Seen::Unknown(Lack::Unreadable)
                } else {
                    Seen::Known(Told::Number(self.path.len() as f64))
                };
            }
            Scope::Call => self.facts.and_then(|facts| facts.get(&fact.name)),
            Scope::Target => place
                .and_then(|place| self.of_place(place, fact.of_team))
                .and_then(|facts| facts.get(&fact.name)),
        };
        let Some(value) = value.filter(|value| !value.is_null()) else {
            return Seen::Unknown(Lack::Absent);
        };
        if value.as_object().is_some() {
            self.told(value, fact.kind, bound, fresh_millis)
        } else if bound == Bound::Value {
            plain_told(value, fact.kind)
        } else {
            Seen::Unknown(Lack::NoInterval)
        }
    }

    fn of_place(&self, place: &Place, of_team: bool) -> Option<Given<'a>> {
        match place {
            Place::Target(Target::Queue { queue, skill }) => {
                let queue = self.queues?.get(queue.as_str())?;
                match skill {
                    Some(skill) if of_team => queue.get("skills")?.get(skill.as_str()),
                    _ => Some(queue),
                }
            }
            Place::Target(Target::Skill { skill }) => self.skills?.get(skill.as_str()),
            Place::Callback(queue) => self.queues?.get(queue.as_str()),
            Place::Agent(agent) => self.agents?.get(agent.as_str()),
            Place::Return => self.agents?.get(self.from.as_ref()?.as_str()),
            Place::Voicemail(id) => self.mailboxes?.get(id),
            Place::Target(_) | Place::Announce(_) => None,
        }
    }

    /// `{"value", "asOf", "low", "high"}`, or a fact as facts are written: `{"known": …}`, `{"stale": …}`, `{"unknown": …}`.
    fn told(
        &self,
        value: Given<'a>,
        kind: FactKind,
        bound: Bound,
        fresh_millis: Option<i64>,
    ) -> Seen<'a> {
        let part = |name: &str| value.get(name).filter(|part| !part.is_null());
        if part("unknown").is_some() {
            return Seen::Unknown(Lack::Unknown);
        }
        let stale = part("stale");
        let told = stale.or(part("known")).unwrap_or(value);
        let name = match bound {
            Bound::Value => "value",
            Bound::Upper => "high",
            Bound::Lower => "low",
        };
        let Some(number) = told.get(name).filter(|number| !number.is_null()) else {
            let lacks = if bound == Bound::Value {
                Lack::Unreadable
            } else {
                Lack::NoInterval
            };
            return Seen::Unknown(lacks);
        };
        let as_of = told.get("asOf").filter(|as_of| !as_of.is_null());
        let aged = match (as_of.map(Given::as_f64), fresh_millis) {
            (Some(None), _) => return Seen::Unknown(Lack::Unreadable),
            (Some(Some(as_of)), Some(fresh)) => self
                .now
                .is_none_or(|now| now.as_millis() as f64 - as_of > fresh as f64),
            _ => false,
        };
        match plain_told(number, kind) {
            Seen::Known(told) if aged || stale.is_some() => Seen::Stale(told),
            seen => seen,
        }
    }
}

fn hash(inputs: &str) -> String {
    let hash = SipHasher24::new().hash(inputs.as_bytes());
    let mut text = String::with_capacity(48);
    text.push_str("siphash-2-4-128:");
    put_hex(&hash.as_bytes(), &mut text);
    text
}

/// The request itself as a step.
fn plain(to: Place) -> Candidate {
    Candidate {
        mode: None,
        priority: None,
        rule: Rule::default(),
        step_seconds: None,
        least_seconds: 1,
        cost_cents: 0,
        reaches: to.kind().reaches(),
        revisit: None,
        text: text(&to.to_json()),
        to,
    }
}

/// The id of the step that the request itself is.
pub(super) const ASKED: &str = PRIMARY;

fn plain_told(value: Given<'_>, kind: FactKind) -> Seen<'_> {
    let told = match kind {
        FactKind::Flag => value.as_bool().map(Told::Flag),
        FactKind::Word => value.as_str().map(Told::Word),
        _ => value
            .as_f64()
            .filter(|number| (0.0..=kind.most()).contains(number))
            .map(Told::Number),
    };
    told.map_or(Seen::Unknown(Lack::Unreadable), Seen::Known)
}

fn map<'a>(fields: &mut Fields<'a>, name: &'static str, report: &mut Report) -> Option<Object<'a>> {
    let value = fields.value(name)?;
    if value.as_object().is_none() {
        // For its finding alone.
        let _ = Fields::open(value, fields.path(name), report);
    }
    value.as_object()
}

fn read_hop(value: Given<'_>, path: &str, report: &mut Report) -> Option<Hop> {
    const BY: &[(&str, Reaches)] = &[("person", Reaches::Person), ("machine", Reaches::Machine)];
    let mut fields = Fields::open(value, path, report)?;
    let to = fields.required("to", "name the place", report);
    let by = fields.word("by", BY, report);
    let most = MOST_MILLIS as f64;
    let at = fields.number("at", -most..=most, report);
    let failed = fields.flag("failed", report).unwrap_or(false);
    fields.flag("final", report);
    let place = fields.path("to");
    fields.finish(report);
    Some(Hop {
        to: read_place(to?, &place, report)?,
        by,
        at: at.map(|at| Timestamp::from_millis(at as i64)),
        failed,
    })
}
