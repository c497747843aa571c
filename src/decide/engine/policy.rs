//! The policy as a whole: steps, budgets, calendars, the safe end. Parsed once; what it holds is right, or it is refused.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::decide::PRIMARY;
use crate::decide::engine::fact::read_facts;
use crate::decide::engine::hours::read_calendar;
use crate::decide::engine::known::Known;
use crate::decide::engine::names;
use crate::decide::engine::step::{Candidate, Go, Rule, Step, read_safe, read_step};
use crate::decide::engine::zone::{millis, read_zone};
use crate::decide::policy::Policy as Plain;
use crate::error::Code;
use crate::json::{Given, hex};
use crate::validate::{Fields, Report};

/// The most steps of a policy, with those of the policies that it uses.
const MOST_STEPS: usize = 200;

/// How many hops a call may make in all; unlimited where absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HopCaps {
    /// To people.
    pub people: Option<u64>,
    /// To machines.
    pub machines: Option<u64>,
}

/// A fallback policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// What decisions call it.
    pub name: Option<String>,
    /// Its steps in order, but for the safe end.
    pub steps: Vec<Step>,
    /// The end that takes every call. Where the policy names none, its last step, if that is one.
    pub safe: Option<Step>,
    /// The safe end is the last step of the list, and stands nowhere else.
    pub safe_is_last_step: bool,
    /// The policies that steps use, by name.
    pub policies: BTreeMap<String, Vec<Step>>,
    /// The time that the caller has for all steps together.
    pub budget_seconds: u64,
    /// The time that a step has.
    pub step_seconds: u64,
    /// What all steps of a call together may cost.
    pub cost_cents: Option<u64>,
    /// How many hops a call may make.
    pub hops: HopCaps,
    /// What only the transfer machine asks about: the policy without its steps.
    pub(super) times: Plain,
    /// After how long a place that the call has been to may be tried again; never where absent.
    pub cooldown_seconds: Option<u64>,
    /// How old a fact may be; where absent, only what the inputs call stale is.
    pub fresh_seconds: Option<u64>,
    /// What its names mean.
    pub known: Known,
    /// The hash of its JSON: SHA-256 over its text with keys in order, without white space.
    pub hash: String,
}

impl Policy {
    /// Reads a policy. Every field that nobody knows is refused.
    ///
    /// # Errors
    /// The findings.
    pub fn read<'a>(value: impl Into<Given<'a>>) -> Result<Self, Report> {
        let mut report = Report::default();
        match read_policy(value.into(), &mut report) {
            Some(policy) if report.is_ok() => Ok(policy),
            _ => Err(report),
        }
    }

    /// How long a candidate may take.
    pub(super) fn seconds_of(&self, candidate: &Candidate) -> u64 {
        candidate.step_seconds.unwrap_or(self.step_seconds)
    }

    /// The place of the safe end.
    pub(super) fn safe_candidate(&self) -> Option<&Candidate> {
        match &self.safe.as_ref()?.go {
            Go::To(candidate) => Some(candidate),
            Go::Best(_) | Go::Use(_) => None,
        }
    }

    /// What is kept back for the safe end while others are tried: its own time, but no more than a quarter of the budget.
    pub(super) fn reserve_millis(&self) -> i64 {
        let own = self
            .safe_candidate()
            .map_or(0, |safe| self.seconds_of(safe));
        millis(own).min(millis(self.budget_seconds) / 4)
    }
}

fn read_policy(value: Given<'_>, report: &mut Report) -> Option<Policy> {
    let mut fields = Fields::open(value, "$", report)?;
    let name = fields.id("name", report).map(str::to_owned);
    let times = Plain::read_times(&mut fields, report);
    let cost_cents = fields.integer("costCents", 0..=100_000_000, report);
    let cooldown_seconds = fields.integer("cooldownSeconds", 0..=86_400, report);
    let fresh_seconds = fields.integer("freshSeconds", 0..=86_400, report);
    let hops = read_hops(&mut fields, report);
    let mut known = Known {
        facts: read_facts(&mut fields, "facts", report),
        ..Known::default()
    };
    let zones = names::entries(&mut fields, "zones", report)
        .into_iter()
        .filter_map(|(name, value, path)| Some((name.to_owned(), read_zone(value, &path, report)?)))
        .collect();
    for (name, value, path) in names::entries(&mut fields, "calendars", report) {
        // A calendar with a fault is known all the same: its name is right.
        let calendar = read_calendar(value, &path, &zones, report).unwrap_or_default();
        known.calendars.insert(name.to_owned(), calendar);
    }
    let others = names::entries(&mut fields, "policies", report);
    known.policies = others.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let mut ids = vec![PRIMARY.to_owned()];
    let mut steps = read_steps(&mut fields, &known, &mut ids, report);
    let mut policies = BTreeMap::new();
    for (name, value, path) in others {
        if let Some(mut fields) = Fields::open(value, path, report) {
            let steps = read_steps(&mut fields, &known, &mut ids, report);
            fields.finish(report);
            policies.insert(name.to_owned(), steps);
        }
    }
    let named = fields.value("safe");
    let safe = match named {
        Some(value) => {
            let path = fields.path("safe");
            let safe = read_safe(value, &path, report);
            if let Some(safe) = &safe {
                is_new(&safe.id, &mut ids, path, report);
            }
            safe
        }
        None => steps.pop_if(|step| ends_safely(step)),
    };
    fields.finish(report);
    Some(Policy {
        name,
        steps,
        safe_is_last_step: named.is_none() && safe.is_some(),
        safe,
        policies,
        budget_seconds: times.budget.as_secs(),
        step_seconds: times.step.as_secs(),
        times,
        cost_cents,
        hops,
        cooldown_seconds,
        fresh_seconds,
        known,
        hash: hex(&Sha256::digest(value.text())),
    })
}

/// Whether a step takes every call at any time.
fn ends_safely(step: &Step) -> bool {
    let always = step.rule
        == Rule {
            when: None,
            ..step.rule.clone()
        };
    always && matches!(&step.go, Go::To(candidate) if candidate.to.kind().can_be_safe())
}

fn read_hops(fields: &mut Fields<'_>, report: &mut Report) -> HopCaps {
    let Some(value) = fields.value("hops") else {
        return HopCaps::default();
    };
    let Some(mut fields) = Fields::open(value, fields.path("hops"), report) else {
        return HopCaps::default();
    };
    let caps = HopCaps {
        people: fields.integer("people", 0..=100, report),
        machines: fields.integer("machines", 0..=100, report),
    };
    fields.finish(report);
    caps
}

fn read_steps(
    fields: &mut Fields<'_>,
    known: &Known,
    ids: &mut Vec<String>,
    report: &mut Report,
) -> Vec<Step> {
    let items = fields.list("steps", report).unwrap_or_default();
    let place = fields.path("steps");
    // The first of the ids is the request's own.
    if items.len() + ids.len() > MOST_STEPS + 1 {
        let hint = format!("keep to {MOST_STEPS} steps in all");
        let message = format!("{} steps", items.len());
        report.add(Code::OutOfRange, place, message, hint);
        return Vec::new();
    }
    let mut steps: Vec<Step> = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let path = format!("{place}[{at}]");
        if let Some(step) = read_step(item, &path, known, report) {
            is_new(&step.id, ids, path, report);
            steps.push(step);
        }
    }
    steps
}

fn is_new(id: &str, ids: &mut Vec<String>, path: String, report: &mut Report) {
    if ids.iter().any(|other| other == id) {
        let hint = format!("`{PRIMARY}` is the request itself; give every step an id of its own");
        report.add(
            Code::Duplicate,
            format!("{path}.id"),
            format!("`{id}` is taken"),
            hint,
        );
    }
    ids.push(id.to_owned());
}
