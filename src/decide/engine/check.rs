//! What is wrong with a policy that can be read: steps that no call reaches, gaps, circles, targets that are not there,
//! budgets that can't be met, and no safe end. A policy without findings always says where a call goes.

mod budgets;
mod reach;
mod world;

use serde_json::Value;

use crate::decide::engine::policy::Policy;
use crate::decide::engine::step::{Candidate, Go, Step};
use crate::error::Code;
use crate::json::Given;
use crate::validate::Report;

pub use world::World;

/// Checks a policy. `world` is what is known of the platform: `{"can": {"queue": ["blind"], …}, "queues": […], "skills": […],
/// "agents": […], "mailboxes": […]}`; what it leaves out is not checked.
pub fn check_policy<'a>(policy: impl Into<Given<'a>>, world: Option<&Value>) -> Report {
    let policy = match Policy::read(policy) {
        Ok(policy) => policy,
        Err(report) => return report,
    };
    let mut report = Report::new();
    let world = world.map(|world| World::read(world.into(), &mut report));
    check(&policy, &world.unwrap_or_default(), &mut report);
    report
}

/// Adds the findings on a policy that was read.
pub fn check(policy: &Policy, world: &World, report: &mut Report) {
    if policy.safe.is_none() {
        report.add(
            Code::NoSafeEnd,
            "$.safe",
            "no step takes every call at any time",
            "name a safe end, such as { \"id\": \"safe\", \"to\": { \"voicemail\": … } }",
        );
    }
    let lists = lists(policy);
    for list in &lists {
        for offer in offers(list) {
            world.check(&offer, offer.candidate.mode, report);
            budgets::check(policy, &offer, report);
        }
        reach::check(policy, list, report);
        budgets::check_sum(policy, list, report);
    }
    if let (Some(_), Some(candidate)) = (&policy.safe, policy.safe_candidate()) {
        let path = safe_path(policy);
        let offer = Offer { path, candidate };
        // It is sent there in whichever way the platform can.
        world.check(&offer, None, report);
    }
    reach::check_uses(policy, &lists, report);
}

/// The steps of one policy, and where they stand.
pub(super) struct List<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) path: String,
    pub(super) steps: &'a [Step],
}

impl List<'_> {
    pub(super) fn path(&self, at: usize) -> String {
        format!("{}[{at}]", self.path)
    }
}

fn lists(policy: &Policy) -> Vec<List<'_>> {
    let main = List {
        name: None,
        path: "$.steps".to_owned(),
        steps: &policy.steps,
    };
    let others = policy.policies.iter().map(|(name, steps)| List {
        name: Some(name),
        path: format!("$.policies.{name}.steps"),
        steps,
    });
    core::iter::once(main).chain(others).collect()
}

/// The safe end stands under its name, or as the last step.
fn safe_path(policy: &Policy) -> String {
    if policy.safe_is_last_step {
        format!("$.steps[{}]", policy.steps.len())
    } else {
        "$.safe".to_owned()
    }
}

/// A candidate, and where it stands.
pub(super) struct Offer<'a> {
    pub(super) path: String,
    pub(super) candidate: &'a Candidate,
}

fn offers<'a>(list: &List<'a>) -> Vec<Offer<'a>> {
    let mut found = Vec::new();
    for (at, step) in list.steps.iter().enumerate() {
        let path = list.path(at);
        match &step.go {
            Go::To(candidate) => found.push(Offer { path, candidate }),
            Go::Best(best) => {
                found.extend(best.of.iter().enumerate().map(|(option, candidate)| Offer {
                    path: format!("{path}.best.of[{option}]"),
                    candidate,
                }))
            }
            Go::Use(_) => {}
        }
    }
    found
}
