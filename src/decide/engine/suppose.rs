//! What would have changed a decision: the smallest suppositions under which a condition holds. Each is tried before it is
//! told, so what is told is true.

use crate::decide::engine::comparison::{Comparison, Datum, Test};
use crate::decide::engine::condition::{Condition, Hours};
use crate::decide::engine::fact::FactKind;
use crate::decide::engine::hours::Opening;
use crate::decide::engine::inputs::Told;
use crate::decide::engine::truth::{Lens, Supposed, Truth, holds};

/// The most alternatives that are told of a candidate.
const MOST_ALTERNATIVES: usize = 4;

type Alternatives<'a> = Vec<Vec<Supposed<'a>>>;

/// What would have met a condition that is not met. Each alternative is enough on its own; the shortest come first.
pub(super) fn would_if<'a>(lens: &Lens<'a, '_>, condition: &'a Condition) -> Alternatives<'a> {
    let mut found = reach(lens, condition, true);
    found.retain(|supposed| {
        let lens = Lens { supposed, ..*lens };
        lens.truth(condition) == Truth::Yes
    });
    found.sort_by_key(Vec::len);
    found
}

/// What would make a condition come out as wanted.
fn reach<'a>(lens: &Lens<'a, '_>, condition: &'a Condition, wanted: bool) -> Alternatives<'a> {
    let goal = if wanted { Truth::Yes } else { Truth::No };
    if lens.truth(condition) == goal {
        return vec![Vec::new()];
    }
    match condition {
        Condition::Not(part) => reach(lens, part, !wanted),
        // All of a conjunction must hold, and all of a disjunction must fail.
        Condition::All(parts) if wanted => together(lens, parts, wanted),
        Condition::Any(parts) if !wanted => together(lens, parts, wanted),
        Condition::All(parts) | Condition::Any(parts) => {
            let mut found: Alternatives<'a> = parts
                .iter()
                .flat_map(|part| reach(lens, part, wanted))
                .collect();
            found.sort_by_key(Vec::len);
            found.truncate(MOST_ALTERNATIVES);
            found
        }
        Condition::Fact(comparison) => value_for(comparison, wanted)
            .map(|told| vec![Supposed::Fact(comparison, told)])
            .into_iter()
            .collect(),
        Condition::Open(hours) => vec![vec![Supposed::Open(hours, wanted, today(lens, hours))]],
    }
}

/// The hours of the day in which a calendar is open.
fn today<'a>(lens: &Lens<'a, '_>, hours: &Hours) -> &'a [Opening] {
    let calendar = lens.policy.known.calendars.get(&hours.calendar);
    match (calendar, lens.inputs.now) {
        (Some(calendar), Some(now)) => calendar.today(now),
        _ => &[],
    }
}

fn together<'a>(lens: &Lens<'a, '_>, parts: &'a [Condition], wanted: bool) -> Alternatives<'a> {
    let mut found: Alternatives<'a> = vec![Vec::new()];
    for part in parts {
        let more = reach(lens, part, wanted);
        found = found
            .iter()
            .flat_map(|one| more.iter().flat_map(|other| joined(lens, one, other)))
            .collect();
        found.truncate(MOST_ALTERNATIVES);
    }
    found
}

/// Two suppositions together. A fact has one value: where each has another, either may be the right one.
fn joined<'a>(
    lens: &Lens<'a, '_>,
    one: &[Supposed<'a>],
    other: &[Supposed<'a>],
) -> Alternatives<'a> {
    let beside = |some: &[Supposed<'a>], others: &[Supposed<'a>]| {
        let is_new =
            |supposed: &&Supposed<'a>| !some.iter().any(|old| agree(lens, old, supposed).is_some());
        let new = others.iter().filter(is_new);
        some.iter().chain(new).copied().collect::<Vec<_>>()
    };
    let clashes = |of: &Supposed<'a>| one.iter().any(|one| agree(lens, one, of) == Some(false));
    let first = beside(one, other);
    if other.iter().any(clashes) {
        vec![first, beside(other, one)]
    } else {
        vec![first]
    }
}

/// Whether two suppositions of one thing say the same of it; `None` where they are of two.
fn agree<'a>(lens: &Lens<'a, '_>, one: &Supposed<'a>, other: &Supposed<'a>) -> Option<bool> {
    match (one, other) {
        (Supposed::Fact(one, told), Supposed::Fact(other, tells)) => {
            lens.is_same(one, other).then_some(told == tells)
        }
        (Supposed::Open(one, open, _), Supposed::Open(other, opens, _)) => {
            (one == other).then_some(open == opens)
        }
        _ => None,
    }
}

/// A value of the fact for which the comparison comes out as wanted: the nearest one that the comparison names.
fn value_for(comparison: &Comparison, wanted: bool) -> Option<Told<'_>> {
    let kind = comparison.fact.kind;
    let (one, most) = match kind {
        FactKind::Share => (0.01, kind.most()),
        _ => (1.0, kind.most()),
    };
    let candidates: Vec<Told<'_>> = match &comparison.test {
        Test::Is(datum) | Test::IsNot(datum) => around(datum, one),
        Test::OneOf(data) => data.iter().flat_map(|datum| around(datum, one)).collect(),
        Test::AtLeast(bound) | Test::AtMost(bound) | Test::Above(bound) | Test::Below(bound) => {
            near(*bound, one).to_vec()
        }
    };
    let fits = |told: &Told<'_>| {
        let within = told
            .number()
            .is_none_or(|number| (0.0..=most).contains(&number));
        within && holds(&comparison.test, *told) == wanted
    };
    candidates.into_iter().find(fits)
}

fn around(datum: &Datum, one: f64) -> Vec<Told<'_>> {
    match datum {
        Datum::Number(number) => near(*number, one).to_vec(),
        Datum::Flag(flag) => vec![Told::Flag(*flag), Told::Flag(!flag)],
        // Any other word will do; the empty one is nobody's.
        Datum::Word(word) => vec![Told::Word(word), Told::Word("")],
    }
}

fn near<'a>(number: f64, one: f64) -> [Told<'a>; 3] {
    [number, number + one, number - one].map(Told::Number)
}
