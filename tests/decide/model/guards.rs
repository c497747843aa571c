//! What keeps the model from a place.

use serde_json::{Value, json};

use super::*;

impl Model<'_> {
    pub(super) fn forbidden(&self, step: &Value) -> Option<Why> {
        let to = at(step, "to");
        let kind = kind(to);
        let flag = |name: &str| self.told(name, to, "value") == ("known", json!(true));
        let from = at(self.inputs, "from");
        let hops = list(self.inputs, "path");
        let there = |place: &Value| self.agent(place).unwrap_or(place.clone());
        let is_here = |hop: &Value| there(at(hop, "to")) == there(to);
        if self.unsure {
            return Some(("inputs-unreadable", None));
        }
        if !self.can(step) {
            return Some(("not-supported", None));
        }
        if kind == "callback" && !flag("callbackConsent") {
            return Some(("no-consent", None));
        }
        if kind == "callback" && !flag("callerNumberValid") {
            return Some(("number-invalid", None));
        }
        if kind == "voicemail" && self.told("exists", to, "value") == ("known", json!(false)) {
            return Some(("no-mailbox", None));
        }
        if kind == "returnTo" && from.is_null() {
            return Some(("nobody-to-return-to", None));
        }
        if let Some(planned) = self.plan.iter().find(|planned| is_here(planned)) {
            return Some(("already-planned", Some(json!({ "by": planned["step"] }))));
        }
        if hops
            .last()
            .is_some_and(|hop| at(hop, "failed") == true && is_here(hop))
        {
            return Some(("just-failed", None));
        }
        if at(step, "revisit").is_null() && kind != "returnTo" {
            if kind == "agent" && at(to, "agent") == from {
                return Some(("sent-the-call", None));
            }
            if let Some(visit) = hops.iter().rfind(|hop| is_here(hop)) {
                let cooldown = at(self.policy, "cooldownSeconds").as_i64();
                let (now, then) = (at(self.inputs, "now").as_i64(), at(visit, "at").as_i64());
                match (cooldown, now, then) {
                    (Some(cooldown), Some(now), Some(then)) if now - then < cooldown * 1_000 => {
                        let about = json!({ "found": now - then, "limit": cooldown * 1_000 });
                        return Some(("visited", Some(about)));
                    }
                    (Some(_), Some(_), Some(_)) => {}
                    _ => return Some(("visited", None)),
                }
            }
        }
        let reaches = self.reaches(step);
        let counted = hops
            .iter()
            .filter(|hop| word(hop, "by", reaches) == reaches)
            .count()
            + self
                .plan
                .iter()
                .filter(|planned| planned["reaches"] == reaches)
                .count();
        let (cap, code) = match reaches {
            "person" => ("people", "too-many-people"),
            _ => ("machines", "too-many-machines"),
        };
        let limit = at(at(self.policy, "hops"), cap).as_u64();
        if let Some(limit) = limit.filter(|limit| counted as u64 >= *limit) {
            return Some((code, Some(json!({ "found": counted, "limit": limit }))));
        }
        let cost = num(step, "costCents", 0);
        let planned: i64 = self
            .plan
            .iter()
            .map(|planned| num(planned, "costCents", 0))
            .sum();
        let total = num(self.inputs, "spentCents", 0) + planned + cost;
        let limit = num(self.policy, "costCents", i64::MAX);
        if cost > 0 && total > limit {
            return Some(("over-cost", Some(json!({ "found": total, "limit": limit }))));
        }
        let least = num(step, "leastSeconds", 1) * 1_000;
        let left = self.left() - self.kept;
        if left < least {
            return Some((
                "no-time-left",
                Some(json!({ "found": left.max(0), "limit": least })),
            ));
        }
        None
    }

    /// The agent that a place is, where it is one.
    pub(super) fn agent(&self, place: &Value) -> Option<Value> {
        match kind(place) {
            "returnTo" if !at(self.inputs, "from").is_null() => {
                Some(json!({ "agent": at(self.inputs, "from") }))
            }
            _ => None,
        }
    }

    pub(super) fn can(&self, step: &Value) -> bool {
        let can = at(self.inputs, "can");
        let can = if can.is_object() { can } else { &NULL };
        let modes = at(can, kind(at(step, "to"))).as_array();
        can.is_null() || modes.is_some_and(|modes| modes.contains(&json!(self.mode(step))))
    }
}
