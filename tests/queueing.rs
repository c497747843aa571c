//! The simulated queue against what is known of queues, and the estimators against the simulated queue.
#![cfg(feature = "sim")]
#![expect(
    clippy::expect_used,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

use patchcord::predict::{Call, Load, Team, Trial, erlang_a, erlang_c, trial};
use patchcord::sim::queueing::{Agent, DAY, Distribution, Queue};

fn share(calls: &[Call], what: impl Fn(&Call) -> bool) -> f64 {
    calls.iter().filter(|call| what(call)).count() as f64 / calls.len() as f64
}

fn mean_wait(calls: &[Call], of: impl Fn(&Call) -> bool) -> f64 {
    let waits: Vec<f64> = calls
        .iter()
        .filter(|call| of(call))
        .map(|call| call.left - call.entered)
        .collect();
    waits.iter().sum::<f64>() / waits.len() as f64
}

#[test]
fn callers_without_patience_wait_as_erlang_c_says() {
    let calls = Queue::steady(7, 200.0 * DAY, 60.0, 300.0, None, 7).run();
    let load = Load::new(Team::new(7.0, 300.0, None).expect("a team"), 60.0, None).expect("a load");
    let wanted = erlang_c(&load, 60.0);
    let waits = share(&calls, |call| call.left > call.entered);
    let late = share(&calls, |call| call.left - call.entered > 60.0);
    assert!(
        (waits - wanted.waits).abs() < 0.01,
        "{waits} {}",
        wanted.waits
    );
    assert!((late - wanted.late).abs() < 0.01, "{late} {}", wanted.late);
}

#[test]
fn callers_with_patience_give_up_as_erlang_a_says() {
    let calls = Queue::steady(8, 200.0 * DAY, 100.0, 180.0, Some(120.0), 5).run();
    let team = Team::new(5.0, 180.0, Some(120.0)).expect("a team");
    let load = Load::new(team, 100.0, None).expect("a load");
    let wanted = erlang_a(&load, 20.0).expect("a steady state");
    let gave_up = share(&calls, |call| call.agent.is_none());
    let in_time = share(&calls, |call| {
        call.agent.is_some() && call.left - call.entered <= 20.0
    });
    let wait = mean_wait(&calls, |_| true);
    assert!(
        (gave_up - wanted.abandons).abs() < 0.003,
        "{gave_up} {}",
        wanted.abandons
    );
    assert!(
        (in_time - wanted.service_level.of_offered).abs() < 0.005,
        "{in_time}"
    );
    assert!(
        (wait / wanted.mean_seconds - 1.0).abs() < 0.02,
        "{wait} {}",
        wanted.mean_seconds
    );
}

#[test]
fn every_distribution_has_its_mean_and_its_spread() {
    let mean = 240.0;
    for (drawn, spread) in [
        (Distribution::Deterministic { seconds: mean }, 0.0),
        (Distribution::Exponential { mean }, 1.0),
        (Distribution::Erlang { mean, stages: 4 }, 0.25),
        (
            Distribution::Lognormal {
                mean,
                squared_variation: 1.5,
            },
            1.5,
        ),
        (
            Distribution::Hyperexponential {
                mean,
                squared_variation: 4.0,
            },
            4.0,
        ),
    ] {
        let mut chance = fastrand::Rng::with_seed(9);
        let times: Vec<f64> = (0..400_000).map(|_| drawn.draw(&mut chance)).collect();
        let found = times.iter().sum::<f64>() / times.len() as f64;
        let square = times
            .iter()
            .map(|time| (time - found) * (time - found))
            .sum::<f64>();
        let variation = square / times.len() as f64 / (found * found);
        assert!(
            (found / drawn.mean() - 1.0).abs() < 0.02,
            "{drawn:?}: {found}"
        );
        assert!(
            (variation - spread).abs() < 0.05 + 0.1 * spread,
            "{drawn:?}: {variation}"
        );
    }
}

#[test]
fn who_goes_first_waits_less_and_the_rest_more() {
    let alike = Queue::steady(10, 50.0 * DAY, 95.0, 180.0, None, 5);
    let apart = Queue {
        high_priority: 0.3,
        ..alike.clone()
    };
    let (alike, apart) = (alike.run(), apart.run());
    let first = mean_wait(&apart, |call| call.high_priority);
    let rest = mean_wait(&apart, |call| !call.high_priority);
    let all = mean_wait(&alike, |_| true);
    assert!(first < all / 2.0 && rest > all, "{first} {rest} {all}");
}

#[test]
fn agents_take_what_they_can_while_they_are_there() {
    let shifts = vec![(1_000.0, 5_000.0), (9_000.0, 20_000.0)];
    let queue = Queue {
        kinds: vec![0.5, 0.5],
        agents: vec![
            Agent {
                skills: 0b01,
                shifts: shifts.clone(),
            },
            Agent {
                skills: 0b10,
                ..Agent::always()
            },
        ],
        ..Queue::steady(11, 40_000.0, 40.0, 60.0, Some(600.0), 0)
    };
    let calls = queue.run();
    let answered = |agent: u32| calls.iter().filter(move |call| call.agent == Some(agent));
    assert!(answered(0).count() > 20 && answered(1).count() > 20);
    assert!(answered(0).all(|call| call.kind == 0) && answered(1).all(|call| call.kind == 1));
    let there = |call: &Call| {
        shifts
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&call.left))
    };
    assert!(answered(0).all(there));
    assert!(
        calls
            .iter()
            .all(|call| call.left >= call.entered && call.left.is_finite())
    );
}

#[test]
fn the_same_seed_makes_the_same_log() {
    let queue = |seed| Queue::steady(seed, DAY, 100.0, 180.0, Some(120.0), 5).run();
    assert_eq!(queue(1), queue(1));
    assert_ne!(queue(1), queue(2));
}

fn figures(trial: &Trial, name: &str) -> (f64, f64) {
    let sheet = trial.sheets.iter().find(|(other, _)| *other == name);
    let (_, sheet) = sheet.expect("a contestant");
    (sheet.brier, sheet.auc.expect("both kinds of caller"))
}

#[test]
fn on_days_not_seen_what_learns_beats_the_exact_tail_and_both_beat_the_rule() {
    for (seed, threshold) in [(21, 20.0), (22, 60.0)] {
        let calls = Queue::as_they_are(seed, 14).run();
        let found = trial(&calls, threshold, 7.0 * DAY).expect("a trial");
        let [rule, confidence, caller, learned] =
            ["rule", "rule-confidence", "caller", "learned"].map(|name| figures(&found, name));
        println!(
            "{threshold}: {} calls, rule {rule:?} {confidence:?} caller {caller:?} learned {learned:?}",
            calls.len()
        );
        assert!(
            learned.0 < caller.0 && learned.1 > caller.1,
            "{learned:?} {caller:?}"
        );
        for rule in [rule, confidence] {
            assert!(
                caller.0 < rule.0 && caller.1 > rule.1,
                "{caller:?} {rule:?}"
            );
        }
    }
}
