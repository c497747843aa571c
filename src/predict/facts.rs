//! Reading facts: numbers that are known, stale, unknown or absent, which are four different things, and none of them zero.

use core::ops::RangeInclusive;

use crate::json::Given;
use crate::predict::prediction::{Missing, Prediction, Why};
use crate::predict::{CALLS, LATER, Load, PLACES, SECONDS, Team, team};
use crate::validate::{Fields, Report};

/// A share of something.
pub(crate) const SHARE: RangeInclusive<f64> = 0.0..=1.0;
/// A count of calls or samples.
pub(crate) const COUNT: RangeInclusive<f64> = 0.0..=1e12;

/// The input of a prediction being read, with the prediction that comes of it.
pub(crate) struct Facts<'a, 'r> {
    pub(crate) fields: Fields<'a>,
    pub(crate) report: &'r mut Report,
    pub(crate) said: Prediction,
}

impl<'a> Facts<'a, '_> {
    /// A fact, or why it cannot be used. A refused one counts as absent; the report has it.
    fn read(&mut self, name: &'static str, range: RangeInclusive<f64>) -> Result<f64, Why> {
        let Some(value) = self.fields.value(name) else {
            return Err(Why::Absent);
        };
        if value.as_object().is_none() {
            return self
                .fields
                .number(name, range, self.report)
                .ok_or(Why::Absent);
        }
        self.told(name, value, range)
    }

    /// `{"value", "asOf"}`, or a fact as facts are written: `{"known": …}`, `{"stale": …}`, `{"unknown": …}`.
    fn told(
        &mut self,
        name: &'static str,
        value: Given<'a>,
        range: RangeInclusive<f64>,
    ) -> Result<f64, Why> {
        let Some(mut fields) = Fields::open(value, self.fields.path(name), self.report) else {
            return Err(Why::Absent);
        };
        let unknown = fields.value("unknown").is_some();
        let stale = fields.value("stale").is_some();
        let known = fields.value("known");
        if unknown || stale {
            fields.finish(self.report);
            return Err(if unknown { Why::Unknown } else { Why::Stale });
        }
        if let Some(known) = known {
            let path = fields.path("known");
            fields.finish(self.report);
            let Some(inner) = Fields::open(known, path, self.report) else {
                return Err(Why::Absent);
            };
            fields = inner;
        }
        fields.value("asOf");
        fields.required(
            "value",
            "write { \"value\": … }, or { \"unknown\": … } where it is not known",
            self.report,
        );
        let number = fields.number("value", range, self.report);
        fields.finish(self.report);
        number.ok_or(Why::Absent)
    }

    /// A fact that may be absent.
    pub(crate) fn maybe(&mut self, name: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        self.read(name, range).ok()
    }

    /// A fact that is needed; noted as missing where it is not known.
    pub(crate) fn needed(&mut self, name: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        self.read(name, range)
            .map_err(|why| self.miss(name, why))
            .ok()
    }

    pub(crate) fn miss(&mut self, field: &'static str, why: Why) {
        self.said.missing.push(Missing { field, why });
    }

    /// A whole count that may be absent.
    pub(crate) fn count(&mut self, name: &'static str, range: RangeInclusive<f64>) -> Option<u32> {
        self.maybe(name, range).map(|count| count as u32)
    }

    /// Whether a field is there and not null, whatever it holds.
    pub(crate) fn has(&mut self, name: &'static str) -> bool {
        self.fields.value(name).is_some()
    }

    /// Whether a field holds a fact that can be used, by the looks of it.
    pub(crate) fn known(&mut self, name: &'static str) -> bool {
        let value = self.fields.value(name);
        value.is_some_and(|value| value.get("unknown").or(value.get("stale")).is_none())
    }

    /// The team: `agents`, `handleSeconds` and, where known, `patienceSeconds`.
    pub(crate) fn team(&mut self) -> Option<Team> {
        let agents = self.needed("agents", team::AGENTS);
        self.team_of(agents)
    }

    /// The same for a number of agents that is found elsewhere.
    pub(crate) fn team_of(&mut self, agents: Option<f64>) -> Option<Team> {
        let handle = self.needed("handleSeconds", SECONDS);
        let patience = self.maybe("patienceSeconds", SECONDS);
        let team = Team::new(agents?, handle?, patience);
        self.or_refuse(
            team,
            "agents",
            "pass 0, or a thousandth of an agent or more",
        )
    }

    /// The calls for a team: `callsPerHour` and, where it has an end, the line's `waitingPlaces`.
    pub(crate) fn load(&mut self, team: Option<Team>) -> Option<Load> {
        let calls = self.needed("callsPerHour", CALLS);
        let places = self.count("waitingPlaces", PLACES);
        let load = Load::new(team?, calls?, places);
        self.or_refuse(
            load,
            "callsPerHour",
            "the line would hold more than a million callers",
        )
    }

    /// `thresholdSeconds`, within which a call shall be answered.
    pub(crate) fn threshold(&mut self) -> Option<f64> {
        self.needed("thresholdSeconds", LATER)
    }

    /// What may have been refused by its size; reports so.
    pub(crate) fn or_refuse<T>(
        &mut self,
        found: Option<T>,
        field: &'static str,
        hint: &str,
    ) -> Option<T> {
        if found.is_none() {
            let path = self.fields.path(field);
            let message = format!("`{field}` is out of range here");
            self.report
                .add(crate::error::Code::OutOfRange, path, message, hint);
        }
        found
    }
}
