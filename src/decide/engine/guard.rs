//! What keeps a candidate out of the plan whatever its rule says: what the platform can't do, what the target needs, loops,
//! and budgets. They are asked in this order, and the first that speaks is the reason.

use crate::decide::engine::comparison::Bound;
use crate::decide::engine::decision::{About, Grounds};
use crate::decide::engine::fact::{FactKind, FactName, Scope};
use crate::decide::engine::inputs::{Seen, Told};
use crate::decide::engine::place::{Place, Reaches};
use crate::decide::engine::plan::{Planner, Why};
use crate::decide::engine::step::Candidate;
use crate::decide::engine::zone::millis;

type Guarded<'a> = Result<(), Why<'a>>;

impl<'a> Planner<'a> {
    /// How long a candidate may take, in milliseconds, or what forbids it.
    pub(super) fn guard(&self, candidate: &'a Candidate) -> Result<i64, Why<'a>> {
        if self.inputs.unsure {
            return no(Grounds::InputsUnreadable);
        }
        if !self.can(candidate) {
            return no(Grounds::NotSupported);
        }
        self.needs(&candidate.to)?;
        self.no_loop(candidate)?;
        self.caps(candidate)?;
        self.cost(candidate)?;
        self.time(candidate)
    }

    pub(super) fn can(&self, candidate: &Candidate) -> bool {
        let mode = candidate.mode.unwrap_or(self.inputs.mode);
        self.inputs.can(&candidate.to, mode)
    }

    /// What a target needs beyond its rule. Consent that is not known is none.
    fn needs(&self, to: &Place) -> Guarded<'a> {
        match to {
            Place::Callback(_) if self.flag("callbackConsent", None) != Some(true) => {
                no(Grounds::NoConsent)
            }
            Place::Callback(_) if self.flag("callerNumberValid", None) != Some(true) => {
                no(Grounds::NumberInvalid)
            }
            Place::Voicemail(_) if self.flag("exists", Some(to)) == Some(false) => {
                no(Grounds::NoMailbox)
            }
            Place::Return if self.inputs.from.is_none() => no(Grounds::NobodyToReturnTo),
            _ => Ok(()),
        }
    }

    fn flag(&self, name: &str, of: Option<&Place>) -> Option<bool> {
        let fact = FactName {
            name: name.to_owned(),
            kind: FactKind::Flag,
            scope: if of.is_some() {
                Scope::Target
            } else {
                Scope::Call
            },
            of_team: false,
        };
        let fresh = self.policy.fresh_seconds.map(millis);
        match self.inputs.seen(&fact, of, Bound::Value, fresh) {
            Seen::Known(Told::Flag(flag)) => Some(flag),
            _ => None,
        }
    }

    fn no_loop(&self, candidate: &'a Candidate) -> Guarded<'a> {
        let to = &candidate.to;
        let planned = self.plan.iter().find(|step| self.same(step.to, to));
        if let Some(planned) = planned {
            return Err((Grounds::AlreadyPlanned, About::By(planned.step)));
        }
        let path = &self.inputs.path;
        if path
            .last()
            .is_some_and(|hop| hop.failed && self.same(&hop.to, to))
        {
            return no(Grounds::JustFailed);
        }
        if candidate.revisit.is_some() || *to == Place::Return {
            return Ok(());
        }
        if matches!(to, Place::Agent(agent) if Some(agent) == self.inputs.from.as_ref()) {
            return no(Grounds::SentTheCall);
        }
        let Some(visit) = path.iter().rev().find(|hop| self.same(&hop.to, to)) else {
            return Ok(());
        };
        let Some(cooldown) = self.policy.cooldown_seconds.map(millis) else {
            return no(Grounds::Visited);
        };
        let (Some(now), Some(at)) = (self.inputs.now, visit.at) else {
            return no(Grounds::Visited);
        };
        let found = now.as_millis() - at.as_millis();
        if found >= cooldown {
            return Ok(());
        }
        let limit = cooldown;
        Err((Grounds::Visited, About::Limit { found, limit }))
    }

    /// Whether two places are one: back to the agent is to that agent.
    fn same(&self, one: &Place, other: &Place) -> bool {
        let agent = |place: &Place| match place {
            Place::Agent(agent) => Some(agent.clone()),
            Place::Return => self.inputs.from.clone(),
            _ => None,
        };
        one == other || agent(one).is_some_and(|agent_of_one| agent(other) == Some(agent_of_one))
    }

    fn caps(&self, candidate: &Candidate) -> Guarded<'a> {
        let (cap, grounds) = match candidate.reaches {
            Reaches::Person => (self.policy.hops.people, Grounds::TooManyPeople),
            Reaches::Machine => (self.policy.hops.machines, Grounds::TooManyMachines),
        };
        let found = self.hops(candidate.reaches);
        match cap {
            Some(limit) if found >= limit => over(grounds, found, limit),
            _ => Ok(()),
        }
    }

    fn cost(&self, candidate: &Candidate) -> Guarded<'a> {
        let planned: u64 = self.plan.iter().map(|step| step.cost_cents).sum();
        let found = self.inputs.spent_cents + planned + candidate.cost_cents;
        match self.policy.cost_cents {
            Some(limit) if candidate.cost_cents > 0 && found > limit => {
                over(Grounds::OverCost, found, limit)
            }
            _ => Ok(()),
        }
    }

    /// What is left of the caller's time after the plan so far.
    pub(super) fn left_millis(&self) -> i64 {
        millis(self.policy.budget_seconds) - self.inputs.elapsed_millis - self.planned_millis
    }

    fn time(&self, candidate: &Candidate) -> Result<i64, Why<'a>> {
        let kept = if self.policy.safe.is_some() {
            self.policy.reserve_millis()
        } else {
            0
        };
        let left = self.left_millis() - kept;
        let least = millis(candidate.least_seconds);
        if left < least {
            let about = About::Limit {
                found: left.max(0),
                limit: least,
            };
            return Err((Grounds::NoTimeLeft, about));
        }
        Ok(left.min(millis(self.policy.seconds_of(candidate))))
    }
}

const fn no<'a, T>(grounds: Grounds) -> Result<T, Why<'a>> {
    Err((grounds, About::Nothing))
}

fn over<'a>(grounds: Grounds, found: u64, limit: u64) -> Guarded<'a> {
    let [found, limit] = [found, limit].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    Err((grounds, About::Limit { found, limit }))
}
