//! What a condition asks of each fact, as ranges: whether one condition can be met, and whether it always meets another.
//!
//! Only conditions that compare facts and join them by `all` are understood; of all others nothing is said.

use crate::decide::engine::comparison::{Bound, Comparison, Datum, Test};
use crate::decide::engine::condition::Condition;
use crate::decide::engine::fact::FactName;
use crate::decide::engine::place::Place;

/// What is asked of one fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked<'a> {
    pub(super) fact: &'a FactName,
    /// Whose: the step's own target, where the comparison names none.
    pub(super) of: Option<&'a Place>,
    bound: Bound,
    pub(super) range: Range,
    /// The words or flags that it may be; any, where absent.
    only: Option<Vec<&'a Datum>>,
    /// The data that it may not be.
    not: Vec<&'a Datum>,
}

/// A range of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) low_in: bool,
    pub(super) high: f64,
    pub(super) high_in: bool,
}

impl Range {
    const fn all(most: f64) -> Self {
        Self {
            low: 0.0,
            low_in: true,
            high: most,
            high_in: true,
        }
    }

    fn is_empty(&self) -> bool {
        self.low > self.high || self.low == self.high && !(self.low_in && self.high_in)
    }

    fn holds(&self, number: f64) -> bool {
        let above = number > self.low || self.low_in && number == self.low;
        let below = number < self.high || self.high_in && number == self.high;
        above && below
    }

    /// Whether every number of this range is in the other.
    fn within(&self, other: &Self) -> bool {
        let low = self.low > other.low || self.low == other.low && (other.low_in || !self.low_in);
        let high =
            self.high < other.high || self.high == other.high && (other.high_in || !self.high_in);
        low && high
    }

    fn raise(&mut self, low: f64, low_in: bool) {
        if low > self.low || low == self.low && !low_in {
            (self.low, self.low_in) = (low, low_in);
        }
    }

    fn lower(&mut self, high: f64, high_in: bool) {
        if high < self.high || high == self.high && !high_in {
            (self.high, self.high_in) = (high, high_in);
        }
    }
}

/// What a condition asks of each fact; `None` where it is not understood.
pub(super) fn asked<'a>(
    condition: &'a Condition,
    own: Option<&'a Place>,
) -> Option<Vec<Asked<'a>>> {
    let mut found = Vec::new();
    ask(condition, own, &mut found).then_some(found)
}

fn ask<'a>(condition: &'a Condition, own: Option<&'a Place>, to: &mut Vec<Asked<'a>>) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| ask(part, own, to)),
        Condition::Fact(comparison) => {
            narrow(comparison, own, to);
            true
        }
        Condition::Any(_) | Condition::Not(_) | Condition::Open(_) => false,
    }
}

fn narrow<'a>(comparison: &'a Comparison, own: Option<&'a Place>, to: &mut Vec<Asked<'a>>) {
    let of = comparison.of.as_ref().or(own);
    let of = of.filter(|_| comparison.fact.scope == crate::decide::engine::fact::Scope::Target);
    let same = |asked: &Asked<'_>| {
        asked.fact == &comparison.fact && asked.of == of && asked.bound == comparison.bound
    };
    if !to.iter().any(same) {
        to.push(Asked {
            fact: &comparison.fact,
            of,
            bound: comparison.bound,
            range: Range::all(comparison.fact.kind.most()),
            only: None,
            not: Vec::new(),
        });
    }
    let Some(asked) = to.iter_mut().find(|asked| same(asked)) else {
        return;
    };
    match &comparison.test {
        Test::AtLeast(low) => asked.range.raise(*low, true),
        Test::Above(low) => asked.range.raise(*low, false),
        Test::AtMost(high) => asked.range.lower(*high, true),
        Test::Below(high) => asked.range.lower(*high, false),
        Test::Is(Datum::Number(number)) => {
            asked.range.raise(*number, true);
            asked.range.lower(*number, true);
        }
        Test::Is(datum) => asked.keep(&[datum]),
        Test::OneOf(data) => asked.keep(&data.iter().collect::<Vec<_>>()),
        Test::IsNot(datum) => asked.not.push(datum),
    }
}

impl<'a> Asked<'a> {
    fn keep(&mut self, data: &[&'a Datum]) {
        let kept = |datum: &&'a Datum| self.only.as_ref().is_none_or(|only| only.contains(datum));
        self.only = Some(data.iter().copied().filter(kept).collect());
    }

    /// Whether a datum that it may be by its list is one after all.
    fn admits(&self, datum: &Datum) -> bool {
        let in_range = match datum {
            Datum::Number(number) => self.range.holds(*number),
            Datum::Flag(_) | Datum::Word(_) => true,
        };
        in_range && !self.not.contains(&datum)
    }

    /// Whether nothing that the fact can be is asked for.
    pub(super) fn is_empty(&self) -> bool {
        let flags = [Datum::Flag(true), Datum::Flag(false)];
        let no_flag = flags.iter().all(|flag| self.not.contains(&flag));
        match &self.only {
            Some(only) => !only.iter().any(|datum| self.admits(datum)),
            None => {
                let single = self.range.low == self.range.high;
                let barred = single && self.not.contains(&&Datum::Number(self.range.low));
                self.range.is_empty() || barred || no_flag
            }
        }
    }

    /// Whether all that it asks for, the other asks for too.
    fn within(&self, other: &Self) -> bool {
        if let Some(only) = &self.only {
            let fits = |datum: &&'a Datum| {
                !self.admits(datum)
                    || other.admits(datum)
                        && other.only.as_ref().is_none_or(|only| only.contains(datum))
            };
            return only.iter().all(fits);
        }
        let bars = |datum: &&Datum| {
            let out = matches!(datum, Datum::Number(number) if !self.range.holds(*number));
            out || self.not.contains(datum)
        };
        other.only.is_none() && self.range.within(&other.range) && other.not.iter().all(bars)
    }

    /// Whether it is about the same thing.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.fact == other.fact && self.of == other.of && self.bound == other.bound
    }

    /// Whether it is nothing but a range. Of a flag or a word it never is.
    pub(super) fn is_plain(&self) -> bool {
        self.only.is_none() && self.not.is_empty()
    }
}

/// Whether what meets the first always meets the second, and rests on no fact that the first does not ask for.
pub(super) fn implies(first: &[Asked<'_>], second: &[Asked<'_>]) -> bool {
    second.iter().all(|wanted| {
        first
            .iter()
            .any(|asked| asked.is_of(wanted) && asked.within(wanted))
    })
}
