//! Who waits, who answers, and what happens next.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use crate::predict::Call;
use crate::sim::queueing::Agent;

/// What happens by itself. Earlier kinds first where times are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// An agent's shift begins.
    Comes(usize),
    /// An agent ends a call.
    Frees(usize),
    /// An agent's shift ends.
    Goes(usize),
    /// A caller's patience ends.
    GivesUp(usize),
}

#[derive(Debug)]
struct Desk<'a> {
    agent: &'a Agent,
    shift: usize,
    present: bool,
    busy: bool,
    free_since: f64,
}

/// The floor at one moment.
#[derive(Debug)]
pub(super) struct Floor<'a> {
    desks: Vec<Desk<'a>>,
    /// Times as bits: those of positive numbers are ordered as the numbers are.
    events: BinaryHeap<Reverse<(u64, Event)>>,
    /// Those who go before others first, then in the order in which they came.
    waiting: BTreeSet<(bool, usize)>,
    calls: Vec<Call>,
}

impl<'a> Floor<'a> {
    pub(super) fn new(agents: &'a [Agent]) -> Self {
        let mut events = BinaryHeap::new();
        for (at, agent) in agents.iter().enumerate() {
            if let Some((from, _)) = agent.shifts.first() {
                events.push(Reverse((from.to_bits(), Event::Comes(at))));
            }
        }
        let desk = |agent| Desk {
            agent,
            shift: 0,
            present: false,
            busy: false,
            free_since: 0.0,
        };
        Self {
            desks: agents.iter().map(desk).collect(),
            events,
            waiting: BTreeSet::new(),
            calls: Vec::new(),
        }
    }

    /// Lets everything happen that happens before `time`, or at it.
    pub(super) fn until(&mut self, time: f64) {
        while let Some(Reverse((at, event))) = self.events.peek().copied() {
            let now = f64::from_bits(at);
            if now > time || now == f64::INFINITY {
                break;
            }
            self.events.pop();
            match event {
                Event::Comes(desk) => self.comes(now, desk),
                Event::Goes(desk) => self.goes(desk),
                Event::Frees(desk) => {
                    if let Some(free) = self.desks.get_mut(desk) {
                        free.busy = false;
                        free.free_since = now;
                    }
                    self.answers(now, desk);
                }
                Event::GivesUp(call) => self.gives_up(now, call),
            }
        }
    }

    pub(super) fn enters(
        &mut self,
        now: f64,
        kind: u32,
        high_priority: bool,
        handle_seconds: f64,
        patience: Option<f64>,
    ) {
        let at = self.calls.len();
        self.calls.push(Call {
            entered: now,
            left: f64::INFINITY,
            agent: None,
            handle_seconds,
            high_priority,
            kind,
        });
        self.waiting.insert((!high_priority, at));
        if let Some(patience) = patience {
            let ends = (now + patience).to_bits();
            self.events.push(Reverse((ends, Event::GivesUp(at))));
        }
        // The one who has been free the longest.
        let able =
            |desk: &&(usize, &Desk<'_>)| desk.1.present && !desk.1.busy && takes(desk.1, kind);
        let desks: Vec<_> = self.desks.iter().enumerate().collect();
        let longest = |one: &&(usize, &Desk<'_>), other: &&(usize, &Desk<'_>)| {
            one.1.free_since.total_cmp(&other.1.free_since)
        };
        let free = desks
            .iter()
            .filter(able)
            .min_by(longest)
            .map(|(desk, _)| *desk);
        if let Some(desk) = free {
            self.answers(now, desk);
        }
    }

    /// The log; those who still wait leave with the last who left.
    pub(super) fn log(self) -> Vec<Call> {
        let known = |call: &&Call| call.left < f64::INFINITY;
        let last = self.calls.iter().filter(known).map(|call| call.left);
        let last = last.fold(0.0, f64::max);
        let ended = |call: Call| Call {
            left: if call.left < f64::INFINITY {
                call.left
            } else {
                last.max(call.entered)
            },
            ..call
        };
        self.calls.into_iter().map(ended).collect()
    }

    /// Lets a free agent take the first caller whom they can help.
    fn answers(&mut self, now: f64, at: usize) {
        let Some(desk) = self
            .desks
            .get_mut(at)
            .filter(|desk| desk.present && !desk.busy)
        else {
            return;
        };
        let calls = &mut self.calls;
        let suits = |(_, call): &&(bool, usize)| {
            calls.get(*call).is_some_and(|call| takes(desk, call.kind))
        };
        let Some(next) = self.waiting.iter().find(suits).copied() else {
            return;
        };
        self.waiting.remove(&next);
        if let Some(call) = calls.get_mut(next.1) {
            call.left = now;
            call.agent = u32::try_from(at).ok();
            desk.busy = true;
            let ends = (now + call.handle_seconds).to_bits();
            self.events.push(Reverse((ends, Event::Frees(at))));
        }
    }

    fn gives_up(&mut self, now: f64, at: usize) {
        if let Some(call) = self.calls.get_mut(at)
            && self.waiting.remove(&(!call.high_priority, at))
        {
            call.left = now;
        }
    }

    fn comes(&mut self, now: f64, at: usize) {
        if let Some(desk) = self.desks.get_mut(at) {
            desk.present = true;
            desk.free_since = now;
            if let Some((_, to)) = desk.agent.shifts.get(desk.shift) {
                self.events.push(Reverse((to.to_bits(), Event::Goes(at))));
            }
        }
        self.answers(now, at);
    }

    fn goes(&mut self, at: usize) {
        if let Some(desk) = self.desks.get_mut(at) {
            desk.present = false;
            desk.shift += 1;
            if let Some((from, _)) = desk.agent.shifts.get(desk.shift) {
                self.events
                    .push(Reverse((from.to_bits(), Event::Comes(at))));
            }
        }
    }
}

fn takes(desk: &Desk<'_>, kind: u32) -> bool {
    1_u8.checked_shl(kind)
        .is_some_and(|bit| desk.agent.skills & bit != 0)
}
