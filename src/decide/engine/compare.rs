//! Two policies on the same recorded inputs: which decisions differ, and why.

use serde_json::Value;

use crate::decide::engine::decision::{Decision, Trace};
use crate::decide::engine::inputs::Inputs;
use crate::decide::engine::plan::decide;
use crate::decide::engine::policy::Policy;
use crate::error::spelled;
use crate::json::{Given, ToJson, object};

spelled! {
    /// How two decisions differ; the first that fits.
    Change {
        /// One moves the call, the other leaves it.
        Verdict = "verdict",
        /// The call goes elsewhere first.
        First = "first",
        /// It goes to the same place first, and elsewhere after that.
        Later = "later",
        /// It goes the same way, with other times.
        Times = "times",
    }
}

/// A decision that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Which of the recorded inputs, from 0.
    pub at: usize,
    /// The hash of those inputs.
    pub inputs_hash: String,
    /// How the decisions differ.
    pub change: Change,
    /// The first step of the plan that differs, by the old policy: its name and code, and under `other` what the new one
    /// says of that step.
    pub before: Value,
    /// The same by the new policy.
    pub after: Value,
}

/// Two policies on recorded inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// How many inputs there were.
    pub decisions: usize,
    /// The decisions that differ.
    pub differences: Vec<Difference>,
}

impl ToJson for Difference {
    fn to_json(&self) -> Value {
        object([
            ("at", self.at.into()),
            ("inputs", self.inputs_hash.as_str().into()),
            ("change", self.change.to_json()),
            ("before", self.before.clone()),
            ("after", self.after.clone()),
        ])
    }
}

impl ToJson for Compared {
    fn to_json(&self) -> Value {
        let count = |change: &Change| {
            let of = |difference: &&Difference| difference.change == *change;
            (
                change.as_str().to_owned(),
                self.differences.iter().filter(of).count().into(),
            )
        };
        object([
            ("decisions", self.decisions.into()),
            ("same", (self.decisions - self.differences.len()).into()),
            (
                "changes",
                Change::ALL
                    .iter()
                    .map(count)
                    .collect::<serde_json::Map<_, _>>()
                    .into(),
            ),
            ("differences", self.differences.to_json()),
        ])
    }
}

/// Decides each of the recorded inputs by both policies.
pub fn compare<'a>(
    before: &Policy,
    after: &Policy,
    recorded: impl IntoIterator<Item: Into<Given<'a>>>,
) -> Compared {
    let mut compared = Compared {
        decisions: 0,
        differences: Vec::new(),
    };
    for value in recorded {
        let inputs = Inputs::read(value);
        let [one, other] = [before, after].map(|policy| decide(policy, &inputs, Trace::Summary));
        if let Some((change, position)) = change(&one, &other) {
            compared.differences.push(Difference {
                at: compared.decisions,
                inputs_hash: inputs.hash.clone(),
                change,
                before: step(&one, &other, position),
                after: step(&other, &one, position),
            });
        }
        compared.decisions += 1;
    }
    compared
}

/// How two decisions differ, and at which step of their plans.
fn change(one: &Decision<'_>, other: &Decision<'_>) -> Option<(Change, usize)> {
    if one.verdict != other.verdict {
        return Some((Change::Verdict, 0));
    }
    let longer = one.plan.len().max(other.plan.len());
    let [places, times] = [false, true].map(|times| {
        (0..longer).find(|at| {
            let found = [one, other].map(|decision| {
                let planned = decision.plan.get(*at)?;
                let when = times.then_some((planned.after_millis, planned.millis));
                Some((planned.to, planned.mode, when))
            });
            found[0] != found[1]
        })
    });
    match (places, times) {
        (Some(0), _) => Some((Change::First, 0)),
        (Some(at), _) => Some((Change::Later, at)),
        (None, Some(at)) => Some((Change::Times, at)),
        (None, None) => None,
    }
}

/// The step at a position of a plan, and what the other decision says of it.
fn step(decision: &Decision<'_>, other: &Decision<'_>, position: usize) -> Value {
    let decision = decision.to_json();
    let Some(planned) = decision.pointer(&format!("/plan/{position}")) else {
        return object([("step", Value::Null)]);
    };
    let same = |each: &&Value| {
        each.get("step") == planned.get("step") && each.get("option") == planned.get("option")
    };
    let other = other.to_json();
    let list = |name: &str| other.get(name).and_then(Value::as_array).cloned();
    let [refused, planned_too] = ["considered", "plan"].map(|name| {
        let list = list(name).unwrap_or_default();
        list.iter().find(same).map(said)
    });
    let mut found = said(planned);
    if let (Some(fields), Some(other)) = (found.as_object_mut(), refused.or(planned_too)) {
        fields.insert("other".to_owned(), other);
    }
    found
}

/// A step without its place, which may be somebody's number.
fn said(step: &Value) -> Value {
    let field = |name: &'static str| (name, step.get(name).cloned().unwrap_or_default());
    object(["step", "option", "code", "about", "afterMillis", "millis"].map(field))
}
