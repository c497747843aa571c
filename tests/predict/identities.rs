//! Identities and limits of the models: what must hold whatever the implementation.

use patchcord::predict::{
    Change, Horizon, Line, SoFar, SteadyState, erlang_a, erlang_b, erlang_b_load, erlang_c,
    interval,
};

use crate::support::{caller, load, near, team};

#[test]
fn fractional_agents_obey_the_recurrence_and_meet_the_whole_ones() {
    for offered in [0.1, 1.7, 2.4, 2.6, 8.0, 90.0] {
        for part in [0.01, 0.3, 0.5, 0.99] {
            let one = erlang_b(part, offered).expect("a blocking");
            let two = erlang_b(part + 1.0, offered).expect("a blocking");
            near(
                two,
                offered * one / (part + 1.0 + offered * one),
                1e-14,
                "the recurrence",
            );
        }
        let nearly = erlang_b(1.0 - 1e-9, offered).expect("a blocking");
        near(
            nearly,
            offered / (1.0 + offered),
            1e-8,
            "just below one agent",
        );
    }
    // 1/B = a times the integral of exp(-at) (1+t)^x, by the trapezoidal rule on t = exp(u - exp(-u)).
    let (agents, offered) = (3.5_f64, 2.0_f64);
    let value = |u: f64| {
        let t = (u - (-u).exp()).exp();
        (-offered * t).exp() * (1.0 + t).powf(agents) * t * (1.0 + (-u).exp())
    };
    let sum: f64 = (-400..=400)
        .map(|at| value(f64::from(at) / 64.0))
        .sum::<f64>()
        / 64.0;
    near(
        erlang_b(agents, offered).expect("a blocking"),
        1.0 / (offered * sum),
        1e-13,
        "the integral",
    );
    let load = erlang_b_load(15.0, 0.01).expect("a load");
    near(
        erlang_b(15.0, load).expect("a blocking"),
        0.01,
        1e-13,
        "the inverse",
    );
}

#[test]
fn erlang_a_holds_its_identities() {
    for (agents, rho, ratio) in [
        (1.0, 0.8, 1.0),
        (10.0, 1.2, 1.5),
        (57.5, 0.97, 0.3),
        (900.0, 1.4, 4.0),
    ] {
        let patience = 180.0 / ratio;
        let rate = rho * agents / 180.0;
        let load = load(team(agents, 180.0, patience), rate, None);
        let found = erlang_a(&load, 20.0).expect("it settles");
        near(
            found.mean_seconds,
            found.abandons * patience,
            1e-13,
            "E[W] = P(Ab)/theta",
        );
        near(
            found.occupancy,
            rho * (1.0 - found.abandons),
            1e-13,
            "what is carried",
        );
        let state = SteadyState::new(&load).expect("it settles");
        for of in [0.5, 0.8, 0.95, 0.999] {
            let wait = state.percentile(of).expect("a wait");
            if wait > 0.0 {
                near(
                    state.late(wait),
                    1.0 - of,
                    1e-12,
                    "a percentile inverts the tail",
                );
            }
        }
        let answered = state.answered_within(1e5);
        near(
            answered,
            1.0 - found.abandons,
            1e-12,
            "who is ever answered",
        );
    }
}

#[test]
fn with_patience_like_handle_time_the_count_of_callers_is_poisson() {
    let offered = 9.5_f64;
    let below: f64 = (0..10)
        .scan((-offered).exp(), |weight, k| {
            let now = *weight;
            *weight *= offered / f64::from(k + 1);
            Some(now)
        })
        .sum();
    let found = erlang_a(&load(team(10.0, 180.0, 180.0), offered / 180.0, None), 20.0);
    near(
        found.expect("it settles").waits,
        1.0 - below,
        1e-12,
        "P(Poisson >= n)",
    );
}

#[test]
fn erlang_a_lies_between_erlang_b_and_erlang_c() {
    let with = |patience: f64| load(team(10.0, 180.0, patience), 9.0 / 180.0, None);
    let c = erlang_c(&with(0.0), 20.0);
    let endless = erlang_a(&with(604_800.0), 20.0).expect("it settles");
    near(endless.waits, c.waits, 1e-2, "towards Erlang C");
    assert!(endless.waits < c.waits);
    let b = erlang_b(10.0, 9.0).expect("a blocking");
    let impatient = erlang_a(&with(0.001), 20.0).expect("it settles");
    near(impatient.waits, b, 1e-4, "towards Erlang B");
    assert!(impatient.waits > b);
    let no_line = erlang_a(&load(team(10.0, 180.0, 240.0), 9.0 / 180.0, Some(0)), 20.0);
    near(
        no_line.expect("it settles").blocked,
        b,
        1e-13,
        "without a place to wait it is Erlang B",
    );
    let long = erlang_a(
        &load(team(10.0, 180.0, 0.0), 9.0 / 180.0, Some(5_000)),
        20.0,
    );
    let long = long.expect("it settles");
    near(
        long.late,
        c.late,
        1e-12,
        "a long line of the patient is Erlang C",
    );
    near(
        long.mean_seconds,
        c.mean_seconds.expect("a mean"),
        1e-12,
        "so is its mean",
    );
    near(
        long.service_level.of_offered,
        c.service_level,
        1e-12,
        "and its service level",
    );
}

#[test]
fn a_hundred_thousand_agents_are_answered_for() {
    let overload = load(team(100_000.0, 180.0, 300.0), 1.3 * 100_000.0 / 180.0, None);
    let found = erlang_a(&overload, 20.0).expect("it settles");
    near(found.abandons, 1.0 - 1.0 / 1.3, 1e-9, "the fluid limit");
    near(found.occupancy, 1.0, 1e-9, "nobody is idle");
    let fits = load(team(100_000.0, 180.0, 0.0), 99_000.0 / 180.0, None);
    let found = erlang_c(&fits, 20.0);
    assert!(
        found.stable && found.waits > 1e-5 && found.waits < 1e-2,
        "{found:?}"
    );
    let broken = erlang_c(&load(team(10.0, 180.0, 0.0), 11.0 / 180.0, None), 20.0);
    assert!(!broken.stable && broken.mean_seconds.is_none() && broken.percentile(0.8).is_none());
    assert_eq!(
        (broken.waits, broken.late, broken.service_level),
        (1.0, 1.0, 0.0)
    );
}

#[test]
fn a_single_agent_is_busy_as_often_as_there_is_work() {
    near(
        erlang_c(&load(team(1.0, 180.0, 0.0), 0.8 / 180.0, None), 20.0).waits,
        0.8,
        1e-15,
        "C = rho",
    );
}

#[test]
fn the_next_in_line_waits_for_the_first_agent_who_is_done() {
    let next = caller(team(100.0, 180.0, 120.0), 0);
    near(
        next.late(9.0),
        (-5.0_f64).exp(),
        1e-15,
        "the founding rule's first blind spot",
    );
    let last = caller(team(100.0, 180.0, 120.0), 40);
    assert!(
        last.late(20.0) > 0.999_999,
        "the founding rule's second blind spot"
    );
}

#[test]
fn what_happens_to_a_caller_adds_up() {
    for (agents, ahead, patience, own) in [
        (10.0, 4, 240.0, 240.0),
        (3.0, 0, 60.0, 500.0),
        (200.0, 90, 100.0, 30.0),
    ] {
        let caller = caller(team(agents, 180.0, patience), ahead);
        let caller = caller.with_patience(own).expect("a patience");
        for seconds in [1.0_f64, 20.0, 100.0] {
            // Given up by then: the patience ends while the wait goes on, by Simpson's rule.
            let steps = 2_000;
            let at = |step: u32| {
                let time = seconds * f64::from(step) / f64::from(steps);
                (-time / own).exp() / own * caller.late(time)
            };
            let inner: f64 = (1..steps)
                .map(|step| if step % 2 == 1 { 4.0 } else { 2.0 } * at(step))
                .sum();
            let gone = (at(0) + inner + at(steps)) * seconds / f64::from(steps) / 3.0;
            let waiting = (-seconds / own).exp() * caller.late(seconds);
            near(
                caller.answered_within(seconds) + gone + waiting,
                1.0,
                1e-9,
                "answered, gone, waiting",
            );
        }
        near(
            caller.answered_within(1e5),
            caller.ever_answered(),
            1e-12,
            "in the end",
        );
        for of in [0.01, 0.5, 0.8, 0.95] {
            near(
                caller.late(caller.percentile(of).expect("a wait")),
                1.0 - of,
                1e-12,
                "a percentile inverts the tail",
            );
        }
    }
}

#[test]
fn a_line_that_does_not_change_is_the_callers_own() {
    let team = team(10.0, 180.0, 240.0);
    let wanted = caller(team, 6)
        .with_patience(90.0)
        .expect("a patience")
        .forecast(45.0);
    let line = Line::new(team, 6, 0.0, Vec::new()).expect("a line");
    let found = line
        .with_patience(90.0)
        .expect("a patience")
        .forecast(45.0)
        .expect("it is followed");
    for (found, wanted) in [
        (found.late, wanted.late),
        (found.not_answered, wanted.not_answered),
        (found.abandons, wanted.abandons),
        (
            found.mean_seconds.expect("a mean"),
            wanted.mean_seconds.expect("a mean"),
        ),
        (
            found.p50_seconds.expect("a wait"),
            wanted.p50_seconds.expect("a wait"),
        ),
        (
            found.p95_seconds.expect("a wait"),
            wanted.p95_seconds.expect("a wait"),
        ),
    ] {
        near(found, wanted, 1e-9, "line and caller");
    }
}

#[test]
fn agents_who_leave_and_come_change_the_line_at_their_time() {
    let few = team(10.0, 180.0, 0.0);
    let shift = |agents| {
        vec![Change {
            in_seconds: 30.0,
            agents,
        }]
    };
    let leaving = Line::new(few, 0, 0.0, shift(4.0)).expect("a line");
    let wanted = (-(10.0 * 30.0 + 4.0 * 15.0) / 180.0_f64).exp();
    near(
        leaving.late(45.0).expect("it is followed"),
        wanted,
        1e-12,
        "six leave after half a minute",
    );
    let forecast = leaving.forecast(45.0).expect("it is followed");
    let (first, then) = (18.0, 45.0);
    let mean = first + (then - first) * (-30.0_f64 / 18.0).exp();
    near(
        forecast.mean_seconds.expect("a mean"),
        mean,
        1e-9,
        "the mean of both stages",
    );
    let coming = Line::new(few, 2, 0.0, shift(12.0)).expect("a line");
    let alone = caller(few, 2);
    near(
        coming.late(29.9).expect("it is followed"),
        alone.late(29.9),
        1e-12,
        "not yet",
    );
    let next = caller(few, 0).late(30.0);
    assert!(
        coming.late(30.0).expect("it is followed") < alone.late(30.0) - 0.1 * next,
        "two come and take two"
    );
    let gone = Line::new(few, 0, 0.0, shift(0.0)).expect("a line");
    let forecast = gone.forecast(60.0).expect("it is followed");
    assert_eq!(
        (forecast.mean_seconds, forecast.p95_seconds),
        (None, None),
        "all leave: nobody ever answers"
    );
    assert!(
        forecast.p50_seconds.is_some_and(|wait| wait < 30.0),
        "{forecast:?}"
    );
}

#[test]
fn overtaking_makes_late() {
    let team = team(10.0, 180.0, 240.0);
    let late = |hourly| {
        Line::new(team, 5, hourly, Vec::new())
            .expect("a line")
            .late(60.0)
            .expect("it is followed")
    };
    near(
        late(0.0),
        caller(team, 5).late(60.0),
        1e-12,
        "nobody overtakes",
    );
    assert!(
        late(108.0) > late(0.0) + 0.1,
        "{} and {}",
        late(108.0),
        late(0.0)
    );
}

#[test]
fn in_the_long_run_the_present_is_forgotten() {
    let load = load(team(10.0, 60.0, 90.0), 9.5 / 60.0, None);
    let settled = erlang_a(&load, 20.0).expect("it settles");
    let soon = Horizon::new(&load, 25, 36_000.0).expect("a horizon");
    near(
        soon.all_busy_at_end(),
        settled.waits,
        1e-10,
        "all busy in the end",
    );
    near(soon.late(20.0), settled.late, 2e-2, "late on the whole");
    let worse = Horizon::new(&load, 25, 60.0)
        .expect("a horizon")
        .service_level(20.0);
    let better = Horizon::new(&load, 3, 60.0)
        .expect("a horizon")
        .service_level(20.0);
    assert!(worse < settled.service_level.of_offered && settled.service_level.of_offered < better);
}

#[test]
fn the_share_answered_in_time_varies_as_simulations_say() {
    let load = load(team(10.0, 180.0, 180.0), 8.5 / 180.0, None);
    let settled = erlang_a(&load, 20.0).expect("it settles");
    let (level, offered) = (settled.service_level.of_offered, load.offered());
    let nothing = SoFar {
        offered: 0.0,
        answered_in_time: 0.0,
    };
    // Of 15 and 30 minutes, in 400,000 simulated calls (reference, 1.7); a coin a call would give 0.067 and 0.047.
    for (minutes, wanted) in [(15.0, 0.199), (30.0, 0.149)] {
        let (mut mean, mut second) = (0.0, 0.0);
        let mut weight = (-offered).exp();
        // The count of callers to begin with is Poisson here; each gives a mean and a variance.
        for present in 0..26 {
            let rest = Horizon::new(&load, present, 60.0 * minutes).expect("a horizon");
            let found = interval(&rest, nothing, 20.0, level).expect("an interval");
            mean += weight * found.service_level;
            second += weight * (found.service_level.powi(2) + found.deviation.powi(2));
            weight *= offered / f64::from(present + 1);
        }
        near(mean, level, 1e-6, "the mean over all beginnings");
        near(
            (second - mean * mean).sqrt(),
            wanted,
            0.06,
            "the deviation that was simulated",
        );
    }
}

#[test]
fn an_interval_that_can_no_longer_miss_does_not() {
    let load = load(team(10.0, 180.0, 240.0), 9.0 / 180.0, None);
    let rest = Horizon::new(&load, 8, 60.0).expect("a horizon");
    let miss = |offered, answered_in_time| {
        interval(
            &rest,
            SoFar {
                offered,
                answered_in_time,
            },
            20.0,
            0.8,
        )
        .expect("an interval")
        .miss
    };
    assert!(miss(400.0, 400.0) < 1e-12, "won already");
    assert!(miss(400.0, 200.0) > 1.0 - 1e-12, "lost already");
    assert!((0.02..0.98).contains(&miss(100.0, 80.0)), "open");
    assert_eq!(
        interval(
            &rest,
            SoFar {
                offered: 1.0,
                answered_in_time: 2.0
            },
            20.0,
            0.8
        ),
        None
    );
}
