//! Budgets that cannot be met: by one step alone, or by all that come before it.

use crate::decide::engine::check::{List, Offer};
use crate::decide::engine::place::Reaches;
use crate::decide::engine::policy::Policy;
use crate::decide::engine::step::{Candidate, Go, Step};
use crate::decide::engine::zone::millis;
use crate::error::Code;
use crate::validate::Report;

fn cap(policy: &Policy, reaches: Reaches) -> Option<u64> {
    match reaches {
        Reaches::Person => policy.hops.people,
        Reaches::Machine => policy.hops.machines,
    }
}

/// The time for all steps but the safe end, in milliseconds.
fn time(policy: &Policy) -> i64 {
    let kept = if policy.safe.is_some() {
        policy.reserve_millis()
    } else {
        0
    };
    millis(policy.budget_seconds) - kept
}

/// What one candidate asks for beyond the budgets of its policy.
pub(super) fn check(policy: &Policy, offer: &Offer<'_>, report: &mut Report) {
    let candidate = offer.candidate;
    let mut add = |field: &str, message: &str, hint: &str| {
        let path = format!("{}.{field}", offer.path);
        report.add(Code::BudgetTooSmall, path, message, hint);
    };
    if millis(candidate.least_seconds) > time(policy) {
        add(
            "leastSeconds",
            "the budget never leaves so much time",
            "raise `budgetSeconds`, or lower this",
        );
    }
    let limit = policy.cost_cents;
    if limit.is_some_and(|limit| candidate.cost_cents > limit) {
        add(
            "costCents",
            "it costs more than all steps together may",
            "raise `costCents` of the policy, or lower this",
        );
    }
    if cap(policy, candidate.reaches) == Some(0) {
        add(
            "to",
            &format!("no hop to a {} is allowed", candidate.reaches),
            "raise `hops` of the policy",
        );
    }
}

/// Steps for which those that are always taken before them leave neither time nor hops.
pub(super) fn check_sum(policy: &Policy, list: &List<'_>, report: &mut Report) {
    let mut taken: Vec<&Candidate> = Vec::new();
    for (at, step) in list.steps.iter().enumerate() {
        let Go::To(candidate) = &step.go else {
            continue;
        };
        let spent: i64 = taken
            .iter()
            .map(|before| millis(policy.seconds_of(before)))
            .sum();
        let least = millis(candidate.least_seconds);
        if least <= time(policy) && spent + least > time(policy) {
            report.add(
                Code::BudgetTooSmall,
                list.path(at),
                "the steps before it use up the caller's time",
                "raise `budgetSeconds`, or give the steps before it less time",
            );
        }
        let hops = taken
            .iter()
            .filter(|before| before.reaches == candidate.reaches)
            .count() as u64;
        let limit = cap(policy, candidate.reaches);
        if limit.is_some_and(|limit| limit > 0 && hops >= limit) {
            report.add(
                Code::BudgetTooSmall,
                list.path(at),
                format!(
                    "the steps before it use up the hops to a {}",
                    candidate.reaches
                ),
                "raise `hops` of the policy, or leave the step out",
            );
        }
        if always(step) {
            taken.push(candidate);
        }
    }
}

/// Whether a step needs no condition to be taken.
pub(super) fn always(step: &Step) -> bool {
    step.rule.when.is_none()
}
