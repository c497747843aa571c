//! Requests under way: sent when the platform allows it, asked again where that is safe, given up where it is not.

use crate::http::Request;
use crate::http::Response;
use crate::journal::Happened;
use crate::model::fact::Fact;
use crate::model::reason::{Reason, ReasonCode};
use crate::time::Timestamp;
use crate::transfer::retry::{MOST_RETRIES, backoff, retry_after};
use crate::transfer::run::{Exchange, Purpose};
use crate::transfer::{Output, State, Transfer};

impl Transfer {
    /// Asks for something, as soon as the platform allows it.
    pub(super) fn issue(&mut self, purpose: Purpose, request: Request) {
        let exchange = Exchange {
            id: 0,
            purpose,
            request,
            attempt: 1,
            refresh: false,
            sent: None,
            due: self.run.now,
        };
        self.schedule(exchange, ReasonCode::RateLimited);
    }

    fn schedule(&mut self, mut exchange: Exchange, why: ReasonCode) {
        let held = self
            .held(&exchange.request.operation)
            .unwrap_or(exchange.due);
        let ready = self.run.breaker.ready_at(self.run.now);
        exchange.due = exchange.due.max(held).max(ready);
        exchange.sent = None;
        if exchange.due <= self.run.now {
            self.send_out(exchange);
            return;
        }
        let reason = if ready > self.run.now {
            ReasonCode::CircuitOpen
        } else {
            why
        };
        let operation = exchange.request.operation.clone();
        self.tell(Happened::RetryScheduled {
            operation,
            until: exchange.due,
            reason,
        });
        self.run.exchanges.push(exchange);
    }

    fn send_out(&mut self, mut exchange: Exchange) {
        self.run.requests += 1;
        exchange.id = self.run.requests;
        exchange.sent = Some(self.run.now);
        if exchange.purpose == Purpose::Write {
            self.run.unresolved = true;
            if self.run.stage == 0 {
                self.run.attempts += 1;
                if let Some(record) = self.run.record() {
                    record.attempts += 1;
                }
            }
        }
        let Exchange {
            id,
            attempt,
            refresh,
            ..
        } = exchange;
        let operation = exchange.request.operation.clone();
        self.tell(Happened::RequestSent {
            operation,
            request: id,
            attempt,
        });
        self.put_out(Output::Request {
            id,
            refresh,
            request: exchange.request.clone(),
        });
        self.run.exchanges.push(exchange);
    }

    /// Takes the exchange of this number from those that are on their way.
    pub(super) fn take_exchange(&mut self, id: u32) -> Option<Exchange> {
        let at = self
            .run
            .exchanges
            .iter()
            .position(|exchange| exchange.id == id && exchange.sent.is_some())?;
        Some(self.run.exchanges.remove(at))
    }

    pub(super) fn is_asked(&self, purpose: &Purpose) -> bool {
        self.run
            .exchanges
            .iter()
            .any(|exchange| exchange.purpose == *purpose)
    }

    pub(super) fn is_under_way(&self, purpose: &Purpose) -> bool {
        self.run
            .exchanges
            .iter()
            .any(|exchange| exchange.purpose == *purpose && exchange.sent.is_some())
    }

    /// Sends what has waited long enough, and gives up what has been under way too long.
    pub(super) fn exchanges_pass(&mut self) {
        while let Some(at) = self
            .run
            .exchanges
            .iter()
            .position(|exchange| exchange.deadline() <= self.run.now)
        {
            let exchange = self.run.exchanges.remove(at);
            if exchange.sent.is_some() {
                self.lost(exchange, "timeout");
            } else {
                self.send_out(exchange);
            }
        }
    }

    /// An answer came, whatever it says.
    pub(super) fn answered(&mut self, exchange: Exchange, response: &Response) {
        let operation = exchange.request.operation.clone();
        self.tell(Happened::ResponseReceived {
            operation,
            request: exchange.id,
            status: response.status,
        });
        if response.status >= 500 {
            self.run.breaker.failed(self.run.now);
        } else {
            self.run.breaker.succeeded();
        }
        self.hold(&exchange, response);
        match (response.status, &exchange.purpose) {
            (401, _) if !exchange.refresh => {
                self.certainly_did_nothing(&exchange);
                let fresh = Exchange {
                    refresh: true,
                    due: self.run.now,
                    ..exchange
                };
                self.schedule(fresh, ReasonCode::Unauthorized);
            }
            (429, Purpose::Write | Purpose::Queue) => {
                self.certainly_did_nothing(&exchange);
                let refused = exchange.clone();
                if !self.ask_again(exchange, ReasonCode::RateLimited) {
                    self.received(refused, response);
                }
            }
            _ => self.received(exchange, response),
        }
    }

    fn received(&mut self, exchange: Exchange, response: &Response) {
        match exchange.purpose {
            Purpose::Call => self.call_answered(exchange, response),
            Purpose::Queue => self.queue_answered(exchange, response),
            Purpose::Write => self.write_answered(exchange, response),
            Purpose::Undo => self.close(),
        }
    }

    /// No whole answer came: the platform may have acted.
    pub(super) fn lost(&mut self, exchange: Exchange, reason: &str) {
        self.run.breaker.failed(self.run.now);
        let operation = exchange.request.operation.clone();
        self.tell(Happened::ResponseLost {
            operation,
            request: exchange.id,
            reason: reason.to_owned(),
        });
        match exchange.purpose {
            Purpose::Call => self.call_unread(exchange, ReasonCode::AnswerLost),
            Purpose::Queue => self.queue_unread(exchange, ReasonCode::AnswerLost),
            Purpose::Write => {
                self.result_is_unknown(Reason::new(ReasonCode::AnswerLost).with_evidence(reason))
            }
            Purpose::Undo => self.close(),
        }
    }

    /// The request never left the host: the platform certainly did nothing.
    pub(super) fn not_sent(&mut self, exchange: Exchange, reason: &str) {
        let operation = exchange.request.operation.clone();
        self.tell(Happened::RequestNotSent {
            operation,
            request: exchange.id,
            reason: reason.to_owned(),
        });
        self.certainly_did_nothing(&exchange);
        match exchange.purpose {
            Purpose::Call => self.call_unread(exchange, ReasonCode::NotSent),
            Purpose::Queue => self.queue_unread(exchange, ReasonCode::NotSent),
            Purpose::Write => {
                if !self.ask_again(exchange, ReasonCode::NotSent) {
                    self.write_rejected(Reason::new(ReasonCode::NotSent).with_evidence(reason));
                }
            }
            Purpose::Undo => self.close(),
        }
    }

    /// Asks once more after a pause, where neither the request nor the run has been asked too often.
    pub(super) fn ask_again(&mut self, exchange: Exchange, why: ReasonCode) -> bool {
        if exchange.attempt > MOST_RETRIES || self.run.retries_left == 0 {
            return false;
        }
        self.run.retries_left -= 1;
        let pause = if self.held(&exchange.request.operation).is_some() {
            core::time::Duration::ZERO
        } else {
            backoff(exchange.attempt - 1, &mut self.run.seed)
        };
        let due = self.run.now.after(pause);
        let attempt = exchange.attempt + 1;
        self.schedule(
            Exchange {
                attempt,
                due,
                refresh: false,
                ..exchange
            },
            why,
        );
        true
    }

    /// What the platform says of a queue.
    fn queue_answered(&mut self, exchange: Exchange, response: &Response) {
        let operation = exchange.request.operation.clone();
        match response.status {
            200..=299 => {
                let intent = self.run.intent_of_step();
                let (now, facts) = (self.run.now, &mut self.run.queue);
                match self
                    .profile
                    .queue_facts(&operation, &intent.to, response, now, facts)
                {
                    Ok(()) => self.when_checked(),
                    Err(unreadable) => {
                        self.tell_unreadable(&exchange, unreadable.0);
                        self.queue_unknown(ReasonCode::UnreadableAnswer);
                    }
                }
            }
            401 => self.stop_for(Reason::new(ReasonCode::Unauthorized).with_evidence("HTTP 401")),
            403 => {
                self.run.missing_scope = Some(self.missing_scope(&operation));
                self.queue_unknown(ReasonCode::MissingScope);
            }
            status => {
                let why = self.profile.refusal(&operation, status);
                if matches!(status, 408 | 500..=599) {
                    self.queue_unread(exchange, why);
                } else {
                    self.queue_unknown(why);
                }
            }
        }
    }

    fn queue_unread(&mut self, exchange: Exchange, why: ReasonCode) {
        if !self.ask_again(exchange, why) {
            self.queue_unknown(why);
        }
    }

    /// Says why the facts that have not come in are unknown.
    pub(super) fn queue_unknown(&mut self, reason: ReasonCode) {
        self.queue_not_told(reason);
        self.when_checked();
    }

    pub(super) fn queue_not_told(&mut self, reason: ReasonCode) {
        let queue = &mut self.run.queue;
        if queue.opening.why_unknown() == Some(ReasonCode::NotAsked) {
            queue.opening = Fact::Unknown { reason };
        }
        if queue.roster.why_unknown() == Some(ReasonCode::NotAsked) {
            queue.roster = Fact::Unknown { reason };
        }
    }

    /// Notes until when the platform wants no more of this operation.
    fn hold(&mut self, exchange: &Exchange, response: &Response) {
        let operation = &exchange.request.operation;
        self.run.holds.retain(|(held, _)| held != operation);
        if let (429 | 503, Some(wait)) = (response.status, retry_after(response, self.run.now)) {
            self.run
                .holds
                .push((operation.clone(), self.run.now.after(wait)));
        }
    }

    /// Until when the platform wants no more of an operation.
    fn held(&self, operation: &str) -> Option<Timestamp> {
        self.run
            .holds
            .iter()
            .find(|(held, _)| held == operation)
            .map(|(_, until)| *until)
    }

    fn certainly_did_nothing(&mut self, exchange: &Exchange) {
        if exchange.purpose == Purpose::Write {
            self.run.unresolved = false;
        }
    }

    pub(super) fn tell_unreadable(&mut self, exchange: &Exchange, reason: String) {
        let operation = exchange.request.operation.clone();
        self.tell(Happened::ResponseUnreadable {
            operation,
            request: exchange.id,
            reason,
        });
    }

    /// The scope that the platform found missing.
    pub(super) fn missing_scope(&self, operation: &str) -> String {
        self.profile
            .scope(operation)
            .unwrap_or(operation)
            .to_owned()
    }

    /// Whether the platform may still act on what the step has sent.
    pub(super) const fn is_pending(&self) -> bool {
        self.run.unresolved || self.run.stage > 0
    }

    /// Drops what is under way and no longer wanted; its answers will be recorded as late.
    pub(super) fn drop_exchanges(&mut self) {
        self.run.exchanges.clear();
        self.run.next_read = None;
    }

    /// The time of the latest of all deadlines that lie behind, for a machine that was away.
    pub(super) fn resume_exchanges(&mut self, at: Timestamp) {
        let (sent, waiting): (Vec<_>, Vec<_>) = self
            .run
            .exchanges
            .drain(..)
            .partition(|exchange| exchange.sent.is_some());
        self.run.exchanges = waiting;
        self.run.now = self.run.now.max(at);
        for exchange in sent {
            match exchange.purpose {
                Purpose::Write | Purpose::Undo => self.lost(exchange, "the host went away"),
                Purpose::Call | Purpose::Queue => {
                    let again = Exchange {
                        refresh: false,
                        due: self.run.now,
                        ..exchange
                    };
                    self.schedule(again, ReasonCode::AnswerLost);
                }
            }
        }
        if self.run.state == State::Closing
            && self.run.exchanges.is_empty()
            && self.run.outcome.is_none()
        {
            self.close();
        }
    }
}
