//! The simulator as a JavaScript class. It converts in, calls, converts out; what the arguments mean is `sim`'s business.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::error::{Code, Error};
use crate::js::error::thrown;
use crate::js::{moment, object};
use crate::sim;
use crate::time::Timestamp;

/// A contact centre in memory: see [`sim::Simulator`]. Times are milliseconds since 1970; what is put in is JSON text.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Simulator(sim::Simulator);

#[wasm_bindgen]
impl Simulator {
    /// A centre without queues and calls: `{profile, seed?, baseUrl?}`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, now: f64) -> Result<Self, JsValue> {
        sim::Simulator::new(options, moment(now))
            .map(Self)
            .map_err(|error| thrown(&error))
    }

    /// Opens a queue.
    #[wasm_bindgen(js_name = addQueue)]
    pub fn add_queue(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_queue(json).map_err(|error| thrown(&error))
    }

    /// Brings in a call.
    #[wasm_bindgen(js_name = addCall)]
    pub fn add_call(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_call(json).map_err(|error| thrown(&error))
    }

    /// Says how an extension or a number behaves.
    #[wasm_bindgen(js_name = addExtension)]
    pub fn add_extension(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_extension(json).map_err(|error| thrown(&error))
    }

    /// Registers a skill.
    #[wasm_bindgen(js_name = addSkill)]
    pub fn add_skill(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_skill(json).map_err(|error| thrown(&error))
    }

    /// Registers a client of the token endpoint.
    #[wasm_bindgen(js_name = addClient)]
    pub fn add_client(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_client(json).map_err(|error| thrown(&error))
    }

    /// Registers a flow that placed calls may run.
    #[wasm_bindgen(js_name = addFlow)]
    pub fn add_flow(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_flow(json).map_err(|error| thrown(&error))
    }

    /// Registers a number that placed calls may come from.
    #[wasm_bindgen(js_name = addNumber)]
    pub fn add_number(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_number(json).map_err(|error| thrown(&error))
    }

    /// Puts a fault before the platform.
    #[wasm_bindgen(js_name = addFault)]
    pub fn add_fault(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.add_fault(json).map_err(|error| thrown(&error))
    }

    /// Lets the next transfers of a call fail.
    #[wasm_bindgen(js_name = forceFailure)]
    pub fn force_failure(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.force_failure(json).map_err(|error| thrown(&error))
    }

    /// Lets the caller hang up.
    #[wasm_bindgen(js_name = hangUp)]
    pub fn hang_up(&mut self, call: &str) -> Result<(), JsValue> {
        self.0.hang_up(call).map_err(|error| thrown(&error))
    }

    /// Lets an agent do something else.
    #[wasm_bindgen(js_name = setAgent)]
    pub fn set_agent(&mut self, json: &str) -> Result<(), JsValue> {
        self.0.set_agent(json).map_err(|error| thrown(&error))
    }

    /// Hands in a request: `{at, status, headers, body}`, or `{at, lost: true}` where no answer ever comes.
    #[wasm_bindgen(js_name = handleRequest)]
    pub fn handle_request(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
        now: f64,
    ) -> Result<JsValue, JsValue> {
        let headers: Vec<(String, String)> = serde_json::from_str(headers).map_err(|error| {
            let refused = Error::new(
                Code::InvalidJson,
                format!("`headers` is no list of pairs of texts: {error}"),
            );
            thrown(&refused.with_hint("pass [[\"name\", \"value\"]]"))
        })?;
        let answer = self
            .0
            .handle_request(method, path, &headers, body, moment(now));
        let found = Object::new();
        set(&found, "at", &number(answer.at))?;
        let Some(response) = answer.response else {
            set(&found, "lost", &JsValue::TRUE)?;
            return Ok(found.into());
        };
        let headers = response
            .headers
            .iter()
            .map(|(name, value)| Array::of2(&name.into(), &value.into()));
        set(&found, "status", &response.status.into())?;
        set(&found, "headers", &headers.collect::<Array>())?;
        set(&found, "body", &Uint8Array::from(response.body.as_slice()))?;
        Ok(found.into())
    }

    /// Lets the centre go on until `now`.
    pub fn advance(&mut self, now: f64) {
        self.0.advance(moment(now));
    }

    /// When something next happens by itself, if ever.
    #[wasm_bindgen(js_name = nextChange)]
    pub fn next_change(&self) -> Option<f64> {
        self.0.next_change().map(|at| at.as_millis() as f64)
    }

    /// A call with its history; `undefined` where there is none.
    pub fn call(&self, id: &str) -> JsValue {
        self.0
            .call(id)
            .map_or(JsValue::UNDEFINED, |call| object(&call))
    }

    /// How many transfers of a call the platform took.
    pub fn transfers(&self, id: &str) -> f64 {
        self.0.transfers(id) as f64
    }

    /// The whole centre.
    pub fn snapshot(&self) -> JsValue {
        object(&self.0.snapshot())
    }
}

fn number(at: Timestamp) -> JsValue {
    JsValue::from_f64(at.as_millis() as f64)
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &name.into(), value).map(drop)
}
