//! A step of a policy: where the call may go, when, and what to do when that can't be told.

use crate::decide::IfUnknown;
use crate::decide::engine::comparison::{BOUNDS, Bound};
use crate::decide::engine::condition::{Condition, read_condition};
use crate::decide::engine::fact::{FactName, PREDICTED, named as fact_named};
use crate::decide::engine::known::Known;
use crate::decide::engine::names;
use crate::decide::engine::place::{Place, Reaches, read_place};
use crate::error::{Code, spelled};
use crate::json::{Given, ToJson, put_text, text};
use crate::model::intent::Mode;
use crate::validate::{Fields, MODES, Report};

/// The most candidates among which a step may pick the best.
const MOST_CANDIDATES: usize = 20;

spelled! {
    /// What to do when a condition rests on facts that are too old.
    #[derive(Default)]
    IfStale {
        /// Leave the step out.
        #[default]
        Skip = "skip",
        /// Take the step all the same.
        Try = "try",
        /// Take the old facts for what they say.
        Use = "use",
    }
}

/// When a step is taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// The condition; always, where absent.
    pub when: Option<Condition>,
    /// What to do when it cannot be told whether the condition holds.
    pub if_unknown: IfUnknown,
    /// What to do when it can be told by old facts only.
    pub if_stale: IfStale,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name.
    pub id: String,
    /// When it is taken.
    pub rule: Rule,
    /// Where the call goes.
    pub go: Go,
    /// Once its condition is met, no later step is looked at but the safe end.
    pub last: bool,
    /// How what decisions say of it begins, as JSON: written once.
    pub(super) head: String,
}

/// How what decisions say of a step begins.
pub(super) fn head(id: &str) -> String {
    let mut head = "{\"step\":".to_owned();
    put_text(id, &mut head);
    head
}

/// Where a step sends the call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Go {
    /// To one place.
    To(Box<Candidate>),
    /// To the best of several.
    Best(Best),
    /// By the steps of another policy, and then by what follows this step.
    Use(String),
}

/// A place to send the call to.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The place.
    pub to: Place,
    /// How the call changes hands; the request's own mode where absent.
    pub mode: Option<Mode>,
    /// Its priority there.
    pub priority: Option<u8>,
    /// When it comes into question: for one of several only.
    pub rule: Rule,
    /// How long it may take; the policy's own time where absent.
    pub step_seconds: Option<u64>,
    /// How much time must be left for a try to be worth it.
    pub least_seconds: u64,
    /// What it costs.
    pub cost_cents: u64,
    /// Who takes the call there.
    pub reaches: Reaches,
    /// Why it may be tried again though the call was there before.
    pub revisit: Option<String>,
    /// The place as JSON, written once.
    pub(super) text: String,
}

/// The best of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// Which.
    pub of: Vec<Candidate>,
    /// The predicted quantity; the smallest is best.
    pub by: FactName,
    /// Which end of its interval counts.
    pub bound: Bound,
    /// How many of them the plan takes, best first.
    pub take: usize,
}

const IF_UNKNOWN: &[(&str, IfUnknown)] = &[("skip", IfUnknown::Skip), ("try", IfUnknown::Try)];
const IF_STALE: &[(&str, IfStale)] = &[
    ("skip", IfStale::Skip),
    ("try", IfStale::Try),
    ("use", IfStale::Use),
];
const REACHES: &[(&str, Reaches)] = &[("person", Reaches::Person), ("machine", Reaches::Machine)];

/// Reads the step that stands at `path`.
pub(super) fn read_step(
    value: Given<'_>,
    path: &str,
    known: &Known,
    report: &mut Report,
) -> Option<Step> {
    let mut fields = Fields::open(value, path, report)?;
    let hint = "name the step; decisions call it so";
    let id = fields.required_id("id", hint, report);
    let last = fields.flag("last", report).unwrap_or(false);
    let has = |name: &&str| value.get(name).is_some_and(|value| !value.is_null());
    let named: Vec<&str> = ["to", "best", "use"].into_iter().filter(has).collect();
    let rule;
    let go = match named.as_slice() {
        ["best"] => {
            let best = fields.value("best")?;
            let best = read_best(best, &fields.path("best"), known, report);
            rule = read_rule(&mut fields, known, false, best.is_some(), report);
            best.map(Go::Best)
        }
        ["use"] => {
            let name = fields.id("use", report);
            rule = read_rule(&mut fields, known, false, false, report);
            name.and_then(|name| used(name, fields.path("use"), known, report))
        }
        ["to"] => {
            rule = read_rule(&mut fields, known, true, false, report);
            read_candidate(&mut fields, report).map(|candidate| Go::To(Box::new(candidate)))
        }
        _ => {
            report.add(
                Code::NoTarget,
                path,
                "not one target",
                "name one of `to`, `best` and `use`",
            );
            return None;
        }
    };
    fields.finish(report);
    let id = id?;
    Some(Step {
        id: id.to_owned(),
        rule: rule?,
        go: go?,
        last,
        head: head(id),
    })
}

fn used(name: &str, path: String, known: &Known, report: &mut Report) -> Option<Go> {
    if known.policies.iter().any(|policy| policy == name) {
        return Some(Go::Use(name.to_owned()));
    }
    let names = known.policies.iter().map(String::as_str);
    names::unknown("policy", name, path, names, report);
    None
}

/// The safe end: a step without any condition, to a place that takes every call.
pub(super) fn read_safe(value: Given<'_>, path: &str, report: &mut Report) -> Option<Step> {
    let mut fields = Fields::open(value, path, report)?;
    let hint = "name the step; decisions call it so";
    let id = fields.required_id("id", hint, report);
    let candidate = read_candidate(&mut fields, report);
    let place = fields.path("to");
    fields.finish(report);
    let candidate = candidate?;
    if !candidate.to.kind().can_be_safe() {
        report.add(
            Code::NoSafeEnd,
            place,
            "not every call can go there at any time",
            "name a queue, a skill, an extension, a number, a mailbox or an announcement",
        );
        return None;
    }
    let id = id?;
    Some(Step {
        id: id.to_owned(),
        rule: Rule::default(),
        go: Go::To(Box::new(candidate)),
        last: true,
        head: head(id),
    })
}

fn read_candidate(fields: &mut Fields<'_>, report: &mut Report) -> Option<Candidate> {
    let to = fields.required(
        "to",
        "name where the call goes, such as { \"queue\": … }",
        report,
    );
    let mode = fields.word("mode", MODES, report);
    let priority = fields.integer("priority", 1..=5, report);
    let step_seconds = fields.integer("stepSeconds", 1..=3_600, report);
    let least_seconds = fields.integer("leastSeconds", 1..=3_600, report);
    let cost_cents = fields.integer("costCents", 0..=1_000_000, report);
    let reaches = fields.word("reaches", REACHES, report);
    let revisit = fields.text("revisit", report);
    let to = read_place(to?, &fields.path("to"), report)?;
    Some(Candidate {
        mode,
        priority: priority.and_then(|priority| u8::try_from(priority).ok()),
        rule: Rule::default(),
        step_seconds,
        least_seconds: least_seconds.unwrap_or(1),
        cost_cents: cost_cents.unwrap_or(0),
        reaches: reaches.unwrap_or(to.kind().reaches()),
        revisit: revisit.map(str::to_owned),
        text: text(&to.to_json()),
        to,
    })
}

fn read_best(value: Given<'_>, path: &str, known: &Known, report: &mut Report) -> Option<Best> {
    let mut fields = Fields::open(value, path, report)?;
    fields.required("of", "list the candidates", report);
    let hint = "name the predicted quantity: breachShare or expectedWaitSeconds";
    fields.required("by", hint, report);
    let by = fields.text("by", report);
    let bound = fields.word("bound", BOUNDS, report).unwrap_or_default();
    let take = fields.integer("take", 1..=MOST_CANDIDATES as u64, report);
    let items = fields.list("of", report);
    let (by_path, place) = (fields.path("by"), fields.path("of"));
    fields.finish(report);
    let (by, items) = (by?, items?);
    if items.is_empty() || items.len() > MOST_CANDIDATES {
        let hint = format!("list 1 to {MOST_CANDIDATES} candidates");
        let message = format!("{} candidates", items.len());
        report.add(Code::OutOfRange, place, message, hint);
        return None;
    }
    let mut of = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        of.extend(read_one_of(item, &format!("{place}[{at}]"), known, report));
    }
    let Some(by) = PREDICTED
        .contains(&by)
        .then(|| fact_named(by, &[]))
        .flatten()
    else {
        names::unknown("prediction", by, by_path, PREDICTED.iter().copied(), report);
        return None;
    };
    let whole = of.len() == items.len();
    whole.then_some(Best {
        of,
        by,
        bound,
        take: usize::try_from(take.unwrap_or(1)).unwrap_or(1),
    })
}

fn read_one_of(
    value: Given<'_>,
    path: &str,
    known: &Known,
    report: &mut Report,
) -> Option<Candidate> {
    let mut fields = Fields::open(value, path, report)?;
    let rule = read_rule(&mut fields, known, true, false, report);
    let candidate = read_candidate(&mut fields, report);
    fields.finish(report);
    Some(Candidate {
        rule: rule?,
        ..candidate?
    })
}

/// Reads when a step is taken. What to do without facts must be said wherever facts are asked for: it is never guessed.
fn read_rule(
    fields: &mut Fields<'_>,
    known: &Known,
    own: bool,
    predicts: bool,
    report: &mut Report,
) -> Option<Rule> {
    let when = fields.value("when");
    let if_unknown = fields.word("ifUnknown", IF_UNKNOWN, report);
    let if_stale = fields.word("ifStale", IF_STALE, report);
    let place = fields.path("when");
    let when = match when {
        Some(when) => Some(read_condition(when, &place, known, own, report)?),
        None => None,
    };
    if predicts || when.as_ref().is_some_and(Condition::reads_facts) {
        fields.required("ifUnknown", "say `skip` or `try`", report);
        fields.required("ifStale", "say `skip`, `try` or `use`", report);
    }
    Some(Rule {
        when,
        if_unknown: if_unknown.unwrap_or_default(),
        if_stale: if_stale.unwrap_or_default(),
    })
}
