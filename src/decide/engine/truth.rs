//! Whether a condition holds, by what is known: yes, no, only by old facts, or not to be told.

use crate::decide::engine::comparison::{Comparison, Test};
use crate::decide::engine::condition::{Condition, Hours};
use crate::decide::engine::hours::Opening;
use crate::decide::engine::inputs::{Inputs, Seen, Told};
use crate::decide::engine::place::Place;
use crate::decide::engine::policy::Policy;
use crate::decide::engine::zone::millis;
use crate::error::spelled;

spelled! {
    /// Whether a condition holds.
    Truth {
        /// It does not.
        No = "no",
        /// It can be told by old facts only.
        Stale = "stale",
        /// It cannot be told.
        Unknown = "unknown",
        /// It holds.
        Yes = "yes",
    }
}

impl Truth {
    const fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Yes => Self::No,
            other => other,
        }
    }

    /// Where it stands among the parts of an `all`: the lowest decides. Not known at all is worse than known of old.
    const fn in_all(self) -> u8 {
        match self {
            Self::No => 0,
            Self::Unknown => 1,
            Self::Stale => 2,
            Self::Yes => 3,
        }
    }

    /// Where it stands among the parts of an `any`: the highest decides.
    const fn in_any(self) -> u8 {
        match self {
            Self::No => 0,
            Self::Stale => 1,
            Self::Unknown => 2,
            Self::Yes => 3,
        }
    }
}

/// A part of a condition that compares something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leaf<'a> {
    /// A fact.
    Fact(&'a Comparison, Seen<'a>),
    /// A calendar.
    Open(&'a Hours),
}

/// What is supposed of a leaf, against what is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Supposed<'a> {
    /// A fact is this.
    Fact(&'a Comparison, Told<'a>),
    /// A calendar is open, or not; it is open in these hours of the day.
    Open(&'a Hours, bool, &'a [Opening]),
}

/// How conditions see the inputs, for one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lens<'a, 's> {
    pub(super) policy: &'a Policy,
    pub(super) inputs: &'a Inputs<'a>,
    /// The step's own target.
    pub(super) own: Option<&'a Place>,
    /// Old facts count as known.
    pub(super) use_stale: bool,
    pub(super) supposed: &'s [Supposed<'a>],
}

impl<'a> Lens<'a, '_> {
    pub(super) fn truth(&self, condition: &'a Condition) -> Truth {
        match condition {
            Condition::All(parts) => {
                let mut found = Truth::Yes;
                for part in parts {
                    let truth = self.truth(part);
                    if truth.in_all() < found.in_all() {
                        found = truth;
                    }
                    if found == Truth::No {
                        break;
                    }
                }
                found
            }
            Condition::Any(parts) => {
                let mut found = Truth::No;
                for part in parts {
                    let truth = self.truth(part);
                    if truth.in_any() > found.in_any() {
                        found = truth;
                    }
                    if found == Truth::Yes {
                        break;
                    }
                }
                found
            }
            Condition::Not(part) => self.truth(part).not(),
            Condition::Fact(comparison) => self.compared(comparison, self.seen(comparison)),
            Condition::Open(hours) => self.open(hours),
        }
    }

    /// What is known of the fact that a comparison asks for.
    pub(super) fn seen(&self, comparison: &'a Comparison) -> Seen<'a> {
        let same = |supposed: &Supposed<'a>| match supposed {
            Supposed::Fact(other, told) if self.is_same(other, comparison) => Some(*told),
            _ => None,
        };
        if let Some(told) = self.supposed.iter().find_map(same) {
            return Seen::Known(told);
        }
        let place = comparison.of.as_ref().or(self.own);
        let fresh = self.policy.fresh_seconds.map(millis);
        self.inputs
            .seen(&comparison.fact, place, comparison.bound, fresh)
    }

    /// Whether two comparisons ask for one thing: the same fact of the same place, by the same end of its interval.
    pub(super) fn is_same(&self, one: &'a Comparison, other: &'a Comparison) -> bool {
        let of = |comparison: &'a Comparison| comparison.of.as_ref().or(self.own);
        one.fact == other.fact && one.bound == other.bound && of(one) == of(other)
    }

    fn compared(&self, comparison: &Comparison, seen: Seen<'a>) -> Truth {
        let told = match seen {
            Seen::Known(told) => told,
            Seen::Stale(told) if self.use_stale => told,
            Seen::Stale(_) => return Truth::Stale,
            Seen::Unknown(_) => return Truth::Unknown,
        };
        if holds(&comparison.test, told) {
            Truth::Yes
        } else {
            Truth::No
        }
    }

    fn open(&self, hours: &Hours) -> Truth {
        let same = |supposed: &Supposed<'_>| match supposed {
            Supposed::Open(other, open, _) if *other == hours => Some(*open),
            _ => None,
        };
        let calendar = self.policy.known.calendars.get(&hours.calendar);
        let open = self.supposed.iter().find_map(same).or_else(|| {
            let now = self.inputs.now?;
            Some(calendar?.is_open(now, hours.open_for_seconds))
        });
        match open {
            Some(true) => Truth::Yes,
            Some(false) => Truth::No,
            None => Truth::Unknown,
        }
    }

    /// The first part of a condition to which it owes that it is `truth`.
    pub(super) fn because(&self, condition: &'a Condition, truth: Truth) -> Option<Leaf<'a>> {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts
                .iter()
                .find(|part| self.truth(part) == truth)
                .and_then(|part| self.because(part, truth)),
            Condition::Not(part) => self.because(part, truth.not()),
            leaf => self.leaf(leaf),
        }
    }

    fn leaf(&self, condition: &'a Condition) -> Option<Leaf<'a>> {
        match condition {
            Condition::Fact(comparison) => Some(Leaf::Fact(comparison, self.seen(comparison))),
            Condition::Open(hours) => Some(Leaf::Open(hours)),
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => None,
        }
    }

    /// All parts that compare something, each with whether it holds.
    pub(super) fn leaves(&self, condition: &'a Condition, to: &mut Vec<(Leaf<'a>, Truth)>) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.leaves(part, to);
                }
            }
            Condition::Not(part) => self.leaves(part, to),
            leaf => to.extend(self.leaf(leaf).map(|found| (found, self.truth(leaf)))),
        }
    }
}

pub(super) fn holds(test: &Test, told: Told<'_>) -> bool {
    let number = told.number();
    match test {
        Test::Is(datum) => told.is(datum),
        Test::IsNot(datum) => !told.is(datum),
        Test::OneOf(data) => data.iter().any(|datum| told.is(datum)),
        Test::AtLeast(least) => number.is_some_and(|number| number >= *least),
        Test::AtMost(most) => number.is_some_and(|number| number <= *most),
        Test::Above(bound) => number.is_some_and(|number| number > *bound),
        Test::Below(bound) => number.is_some_and(|number| number < *bound),
    }
}
