//! Steps that no call can reach, steps that others forestall, and ranges that no step takes.

use crate::decide::IfUnknown;
use crate::decide::engine::check::List;
use crate::decide::engine::check::budgets::always;
use crate::decide::engine::place::Place;
use crate::decide::engine::policy::Policy;
use crate::decide::engine::range::{Asked, Range, asked, implies};
use crate::decide::engine::step::{Candidate, Go, IfStale, Rule, Step};
use crate::error::Code;
use crate::validate::Report;

/// Looks for steps of one list that are never taken.
pub(super) fn check(policy: &Policy, list: &List<'_>, report: &mut Report) {
    for (at, step) in list.steps.iter().enumerate() {
        let before = list.steps.get(..at).unwrap_or_default();
        if let Some((code, message, hint)) = unreachable(policy, before, step) {
            report.add(code, list.path(at), message, hint);
        }
        let Go::Best(best) = &step.go else {
            continue;
        };
        for (option, candidate) in best.of.iter().enumerate() {
            if contradicts(&candidate.rule, Some(&candidate.to)) {
                let path = format!("{}.best.of[{option}]", list.path(at));
                report.add(Code::UnreachableStep, path, NEVER_MET, MEND_CONDITION);
            }
        }
    }
    gaps(list, report);
}

const NEVER_MET: &str = "its condition can never be met";
const MEND_CONDITION: &str = "mend the condition, or leave it out";

type Finding = (Code, String, &'static str);

fn unreachable(policy: &Policy, before: &[Step], step: &Step) -> Option<Finding> {
    let own = own(step);
    if contradicts(&step.rule, own) {
        return Some((Code::UnreachableStep, NEVER_MET.to_owned(), MEND_CONDITION));
    }
    for earlier in before {
        if ends_always(policy, earlier, &mut Vec::new()) {
            let message = format!("`{}` is always the last step", earlier.id);
            return Some((
                Code::UnreachableStep,
                message,
                "move it up, or leave it out",
            ));
        }
        let (Go::Use(name), Go::Use(other)) = (&step.go, &earlier.go) else {
            continue;
        };
        if name == other && always(earlier) {
            let message = format!("`{}` uses the same policy already", earlier.id);
            return Some((Code::UnreachableStep, message, "leave one of them out"));
        }
    }
    let shadow = before.iter().find(|earlier| forestalls(earlier, step))?;
    let message = format!("`{}` is taken whenever this one would be", shadow.id);
    Some((
        Code::ShadowedStep,
        message,
        "move it up, or narrow the earlier condition",
    ))
}

fn own(step: &Step) -> Option<&Place> {
    match &step.go {
        Go::To(candidate) => Some(&candidate.to),
        Go::Best(_) | Go::Use(_) => None,
    }
}

/// Whether a rule can never take its step.
fn contradicts(rule: &Rule, own: Option<&Place>) -> bool {
    let asked = rule.when.as_ref().and_then(|when| asked(when, own));
    let tries = rule.if_unknown == IfUnknown::Try || rule.if_stale == IfStale::Try;
    !tries && asked.is_some_and(|asked| asked.iter().any(Asked::is_empty))
}

/// Whether nothing after a step is ever looked at.
fn ends_always<'a>(policy: &'a Policy, step: &'a Step, seen: &mut Vec<&'a str>) -> bool {
    if !always(step) {
        return false;
    }
    if step.last {
        return true;
    }
    match &step.go {
        Go::Use(name) if !seen.contains(&name.as_str()) => {
            seen.push(name);
            let steps = policy.policies.get(name);
            steps.is_some_and(|steps| steps.iter().any(|step| ends_always(policy, step, seen)))
        }
        _ => false,
    }
}

/// Whether an earlier step leaves nothing for a later one: it is the last one whenever the later one would be taken, or it
/// sends the call to the same place.
fn forestalls(earlier: &Step, later: &Step) -> bool {
    let same = match (&earlier.go, &later.go) {
        (Go::To(one), Go::To(other)) => interchangeable(one, other),
        _ => false,
    };
    (earlier.last || same) && covers(earlier, later)
}

fn interchangeable(one: &Candidate, other: &Candidate) -> bool {
    let key = |candidate: &Candidate| {
        (
            candidate.mode,
            candidate.least_seconds,
            candidate.cost_cents,
            candidate.reaches,
            candidate.revisit.is_some(),
        )
    };
    one.to == other.to && key(one) == key(other)
}

/// Whether the earlier rule is met whenever the later one is.
fn covers(earlier: &Step, later: &Step) -> bool {
    let Some(wide) = &earlier.rule.when else {
        return true;
    };
    let Some(narrow) = &later.rule.when else {
        return false;
    };
    let tries = later.rule.if_unknown == IfUnknown::Try || later.rule.if_stale == IfStale::Try;
    let stale = later.rule.if_stale == IfStale::Skip || earlier.rule.if_stale != IfStale::Skip;
    if tries || !stale {
        return false;
    }
    match (asked(narrow, own(later)), asked(wide, own(earlier))) {
        (Some(narrow), Some(wide)) => implies(&narrow, &wide),
        _ => false,
    }
}

/// Ranges of a fact between the conditions of steps, where each of those asks for nothing but a range of it.
fn gaps(list: &List<'_>, report: &mut Report) {
    if list.steps.iter().any(always) {
        return;
    }
    let mut rest: Vec<(usize, Asked<'_>)> = Vec::new();
    for (at, step) in list.steps.iter().enumerate() {
        let found = step
            .rule
            .when
            .as_ref()
            .and_then(|when| asked(when, own(step)));
        if let Some([one]) = found.as_deref()
            && one.is_plain()
            && !one.is_empty()
        {
            rest.push((at, one.clone()));
        }
    }
    while let Some((_, first)) = rest.first().cloned() {
        let (mut same, others): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|(_, asked)| asked.is_of(&first));
        rest = others;
        same.sort_by(|(_, one), (_, other)| {
            let by_low = one.range.low.total_cmp(&other.range.low);
            by_low.then(other.range.low_in.cmp(&one.range.low_in))
        });
        let mut reached: Option<Range> = None;
        for (at, asked) in same {
            let range = asked.range;
            if let Some(last) = reached.filter(|last| is_gap(*last, range)) {
                let message = format!(
                    "no step takes `{}` between {} and {}",
                    asked.fact.name, last.high, range.low
                );
                let hint = "let the conditions meet, or add a step for what lies between";
                report.add(Code::Gap, format!("{}.when", list.path(at)), message, hint);
            }
            let further =
                |last: &Range| last.high > range.high || last.high == range.high && last.high_in;
            if !reached.as_ref().is_some_and(further) {
                reached = Some(range);
            }
        }
    }
}

fn is_gap(last: Range, next: Range) -> bool {
    next.low > last.high || next.low == last.high && !next.low_in && !last.high_in
}

/// Looks for policies that use each other in a circle, and for those that nobody uses.
pub(super) fn check_uses(policy: &Policy, lists: &[List<'_>], report: &mut Report) {
    let mut used: Vec<&str> = Vec::new();
    let mut open: Vec<&[Step]> = vec![&policy.steps];
    while let Some(steps) = open.pop() {
        for name in uses(steps) {
            if !used.contains(&name) {
                used.push(name);
                open.extend(policy.policies.get(name).map(Vec::as_slice));
            }
        }
    }
    for list in lists {
        let Some(name) = list.name else {
            continue;
        };
        if !used.contains(&name) {
            let path = format!("$.policies.{name}");
            let hint = "let a step use it, or leave it out";
            report.add(
                Code::UnreachableStep,
                path,
                "no step uses this policy",
                hint,
            );
        }
        for (at, step) in list.steps.iter().enumerate() {
            let Go::Use(other) = &step.go else {
                continue;
            };
            if leads_to(policy, other, name, &mut Vec::new()) {
                let path = format!("{}.use", list.path(at));
                let message = format!("`{other}` leads back to `{name}`");
                report.add(Code::Cycle, path, message, "let one of them use the other");
            }
        }
    }
}

fn uses(steps: &[Step]) -> impl Iterator<Item = &str> {
    steps.iter().filter_map(|step| match &step.go {
        Go::Use(name) => Some(name.as_str()),
        Go::To(_) | Go::Best(_) => None,
    })
}

fn leads_to<'a>(policy: &'a Policy, from: &'a str, to: &str, seen: &mut Vec<&'a str>) -> bool {
    if from == to {
        return true;
    }
    if seen.contains(&from) {
        return false;
    }
    seen.push(from);
    let steps = policy.policies.get(from).map_or(&[][..], Vec::as_slice);
    uses(steps).any(|next| leads_to(policy, next, to, seen))
}
