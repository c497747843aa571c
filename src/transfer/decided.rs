//! The steps of a policy with conditions: the decision engine weighs them, by what the host tells and what the platform said. It
//! knows how to ask the engine, which may be in another binary, and refuses to know how that decides.

use core::ops::Range;

use serde_json::Value;

use crate::decide::Step;
use crate::journal::Happened;
use crate::json::{ToJson, object, parsed, text};
use crate::model::fact::Fact;
use crate::model::intent::Mode;
use crate::model::queue::{Opening, Roster};
use crate::model::reason::{Reason, ReasonCode};
use crate::time::Timestamp;
use crate::transfer::Transfer;
use crate::transfer::outcome::StepResult;

/// Who decides: takes what [`read_policy`](crate::transfer::read_policy) kept of the policy, what the host tells and what the run knows, each as
/// JSON text, and returns the decision as JSON text; `None` where it can't. It keeps nothing: the same texts give the same decision.
pub type Decider = fn(policy: &str, told: &str, known: &str) -> Option<String>;

/// The engine of this binary, where it has one.
pub(super) const DECIDER: Option<Decider> = {
    #[cfg(feature = "decide")]
    {
        Some(crate::decide::engine::decide_during)
    }
    #[cfg(not(feature = "decide"))]
    {
        None
    }
};

/// What was decided of a step.
pub(super) enum Weighed {
    /// It is in the plan, in this mode.
    Planned {
        reason: Reason,
        mode: Option<Mode>,
        /// No other candidate of its step comes before it.
        first: bool,
    },
    /// Another candidate of its step is better.
    Lower(Reason),
    /// It rests on facts that are not known, or old.
    Unknown(Reason),
    /// It is not in the plan.
    Left(Reason),
}

impl Transfer {
    /// What the engine says of the present step; nothing where it need not be asked, or there is none and the step does without.
    pub(super) fn decided(&mut self) -> Option<Weighed> {
        self.run.policy.decided_by.as_ref()?;
        let decision = self.decide();
        let step = self.run.step()?;
        // Whether a step in between has its turn may hang on the conditions of others.
        let is_end = self.run.at == 0 || self.run.at + 1 == self.run.policy.steps.len();
        if decision.is_null() && is_end && !step.conditional {
            return None;
        }
        Some(said_of(step, &decision))
    }

    /// The decision by what is known now; a plan that is new is told, with the hashes by which it can be decided again. Null where
    /// nobody decides.
    fn decide(&mut self) -> Value {
        let run = &self.run;
        let (Some(policy), Some(decider)) = (&run.policy.decided_by, self.decider) else {
            return Value::Null;
        };
        let decision = decider(policy, &run.told, &self.known())
            .and_then(|decision| parsed(decision.as_bytes()).ok())
            .unwrap_or_default();
        let step = |entry: &Value| word(entry, "step").map(str::to_owned);
        let plan = texts(&decision, "plan", step);
        if plan != self.run.plan {
            let hash = |name: &str| {
                let hashes = decision.get("hashes");
                let hash = hashes.and_then(|hashes| word(hashes, name));
                hash.unwrap_or_default().to_owned()
            };
            self.run.plan.clone_from(&plan);
            self.tell(Happened::Decided {
                policy: hash("policy"),
                inputs: hash("inputs"),
                plan,
                issues: texts(&decision, "issues", finding),
            });
        }
        decision
    }

    /// What the run knows that the host could not tell, beside what the platform said of the queues that were asked about (`said`).
    fn known(&self) -> String {
        let run = &self.run;
        let mut path = Vec::new();
        let mut cents = 0;
        for (record, step) in run.steps.iter().zip(&run.policy.steps) {
            if record.attempts > 0 {
                let by = if step.by_machine { "machine" } else { "person" };
                path.push(object([
                    ("to", step.to.to_json()),
                    ("by", by.into()),
                    ("failed", true.into()),
                ]));
                cents += step.cost_cents;
            }
        }
        let known = text(&object([
            ("now", run.now.to_json()),
            (
                "elapsedSeconds",
                run.now.since(run.started).as_secs().into(),
            ),
            ("spentCents", cents.into()),
            ("mode", run.intent.mode.to_json()),
            ("asked", run.intent.to.to_json()),
            ("path", Value::Array(path)),
        ]));
        format!("[{known}{}]", run.said)
    }

    /// Keeps what the platform said of the present step's target, where decisions rest on it.
    pub(super) fn keep_facts(&mut self) {
        let run = &mut self.run;
        let (Some(step), Some(_)) = (run.policy.steps.get(run.at), &run.policy.decided_by) else {
            return;
        };
        let facts = &run.queue;
        let count = |of: fn(&Roster) -> u32| fact(&facts.roster, |roster| of(roster).into());
        let accepts = fact(&facts.opening, |opening| (*opening == Opening::Open).into());
        let said = object([
            ("to", step.to.to_json()),
            ("accepts", accepts),
            ("agentsAvailable", count(|roster| roster.available)),
            ("agentsEligible", count(|roster| roster.eligible)),
        ]);
        run.said.push(',');
        run.said.push_str(&text(&said));
    }

    /// The step to go on with: the next one; among the candidates of one step whoever has not been asked about yet, and then the best.
    pub(super) fn next_step(&mut self) -> Option<usize> {
        let (at, count) = (self.run.at, self.run.policy.steps.len());
        let Some(group) = self.group() else {
            return (at + 1 < count).then_some(at + 1);
        };
        if let Some(unasked) = self.unasked(&group) {
            return Some(unasked);
        }
        let decision = self.decide();
        let mut later = None;
        let mut left = Vec::new();
        for at in group.clone().filter(|at| self.is_open(*at)) {
            let step = self.run.policy.steps.get(at)?;
            match said_of(step, &decision) {
                Weighed::Planned { first: true, .. } => return Some(at),
                Weighed::Planned { .. } => later = later.or(Some(at)),
                Weighed::Lower(reason) | Weighed::Unknown(reason) | Weighed::Left(reason) => {
                    left.push((at, reason));
                }
            }
        }
        if later.is_some() {
            return later;
        }
        for (at, reason) in left {
            self.leave_out(at, reason);
        }
        (group.end < count).then_some(group.end)
    }

    /// A candidate that has not been asked about.
    pub(super) fn unasked(&self, group: &Range<usize>) -> Option<usize> {
        let asked = |at: usize| self.run.checked.contains(&(at as u64));
        group.clone().find(|at| self.is_open(*at) && !asked(*at))
    }

    /// Whether nothing has become of a step yet.
    fn is_open(&self, at: usize) -> bool {
        let record = self.run.steps.get(at);
        record.is_some_and(|record| record.result == StepResult::NotReached)
    }

    /// The candidates that the present step is one of, by their places.
    pub(super) fn group(&self) -> Option<Range<usize>> {
        let steps = &self.run.policy.steps;
        let (of, _) = steps.get(self.run.at)?.one_of.as_ref()?;
        let same = |step: &Step| {
            let one_of = step.one_of.as_ref();
            one_of.is_some_and(|(other, _)| other == of)
        };
        let first = steps.iter().position(same)?;
        let count = steps.iter().filter(|step| same(step)).count();
        Some(first..first + count)
    }
}

/// What a decision says of a step.
fn said_of(step: &Step, decision: &Value) -> Weighed {
    let (name, option) = match &step.one_of {
        Some((of, option)) => (of.as_str(), Some(u64::from(*option))),
        None => (step.id.as_str(), None),
    };
    let of_step = |entry: &&Value| word(entry, "step") == Some(name);
    let option_of = |entry: &Value| entry.get("option").and_then(Value::as_u64);
    let because = |code: ReasonCode, entry: &Value| {
        let about = entry.get("about").map(text).unwrap_or_default();
        let said = word(entry, "code").unwrap_or_default();
        Reason::new(code).with_evidence(format!("{said} {about}").trim_end())
    };
    let mut planned = entries(decision, "plan").filter(of_step).enumerate();
    if let Some((place, entry)) = planned.find(|(_, entry)| option_of(entry) == option) {
        let mode = word(entry, "mode");
        return Weighed::Planned {
            reason: because(ReasonCode::Planned, entry),
            mode: Mode::ALL
                .iter()
                .copied()
                .find(|known| Some(known.as_str()) == mode),
            first: place == 0,
        };
    }
    let mut considered = entries(decision, "considered").filter(of_step);
    // Of several candidates, their step may be left out as a whole.
    let is_it = |entry: &&Value| option_of(entry).is_none_or(|found| Some(found) == option);
    let Some(entry) = considered.find(is_it) else {
        let code = if decision.is_null() {
            ReasonCode::NotDecided
        } else {
            ReasonCode::NotPlanned
        };
        return Weighed::Left(Reason::new(code));
    };
    let reason = because(ReasonCode::NotPlanned, entry);
    match word(entry, "code") {
        Some("ranked-lower") => Weighed::Lower(reason),
        Some("fact-unknown" | "fact-stale") => Weighed::Unknown(reason),
        _ => Weighed::Left(reason),
    }
}

/// What each entry of a list says.
fn texts(decision: &Value, list: &str, says: fn(&Value) -> Option<String>) -> Vec<String> {
    entries(decision, list).filter_map(says).collect()
}

/// Where a finding is, and what would mend it.
fn finding(issue: &Value) -> Option<String> {
    Some([word(issue, "path")?, ": ", word(issue, "hint")?].concat())
}

fn word<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str)
}

fn entries<'a>(decision: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> + Clone {
    let list = decision.get(list).and_then(Value::as_array);
    list.into_iter().flatten()
}

fn fact<T>(fact: &Fact<T>, value: impl Fn(&T) -> Value) -> Value {
    let told =
        |it: &T, as_of: &Timestamp| object([("value", value(it)), ("asOf", as_of.to_json())]);
    match fact {
        Fact::Known { value, as_of } => object([("known", told(value, as_of))]),
        Fact::Stale { value, as_of } => object([("stale", told(value, as_of))]),
        Fact::Unknown { reason } => object([("unknown", reason.to_json())]),
    }
}
