//! One transfer as a JavaScript class: the machine's two verbs, one method a kind of input.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::error::{Code, Error};
use crate::js::error::{refused, thrown};
use crate::js::{moment, object, response};
use crate::json::{ToJson, object as written, parsed};
use crate::transfer::{Input, Options, Output, Transfer};

thread_local! {
    /// Who decides for the runs of this instance: the decision engine is in another binary.
    static DECIDER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Asks it. What it throws is no decision.
fn asked(policy: &str, told: &str, known: &str) -> Option<String> {
    let decider = DECIDER.with_borrow(Clone::clone)?;
    let [policy, told, known] = [policy, told, known].map(JsValue::from_str);
    let decision = decider.call3(&JsValue::UNDEFINED, &policy, &told, &known);
    decision.ok()?.as_string()
}

/// One transfer. Times are milliseconds since 1970.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Run(Transfer);

#[wasm_bindgen]
impl Run {
    /// Begins a transfer. `decider` takes a policy, what the host tells and what the run knows, and returns the decision, all as
    /// JSON text.
    pub fn start(options: &str, now: f64, decider: Function) -> Result<Self, JsValue> {
        let options = Options::from_json(options).map_err(|refusal| refused(&refusal.into()))?;
        DECIDER.set(Some(decider));
        Ok(Self(Transfer::decided_by(
            Some(asked),
            options,
            moment(now),
        )))
    }

    /// Takes up a transfer where a snapshot left it.
    pub fn restore(snapshot: &str, now: f64, decider: Function) -> Result<Self, JsValue> {
        DECIDER.set(Some(decider));
        Transfer::restore_decided_by(Some(asked), snapshot, moment(now))
            .map(Self)
            .map_err(|error| thrown(&error))
    }

    /// Whether the run's policy is the decision engine's to weigh.
    #[wasm_bindgen(js_name = needsDecisions)]
    pub fn needs_decisions(&self) -> bool {
        self.0.needs_decisions()
    }

    /// What to do next.
    pub fn poll(&mut self) -> JsValue {
        object(&match self.0.poll_output() {
            Output::Request {
                id,
                refresh,
                request,
            } => written([
                ("type", "request".into()),
                ("id", id.into()),
                ("refresh", refresh.into()),
                ("request", request.to_json()),
            ]),
            Output::Event(event) => written([("type", "event".into()), ("event", event.to_json())]),
            Output::Wait { until } => {
                written([("type", "wait".into()), ("until", until.to_json())])
            }
            Output::Done(outcome) => {
                written([("type", "done".into()), ("outcome", outcome.to_json())])
            }
        })
    }

    /// The answer to a request; `headers` is a list of pairs in JSON.
    #[wasm_bindgen(js_name = handleResponse)]
    pub fn handle_response(
        &mut self,
        id: u32,
        status: u16,
        headers: &str,
        body: Vec<u8>,
        now: f64,
    ) {
        let response = response(status, headers, body);
        self.0
            .handle_input(Input::Response { id, response }, moment(now));
    }

    /// The request may have left, and no whole answer came.
    #[wasm_bindgen(js_name = handleLost)]
    pub fn handle_lost(&mut self, id: u32, reason: String, now: f64) {
        self.0.handle_input(Input::Lost { id, reason }, moment(now));
    }

    /// The request certainly never left.
    #[wasm_bindgen(js_name = handleNotSent)]
    pub fn handle_not_sent(&mut self, id: u32, reason: String, now: f64) {
        self.0
            .handle_input(Input::NotSent { id, reason }, moment(now));
    }

    /// The time that `poll` named has come.
    #[wasm_bindgen(js_name = handleWake)]
    pub fn handle_wake(&mut self, now: f64) {
        self.0.handle_input(Input::Wake, moment(now));
    }

    /// The platform told something unasked; `event` is its JSON.
    #[wasm_bindgen(js_name = handlePush)]
    pub fn handle_push(&mut self, event: &str, now: f64) -> Result<(), JsValue> {
        let event = parsed(event.as_bytes()).map_err(|error| {
            thrown(&Error::new(
                Code::InvalidJson,
                format!("the event is not JSON: {error}"),
            ))
        })?;
        self.0.handle_input(Input::Pushed { event }, moment(now));
        Ok(())
    }

    /// The agent takes the transfer back.
    #[wasm_bindgen(js_name = handleCancel)]
    pub fn handle_cancel(&mut self, now: f64) {
        self.0.handle_input(Input::Cancel, moment(now));
    }

    /// The caller hung up.
    #[wasm_bindgen(js_name = handleCallerLeft)]
    pub fn handle_caller_left(&mut self, now: f64) {
        self.0.handle_input(Input::CallerLeft, moment(now));
    }

    /// The agent, who has spoken with the target, hands the caller over.
    #[wasm_bindgen(js_name = handleComplete)]
    pub fn handle_complete(&mut self, now: f64) {
        self.0.handle_input(Input::Complete, moment(now));
    }

    /// The run as text, to be taken up elsewhere.
    pub fn snapshot(&self) -> String {
        self.0.snapshot()
    }
}
