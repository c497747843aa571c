//! The predictor that corrects itself, against a simulated queue.

use patchcord::json::ToJson;
use patchcord::predict::{Caller, Learned, Observed, State, Team};
use patchcord::validate::Report;
use serde_json::json;

/// Chance for a test: the same each time.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn wait(&mut self, rate: f64) -> f64 {
        -self.share().ln() / rate
    }
}

/// Callers who find all agents busy, and what the host believes of them.
struct World {
    pace: f64,
    handle: f64,
    patience: f64,
    believed_handle: f64,
    threshold: f64,
}

impl World {
    /// Draws a caller: the stages of the line in turn, each with the true rates.
    fn caller(&self, chance: &mut Chance) -> Observed {
        let agents = 5.0 + (chance.share() * 15.0).floor();
        let ahead = (chance.share() * 12.0).floor() as u32;
        // The first in line tells how slow it is just now, which the tail does not know.
        let slow = if chance.share() < 0.5 { 1.0 } else { 1.6 };
        let drain = agents * self.pace / self.handle / slow;
        let wait: f64 = (0..=ahead)
            .map(|left| chance.wait(drain + f64::from(left) / self.patience))
            .sum();
        let patience = chance.wait(1.0 / self.patience);
        Observed {
            state: State {
                waiting_ahead: ahead,
                agents,
                threshold_seconds: self.threshold,
                handle_seconds: Some(self.believed_handle),
                patience_seconds: Some(self.patience),
                head_of_line_seconds: Some(if slow > 1.0 { 60.0 } else { 10.0 }),
                ..State::default()
            },
            waited_seconds: wait.min(patience),
            abandoned: patience < wait,
            handled_seconds: (patience >= wait).then(|| chance.wait(1.0 / self.handle)),
        }
    }
}

/// Mean log loss and Brier score of the exact tail and of the predictor, over the second half of a run.
fn scores(world: &World, outcomes: usize) -> ([f64; 2], [f64; 2]) {
    let (mut learned, mut chance) = (Learned::new(), Chance(7));
    let (mut loss, mut brier, mut count) = ([0.0; 2], [0.0; 2], 0.0);
    for at in 0..outcomes {
        let seen = world.caller(&mut chance);
        let found = learned.predict(&seen.state).expect("a prediction");
        let late = seen.waited_seconds > world.threshold;
        if at > outcomes / 2 && (late || !seen.abandoned) {
            count += 1.0;
            for (place, chance) in [found.exact, found.late].into_iter().enumerate() {
                let right = if late { chance } else { 1.0 - chance };
                loss[place] -= right.max(1e-6).ln();
                brier[place] += (1.0 - right) * (1.0 - right);
            }
        }
        assert!(learned.observe(&seen));
    }
    (loss.map(|sum| sum / count), brier.map(|sum| sum / count))
}

#[test]
fn it_begins_as_the_exact_tail() {
    let state = State {
        waiting_ahead: 4,
        agents: 10.0,
        threshold_seconds: 60.0,
        handle_seconds: Some(180.0),
        patience_seconds: Some(240.0),
        ..State::default()
    };
    let tail = Caller::new(Team::new(10.0, 180.0, Some(240.0)).expect("a team"), 4)
        .expect("a caller")
        .late(60.0);
    let found = Learned::new().predict(&state).expect("a prediction");
    assert!(
        (found.late - tail).abs() < 1e-12 && found.exact == tail,
        "{found:?}"
    );
    assert!(found.interval.0 < tail && tail < found.interval.1);
    assert_eq!(
        Learned::new().predict(&State {
            handle_seconds: None,
            ..state
        }),
        None,
        "no handle time, no prediction"
    );
}

#[test]
fn it_learns_what_the_host_has_wrong() {
    let world = World {
        pace: 0.8,
        handle: 200.0,
        patience: 300.0,
        believed_handle: 120.0,
        threshold: 60.0,
    };
    let (loss, brier) = scores(&world, 6_000);
    assert!(brier[1] < brier[0] * 0.45, "Brier {brier:?}");
    assert!(loss[1] < loss[0] * 0.4, "log loss {loss:?}");
}

#[test]
fn it_is_hardly_worse_where_the_tail_is_right_already() {
    let (mut learned, mut chance) = (Learned::new(), Chance(11));
    let world = World {
        pace: 1.0,
        handle: 180.0,
        patience: 240.0,
        believed_handle: 180.0,
        threshold: 60.0,
    };
    let mut behind: f64 = 0.0;
    let mut sum = 0.0;
    for _ in 0..6_000 {
        let mut seen = world.caller(&mut chance);
        // Drawn anew from the exact tail itself.
        let team = Team::new(seen.state.agents, 180.0, Some(240.0)).expect("a team");
        let tail = Caller::new(team, seen.state.waiting_ahead).expect("a caller");
        seen.waited_seconds = tail.percentile(chance.share()).expect("a wait");
        seen.abandoned = false;
        let found = learned.predict(&seen.state).expect("a prediction");
        let right = |chance: f64| {
            if seen.waited_seconds > 60.0 {
                chance
            } else {
                1.0 - chance
            }
        };
        sum += (right(found.exact) / right(found.late)).ln();
        behind = behind.max(sum);
        learned.observe(&seen);
    }
    // ln 2 for the say of the exact tail, and a little for trying and for being able to change one's mind.
    assert!(
        behind < 4.0,
        "{behind} in log loss behind the exact tail at its worst"
    );
}

#[test]
fn agents_who_are_slower_than_told_count_for_less() {
    let (mut learned, mut chance) = (Learned::new(), Chance(13));
    let world = World {
        pace: 0.7,
        handle: 180.0,
        patience: 240.0,
        believed_handle: 180.0,
        threshold: 60.0,
    };
    for _ in 0..4_000 {
        learned.observe(&world.caller(&mut chance));
    }
    // Half the callers meet agents slower again by 1.6.
    let capacity = learned.capacity();
    assert!((0.7 / 1.6..0.7).contains(&capacity), "{capacity}");
}

#[test]
fn a_stored_predictor_goes_on_to_the_last_bit() {
    let world = World {
        pace: 0.9,
        handle: 150.0,
        patience: 200.0,
        believed_handle: 180.0,
        threshold: 30.0,
    };
    let (mut learned, mut chance) = (Learned::new(), Chance(3));
    for _ in 0..300 {
        learned.observe(&world.caller(&mut chance));
    }
    let stored = learned.to_json();
    let size = stored.to_string().len();
    let mut restored = Learned::from_json(&stored).expect("it was stored");
    assert_eq!(restored, learned);
    for _ in 0..100 {
        let seen = world.caller(&mut chance);
        learned.observe(&seen);
        restored.observe(&seen);
        assert_eq!(restored.predict(&seen.state), learned.predict(&seen.state));
    }
    assert_eq!(
        restored.to_json().to_string().len() / 64,
        size / 64,
        "it does not grow"
    );
    for spoiled in [
        json!({}),
        json!({ "version": 2, "state": stored["state"] }),
        json!({ "version": 1, "state": "zz" }),
        json!({ "version": 1, "state": format!("{}00", stored["state"].as_str().expect("a text")) }),
    ] {
        assert_eq!(
            Learned::from_json(&spoiled)
                .expect_err("it is refused")
                .code()
                .as_str(),
            "invalid-snapshot"
        );
    }
}

#[test]
fn what_nobody_told_it_learns_from_the_callers() {
    let (mut learned, mut chance) = (Learned::new(), Chance(5));
    let world = World {
        pace: 1.0,
        handle: 200.0,
        patience: 100.0,
        believed_handle: 200.0,
        threshold: 30.0,
    };
    for _ in 0..4_000 {
        let mut seen = world.caller(&mut chance);
        (seen.state.handle_seconds, seen.state.patience_seconds) = (None, None);
        learned.observe(&seen);
    }
    let (handle, patience) = (
        learned.handle_seconds(None).expect("seen"),
        learned.patience_seconds(None).expect("seen"),
    );
    assert!((handle / 200.0 - 1.0).abs() < 0.15, "handle time {handle}");
    assert!((patience / 100.0 - 1.0).abs() < 0.15, "patience {patience}");
}

#[test]
fn its_json_is_read_like_every_prediction() {
    let mut learned = Learned::new();
    let state = json!({ "waitingAhead": 4, "agents": 10, "thresholdSeconds": 60, "handleSeconds": 180, "headOfLineSeconds": 20 });
    let mut report = Report::default();
    let found = learned
        .predict_json(&state, &mut report)
        .expect("a prediction");
    assert_eq!((found.sample_size, found.missing.len()), (Some(0.0), 0));
    let mut told = state.clone();
    told["waitedSeconds"] = json!(75);
    told["outcome"] = json!("served");
    assert_eq!(learned.observe_json(&told, &mut report), Some(true));
    assert_eq!(learned.observations(), 1.0);
    told["outcome"] = json!("vanished");
    assert_eq!(learned.observe_json(&told, &mut report), None);
    assert_eq!(
        (
            report.issues()[0].code.as_str(),
            report.issues()[0].path.as_str()
        ),
        ("unknown-value", "$.outcome")
    );
    let unknown =
        json!({ "waitingAhead": { "unknown": "not told" }, "agents": 10, "thresholdSeconds": 60 });
    let found = learned
        .predict_json(&unknown, &mut Report::default())
        .expect("a prediction");
    assert_eq!(found.probability, None);
    assert_eq!(
        found.to_json()["missing"],
        json!([{ "field": "waitingAhead", "why": "unknown" }, { "field": "handleSeconds", "why": "absent" }])
    );
}
