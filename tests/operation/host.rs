//! What the tests share: a run, and a host that answers it on virtual time.

use std::collections::VecDeque;

use patchcord::Timestamp;
use patchcord::http::{Request, Response};
use patchcord::operation::{Input, OperationRun, Options, Outcome, Output};
use serde_json::{Value, json};

/// What becomes of a request.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    Answered(u16, &'static str),
    AskedToWait(u16, &'static str),
    Lost,
    NotSent,
    Silent,
}

/// A run, with what it has sent so far: when, with a fresh token or not, and what.
pub(crate) struct Drive {
    pub(crate) run: OperationRun,
    pub(crate) now: Timestamp,
    pub(crate) sent: Vec<(u64, bool, Request)>,
}

pub(crate) fn options(operation: &str, input: &Value) -> Value {
    let profile = if operation == "search" {
        "genesys-v2"
    } else {
        "cxone-v2"
    };
    json!({ "profile": profile, "operation": operation, "input": input })
}

/// A read, a write, and a write that the platform knows again.
pub(crate) fn presence() -> Value {
    options("presence", &json!({ "agent": "ann" }))
}

pub(crate) fn placed_call() -> Value {
    let input =
        json!({ "callerNumber": "+15550100001", "calledNumber": "+15550100002", "flow": "flow-1" });
    options("personal-connection", &input)
}

pub(crate) fn bridge() -> Value {
    let input = json!({ "call": "call-1", "targets": [{ "phone": "+15550100000" }], "direction": "transfer" });
    options("bridge", &input)
}

impl Drive {
    pub(crate) fn new(options: &Value) -> Self {
        let now = Timestamp::from_millis(1_000_000);
        let options = Options::from_json(&options.to_string()).expect("options");
        let run = OperationRun::new(options, now);
        Self {
            run,
            now,
            sent: Vec::new(),
        }
    }

    /// Lets the run go on to its end; each request meets the next fate, and the last fate meets all that are left.
    pub(crate) fn finish(&mut self, fates: &[Fate]) -> Outcome {
        let mut fates: VecDeque<_> = fates.iter().cloned().collect();
        for _ in 0..100 {
            match self.run.poll_output() {
                Output::Done(outcome) => return outcome,
                Output::Wait { until } => {
                    assert!(until > self.now, "a wait until {until:?} would spin");
                    self.now = until;
                    self.run.handle_input(Input::Wake, until);
                }
                Output::Request {
                    id,
                    refresh,
                    request,
                } => {
                    let since = self.now.as_millis() - 1_000_000;
                    let seconds = u64::try_from(since).expect("forwards") / 1_000;
                    self.sent.push((seconds, refresh, request));
                    let fate = if fates.len() > 1 {
                        fates.pop_front()
                    } else {
                        fates.front().cloned()
                    };
                    self.meet(id, fate.expect("a fate"));
                }
            }
        }
        panic!("the run does not end")
    }

    fn meet(&mut self, id: u32, fate: Fate) {
        let reason = "reset".to_owned();
        let input = match fate {
            Fate::Answered(status, body) => Input::Response {
                id,
                response: response(status, None, body),
            },
            Fate::AskedToWait(status, wait) => Input::Response {
                id,
                response: response(status, Some(wait), ""),
            },
            Fate::Lost => Input::Lost { id, reason },
            Fate::NotSent => Input::NotSent { id, reason },
            Fate::Silent => return,
        };
        self.run.handle_input(input, self.now);
    }

    /// The seconds at which something was sent.
    pub(crate) fn times(&self) -> Vec<u64> {
        self.sent.iter().map(|(at, _, _)| *at).collect()
    }
}

pub(crate) fn response(status: u16, wait: Option<&str>, body: &str) -> Response {
    let headers = wait.map(|wait| ("retry-after".to_owned(), wait.to_owned()));
    Response {
        status,
        headers: headers.into_iter().collect(),
        body: body.into(),
    }
}
