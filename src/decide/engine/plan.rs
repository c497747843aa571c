//! Deciding: the steps are gone through once, in order, and what is left in the end is the plan.

use crate::decide::IfUnknown;
use crate::decide::engine::comparison::Bound;
use crate::decide::engine::decision::{
    About, Considered, Decision, Grounds, Planned, Trace, Verdict,
};
use crate::decide::engine::inputs::{ASKED, Inputs, Seen};
use crate::decide::engine::place::{Place, Reaches};
use crate::decide::engine::policy::Policy;
use crate::decide::engine::step::{Best, Candidate, Go, IfStale, Rule, Step};
use crate::decide::engine::suppose::would_if;
use crate::decide::engine::truth::{Lens, Truth};
use crate::decide::engine::zone::millis;
use crate::model::intent::Mode;
use crate::time::Timestamp;

/// Why a candidate is, or is not, in the plan.
pub(super) type Why<'a> = (Grounds, About<'a>);

/// A step as decisions name it.
#[derive(Clone, Copy)]
struct Named<'a> {
    id: &'a str,
    /// How what decisions say of it begins, as JSON.
    head: &'a str,
}

/// What was asked for.
const REQUEST: Named<'static> = Named {
    id: ASKED,
    head: r#"{"step":"primary""#,
};

impl<'a> From<&'a Step> for Named<'a> {
    fn from(step: &'a Step) -> Self {
        Self {
            id: &step.id,
            head: &step.head,
        }
    }
}

/// The plan as it grows.
pub(super) struct Planner<'a> {
    pub(super) policy: &'a Policy,
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) plan: Vec<Planned<'a>>,
    trace: Trace,
    considered: Vec<Considered<'a>>,
    /// The names of the policies that were used.
    used: Vec<&'a str>,
    /// The step after which none is looked at.
    last: Option<&'a str>,
    /// How long the plan takes up to here, in milliseconds.
    pub(super) planned_millis: i64,
}

/// Decides where the call goes. It never fails, reads no clock, and keeps nothing.
pub fn decide<'a>(policy: &'a Policy, inputs: &'a Inputs<'a>, trace: Trace) -> Decision<'a> {
    let mut planner = Planner {
        policy,
        inputs,
        plan: Vec::with_capacity(4),
        trace,
        considered: Vec::with_capacity(policy.steps.len()),
        used: Vec::new(),
        last: None,
        planned_millis: 0,
    };
    let no_safe_end = if inputs.ended {
        let made = Grounds::FinalTransferMade;
        if inputs.asked.is_some() || inputs.asked_unreadable {
            planner.refuse(REQUEST, None, (made, About::Nothing));
        }
        Some(made)
    } else {
        if let Some(asked) = &inputs.asked {
            planner.offer(REQUEST, None, asked, (Grounds::NoCondition, About::Nothing));
        } else if inputs.asked_unreadable {
            planner.refuse(REQUEST, None, (Grounds::InputsUnreadable, About::Nothing));
        }
        planner.walk(&policy.steps);
        planner.end()
    };
    let asked = |each: &&Considered<'_>| each.step == ASKED;
    let refused = planner.considered.iter().find(asked);
    let alternative = planner.plan.first().map(|planned| planned.step);
    let verdict = if planner.plan.is_empty() {
        Verdict::Stay
    } else {
        Verdict::Transfer
    };
    Decision {
        verdict,
        refused: refused.map(|refused| (refused.grounds, alternative)),
        plan: planner.plan,
        considered: planner.considered,
        no_safe_end,
        issues: inputs.report.issues(),
        policy_hash: &policy.hash,
        inputs_hash: &inputs.hash,
    }
}

impl<'a> Planner<'a> {
    fn walk(&mut self, steps: &'a [Step]) {
        for step in steps {
            if let Some(last) = self.last {
                self.refuse(step.into(), None, (Grounds::AfterLast, About::By(last)));
                continue;
            }
            let own = match &step.go {
                Go::To(candidate) => Some(&candidate.to),
                Go::Best(_) | Go::Use(_) => None,
            };
            let why = match self.weigh(&step.rule, own) {
                Ok(why) => why,
                Err(why) => {
                    self.refuse_by_rule(step.into(), None, why, &step.rule, own);
                    continue;
                }
            };
            match &step.go {
                Go::To(candidate) => self.offer(step.into(), None, candidate, why),
                Go::Best(best) => self.pick(step, best),
                Go::Use(name) => self.use_policy(step, name),
            }
            if step.last {
                self.last.get_or_insert(&step.id);
            }
        }
    }

    /// Whether a rule takes its step.
    fn weigh(&self, rule: &'a Rule, own: Option<&'a Place>) -> Result<Why<'a>, Why<'a>> {
        let Some(when) = &rule.when else {
            return Ok((Grounds::NoCondition, About::Nothing));
        };
        let lens = self.lens(rule, own);
        let truth = lens.truth(when);
        let grounds = match (truth, rule.if_unknown, rule.if_stale) {
            (Truth::Yes, ..) => return Ok((Grounds::ConditionMet, About::Nothing)),
            (Truth::No, ..) => Grounds::ConditionNotMet,
            (Truth::Unknown, IfUnknown::Try, _) => Grounds::TriedUnknown,
            (Truth::Unknown, IfUnknown::Skip, _) => Grounds::FactUnknown,
            (Truth::Stale, _, IfStale::Skip) => Grounds::FactStale,
            (Truth::Stale, _, IfStale::Try | IfStale::Use) => Grounds::TriedStale,
        };
        let about = lens
            .because(when, truth)
            .map_or(About::Nothing, About::Leaf);
        match grounds {
            Grounds::TriedUnknown | Grounds::TriedStale => Ok((grounds, about)),
            _ => Err((grounds, about)),
        }
    }

    fn lens(&self, rule: &Rule, own: Option<&'a Place>) -> Lens<'a, 'a> {
        Lens {
            policy: self.policy,
            inputs: self.inputs,
            own,
            use_stale: rule.if_stale == IfStale::Use,
            supposed: &[],
        }
    }

    fn use_policy(&mut self, step: &'a Step, name: &'a str) {
        if self.used.contains(&name) {
            self.refuse(step.into(), None, (Grounds::PolicyUsed, About::By(name)));
            return;
        }
        self.used.push(name);
        if let Some(steps) = self.policy.policies.get(name) {
            self.walk(steps);
        }
    }

    /// Takes the best of several, by what is predicted of each.
    fn pick(&mut self, step: &'a Step, best: &'a Best) {
        let mut ranked: Vec<(bool, f64, usize, &'a Candidate, Seen<'a>)> = Vec::new();
        for (at, candidate) in best.of.iter().enumerate() {
            let own = Some(&candidate.to);
            if let Err(why) = self.weigh(&candidate.rule, own) {
                self.refuse_by_rule(step.into(), Some(at), why, &candidate.rule, own);
                continue;
            }
            let seen = self.predicted(best, candidate);
            let (known, grounds) = match (seen, step.rule.if_unknown, step.rule.if_stale) {
                (Seen::Known(told), ..) | (Seen::Stale(told), _, IfStale::Use) => {
                    (told.number(), None)
                }
                (Seen::Stale(_), _, IfStale::Try) | (Seen::Unknown(_), IfUnknown::Try, _) => {
                    (None, None)
                }
                (Seen::Stale(_), _, IfStale::Skip) => (None, Some(Grounds::FactStale)),
                (Seen::Unknown(_), IfUnknown::Skip, _) => (None, Some(Grounds::FactUnknown)),
            };
            match grounds {
                Some(grounds) => {
                    self.refuse(
                        step.into(),
                        Some(at),
                        (grounds, About::Predicted(seen, None)),
                    );
                }
                None => ranked.push((known.is_none(), known.unwrap_or(0.0), at, candidate, seen)),
            }
        }
        // What is not known comes last; the order of the policy decides between equals.
        ranked.sort_by(|a, b| {
            (a.0.cmp(&b.0))
                .then(a.1.total_cmp(&b.1))
                .then(a.2.cmp(&b.2))
        });
        let mut taken = 0;
        let mut first = None;
        for (unknown, value, at, candidate, seen) in ranked {
            if taken == best.take {
                let why = (Grounds::RankedLower, About::Predicted(seen, first));
                self.refuse(step.into(), Some(at), why);
                continue;
            }
            let before = self.plan.len();
            let why = (Grounds::Best, About::Predicted(seen, None));
            self.offer(step.into(), Some(at), candidate, why);
            if self.plan.len() > before {
                taken += 1;
                if first.is_none() && !unknown {
                    first = Some(value);
                }
            }
        }
    }

    fn predicted(&self, best: &'a Best, candidate: &'a Candidate) -> Seen<'a> {
        let fresh = self.policy.fresh_seconds.map(millis);
        let bound: Bound = best.bound;
        self.inputs
            .seen(&best.by, Some(&candidate.to), bound, fresh)
    }

    /// Puts a candidate into the plan, unless a guard forbids it.
    fn offer(
        &mut self,
        step: Named<'a>,
        option: Option<usize>,
        candidate: &'a Candidate,
        why: Why<'a>,
    ) {
        match self.guard(candidate) {
            Ok(millis) => self.plan(step, option, candidate, why, millis),
            Err(refusal) => self.refuse(step, option, refusal),
        }
    }

    fn plan(
        &mut self,
        step: Named<'a>,
        option: Option<usize>,
        candidate: &'a Candidate,
        (grounds, about): Why<'a>,
        millis: i64,
    ) {
        let after_millis = self.planned_millis;
        self.planned_millis = after_millis.saturating_add(millis);
        let deadline = self
            .inputs
            .now
            .map(|now| now.as_millis().saturating_add(self.planned_millis));
        self.plan.push(Planned {
            step: step.id,
            head: step.head,
            option,
            to: &candidate.to,
            to_text: &candidate.text,
            mode: candidate.mode.unwrap_or(self.inputs.mode),
            priority: candidate.priority,
            reaches: candidate.reaches,
            grounds,
            about,
            after_millis,
            millis,
            deadline: deadline.map(Timestamp::from_millis),
            cost_cents: candidate.cost_cents,
        });
    }

    /// The safe end: one final transfer, past every cap, in the time that was kept back for it.
    fn end(&mut self) -> Option<Grounds> {
        let (Some(step), Some(candidate)) = (&self.policy.safe, self.policy.safe_candidate())
        else {
            return Some(Grounds::NoSafeEnd);
        };
        let wished = candidate.mode.unwrap_or(self.inputs.mode);
        let able = |mode: &Mode| self.inputs.can(&candidate.to, *mode);
        // A caller is better sent there in another way than not at all.
        let Some(mode) = [wished, Mode::Blind, Mode::Consult].into_iter().find(able) else {
            return Some(Grounds::NotSupported);
        };
        let own = millis(self.policy.seconds_of(candidate));
        let left = self.left_millis().max(self.policy.reserve_millis());
        let why = (Grounds::SafeEnd, About::Nothing);
        self.plan(step.into(), None, candidate, why, own.min(left));
        if let Some(planned) = self.plan.last_mut() {
            planned.mode = mode;
        }
        None
    }

    fn refuse_by_rule(
        &mut self,
        step: Named<'a>,
        option: Option<usize>,
        why: Why<'a>,
        rule: &'a Rule,
        own: Option<&'a Place>,
    ) {
        self.refuse(step, option, why);
        if self.trace != Trace::Full {
            return;
        }
        let lens = self.lens(rule, own);
        if let (Some(considered), Some(when)) = (self.considered.last_mut(), &rule.when) {
            lens.leaves(when, &mut considered.compared);
            considered.would_if = would_if(&lens, when);
        }
    }

    fn refuse(&mut self, step: Named<'a>, option: Option<usize>, (grounds, about): Why<'a>) {
        // What the agent asked for is answered in any case.
        if self.trace == Trace::Off && step.id != ASKED {
            return;
        }
        self.considered.push(Considered {
            step: step.id,
            head: step.head,
            option,
            grounds,
            about,
            compared: Vec::new(),
            would_if: Vec::new(),
        });
    }

    /// How many hops are made to such, with those of the plan.
    pub(super) fn hops(&self, reaches: Reaches) -> u64 {
        let counts = |by: Option<Reaches>| by.is_none_or(|by| by == reaches);
        let made = self.inputs.path.iter().filter(|hop| counts(hop.by)).count();
        let planned = self
            .plan
            .iter()
            .filter(|step| step.reaches == reaches)
            .count();
        (made + planned) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::engine::step::head;

    #[test]
    fn what_was_asked_for_is_named_as_steps_are() {
        assert_eq!(REQUEST.head, head(ASKED));
    }
}
