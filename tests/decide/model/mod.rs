//! The decision engine written another way: an interpreter that walks the JSON of policy and inputs as it stands, with no
//! types of its own, in the words of the documentation. It is slow, and it trusts that the policy is right.

mod facts;
mod guards;

use serde_json::{Map, Value, json};

const NULL: Value = Value::Null;

fn at<'v>(value: &'v Value, name: &str) -> &'v Value {
    value.get(name).unwrap_or(&NULL)
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    at(value, name).as_array().map_or(&[], Vec::as_slice)
}

fn num(value: &Value, name: &str, usual: i64) -> i64 {
    at(value, name)
        .as_f64()
        .map_or(usual, |number| number as i64)
}

fn word<'v>(value: &'v Value, name: &str, usual: &'static str) -> &'v str {
    at(value, name).as_str().unwrap_or(usual)
}

/// Numbers as a decision writes them: whole ones without a fraction.
fn shown(value: &Value) -> Value {
    match value.as_f64() {
        Some(number) if value.is_number() && number.fract() == 0.0 => json!(number as i64),
        _ => value.clone(),
    }
}

/// The kinds of places, and whether people take the call there.
pub(crate) const KINDS: [(&str, bool); 9] = [
    ("agent", true),
    ("callback", true),
    ("voicemail", false),
    ("announce", false),
    ("returnTo", true),
    ("queue", true),
    ("skill", true),
    ("extension", true),
    ("phone", true),
];

fn kind(place: &Value) -> &'static str {
    let named = |(name, _): &&(&'static str, bool)| !at(place, name).is_null();
    KINDS.iter().find(named).unwrap().0
}

const TEAM: [&str; 5] = [
    "agentsAvailable",
    "agentsStaffed",
    "occupancyShare",
    "expectedWaitSeconds",
    "breachShare",
];
const CALL: [&str; 9] = [
    "waitedSeconds",
    "hops",
    "priority",
    "channel",
    "language",
    "intent",
    "tier",
    "callbackConsent",
    "callerNumberValid",
];

struct Model<'v> {
    unsure: bool,
    kept: i64,
    policy: &'v Value,
    inputs: &'v Value,
    plan: Vec<Value>,
    considered: Vec<Value>,
    used: Vec<String>,
    last: Option<String>,
}

/// The decision with a summary trace, without its hashes.
pub(crate) fn decided(policy: &Value, inputs: &Value) -> Value {
    let (steps, safe) = split(policy);
    let kept = safe.map_or(0, |safe| {
        num(safe, "stepSeconds", num(policy, "stepSeconds", 30))
    });
    let mut model = Model {
        unsure: unsure(inputs),
        kept: (kept * 1_000).min(num(policy, "budgetSeconds", 120) * 250),
        policy,
        inputs,
        plan: Vec::new(),
        considered: Vec::new(),
        used: Vec::new(),
        last: None,
    };
    let mut said = Map::new();
    if list(inputs, "path")
        .iter()
        .any(|hop| at(hop, "final") == true)
    {
        said.insert("noSafeEnd".into(), json!("final-transfer-made"));
        if !at(inputs, "asked").is_null() {
            model.refuse("primary", None, ("final-transfer-made", None));
        }
    } else {
        if !at(inputs, "asked").is_null() && !names_one_place(at(inputs, "asked")) {
            model.refuse("primary", None, ("inputs-unreadable", None));
        } else if !at(inputs, "asked").is_null() {
            let step = json!({ "id": "primary", "to": at(inputs, "asked") });
            model.offer("primary", None, &step, ("no-condition", None));
        }
        model.walk(steps);
        match safe {
            None => said.insert("noSafeEnd".into(), json!("no-safe-end")),
            Some(safe) => 'safe: {
                // In whichever way the platform can, first the one that is meant.
                let mut ways = Vec::from([safe.clone(), safe.clone(), safe.clone()]);
                ways[1]["mode"] = json!("blind");
                ways[2]["mode"] = json!("consult");
                let Some(safe) = ways.iter().find(|way| model.can(way)) else {
                    break 'safe said.insert("noSafeEnd".into(), json!("not-supported"));
                };
                let own = num(safe, "stepSeconds", num(policy, "stepSeconds", 30)) * 1_000;
                let millis = own.min(model.left().max(model.kept));
                model.take(word(safe, "id", ""), None, safe, ("safe-end", None), millis);
                None
            }
        };
    }
    let primary = model
        .considered
        .iter()
        .find(|each| each["step"] == "primary");
    if let Some(primary) = primary {
        let mut refused = json!({ "code": primary["code"] });
        if let Some(first) = model.plan.first() {
            refused["alternative"] = first["step"].clone();
        }
        said.insert("refused".into(), refused);
    }
    let verdict = if model.plan.is_empty() {
        "stay"
    } else {
        "transfer"
    };
    said.insert("verdict".into(), json!(verdict));
    said.insert("plan".into(), Value::Array(model.plan));
    if !model.considered.is_empty() {
        said.insert("considered".into(), Value::Array(model.considered));
    }
    Value::Object(said)
}

/// Whether a place is named, and no second one.
fn names_one_place(place: &Value) -> bool {
    let named = KINDS.iter().map(|(kind, _)| *kind);
    let named: Vec<_> = named.filter(|kind| !at(place, kind).is_null()).collect();
    named.len() == 1 || named == ["queue", "skill"]
}

/// Whether something on which the guards rest is there and of another kind than it should be.
fn unsure(inputs: &Value) -> bool {
    type Fits = fn(&Value) -> bool;
    let kinds: [(&str, Fits); 6] = [
        ("elapsedSeconds", Value::is_number),
        ("spentCents", |cents| {
            cents.as_f64().is_some_and(|cents| cents.fract() == 0.0)
        }),
        ("mode", |mode| mode == "blind" || mode == "consult"),
        ("from", Value::is_string),
        ("path", Value::is_array),
        ("can", Value::is_object),
    ];
    kinds
        .iter()
        .any(|(name, fits)| !at(inputs, name).is_null() && !fits(at(inputs, name)))
}

/// The ordinary steps, and the safe end: the one that is named, or else a last step that takes every call.
fn split(policy: &Value) -> (&[Value], Option<&Value>) {
    let steps = list(policy, "steps");
    let named = at(policy, "safe");
    if !named.is_null() {
        return (steps, Some(named));
    }
    match steps.split_last() {
        Some((last, others)) if ends(last) => (others, Some(last)),
        _ => (steps, None),
    }
}

/// Whether a step takes every call at any time.
fn ends(step: &Value) -> bool {
    let to = at(step, "to");
    let always = at(step, "when").is_null();
    always && !to.is_null() && !["agent", "callback", "returnTo"].contains(&kind(to))
}

type Why = (&'static str, Option<Value>);

impl Model<'_> {
    fn walk(&mut self, steps: &[Value]) {
        for step in steps {
            let id = word(step, "id", "");
            if let Some(last) = self.last.clone() {
                self.refuse(id, None, ("after-last", Some(json!({ "by": last }))));
                continue;
            }
            let (met, why) = self.weigh(step, at(step, "to"));
            if !met {
                self.refuse(id, None, why);
                continue;
            }
            if !at(step, "best").is_null() {
                self.pick(step);
            } else if let Some(name) = at(step, "use").as_str() {
                if self.used.iter().any(|used| used == name) {
                    self.refuse(id, None, ("policy-used", Some(json!({ "by": name }))));
                } else {
                    self.used.push(name.to_owned());
                    let other = at(at(self.policy, "policies"), name);
                    self.walk(list(other, "steps"));
                }
            } else {
                self.offer(id, None, step, why);
            }
            if at(step, "last") == true && self.last.is_none() {
                self.last = Some(id.to_owned());
            }
        }
    }

    fn weigh(&self, step: &Value, own: &Value) -> (bool, Why) {
        let when = at(step, "when");
        if when.is_null() {
            return (true, ("no-condition", None));
        }
        let usable = word(step, "ifStale", "skip") == "use";
        let truth = self.truth(when, own, usable);
        let about = || self.because(when, own, usable, truth);
        match truth {
            'y' => (true, ("condition-met", None)),
            'n' => (false, ("condition-not-met", about())),
            '?' if word(step, "ifUnknown", "skip") == "try" => (true, ("tried-unknown", about())),
            '?' => (false, ("fact-unknown", about())),
            _ if word(step, "ifStale", "skip") == "try" => (true, ("tried-stale", about())),
            _ => (false, ("fact-stale", about())),
        }
    }

    fn pick(&mut self, step: &Value) {
        let id = word(step, "id", "");
        let best = at(step, "best");
        let (by, bound) = (word(best, "by", ""), word(best, "bound", "value"));
        let mut known = Vec::new();
        let mut unknown = Vec::new();
        for (index, candidate) in at(best, "of").as_array().unwrap().iter().enumerate() {
            let (met, why) = self.weigh(candidate, at(candidate, "to"));
            if !met {
                self.refuse(id, Some(index), why);
                continue;
            }
            let (state, value) = self.told(by, at(candidate, "to"), bound);
            let about = json!({ state: shown(&value) });
            let (usable, tried, code) = match state {
                "known" => (true, false, ""),
                "stale" => {
                    let says = word(step, "ifStale", "skip");
                    (says == "use", says == "try", "fact-stale")
                }
                _ => (
                    false,
                    word(step, "ifUnknown", "skip") == "try",
                    "fact-unknown",
                ),
            };
            if usable {
                known.push((value.as_f64().unwrap(), index, candidate, about));
            } else if tried {
                unknown.push((0.0, index, candidate, about));
            } else {
                self.refuse(id, Some(index), (code, Some(about)));
            }
        }
        known.sort_by(|one, other| one.0.partial_cmp(&other.0).unwrap());
        let mut first = None;
        let mut taken = 0;
        let numbers = known.len();
        for (rank, (value, index, candidate, mut about)) in
            known.into_iter().chain(unknown).enumerate()
        {
            if taken == num(best, "take", 1) {
                if let Some(first) = first {
                    about["best"] = shown(&json!(first));
                }
                self.refuse(id, Some(index), ("ranked-lower", Some(about)));
            } else if self.offer(id, Some(index), candidate, ("best", Some(about))) {
                taken += 1;
                if first.is_none() && rank < numbers {
                    first = Some(value);
                }
            }
        }
    }

    fn offer(&mut self, id: &str, option: Option<usize>, step: &Value, why: Why) -> bool {
        if let Some(refusal) = self.forbidden(step) {
            self.refuse(id, option, refusal);
            return false;
        }
        let own = num(step, "stepSeconds", num(self.policy, "stepSeconds", 30)) * 1_000;
        let millis = own.min(self.left() - self.kept);
        self.take(id, option, step, why, millis);
        true
    }

    fn take(
        &mut self,
        id: &str,
        option: Option<usize>,
        step: &Value,
        (code, about): Why,
        millis: i64,
    ) {
        let after = self.planned();
        let mut planned = json!({
            "step": id, "to": at(step, "to"), "mode": self.mode(step), "reaches": self.reaches(step),
            "code": code, "afterMillis": after, "millis": millis,
        });
        let mut add = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                planned[name] = value;
            }
        };
        add("option", option.map(|option| json!(option)));
        add("about", about);
        add(
            "priority",
            at(step, "priority")
                .as_i64()
                .map(|priority| json!(priority)),
        );
        let cost = num(step, "costCents", 0);
        add("costCents", (cost > 0).then(|| json!(cost)));
        let now = at(self.inputs, "now").as_i64();
        add("deadline", now.map(|now| json!(now + after + millis)));
        self.plan.push(planned);
    }

    fn refuse(&mut self, id: &str, option: Option<usize>, (code, about): Why) {
        let mut refused = json!({ "step": id, "code": code });
        if let Some(option) = option {
            refused["option"] = json!(option);
        }
        if let Some(about) = about {
            refused["about"] = about;
        }
        self.considered.push(refused);
    }

    fn mode(&self, step: &Value) -> String {
        word(
            step,
            "mode",
            word_static(word(self.inputs, "mode", "blind")),
        )
        .to_owned()
    }

    fn reaches(&self, step: &Value) -> &'static str {
        let kind = kind(at(step, "to"));
        let usual = KINDS.iter().find(|(name, _)| *name == kind).unwrap().1;
        match at(step, "reaches").as_str() {
            Some("person") => "person",
            Some(_) => "machine",
            None if usual => "person",
            None => "machine",
        }
    }

    fn planned(&self) -> i64 {
        self.plan
            .iter()
            .map(|planned| num(planned, "millis", 0))
            .sum()
    }

    fn left(&self) -> i64 {
        let elapsed = at(self.inputs, "elapsedSeconds").as_f64().unwrap_or(0.0) * 1_000.0;
        num(self.policy, "budgetSeconds", 120) * 1_000 - elapsed as i64 - self.planned()
    }
}

const TESTS: [&str; 7] = [
    "is", "isNot", "oneOf", "atLeast", "atMost", "above", "below",
];

fn word_static(word: &str) -> &'static str {
    if word == "consult" {
        "consult"
    } else {
        "blind"
    }
}
