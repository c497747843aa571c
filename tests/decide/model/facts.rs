//! What the model makes of facts, conditions and calendars.

use serde_json::{Value, json};

use super::*;

impl Model<'_> {
    /// `y`es, `n`o, `?` for unknown, `s`tale.
    pub(super) fn truth(&self, when: &Value, own: &Value, usable: bool) -> char {
        let each = |name: &str| -> Option<Vec<char>> {
            let parts = at(when, name).as_array()?;
            Some(
                parts
                    .iter()
                    .map(|part| self.truth(part, own, usable))
                    .collect(),
            )
        };
        let first = |found: &[char], order: &str| {
            order.chars().find(|truth| found.contains(truth)).unwrap()
        };
        if let Some(found) = each("all") {
            return first(&found, "n?sy");
        }
        if let Some(found) = each("any") {
            return first(&found, "y?sn");
        }
        if !at(when, "not").is_null() {
            return flip(self.truth(at(when, "not"), own, usable));
        }
        if let Some(name) = at(when, "calendar").as_str() {
            return match self.is_open(name, num(when, "openForSeconds", 0)) {
                None => '?',
                Some(true) => 'y',
                Some(false) => 'n',
            };
        }
        let (state, value) = self.fact(when, own);
        match state {
            "unknown" => '?',
            "stale" if !usable => 's',
            // Several comparisons of one fact must all hold.
            _ if tests(when).iter().all(|test| holds(test, when, &value)) => 'y',
            _ => 'n',
        }
    }

    pub(super) fn because(
        &self,
        when: &Value,
        own: &Value,
        usable: bool,
        truth: char,
    ) -> Option<Value> {
        for name in ["all", "any"] {
            if let Some(parts) = at(when, name).as_array() {
                let part = parts
                    .iter()
                    .find(|part| self.truth(part, own, usable) == truth)?;
                return self.because(part, own, usable, truth);
            }
        }
        if !at(when, "not").is_null() {
            return self.because(at(when, "not"), own, usable, flip(truth));
        }
        let mut about = Map::new();
        if !at(when, "calendar").is_null() {
            about.insert("calendar".into(), at(when, "calendar").clone());
            if num(when, "openForSeconds", 0) > 0 {
                about.insert("openForSeconds".into(), shown(at(when, "openForSeconds")));
            }
            return Some(Value::Object(about));
        }
        let (state, value) = self.fact(when, own);
        let known = state == "known" || state == "stale" && usable;
        let fits = |test: &&&str| !known || holds(test, when, &value) == (truth == 'y');
        let test = tests(when).iter().find(fits).copied()?;
        about.insert("fact".into(), at(when, "fact").clone());
        if !at(when, "of").is_null() {
            about.insert("of".into(), at(when, "of").clone());
        }
        if word(when, "bound", "value") != "value" {
            about.insert("bound".into(), at(when, "bound").clone());
        }
        let bound = at(when, test);
        let bound = match bound.as_array() {
            Some(list) => list.iter().map(shown).collect(),
            None => shown(bound),
        };
        about.insert(test.into(), bound);
        about.insert(state.into(), shown(&value));
        Some(Value::Object(about))
    }

    /// `known`, `stale` or `unknown`, and the value or why it isn't known.
    pub(super) fn fact(&self, when: &Value, own: &Value) -> (&'static str, Value) {
        let name = word(when, "fact", "");
        let of = if at(when, "of").is_null() {
            own
        } else {
            at(when, "of")
        };
        self.told(name, of, word(when, "bound", "value"))
    }

    pub(super) fn told(&self, name: &str, of: &Value, bound: &str) -> (&'static str, Value) {
        let declared = at(at(self.policy, "facts"), name);
        let is_call =
            CALL.contains(&name) || !declared.is_null() && word(declared, "of", "call") == "call";
        if name == "hops" && self.unsure {
            return ("unknown", json!("unreadable"));
        }
        if name == "hops" {
            let path = at(self.inputs, "path").as_array().map_or(0, Vec::len);
            return ("known", json!(path));
        }
        let facts = if is_call {
            at(self.inputs, "facts")
        } else {
            self.of(of, name)
        };
        let unknown = |why: &str| ("unknown", json!(why));
        let value = at(facts, name);
        if value.is_null() {
            return unknown("absent");
        }
        let (mut state, mut inner) = ("known", value);
        if value.is_object() {
            if !at(value, "unknown").is_null() {
                return unknown("unknown");
            }
            if !at(value, "stale").is_null() {
                (state, inner) = ("stale", at(value, "stale"));
            } else if !at(value, "known").is_null() {
                inner = at(value, "known");
            }
        }
        let key = ["value", "high", "low"][["value", "upper", "lower"]
            .iter()
            .position(|word| *word == bound)
            .unwrap()];
        let found = if inner.is_object() {
            at(inner, key)
        } else if key == "value" {
            inner
        } else {
            &NULL
        };
        if found.is_null() {
            return unknown(if key == "value" {
                "unreadable"
            } else {
                "no-interval"
            });
        }
        let as_of = if inner.is_object() {
            at(inner, "asOf")
        } else {
            &NULL
        };
        if !as_of.is_null() && !as_of.is_number() {
            return unknown("unreadable");
        }
        let fresh = at(self.policy, "freshSeconds").as_f64();
        if let (Some(as_of), Some(fresh)) = (as_of.as_f64(), fresh) {
            let now = at(self.inputs, "now").as_f64();
            if now.is_none_or(|now| now - as_of > fresh * 1_000.0) {
                state = "stale";
            }
        }
        if fits(name, declared, found) {
            (state, found.clone())
        } else {
            unknown("unreadable")
        }
    }

    pub(super) fn of(&self, place: &Value, name: &str) -> &Value {
        if place.is_null() {
            return &NULL;
        }
        let kind = kind(place);
        let id = word(place, kind, "");
        match kind {
            "queue" => {
                let queue = at(at(self.inputs, "queues"), id);
                match at(place, "skill").as_str() {
                    Some(skill) if TEAM.contains(&name) => at(at(queue, "skills"), skill),
                    _ => queue,
                }
            }
            "callback" => at(at(self.inputs, "queues"), id),
            "skill" => at(at(self.inputs, "skills"), id),
            "agent" => at(at(self.inputs, "agents"), id),
            "returnTo" => at(
                at(self.inputs, "agents"),
                word(self.inputs, "from", "\u{0}"),
            ),
            "voicemail" => at(at(self.inputs, "mailboxes"), id),
            _ => &NULL,
        }
    }

    pub(super) fn is_open(&self, name: &str, seconds: i64) -> Option<bool> {
        let now = at(self.inputs, "now").as_i64()? / 1_000;
        let calendar = at(at(self.policy, "calendars"), name);
        let zone = at(at(self.policy, "zones"), word(calendar, "zone", "UTC"));
        // All hours and turns of these policies lie on quarters of an hour.
        let quarters = (now / 900 + 1..)
            .map(|quarter| quarter * 900)
            .take_while(|at| *at < now + seconds);
        Some(
            core::iter::once(now)
                .chain(quarters)
                .all(|at| crate::clock::is_open(calendar, zone, at)),
        )
    }
}

fn flip(truth: char) -> char {
    match truth {
        'y' => 'n',
        'n' => 'y',
        other => other,
    }
}

fn tests(when: &Value) -> Vec<&'static str> {
    TESTS
        .into_iter()
        .filter(|test| !at(when, test).is_null())
        .collect()
}

fn holds(test: &str, when: &Value, value: &Value) -> bool {
    let same = |other: &Value| {
        value == other
            || value
                .as_f64()
                .is_some_and(|number| other.as_f64() == Some(number))
    };
    let bound = at(when, test);
    let (number, limit) = (
        value.as_f64().unwrap_or(f64::NAN),
        bound.as_f64().unwrap_or(f64::NAN),
    );
    match test {
        "is" => same(bound),
        "isNot" => !same(bound),
        "oneOf" => bound.as_array().unwrap().iter().any(same),
        "atLeast" => number >= limit,
        "atMost" => number <= limit,
        "above" => number > limit,
        _ => number < limit,
    }
}

/// Whether a value can be such a fact.
fn fits(name: &str, declared: &Value, value: &Value) -> bool {
    let kind = match name {
        "channel" | "language" | "intent" | "tier" | "status" => "word",
        "callbackConsent" | "callerNumberValid" | "accepts" | "exists" | "free" => "flag",
        "serviceShare" | "occupancyShare" | "breachShare" => "share",
        _ => word(declared, "type", "count"),
    };
    match kind {
        "word" => value.is_string(),
        "flag" => value.is_boolean(),
        "share" => value
            .as_f64()
            .is_some_and(|number| (0.0..=1.0).contains(&number)),
        _ => value
            .as_f64()
            .is_some_and(|number| (0.0..=1e12).contains(&number)),
    }
}
