//! The machine: what it waits for, and what each answer makes of it.

use core::time::Duration;

use serde_json::Value;

use crate::http::{Request, Response};
use crate::json::ToJson;
use crate::model::reason::ReasonCode;
use crate::operation::{Options, Outcome, Status};
use crate::parts::{Answer, told, trouble};
use crate::time::Timestamp;
use crate::transfer::{MOST_RETRIES, backoff};

/// Something that happened, as the host saw it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// The answer to a request, whole.
    Response {
        /// The request's number in [`Output::Request`].
        id: u32,
        /// What came.
        response: Response,
    },
    /// The request may have left, and no whole answer came.
    Lost {
        /// The request's number.
        id: u32,
        /// Why, in the host's words. No token, no number.
        reason: String,
    },
    /// The request certainly never left this host.
    NotSent {
        /// The request's number.
        id: u32,
        /// Why, in the host's words. No token, no number.
        reason: String,
    },
    /// Nobody wants it any more.
    Cancel,
    /// The time that [`Output::Wait`] named has come.
    Wake,
}

/// What to do next. New work must break every driver's build, so this enum is exhaustive.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send this, and hand in one of `Response`, `Lost` and `NotSent` with its number.
    Request {
        /// The request's number in this run.
        id: u32,
        /// The platform refused the last token: fetch a fresh one.
        refresh: bool,
        /// What to send.
        request: Request,
    },
    /// Nothing to do until an answer comes, or until this moment: then hand in `Wake`.
    Wait {
        /// The moment.
        until: Timestamp,
    },
    /// It is over, and this is its one outcome.
    Done(Outcome),
}

/// What the run waits for.
#[derive(Debug)]
enum State {
    /// The moment at which the request may be sent.
    Due { at: Timestamp, refresh: bool },
    /// The answer to the last request, until then.
    Sent { at: Timestamp, until: Timestamp },
    /// Nothing.
    Over(Box<Outcome>),
}

/// One operation under way. See the [module](crate::operation) for how it is driven.
#[derive(Debug)]
pub struct OperationRun {
    options: Options,
    asked: Value,
    started_at: Timestamp,
    now: Timestamp,
    state: State,
    /// How often it was sent; also the number of the last request.
    attempts: u32,
    retries: u32,
    refreshed: bool,
    /// A request was sent whose effect nobody knows.
    in_doubt: bool,
    http_status: Option<u16>,
    latency: Option<u64>,
    /// Why the last attempt came to nothing.
    problem: Option<Value>,
}

impl OperationRun {
    /// Begins at `now`.
    pub fn new(options: Options, now: Timestamp) -> Self {
        let asked = options.request.to_json();
        let mut run = Self {
            options,
            asked,
            started_at: now,
            now,
            state: State::Due {
                at: now,
                refresh: false,
            },
            attempts: 0,
            retries: 0,
            refreshed: false,
            in_doubt: false,
            http_status: None,
            latency: None,
            problem: None,
        };
        run.send_at(now, false);
        run
    }

    /// Takes in what happened at `now`. What comes late, twice or out of place changes nothing.
    pub fn handle_input(&mut self, input: Input, now: Timestamp) {
        // A clock that steps back would make time run twice.
        self.now = self.now.max(now);
        match input {
            Input::Response { id, response } if self.awaits(id) => self.answered(response),
            Input::Lost { id, reason } if self.awaits(id) => self.lost(&reason),
            Input::NotSent { id, reason } if self.awaits(id) => self.not_sent(&reason),
            Input::Cancel => self.cancelled(),
            _ => {}
        }
        match self.state {
            State::Sent { until, .. } if until <= self.now => self.lost("no whole answer in time"),
            // The host woke too late to send it.
            State::Due { refresh, .. } if self.now >= self.deadline() => {
                self.send_at(self.now, refresh);
            }
            _ => {}
        }
    }

    /// What to do next. Call it until [`Output::Wait`] or [`Output::Done`].
    pub fn poll_output(&mut self) -> Output {
        match &self.state {
            State::Over(outcome) => Output::Done(Outcome::clone(outcome)),
            State::Sent { until, .. } => Output::Wait { until: *until },
            State::Due { at, .. } if *at > self.now => Output::Wait { until: *at },
            State::Due { refresh, .. } => self.send(*refresh),
        }
    }

    fn send(&mut self, refresh: bool) -> Output {
        let mut request = self.options.request.clone();
        request.timeout = request.timeout.min(self.deadline().since(self.now));
        self.attempts += 1;
        self.state = State::Sent {
            at: self.now,
            until: self.now.after(request.timeout),
        };
        Output::Request {
            id: self.attempts,
            refresh,
            request,
        }
    }

    /// Whether the answer to this request is still waited for.
    const fn awaits(&self, id: u32) -> bool {
        matches!(self.state, State::Sent { .. }) && id == self.attempts
    }

    fn deadline(&self) -> Timestamp {
        self.started_at.after(self.options.budget)
    }

    fn answered(&mut self, response: Response) {
        self.note_latency();
        let status = response.status;
        self.http_status = Some(status);
        if status >= 500 {
            self.options.breaker.failed(self.now);
        } else {
            self.options.breaker.succeeded();
        }
        let succeeded = response.succeeded();
        let answer = Answer {
            response,
            asked: self.asked.clone(),
            now: Some(self.now),
            age_seconds: self.options.call_age_seconds,
        };
        let problem = match told(self.options.profile, self.options.operation.name, &answer) {
            Ok(answer) => {
                self.problem = None;
                return self.end(Status::Done, Some(answer));
            }
            Err(problem) => problem,
        };
        let pause = problem.get("retryAfterSeconds").and_then(Value::as_u64);
        let pause = pause.map(Duration::from_secs);
        self.problem = Some(problem);
        match status {
            // It did what it was sent for, and tells it in words that nobody understands.
            _ if succeeded && self.writes() => self.end(Status::Done, None),
            _ if succeeded => self.end(Status::Failed, None),
            401 if !self.refreshed => {
                self.refreshed = true;
                self.send_at(self.now, true);
            }
            429 => self.again(pause),
            408 | 500..=599 => self.doubtful(pause),
            _ => self.end(Status::Refused, None),
        }
    }

    /// No whole answer came: the platform may have acted.
    fn lost(&mut self, reason: &str) {
        self.options.breaker.failed(self.now);
        self.note_latency();
        self.note(ReasonCode::AnswerLost, reason);
        self.doubtful(None);
    }

    /// The request never left the host: the platform certainly did nothing.
    fn not_sent(&mut self, reason: &str) {
        self.note(ReasonCode::NotSent, reason);
        self.again(None);
    }

    /// A write that may have been done is sent again only where the platform would know it again.
    fn doubtful(&mut self, pause: Option<Duration>) {
        self.in_doubt |= self.writes();
        if self.writes() && !self.options.operation.repeatable {
            return self.end(Status::Unknown, None);
        }
        self.again(pause);
    }

    /// Asks once more after a pause, where there is time for it and it was not asked too often.
    fn again(&mut self, pause: Option<Duration>) {
        if self.retries >= MOST_RETRIES {
            return self.give_up();
        }
        let pause = pause.unwrap_or_else(|| backoff(self.retries, &mut self.options.seed));
        self.retries += 1;
        self.send_at(self.now.after(pause), false);
    }

    /// Plans the next request, unless the budget is over by then. A breaker that is open is waited for.
    fn send_at(&mut self, at: Timestamp, refresh: bool) {
        let ready = self.options.breaker.ready_at(self.now);
        let at = at.max(ready);
        if at < self.deadline() {
            self.state = State::Due { at, refresh };
            return;
        }
        if self.problem.is_none() && ready > self.now {
            self.note(
                ReasonCode::CircuitOpen,
                "the platform failed again and again",
            );
        } else if self.problem.is_none() {
            self.note(ReasonCode::BudgetSpent, "the host came too late");
        }
        self.give_up();
    }

    fn give_up(&mut self) {
        let refused = self.code() == Some(ReasonCode::RateLimited.as_str())
            || self.code() == Some(ReasonCode::Unauthorized.as_str());
        let status = if refused {
            Status::Refused
        } else {
            Status::Failed
        };
        self.end(status, None);
    }

    fn cancelled(&mut self) {
        let sent = matches!(self.state, State::Sent { .. });
        self.in_doubt |= sent && self.writes();
        self.note(ReasonCode::Cancelled, "the host cancelled it");
        self.end(Status::Cancelled, None);
    }

    /// Ends the run, once. What may have been done is never called undone.
    fn end(&mut self, status: Status, answer: Option<Value>) {
        if matches!(self.state, State::Over(_)) {
            return;
        }
        let doubted = self.in_doubt && status != Status::Done;
        let outcome = Outcome {
            operation: self.options.operation.name,
            status: if doubted { Status::Unknown } else { status },
            http_status: self.http_status,
            answer: answer.filter(|answer| !answer.is_null()),
            problem: self.problem.take(),
            attempts: self.attempts,
            latency: self.latency,
            took: millis(self.now.since(self.started_at)),
            started_at: self.started_at,
            ended_at: self.now,
            breaker: self.options.breaker.clone(),
        };
        self.state = State::Over(Box::new(outcome));
    }

    const fn writes(&self) -> bool {
        self.options.operation.writes
    }

    fn note(&mut self, code: ReasonCode, evidence: &str) {
        let name = self.options.operation.name;
        self.problem = Some(trouble(self.options.profile, name, code, evidence));
    }

    fn note_latency(&mut self) {
        if let State::Sent { at, .. } = self.state {
            self.latency = Some(millis(self.now.since(at)));
        }
    }

    /// The code of what went wrong last.
    fn code(&self) -> Option<&str> {
        self.problem.as_ref()?.get("code")?.as_str()
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
