//! Conditions over facts and calendars, as a policy writes them.

use crate::decide::engine::comparison::{BOUNDS, Comparison, comparison, read_tests};
use crate::decide::engine::fact::{FACTS, Scope, named};
use crate::decide::engine::known::Known;
use crate::decide::engine::names;
use crate::decide::engine::place::read_place;
use crate::error::Code;
use crate::json::Given;
use crate::validate::{Fields, Report};

/// How deep conditions may stand in one another.
const DEEPEST: usize = 16;

/// When a step may be taken.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Condition {
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// A fact compares so.
    Fact(Comparison),
    /// A calendar is open.
    Open(Hours),
}

/// A calendar that must be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Its name.
    pub calendar: String,
    /// For how long it must stay open from now on, without a break.
    pub open_for_seconds: u64,
}

impl Condition {
    /// Whether it needs any fact; calendars need none.
    pub(super) fn reads_facts(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::reads_facts),
            Self::Not(part) => part.reads_facts(),
            Self::Fact(_) => true,
            Self::Open(_) => false,
        }
    }
}

/// Reads the condition that stands at `path`. `own` tells whether the step has one target of its own.
pub(super) fn read_condition(
    value: Given<'_>,
    path: &str,
    known: &Known,
    own: bool,
    report: &mut Report,
) -> Option<Condition> {
    read_at(value, path, known, own, DEEPEST, report)
}

fn read_at(
    value: Given<'_>,
    path: &str,
    known: &Known,
    own: bool,
    deeper: usize,
    report: &mut Report,
) -> Option<Condition> {
    let Some(deeper) = deeper.checked_sub(1) else {
        let hint = format!("keep to {DEEPEST} levels");
        report.add(
            Code::OutOfRange,
            path,
            "conditions stand too deep in one another",
            hint,
        );
        return None;
    };
    let mut fields = Fields::open(value, path, report)?;
    let has = |name: &&str| value.get(name).is_some_and(|value| !value.is_null());
    let kinds = ["all", "any", "not", "fact", "calendar"];
    let named: Vec<&str> = kinds.into_iter().filter(has).collect();
    let [kind] = named.as_slice() else {
        report.add(
            Code::MissingField,
            path,
            "not one condition",
            "write one of `all`, `any`, `not`, `fact` and `calendar`",
        );
        return None;
    };
    match *kind {
        "fact" => read_comparison(fields, known, own, report),
        "calendar" => read_hours(fields, known, report),
        "not" => {
            let part = fields.value("not")?;
            let place = fields.path("not");
            fields.finish(report);
            let part = read_at(part, &place, known, own, deeper, report)?;
            Some(Condition::Not(Box::new(part)))
        }
        several => {
            let name = if several == "all" { "all" } else { "any" };
            let items = fields.list(name, report)?;
            let place = fields.path(name);
            fields.finish(report);
            if items.is_empty() {
                report.add(
                    Code::OutOfRange,
                    place,
                    format!("`{name}` is empty"),
                    "list one condition or more",
                );
                return None;
            }
            let mut parts = Vec::with_capacity(items.len());
            for (at, item) in items.iter().enumerate() {
                let path = format!("{place}[{at}]");
                parts.extend(read_at(item, &path, known, own, deeper, report));
            }
            let whole = parts.len() == items.len();
            let all = name == "all";
            whole.then_some(if all {
                Condition::All(parts)
            } else {
                Condition::Any(parts)
            })
        }
    }
}

fn read_hours(mut fields: Fields<'_>, known: &Known, report: &mut Report) -> Option<Condition> {
    let name = fields.id("calendar", report);
    let seconds = fields.integer("openForSeconds", 0..=86_400, report);
    let place = fields.path("calendar");
    fields.finish(report);
    let name = name?;
    if !known.calendars.contains_key(name) {
        let names = known.calendars.keys().map(String::as_str);
        names::unknown("calendar", name, place, names, report);
        return None;
    }
    Some(Condition::Open(Hours {
        calendar: name.to_owned(),
        open_for_seconds: seconds.unwrap_or(0),
    }))
}

fn read_comparison(
    mut fields: Fields<'_>,
    known: &Known,
    own: bool,
    report: &mut Report,
) -> Option<Condition> {
    let name = fields.text("fact", report)?;
    let of = fields.value("of");
    let bound = fields.word("bound", BOUNDS, report).unwrap_or_default();
    let Some(fact) = named(name, &known.facts) else {
        let declared = known.facts.iter().map(|fact| fact.name.as_str());
        let names = FACTS.iter().map(|(known, ..)| *known).chain(declared);
        names::unknown("fact", name, fields.path("fact"), names, report);
        return None;
    };
    let of_place = fields.path("of");
    let of = match of {
        Some(of) => Some(read_place(of, &of_place, report)?),
        None => None,
    };
    if (fact.scope == Scope::Call) != of.is_none() && !(own && of.is_none()) {
        let (message, hint) = if of.is_some() {
            ("the fact is the call's", "leave `of` out")
        } else {
            ("the fact is a target's", "say whose, like { \"queue\": … }")
        };
        let code = if of.is_some() {
            Code::NotSupported
        } else {
            Code::MissingField
        };
        report.add(code, of_place, message, hint);
        return None;
    }
    let tests = read_tests(&mut fields, fact.kind, report);
    let path = fields.path("fact");
    fields.finish(report);
    let compare = |test| {
        Condition::Fact(Comparison {
            text: comparison(&fact, of.as_ref(), bound, &test),
            fact: fact.clone(),
            of: of.clone(),
            bound,
            test,
        })
    };
    let mut parts: Vec<Condition> = tests?.into_iter().map(compare).collect();
    match parts.len() {
        0 => {
            report.add(
                Code::MissingField,
                path,
                "the fact is compared with nothing",
                "add `is`, `isNot`, `oneOf`, `atLeast`, `atMost`, `above` or `below`",
            );
            None
        }
        1 => parts.pop(),
        _ => Some(Condition::All(parts)),
    }
}
