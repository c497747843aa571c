//! Conditions over facts and calendars, as a policy writes them.

use serde_json::Value;

use crate::decide::engine::fact::{FACTS, FactKind, FactName, Scope, named};
use crate::decide::engine::names;
use crate::decide::engine::place::{Place, read_place};
use crate::decide::engine::policy::Known;
use crate::decide::engine::write;
use crate::error::{Code, spelled};
use crate::json::ToJson;
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

/// A fact compared with what the policy says.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The fact.
    pub fact: FactName,
    /// Whose; where absent, the call's or the step's own target's.
    pub of: Option<Place>,
    /// Which end of a prediction's interval is compared.
    pub bound: Bound,
    /// With what.
    pub test: Test,
    /// The comparison as decisions write it: fields of JSON, written once.
    pub(super) text: String,
}

/// A calendar that must be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Its name.
    pub calendar: String,
    /// For how long it must stay open from now on, without a break.
    pub open_for_seconds: u64,
}

spelled! {
    /// Which number of a prediction counts.
    #[derive(Default)]
    Bound {
        /// The prediction itself.
        #[default]
        Value = "value",
        /// The upper end of its interval.
        Upper = "upper",
        /// The lower end of its interval.
        Lower = "lower",
    }
}

/// What a fact can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// A number, in the unit of the fact's name.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A word.
    Word(String),
}

impl ToJson for Datum {
    fn to_json(&self) -> Value {
        match self {
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Word(word) => word.as_str().into(),
        }
    }
}

/// How a fact is compared.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Test {
    /// It is this.
    Is(Datum),
    /// It is not this.
    IsNot(Datum),
    /// It is one of these.
    OneOf(Vec<Datum>),
    /// It is this number or more.
    AtLeast(f64),
    /// It is this number or less.
    AtMost(f64),
    /// It is more than this number.
    Above(f64),
    /// It is less than this number.
    Below(f64),
}

impl Test {
    /// The field that writes it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Is(_) => "is",
            Self::IsNot(_) => "isNot",
            Self::OneOf(_) => "oneOf",
            Self::AtLeast(_) => "atLeast",
            Self::AtMost(_) => "atMost",
            Self::Above(_) => "above",
            Self::Below(_) => "below",
        }
    }
}

pub(super) const BOUNDS: &[(&str, Bound)] = &[
    ("value", Bound::Value),
    ("upper", Bound::Upper),
    ("lower", Bound::Lower),
];

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
    value: &Value,
    path: &str,
    known: &Known,
    own: bool,
    report: &mut Report,
) -> Option<Condition> {
    read_at(value, path, known, own, DEEPEST, report)
}

fn read_at(
    value: &Value,
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
    let has = |name: &&str| value.get(*name).is_some_and(|value| !value.is_null());
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
            text: write::comparison(&fact, of.as_ref(), &test),
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

/// The comparisons of a fact; `None` where one of them is refused.
fn read_tests(fields: &mut Fields<'_>, kind: FactKind, report: &mut Report) -> Option<Vec<Test>> {
    let mut tests = Vec::new();
    let mut whole = true;
    for name in ["is", "isNot"] {
        let Some(value) = fields.value(name) else {
            continue;
        };
        match datum(value, kind) {
            Some(datum) if name == "is" => tests.push(Test::Is(datum)),
            Some(datum) => tests.push(Test::IsNot(datum)),
            None => whole = no_datum(fields.path(name), kind, report),
        }
    }
    let list = fields.list("oneOf", report);
    if let Some(list) = list {
        let found: Option<Vec<Datum>> = list.iter().map(|value| datum(value, kind)).collect();
        match found {
            Some(found) if !found.is_empty() => tests.push(Test::OneOf(found)),
            _ => whole = no_datum(fields.path("oneOf"), kind, report),
        }
    }
    type Make = fn(f64) -> Test;
    let numbers: [(&'static str, Make); 4] = [
        ("atLeast", Test::AtLeast),
        ("atMost", Test::AtMost),
        ("above", Test::Above),
        ("below", Test::Below),
    ];
    for (name, make) in numbers {
        let Some(value) = fields.value(name) else {
            continue;
        };
        match datum(value, kind) {
            Some(Datum::Number(number)) => tests.push(make(number)),
            _ => whole = no_datum(fields.path(name), kind, report),
        }
    }
    whole.then_some(tests)
}

fn no_datum(path: String, kind: FactKind, report: &mut Report) -> bool {
    let hint = match kind {
        FactKind::Flag => "pass true or false, with `is` or `isNot`",
        FactKind::Word => "pass a word, with `is` or `isNot`; words with `oneOf`",
        FactKind::Share => "pass a number from 0 to 1",
        _ => "pass a number from 0 up",
    };
    report.add(Code::WrongType, path, format!("the fact is a {kind}"), hint);
    false
}

/// What a JSON value says of a fact of this kind; `None` where it can be no such fact.
pub(super) fn datum(value: &Value, kind: FactKind) -> Option<Datum> {
    match kind {
        FactKind::Flag => value.as_bool().map(Datum::Flag),
        FactKind::Word => value.as_str().map(|word| Datum::Word(word.to_owned())),
        _ => value
            .as_f64()
            .filter(|number| (0.0..=kind.most()).contains(number))
            .map(Datum::Number),
    }
}
