//! Whatever happens, in whatever order: a run reaches exactly one outcome, and no write is sent again that may have done
//! something, unless the platform knows it again.

use core::time::Duration;

use patchcord::Timestamp;
use patchcord::operation::{Input, OperationRun, Options, Outcome, Output, Status};
use proptest::prelude::*;
use serde_json::json;

use crate::host::{bridge, placed_call, presence, response};

#[derive(Clone, Debug)]
enum Deed {
    Answer {
        status: u16,
        wait: Option<u8>,
        body: usize,
    },
    AnswerLate {
        id: u32,
    },
    Lose,
    NotSend,
    Wake,
    Jump {
        seconds: u16,
    },
    StepBack,
    Cancel,
}

const STATUSES: [u16; 14] = [
    200, 202, 204, 301, 400, 401, 403, 404, 408, 409, 422, 429, 500, 503,
];
const BODIES: [&str; 5] = [
    "",
    "{}",
    "<html>",
    r#"{"status":"queued","callId":"c"}"#,
    r#"{"errors":[{"message":"flow"}]}"#,
];

fn deed() -> impl Strategy<Value = Deed> {
    let answer = (
        0..STATUSES.len(),
        proptest::option::of(0..50_u8),
        0..BODIES.len(),
    );
    prop_oneof![
        6 => answer.prop_map(|(status, wait, body)| Deed::Answer { status: STATUSES[status], wait, body }),
        1 => (0..9_u32).prop_map(|id| Deed::AnswerLate { id }),
        3 => Just(Deed::Lose),
        3 => Just(Deed::NotSend),
        3 => Just(Deed::Wake),
        1 => (0..20_u16).prop_map(|seconds| Deed::Jump { seconds }),
        1 => Just(Deed::StepBack),
        1 => prop_oneof![9 => Just(Deed::Wake), 1 => Just(Deed::Cancel)],
    ]
}

/// The run as its host sees it, and what the host knows.
struct Watch {
    run: OperationRun,
    open: Option<u32>,
    /// A request that may have done something has been sent.
    doubted: bool,
    sent: u32,
    until: Timestamp,
}

impl Watch {
    fn drain(&mut self, now: Timestamp, once: bool) -> Option<Outcome> {
        for _ in 0..10 {
            match self.run.poll_output() {
                Output::Request { id, .. } => {
                    assert!(
                        !(once && self.doubted),
                        "a write is sent again that may have been done"
                    );
                    assert_eq!(
                        self.open.replace(id),
                        None,
                        "one request is under way at most"
                    );
                    self.sent += 1;
                    assert_eq!(id, self.sent);
                    self.doubted = true;
                }
                Output::Wait { until } => {
                    assert!(until > now, "a wait until {until:?} at {now:?} would spin");
                    self.until = until;
                    return None;
                }
                Output::Done(outcome) => return Some(outcome),
            }
        }
        panic!("the drain does not end");
    }

    /// What the host hands in, and whether it shows that the last request did nothing.
    fn hand_in(&mut self, deed: Deed, now: Timestamp) -> (Input, Timestamp) {
        let taken = |open: &mut Option<u32>| open.take().unwrap_or_default();
        let reason = "reset".to_owned();
        match deed {
            Deed::Answer { status, wait, body } if self.open.is_some() => {
                self.doubted &= matches!(status, 200..=299 | 408 | 500..=599);
                let wait = wait.map(|wait| wait.to_string());
                let response = response(status, wait.as_deref(), BODIES[body]);
                (
                    Input::Response {
                        id: taken(&mut self.open),
                        response,
                    },
                    now,
                )
            }
            Deed::AnswerLate { id } if Some(id) != self.open => (
                Input::Response {
                    id,
                    response: response(200, None, "{}"),
                },
                now,
            ),
            Deed::Lose if self.open.is_some() => (
                Input::Lost {
                    id: taken(&mut self.open),
                    reason,
                },
                now,
            ),
            Deed::NotSend if self.open.is_some() => {
                self.doubted = false;
                (
                    Input::NotSent {
                        id: taken(&mut self.open),
                        reason,
                    },
                    now,
                )
            }
            Deed::Jump { seconds } => (Input::Wake, now.after(Duration::from_secs(seconds.into()))),
            Deed::StepBack => (Input::Wake, now.before(Duration::from_secs(5))),
            Deed::Cancel => (Input::Cancel, now),
            _ => (Input::Wake, self.until),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_reaches_exactly_one_outcome_and_no_write_is_repeated_blindly(
        which in 0..3_usize, budget in 1..150_u64, seed in any::<u32>(), deeds in proptest::collection::vec(deed(), 0..40),
    ) {
        let mut asked = [presence(), placed_call(), bridge()][which].clone();
        asked["budgetSeconds"] = json!(budget);
        asked["seed"] = json!(seed);
        // A read may be asked, and a bridge sent, as often as it likes; a call is placed once.
        let once = which == 1;
        let started = Timestamp::from_millis(1_000_000);
        let options = Options::from_json(&asked.to_string()).expect("options");
        let mut watch = Watch { run: OperationRun::new(options, started), open: None, doubted: false, sent: 0, until: started };
        let mut now = started;
        let mut outcome = watch.drain(now, once);
        for deed in deeds.into_iter().chain(std::iter::repeat_n(Deed::Wake, 50)) {
            if outcome.is_some() {
                break;
            }
            let (input, at) = watch.hand_in(deed, now);
            now = now.max(at);
            watch.run.handle_input(input, at);
            // What was under way too long has been given up by the run.
            if now >= watch.until {
                watch.open = None;
            }
            outcome = watch.drain(now, once);
        }
        let outcome = outcome.expect("an outcome");
        prop_assert!(outcome.ended_at <= started.after(Duration::from_secs(budget + 20)), "the budget holds, but for one jump");
        prop_assert_eq!(outcome.attempts, watch.sent);
        if once && watch.doubted {
            prop_assert!(matches!(outcome.status, Status::Done | Status::Unknown), "{:?}", outcome.status);
        }
        if outcome.status == Status::Unknown {
            prop_assert!(which != 0, "a read leaves no doubt");
        }
        prop_assert!(outcome.problem.is_some() || outcome.status == Status::Done, "what is not done says why");
        let over = Output::Done(outcome);
        for id in 0..6 {
            watch.run.handle_input(Input::Response { id, response: response(200, None, "{}") }, now);
            watch.run.handle_input(Input::Cancel, now);
            prop_assert_eq!(&watch.run.poll_output(), &over, "the outcome stays");
        }
    }

    #[test]
    fn no_text_makes_the_reader_of_options_panic(text in "\\PC{0,200}") {
        prop_assert!(Options::from_json(&text).is_err());
    }
}
