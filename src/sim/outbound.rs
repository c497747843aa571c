//! Calls that the platform places itself: which numbers and flows it has, and how far each call is. It knows no HTTP.
//!
//! Until a flow or a number is registered, any will do.

use core::time::Duration;
use std::collections::BTreeMap;

use fastrand::Rng;

use crate::private::Private;
use crate::sim::random::{Seed, wait};
use crate::sim::world::Line;
use crate::time::Timestamp;

/// How long it rings where nobody answers.
const RINGS_OUT: Duration = Duration::from_secs(25);

/// A flow, and who may run it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) published: bool,
    /// The client may run it.
    pub(super) accessible: bool,
}

/// A call that was placed.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) id: String,
    pub(super) flow: String,
    pub(super) from: Private<String>,
    pub(super) to: Private<String>,
    /// Its states, and since when; the last is its end.
    states: Vec<(Timestamp, &'static str)>,
}

impl Placed {
    /// The state at a moment, and since when; `None` before it was placed.
    pub(super) fn state(&self, at: Timestamp) -> Option<(Timestamp, &'static str)> {
        self.states.iter().rfind(|(since, _)| *since <= at).copied()
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) flow: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// The numbers and flows of a platform, and the calls that it placed.
#[derive(Clone, Debug, Default)]
pub(super) struct Outbound {
    flows: BTreeMap<String, Flow>,
    /// Whether calls may come from the number.
    numbers: BTreeMap<String, bool>,
    calls: BTreeMap<String, Placed>,
}

impl Outbound {
    /// Registers a flow, or says anew how it is.
    pub(super) fn add_flow(&mut self, id: String, flow: Flow) {
        self.flows.insert(id, flow);
    }

    /// Registers a number, or says anew whether calls may come from it.
    pub(super) fn add_number(&mut self, number: String, usable: bool) {
        self.numbers.insert(number, usable);
    }

    /// Why a flow is not run.
    pub(super) fn refuses_flow(&self, id: &str) -> Option<&'static str> {
        match self.flows.get(id) {
            None if self.flows.is_empty() => None,
            None => Some("Invalid Flow ID: there is no such flow"),
            Some(flow) if !flow.published => Some("Invalid Flow ID: the flow is not published"),
            Some(flow) if !flow.accessible => {
                Some("Invalid Flow ID: the client has no access to the flow")
            }
            Some(_) => None,
        }
    }

    /// Why no call comes from a number.
    pub(super) fn refuses_number(&self, number: &str) -> Option<&'static str> {
        match self.numbers.get(number) {
            None if self.numbers.is_empty() => None,
            None => Some("Invalid Caller Number: it is not provisioned"),
            Some(false) => Some("Invalid Caller Number: it is blocked or suspended"),
            Some(true) => None,
        }
    }

    /// Places a call: it is queued, goes out, rings, and is answered by whoever has the number, if they do.
    pub(super) fn place(
        &mut self,
        seed: Seed,
        wanted: Wanted,
        line: Option<Line>,
        now: Timestamp,
    ) -> &Placed {
        let mut rng = seed.stream("placed", &wanted.to, self.calls.len() as u64);
        let id = call_id(&mut rng);
        let goes_out = now.after(wait(&mut rng, 200..=800));
        let rings = goes_out.after(wait(&mut rng, 500..=2_000));
        let (usual, talks) = (
            wait(&mut rng, 2_000..=8_000),
            wait(&mut rng, 20_000..=90_000),
        );
        let until_end = line.and_then(|line| line.rings);
        let mut states = vec![(now, "queued"), (goes_out, "initiated"), (rings, "ringing")];
        if line.is_none_or(|line| line.answers) {
            let answered = rings.after(until_end.unwrap_or(usual));
            states.push((answered, "answered"));
            states.push((answered.after(talks), "completed"));
        } else {
            states.push((rings.after(until_end.unwrap_or(RINGS_OUT)), "failed"));
        }
        self.calls.entry(id.clone()).or_insert(Placed {
            id,
            flow: wanted.flow,
            from: Private::new(wanted.from),
            to: Private::new(wanted.to),
            states,
        })
    }

    pub(super) fn call(&self, id: &str) -> Option<&Placed> {
        self.calls.get(id)
    }

    /// All calls, by id.
    pub(super) fn calls(&self) -> impl Iterator<Item = &Placed> {
        self.calls.values()
    }

    /// When a call next changes its state.
    pub(super) fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let states = self.calls.values().flat_map(|call| &call.states);
        states
            .map(|(since, _)| *since)
            .filter(|since| *since > now)
            .min()
    }
}

/// An id as the platform prints them: in groups like a UUID's, of letters that no UUID has.
fn call_id(rng: &mut Rng) -> String {
    let groups =
        [8, 4, 4, 4, 12].map(|length| (0..length).map(|_| rng.digit(36)).collect::<String>());
    groups.join("-")
}
