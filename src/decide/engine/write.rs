//! A decision as JSON text, written in one go: a value built first and printed then would cost more than the decision.

use core::fmt::Write;

use serde_json::Value;

use crate::decide::engine::condition::{Datum, Hours, Test};
use crate::decide::engine::decision::{About, Considered, Decision, Planned, RULES};
use crate::decide::engine::fact::FactName;
use crate::decide::engine::hours::Opening;
use crate::decide::engine::inputs::{Seen, Told};
use crate::decide::engine::place::Place;
use crate::decide::engine::truth::{Leaf, Supposed, Truth};
use crate::json::{ToJson, parsed, text};

impl ToJson for Decision<'_> {
    fn to_json(&self) -> Value {
        parsed(self.to_text().as_bytes()).unwrap_or_default()
    }
}

impl Decision<'_> {
    /// The decision as JSON text.
    pub fn to_text(&self) -> String {
        let mut out = Writer(String::with_capacity(2_048));
        out.open('{');
        out.name("verdict").word(self.verdict.as_str());
        out.name("plan").list(&self.plan, Writer::planned);
        if !self.considered.is_empty() {
            out.name("considered")
                .list(&self.considered, Writer::considered);
        }
        if let Some((grounds, alternative)) = self.refused {
            out.name("refused").open('{');
            out.name("code").word(grounds.as_str());
            if let Some(step) = alternative {
                out.name("alternative").string(step);
            }
            out.close('}');
        }
        if let Some(grounds) = self.no_safe_end {
            out.name("noSafeEnd").word(grounds.as_str());
        }
        if !self.issues.is_empty() {
            let issues = self.issues.iter().map(ToJson::to_json).collect();
            out.name("issues").value(&issues);
        }
        out.name("hashes").open('{');
        out.name("policy").string(self.policy_hash);
        out.name("inputs").string(self.inputs_hash);
        out.name("rules").word(RULES);
        out.close('}');
        out.close('}');
        out.0
    }
}

struct Writer(String);

impl Writer {
    fn comma(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }

    /// What is JSON already.
    fn raw(&mut self, json: &str) {
        self.comma();
        self.0.push_str(json);
    }

    /// A word of ours, which needs no escape.
    fn word(&mut self, word: &'static str) {
        self.comma();
        self.0.push('"');
        self.0.push_str(word);
        self.0.push('"');
    }

    fn open(&mut self, bracket: char) {
        self.comma();
        self.0.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    fn name(&mut self, name: &str) -> &mut Self {
        self.comma();
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        self
    }

    fn string(&mut self, text_of: &str) {
        self.comma();
        let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        if text_of.bytes().all(plain) {
            self.0.push('"');
            self.0.push_str(text_of);
            self.0.push('"');
        } else {
            self.0.push_str(&text(&text_of.into()));
        }
    }

    fn integer(&mut self, number: i64) {
        self.comma();
        // Writing into a text cannot fail.
        let _ = write!(self.0, "{number}");
    }

    /// A number as JavaScript writes it: a whole one without a fraction.
    fn number(&mut self, number: f64) {
        if number.fract() == 0.0 && number.abs() < 1e15 {
            self.integer(number as i64);
        } else {
            self.value(&number.into());
        }
    }

    fn flag(&mut self, flag: bool) {
        self.comma();
        self.0.push_str(if flag { "true" } else { "false" });
    }

    fn value(&mut self, value: &Value) {
        self.comma();
        self.0.push_str(&text(value));
    }

    fn list<T>(&mut self, items: &[T], write: fn(&mut Self, &T)) {
        self.open('[');
        for item in items {
            write(self, item);
        }
        self.close(']');
    }

    fn planned(&mut self, step: &Planned<'_>) {
        self.open('{');
        self.name("step").string(step.step);
        self.option(step.option);
        self.name("to").raw(step.to_text);
        self.name("mode").word(step.mode.as_str());
        if let Some(priority) = step.priority {
            self.name("priority").integer(priority.into());
        }
        self.name("reaches").word(step.reaches.as_str());
        self.name("code").word(step.grounds.as_str());
        self.about(&step.about);
        self.name("afterMillis").integer(step.after_millis);
        self.name("millis").integer(step.millis);
        if let Some(deadline) = step.deadline {
            self.name("deadline").integer(deadline.as_millis());
        }
        if step.cost_cents > 0 {
            let cents = i64::try_from(step.cost_cents).unwrap_or(i64::MAX);
            self.name("costCents").integer(cents);
        }
        self.close('}');
    }

    fn considered(&mut self, candidate: &Considered<'_>) {
        self.open('{');
        self.name("step").string(candidate.step);
        self.option(candidate.option);
        self.name("code").word(candidate.grounds.as_str());
        self.about(&candidate.about);
        if !candidate.compared.is_empty() {
            self.name("compared")
                .list(&candidate.compared, Self::compared);
        }
        if !candidate.would_if.is_empty() {
            self.name("wouldIf").open('[');
            for together in &candidate.would_if {
                self.list(together, Self::supposed);
            }
            self.close(']');
        }
        self.close('}');
    }

    fn option(&mut self, option: Option<usize>) {
        if let Some(option) = option {
            let option = i64::try_from(option).unwrap_or(i64::MAX);
            self.name("option").integer(option);
        }
    }

    fn about(&mut self, about: &About<'_>) {
        match about {
            About::Nothing => return,
            _ => self.name("about").open('{'),
        }
        match about {
            About::Nothing => {}
            About::Leaf(leaf) => self.leaf(leaf),
            About::Predicted(seen, best) => {
                self.seen(*seen);
                if let Some(best) = best {
                    self.name("best").number(*best);
                }
            }
            About::Limit { found, limit } => {
                self.name("found").integer(*found);
                self.name("limit").integer(*limit);
            }
            About::By(name) => self.name("by").string(name),
        }
        self.close('}');
    }

    fn compared(&mut self, (leaf, truth): &(Leaf<'_>, Truth)) {
        self.open('{');
        self.leaf(leaf);
        self.name("holds").word(truth.as_str());
        self.close('}');
    }

    fn leaf(&mut self, leaf: &Leaf<'_>) {
        match leaf {
            Leaf::Fact(comparison, seen) => {
                self.raw(&comparison.text);
                self.seen(*seen);
            }
            Leaf::Open(hours) => self.hours(hours),
        }
    }

    fn supposed(&mut self, supposed: &Supposed<'_>) {
        self.open('{');
        match supposed {
            Supposed::Fact(comparison, told) => {
                self.raw(&comparison.text);
                match told {
                    // Any other word.
                    Told::Word("") => self.name("other").flag(true),
                    told => self.name("wouldBe").told(*told),
                }
            }
            Supposed::Open(hours, open, today) => {
                self.hours(hours);
                self.name("open").flag(*open);
                self.name("today").list(today, Self::opening);
            }
        }
        self.close('}');
    }

    fn hours(&mut self, hours: &Hours) {
        self.name("calendar").string(&hours.calendar);
        if hours.open_for_seconds > 0 {
            let seconds = i64::try_from(hours.open_for_seconds).unwrap_or(i64::MAX);
            self.name("openForSeconds").integer(seconds);
        }
    }

    fn opening(&mut self, (from, to): &Opening) {
        let clock = |minutes: &i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        self.open('{');
        self.name("from").string(&clock(from));
        self.name("to").string(&clock(to));
        self.close('}');
    }

    fn datum(&mut self, datum: &Datum) {
        match datum {
            Datum::Number(number) => self.number(*number),
            Datum::Flag(flag) => self.flag(*flag),
            Datum::Word(word) => self.string(word),
        }
    }

    fn seen(&mut self, seen: Seen<'_>) {
        match seen {
            Seen::Known(told) => self.name("known").told(told),
            Seen::Stale(told) => self.name("stale").told(told),
            Seen::Unknown(lack) => self.name("unknown").word(lack.as_str()),
        }
    }

    fn told(&mut self, told: Told<'_>) {
        match told {
            Told::Number(number) => self.number(number),
            Told::Flag(flag) => self.flag(flag),
            Told::Word(word) => self.string(word),
        }
    }
}

/// The place for print: without a phone number.
fn redacted(place: &Place) -> Place {
    match place {
        Place::Target(target) => Place::Target(target.redacted()),
        other => other.clone(),
    }
}

/// A comparison as decisions write it: the fields of an object.
pub(super) fn comparison(fact: &FactName, of: Option<&Place>, test: &Test) -> String {
    let mut out = Writer(String::new());
    out.name("fact").string(&fact.name);
    if let Some(of) = of {
        out.name("of").value(&redacted(of).to_json());
    }
    out.name(test.name());
    match test {
        Test::Is(datum) | Test::IsNot(datum) => out.datum(datum),
        Test::OneOf(data) => out.list(data, Writer::datum),
        Test::AtLeast(bound) | Test::AtMost(bound) | Test::Above(bound) | Test::Below(bound) => {
            out.number(*bound);
        }
    }
    out.0
}
