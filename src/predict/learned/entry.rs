//! The predictor's way in for JSON.

use core::ops::RangeInclusive;

use super::{Learned, Observed, State};
use crate::json::Given;
use crate::predict::facts::{Facts, SHARE};
use crate::predict::prediction::{Assumption, Method, Prediction};
use crate::predict::team::{AGENTS, CALLERS, LATER, SECONDS};
use crate::validate::{Fields, Report};

/// Counts that the features take.
const COUNTS: RangeInclusive<f64> = 0.0..=1e6;

impl Learned {
    /// Predicts for a state in JSON, with the field names of [`State`] in camel case; numbers may be facts as in
    /// [`predict`](crate::predict::predict). `None` where the input is refused: the report says why.
    pub fn predict_json<'a>(
        &self,
        input: impl Into<Given<'a>>,
        report: &mut Report,
    ) -> Option<Prediction> {
        let before = report.issues().len();
        let mut facts = opened(input.into(), report)?;
        self.foretell(&mut facts);
        closed(facts, before)
    }

    /// Reads the state, and says what is to be expected in it.
    pub(in crate::predict) fn foretell(&self, facts: &mut Facts<'_, '_>) {
        let state = state(facts);
        let told = state.and_then(|state| state.handle_seconds);
        let found = state.and_then(|state| self.predict(&state));
        if self.handle_seconds(told).is_none() {
            facts.needed("handleSeconds", SECONDS);
        }
        if let (Some(state), Some(found)) = (state, found) {
            let said = &mut facts.said;
            said.probability = Some(found.late);
            said.interval = Some(found.interval);
            said.sample_size = Some(self.observations());
            said.add("exact", found.exact);
            said.add("meanSeconds", found.mean_seconds);
            said.add("p80Seconds", found.p80_seconds);
            said.add("handleSeconds", self.handle_seconds(told));
            said.add(
                "patienceSeconds",
                self.patience_seconds(state.patience_seconds),
            );
            said.add("effectiveAgents", state.agents * self.capacity());
            said.assumptions.push(Assumption::LikeOthersBefore);
        }
    }

    /// Takes in what became of a caller: the state on entry, `waitedSeconds`, `outcome` (`served` or `abandoned`) and, where
    /// known, `handledSeconds`. Answers whether it could be used: not where agents or the place in line are unknown. `None`
    /// where the input is refused: the report says why, and nothing is taken in.
    pub fn observe_json<'a>(
        &mut self,
        input: impl Into<Given<'a>>,
        report: &mut Report,
    ) -> Option<bool> {
        let before = report.issues().len();
        let mut facts = opened(input.into(), report)?;
        facts.fields.required(
            "waitedSeconds",
            "tell how long the caller waited",
            facts.report,
        );
        facts
            .fields
            .required("outcome", "tell `served` or `abandoned`", facts.report);
        let waited = facts.maybe("waitedSeconds", LATER);
        let words = [("served", false), ("abandoned", true)];
        let abandoned = facts.fields.word("outcome", &words, facts.report);
        let handled_seconds = facts.maybe("handledSeconds", LATER);
        let state = state(&mut facts);
        closed(facts, before)?;
        let (Some(state), Some(waited_seconds), Some(abandoned)) = (state, waited, abandoned)
        else {
            return Some(false);
        };
        Some(self.observe(&Observed {
            state,
            waited_seconds,
            abandoned,
            handled_seconds,
        }))
    }
}

fn opened<'a, 'r>(input: Given<'a>, report: &'r mut Report) -> Option<Facts<'a, 'r>> {
    let fields = Fields::open(input, "$", report)?;
    Some(Facts {
        fields,
        report,
        said: Prediction::new(Method::Learned),
    })
}

fn closed(facts: Facts<'_, '_>, before: usize) -> Option<Prediction> {
    facts.fields.finish(facts.report);
    (facts.report.issues().len() == before).then_some(facts.said)
}

fn state(facts: &mut Facts<'_, '_>) -> Option<State> {
    let threshold = facts.threshold();
    let ahead = facts.needed("waitingAhead", CALLERS);
    let agents = facts.needed("agents", AGENTS);
    let flag = facts.fields.value("highPriority");
    let high_priority = flag.and_then(Given::as_bool);
    if flag.is_some() && high_priority.is_none() {
        facts.or_refuse(None::<()>, "highPriority", "pass true or false");
    }
    let state = State {
        waiting_ahead: ahead.unwrap_or(0.0) as u32,
        agents: agents.unwrap_or(0.0),
        threshold_seconds: threshold.unwrap_or(0.0),
        handle_seconds: facts.maybe("handleSeconds", SECONDS),
        patience_seconds: facts.maybe("patienceSeconds", SECONDS),
        agents_available: facts.maybe("agentsAvailable", AGENTS),
        callers_waiting: facts.maybe("callersWaiting", COUNTS),
        agents_seen: facts.maybe("agentsSeen", COUNTS),
        head_of_line_seconds: facts.maybe("headOfLineSeconds", LATER),
        last_wait_seconds: facts.maybe("lastWaitSeconds", LATER),
        occupancy: facts.maybe("occupancy", SHARE),
        abandonment_rate: facts.maybe("abandonmentRate", SHARE),
        service_starts: facts.maybe("serviceStarts", COUNTS),
        high_priority,
        kind: facts.count("kind", 0.0..=3.0),
        hour: facts.maybe("hour", 0.0..=24.0),
    };
    threshold.and(ahead).and(agents).map(|_| state)
}
