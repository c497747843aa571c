//! A decision as JSON text, written in one go: a value built first and printed then would cost more than the decision. What stands
//! in every entry is written in as few pieces as can be, for each takes longer than the letters in it.

use serde_json::Value;

use crate::decide::engine::condition::Hours;
use crate::decide::engine::decision::{About, Considered, Decision, Grounds, Planned, RULES};
use crate::decide::engine::hours::Opening;
use crate::decide::engine::inputs::{Seen, Told};
use crate::decide::engine::truth::{Leaf, Supposed, Truth};
use crate::decide::engine::writer::{Writer, name, opened};
use crate::json::{ToJson, parsed};

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
        out.name(name!("verdict")).word(self.verdict.as_str());
        out.raw(name!("plan"));
        out.list(&self.plan, Writer::planned);
        if !self.considered.is_empty() {
            out.raw(name!("considered"));
            out.list(&self.considered, Writer::considered);
        }
        if let Some((grounds, alternative)) = self.refused {
            out.name(name!("refused")).open('{');
            out.name(name!("code")).word(grounds.as_str());
            if let Some(step) = alternative {
                out.name(name!("alternative")).string(step);
            }
            out.close('}');
        }
        if let Some(grounds) = self.no_safe_end {
            out.name(name!("noSafeEnd")).word(grounds.as_str());
        }
        if !self.issues.is_empty() {
            let issues = self.issues.iter().map(ToJson::to_json).collect();
            out.name(name!("issues")).value(&issues);
        }
        out.raw(name!("hashes"));
        out.open('{');
        out.name(name!("policy")).word(self.policy_hash);
        out.said(opened!("inputs"), self.inputs_hash);
        out.said(opened!("rules"), RULES);
        out.close('}');
        out.close('}');
        out.0
    }
}

impl Writer {
    fn planned(&mut self, step: &Planned<'_>) {
        self.raw(step.head);
        self.option(step.option);
        self.raw(name!("to"));
        self.raw(step.to_text);
        self.said(opened!("mode"), step.mode.as_str());
        if let Some(priority) = step.priority {
            self.raw(name!("priority"));
            self.integer(priority.into());
        }
        self.said(opened!("reaches"), step.reaches.as_str());
        self.why(step.grounds, &step.about);
        self.raw(name!("afterMillis"));
        self.integer(step.after_millis);
        self.raw(name!("millis"));
        self.integer(step.millis);
        if let Some(deadline) = step.deadline {
            self.raw(name!("deadline"));
            self.integer(deadline.as_millis());
        }
        if step.cost_cents > 0 {
            let cents = i64::try_from(step.cost_cents).unwrap_or(i64::MAX);
            self.raw(name!("costCents"));
            self.integer(cents);
        }
        self.close('}');
    }

    fn considered(&mut self, candidate: &Considered<'_>) {
        self.raw(candidate.head);
        self.option(candidate.option);
        self.why(candidate.grounds, &candidate.about);
        if !candidate.compared.is_empty() {
            self.name(name!("compared"))
                .list(&candidate.compared, Self::compared);
        }
        if !candidate.would_if.is_empty() {
            self.name(name!("wouldIf"))
                .list(&candidate.would_if, |out, together| {
                    out.list(together, Self::supposed);
                });
        }
        self.close('}');
    }

    fn option(&mut self, option: Option<usize>) {
        if let Some(option) = option {
            let option = i64::try_from(option).unwrap_or(i64::MAX);
            self.name(name!("option")).integer(option);
        }
    }

    /// The grounds, and the figures behind them.
    fn why(&mut self, grounds: Grounds, about: &About<'_>) {
        self.raw(opened!("code"));
        self.raw(grounds.as_str());
        self.raw(match about {
            About::Nothing => "\"",
            _ => "\",\"about\":{",
        });
        match about {
            About::Nothing => return,
            About::Leaf(leaf) => self.leaf(leaf),
            About::Predicted(seen, best) => {
                self.seen(*seen);
                if let Some(best) = best {
                    self.name(name!("best")).number(*best);
                }
            }
            About::Limit { found, limit } => {
                self.name(name!("found")).integer(*found);
                self.name(name!("limit")).integer(*limit);
            }
            About::By(name) => self.name(name!("by")).string(name),
        }
        self.close('}');
    }

    fn compared(&mut self, (leaf, truth): &(Leaf<'_>, Truth)) {
        self.open('{');
        self.leaf(leaf);
        self.name(name!("holds")).word(truth.as_str());
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
                    Told::Word("") => self.name(name!("other")).flag(true),
                    told => self.name(name!("wouldBe")).told(*told),
                }
            }
            Supposed::Open(hours, open, today) => {
                self.hours(hours);
                self.name(name!("open")).flag(*open);
                self.name(name!("today")).list(today, Self::opening);
            }
        }
        self.close('}');
    }

    fn hours(&mut self, hours: &Hours) {
        self.name(name!("calendar")).string(&hours.calendar);
        if hours.open_for_seconds > 0 {
            let seconds = i64::try_from(hours.open_for_seconds).unwrap_or(i64::MAX);
            self.name(name!("openForSeconds")).integer(seconds);
        }
    }

    fn opening(&mut self, (from, to): &Opening) {
        let clock = |minutes: &i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        self.open('{');
        self.name(name!("from")).string(&clock(from));
        self.name(name!("to")).string(&clock(to));
        self.close('}');
    }

    fn seen(&mut self, seen: Seen<'_>) {
        match seen {
            Seen::Known(told) => self.name(name!("known")).told(told),
            Seen::Stale(told) => self.name(name!("stale")).told(told),
            Seen::Unknown(lack) => self.name(name!("unknown")).word(lack.as_str()),
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
