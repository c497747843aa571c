//! What the transfer machine takes of a policy: every place that it may send the call to, in order. It knows nothing of the machine.

use crate::decide::engine::place::{Place, Reaches};
use crate::decide::engine::policy::Policy;
use crate::decide::engine::step::{Candidate, Go, Step};
use crate::decide::policy::{CheckTarget, Policy as Plain, Step as PlainStep};
use crate::error::Code;
use crate::json::Given;
use crate::validate::Report;

/// Reads a policy for the transfer machine. `check` adds the platform's own findings on a target and its mode; places that no
/// platform is sent a call to (a callback, a mailbox, an announcement, the agent) are refused.
pub fn outline(
    value: Given<'_>,
    path: &str,
    check: &CheckTarget<'_>,
    report: &mut Report,
) -> Option<Plain> {
    let policy = match Policy::read(value) {
        Ok(policy) => policy,
        Err(found) => {
            for issue in found.issues() {
                let place = issue.path.replacen('$', path, 1);
                report.add(issue.code, place, &issue.message, &issue.hint);
            }
            return None;
        }
    };
    let mut outline = Outline {
        policy: &policy,
        root: path,
        check,
        report,
        steps: Vec::new(),
        used: Vec::new(),
    };
    outline.walk(&policy.steps, &format!("{path}.steps"));
    if let Some(safe) = &policy.safe {
        let place = if policy.safe_is_last_step {
            format!("{path}.steps[{}]", policy.steps.len())
        } else {
            format!("{path}.safe")
        };
        outline.step(safe, &place);
    }
    let steps = outline.steps;
    Some(Plain {
        steps,
        ..policy.times
    })
}

struct Outline<'a> {
    policy: &'a Policy,
    root: &'a str,
    check: &'a CheckTarget<'a>,
    report: &'a mut Report,
    steps: Vec<PlainStep>,
    used: Vec<&'a str>,
}

impl<'a> Outline<'a> {
    fn walk(&mut self, steps: &'a [Step], path: &str) {
        for (at, step) in steps.iter().enumerate() {
            self.step(step, &format!("{path}[{at}]"));
        }
    }

    fn step(&mut self, step: &'a Step, path: &str) {
        let conditional = step.rule.when.is_some();
        match &step.go {
            Go::To(candidate) => {
                self.candidate(step, candidate, conditional, None, &format!("{path}.to"));
            }
            Go::Best(best) => {
                for (at, candidate) in best.of.iter().enumerate() {
                    let path = format!("{path}.best.of[{at}].to");
                    self.candidate(step, candidate, true, u32::try_from(at).ok(), &path);
                }
            }
            // The steps of a policy are taken once, wherever it is used first.
            Go::Use(name) if !self.used.contains(&name.as_str()) => {
                self.used.push(name);
                if let Some(steps) = self.policy.policies.get(name) {
                    self.walk(steps, &format!("{}.policies.{name}.steps", self.root));
                }
            }
            Go::Use(_) => {}
        }
    }

    fn candidate(
        &mut self,
        step: &Step,
        candidate: &Candidate,
        conditional: bool,
        option: Option<u32>,
        path: &str,
    ) {
        let Place::Target(to) = &candidate.to else {
            let message = "no platform is sent a call to such a place";
            let hint = "name a queue, a skill, an extension or a number; `decide` plans the others for hosts that go there \
                        by themselves";
            self.report.add(Code::NotSupported, path, message, hint);
            return;
        };
        (self.check)(to, candidate.mode, path, self.report);
        let id = match option {
            Some(option) => format!("{}[{option}]", step.id),
            None => step.id.clone(),
        };
        self.steps.push(PlainStep {
            id,
            to: to.clone(),
            mode: candidate.mode,
            priority: candidate.priority,
            if_unknown: step.rule.if_unknown,
            step_seconds: candidate.step_seconds,
            conditional,
            one_of: option.map(|option| (step.id.clone(), option)),
            by_machine: candidate.reaches == Reaches::Machine,
            cost_cents: candidate.cost_cents,
        });
    }
}
