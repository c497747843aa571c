//! A refusal as JavaScript throws it: an `Error` whose `code` is the contract.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::error::Error;
use crate::js::object;
use crate::json::ToJson;
use crate::parts::Refusal;

/// The name of every error that we throw.
const NAME: &str = "PatchcordError";

/// A `js_sys::Error` with `name`, `code`, `message` and, where one is known, `hint`.
pub(crate) fn thrown(error: &Error) -> JsValue {
    let thrown = js_sys::Error::new(error.message());
    thrown.set_name(NAME);
    let hint = error.hint().map(|hint| ("hint", hint));
    for (name, value) in [("code", error.code().as_str())].into_iter().chain(hint) {
        // A fresh object takes any property.
        let _set = Reflect::set(&thrown, &name.into(), &value.into());
    }
    thrown.into()
}

/// The same with the findings of a report, where there are any.
pub(crate) fn refused(refusal: &Refusal) -> JsValue {
    let thrown = thrown(&refusal.error);
    if !refusal.report.is_ok() {
        let _set = Reflect::set(
            &thrown,
            &"report".into(),
            &object(&refusal.report.to_json()),
        );
    }
    thrown
}
