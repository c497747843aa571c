//! Whatever happens, in whatever order: a run reaches exactly one outcome, and no transfer is sent while another is
//! unresolved. Random hosts and random platforms, on virtual time.

use core::time::Duration;

use patchcord::Timestamp;
use patchcord::http::{Request, Response};
use patchcord::json::ToJson;
use patchcord::transfer::{Input, Options, Outcome, Output, Status, Transfer};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::host::{BILLING, OVERFLOW, answer, start};

/// What a chaotic host may do next.
#[derive(Clone, Debug)]
enum Deed {
    Answer {
        which: usize,
        status: u16,
        body: usize,
        retry_after: Option<u8>,
    },
    Lose {
        which: usize,
    },
    NotSend {
        which: usize,
    },
    AnswerLate {
        id: u32,
    },
    Push {
        body: usize,
    },
    Wake,
    Jump {
        seconds: u16,
    },
    StepBack,
    WriteDown {
        forget: bool,
    },
    Cancel,
    CallerLeft,
    Complete,
}

const STATUSES: [u16; 16] = [
    200, 200, 202, 204, 301, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503,
];

const BODIES: [&str; 14] = [
    r#"{"state":"WAITING"}"#,
    r#"{"state":"IN_TRANSFER"}"#,
    r#"{"state":"CONNECTED","connectedTo":"ann"}"#,
    r#"{"state":"CONNECTED","connectedTo":"me"}"#,
    r#"{"state":"CONNECTED"}"#,
    r#"{"state":"FAILED"}"#,
    r#"{"state":"PARKED"}"#,
    r#"{"state":7}"#,
    r#"{"stat"#,
    "",
    r#"[{"status":"ACTIVE"}]"#,
    r#"[{"userId":"ann","status":"AVAILABLE","skills":[]}]"#,
    r#"[]"#,
    r#"{"callId":"call-1","state":"IN_TRANSFER"}"#,
];

fn deed() -> impl Strategy<Value = Deed> {
    let answer = (
        any::<usize>(),
        0..STATUSES.len(),
        0..BODIES.len(),
        proptest::option::weighted(0.2, 0..40_u8),
    );
    prop_oneof![
        12 => answer.prop_map(|(which, status, body, retry_after)| Deed::Answer {
            which, status: STATUSES[status], body, retry_after,
        }),
        2 => any::<usize>().prop_map(|which| Deed::Lose { which }),
        1 => any::<usize>().prop_map(|which| Deed::NotSend { which }),
        1 => (0..40_u32).prop_map(|id| Deed::AnswerLate { id }),
        2 => (0..BODIES.len()).prop_map(|body| Deed::Push { body }),
        6 => Just(Deed::Wake),
        1 => (0..40_u16).prop_map(|seconds| Deed::Jump { seconds }),
        1 => Just(Deed::StepBack),
        1 => any::<bool>().prop_map(|forget| Deed::WriteDown { forget }),
        1 => prop_oneof![30 => Just(Deed::Wake), 1 => Just(Deed::Cancel), 1 => Just(Deed::CallerLeft), 1 => Just(Deed::Complete)],
    ]
}

/// Where a step may go, with and without a condition, to one or to the best of several.
fn go(to: &Value, how: u8) -> Value {
    let free = json!({ "fact": "agentsAvailable", "of": { "queue": BILLING }, "atLeast": 1 });
    let soon = json!({ "fact": "expectedWaitSeconds", "of": to, "atMost": 60 });
    match how {
        0 => json!({ "to": to, "when": free, "ifStale": "use" }),
        1 => json!({ "to": to, "when": { "not": free }, "ifStale": "try", "last": true }),
        2 if to.get("queue").is_some() => json!({ "to": to, "when": soon, "ifStale": "skip" }),
        3 => {
            let of = [json!({ "to": to }), json!({ "to": { "queue": OVERFLOW } })];
            json!({ "best": { "of": of, "by": "expectedWaitSeconds", "take": 2 }, "ifStale": "use" })
        }
        _ => json!({ "to": to }),
    }
}

fn policy() -> impl Strategy<Value = Value> {
    prop_oneof![plain(), decided()]
}

fn decided() -> impl Strategy<Value = Value> {
    (
        plain(),
        proptest::collection::vec(0..6_u8, 4),
        any::<bool>(),
    )
        .prop_map(|(mut policy, how, safe)| {
            policy["name"] = json!("random");
            if safe {
                policy["safe"] = json!({ "id": "safe", "to": { "extension": "1" } });
            }
            let steps = policy["steps"].as_array_mut().expect("steps");
            for (step, how) in steps.iter_mut().zip(how) {
                let unknown = step["ifUnknown"].take();
                let mut with = go(&step["to"], how);
                with["id"] = step["id"].take();
                with["ifUnknown"] = unknown;
                *step = with;
            }
            policy
        })
}

fn plain() -> impl Strategy<Value = Value> {
    let target = prop_oneof![
        Just(json!({ "queue": BILLING })),
        Just(json!({ "queue": OVERFLOW })),
        Just(json!({ "extension": "999" })),
        Just(json!({ "phone": "+15550100999" })),
    ];
    let steps = proptest::collection::vec((target, prop_oneof![Just("skip"), Just("try")]), 0..4);
    (steps, 5..150_u64, 1..40_u64, any::<bool>()).prop_map(|(steps, budget, step, overtake)| {
        let step_of = |(at, (to, unknown)): (usize, &(Value, &str))| json!({ "id": format!("s{at}"), "to": to, "ifUnknown": unknown });
        json!({
            "steps": steps.iter().enumerate().map(step_of).collect::<Vec<_>>(),
            "budgetSeconds": budget,
            "stepSeconds": step,
            "overtakeIn": if overtake { json!(["WAITING"]) } else { json!([]) },
        })
    })
}

/// Drains the machine and holds it to its word.
struct Watch {
    sequence: u32,
    open: Vec<(u32, Request)>,
    /// A transfer was sent, and nothing has told since what became of it.
    blind: Option<u32>,
    printed: String,
}

impl Watch {
    fn drain(
        &mut self,
        transfer: &mut Transfer,
        now: Timestamp,
    ) -> Result<Timestamp, Box<Outcome>> {
        for _ in 0..1_000 {
            match transfer.poll_output() {
                Output::Request { id, request, .. } => {
                    if request.operation == "transfer" {
                        assert_eq!(
                            self.blind, None,
                            "a transfer is sent while another is unresolved"
                        );
                        self.blind = Some(id);
                    }
                    self.open.push((id, request));
                }
                Output::Event(event) => {
                    assert_eq!(
                        event.sequence,
                        self.sequence + 1,
                        "events have no gap: {event:?}"
                    );
                    self.sequence = event.sequence;
                    self.printed.push_str(&ToJson::to_json(&event).to_string());
                }
                Output::Wait { until } => {
                    assert!(until > now, "a wait until {until:?} at {now:?} would spin");
                    return Ok(until);
                }
                Output::Done(outcome) => return Err(Box::new(outcome)),
            }
        }
        panic!("the drain does not end");
    }

    /// Something that says what became of the transfer, one way or another.
    fn told(&mut self) {
        self.blind = None;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_reaches_exactly_one_outcome_whatever_happens(policy in policy(), deeds in proptest::collection::vec(deed(), 0..120), seed in any::<u32>()) {
        let budget = policy["budgetSeconds"].as_u64().unwrap_or_default();
        let mut now = Timestamp::from_millis(1_000_000);
        let started = now;
        let mut transfer = start(&json!({ "queue": BILLING }), &policy, seed, now);
        let mut watch = Watch { sequence: 0, open: Vec::new(), blind: None, printed: String::new() };
        let mut until = watch.drain(&mut transfer, now);
        let idle = std::iter::repeat_n(Deed::Wake, 2_000);
        for deed in deeds.into_iter().chain(idle) {
            let Ok(wake) = until else { break };
            match deed {
                Deed::Answer { which, status, body, retry_after } if !watch.open.is_empty() => {
                    let (id, request) = watch.open.remove(which % watch.open.len());
                    if request.operation == "call" || !matches!(status, 200..=299 | 408 | 409 | 500..=599) {
                        watch.told();
                    }
                    let headers = retry_after.map(|seconds| ("Retry-After".to_owned(), seconds.to_string()));
                    let response = Response { status, headers: headers.into_iter().collect(), body: BODIES[body].into() };
                    transfer.handle_input(Input::Response { id, response }, now);
                }
                Deed::Lose { which } if !watch.open.is_empty() => {
                    let (id, _) = watch.open.remove(which % watch.open.len());
                    transfer.handle_input(Input::Lost { id, reason: "reset".to_owned() }, now);
                }
                Deed::NotSend { which } if !watch.open.is_empty() => {
                    let (id, _) = watch.open.remove(which % watch.open.len());
                    watch.told();
                    transfer.handle_input(Input::NotSent { id, reason: "no token".to_owned() }, now);
                }
                Deed::AnswerLate { id } if watch.open.iter().all(|(open, _)| *open != id) => {
                    let state = transfer.state();
                    transfer.handle_input(answer(id, 202, "{}"), now);
                    prop_assert_eq!(transfer.state(), state, "a late answer changes nothing");
                }
                Deed::Push { body } => {
                    watch.told();
                    let event = serde_json::from_str(BODIES[body]).unwrap_or(Value::Null);
                    transfer.handle_input(Input::Pushed { event }, now);
                }
                Deed::Jump { seconds } => {
                    now = now.after(Duration::from_secs(seconds.into()));
                    transfer.handle_input(Input::Wake, now);
                }
                Deed::StepBack => transfer.handle_input(Input::Wake, now.before(Duration::from_secs(5))),
                Deed::WriteDown { forget } => {
                    let text = transfer.snapshot();
                    transfer = Transfer::restore(&text, now).expect("our own snapshot");
                    if forget {
                        watch.open.clear();
                    }
                }
                Deed::Cancel => transfer.handle_input(Input::Cancel, now),
                Deed::CallerLeft => transfer.handle_input(Input::CallerLeft, now),
                Deed::Complete => transfer.handle_input(Input::Complete, now),
                _ => {
                    now = wake;
                    transfer.handle_input(Input::Wake, now);
                }
            }
            until = watch.drain(&mut transfer, now);
        }
        let Err(outcome) = until else { panic!("no outcome") };
        prop_assert!(outcome.ended_at <= started.after(Duration::from_secs(budget + 41)), "the budget holds, but for one jump");
        let again = transfer.poll_output();
        prop_assert_eq!(&again, &Output::Done(*outcome.clone()), "the outcome stays");
        transfer.handle_input(Input::CallerLeft, now);
        transfer.handle_input(answer(1, 200, "{}"), now);
        while let Output::Event(_) = transfer.poll_output() {}
        prop_assert_eq!(&transfer.poll_output(), &Output::Done(*outcome.clone()), "nothing that comes later changes it");
        prop_assert!(patchcord::journal::verify(&outcome.audit).ok);
        prop_assert!(!watch.printed.contains("5550100") && !format!("{outcome:?}").contains("5550100"), "no number is printed");
        if outcome.status == Status::Refused {
            prop_assert_eq!(outcome.attempts, 0);
        }
    }

    #[test]
    fn no_text_makes_the_readers_of_options_and_snapshots_panic(text in "\\PC{0,200}") {
        prop_assert!(Options::from_json(&text).is_err());
        prop_assert!(Transfer::restore(&text, Timestamp::default()).is_err());
    }
}
