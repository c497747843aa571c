//! A fact compared with what a policy says.

use crate::decide::engine::fact::{FactKind, FactName};
use crate::decide::engine::place::Place;
use crate::decide::engine::writer::{Writer, name};
use crate::error::{Code, spelled};
use crate::json::{Given, ToJson};
use crate::validate::{Fields, Report};

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

impl Writer {
    pub(super) fn datum(&mut self, datum: &Datum) {
        match datum {
            Datum::Number(number) => self.number(*number),
            Datum::Flag(flag) => self.flag(*flag),
            Datum::Word(word) => self.string(word),
        }
    }
}

/// The comparisons of a fact; `None` where one of them is refused.
pub(super) fn read_tests(
    fields: &mut Fields<'_>,
    kind: FactKind,
    report: &mut Report,
) -> Option<Vec<Test>> {
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
pub(super) fn datum(value: Given<'_>, kind: FactKind) -> Option<Datum> {
    match kind {
        FactKind::Flag => value.as_bool().map(Datum::Flag),
        FactKind::Word => value.as_str().map(|word| Datum::Word(word.to_owned())),
        _ => value
            .as_f64()
            .filter(|number| (0.0..=kind.most()).contains(number))
            .map(Datum::Number),
    }
}

/// A comparison as decisions write it: the fields of an object.
pub(super) fn comparison(fact: &FactName, of: Option<&Place>, bound: Bound, test: &Test) -> String {
    let mut out = Writer(String::new());
    out.name(name!("fact")).string(&fact.name);
    if let Some(of) = of {
        out.name(name!("of")).value(&of.redacted().to_json());
    }
    if bound != Bound::Value {
        out.name(name!("bound")).word(bound.as_str());
    }
    for part in [",\"", test.name(), "\":"] {
        out.raw(part);
    }
    match test {
        Test::Is(datum) | Test::IsNot(datum) => out.datum(datum),
        Test::OneOf(data) => out.list(data, Writer::datum),
        Test::AtLeast(bound) | Test::AtMost(bound) | Test::Above(bound) | Test::Below(bound) => {
            out.number(*bound);
        }
    }
    out.0
}
