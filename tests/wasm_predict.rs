//! Predictions in wasm are those of every other host, to the last bit.
#![cfg(all(target_arch = "wasm32", feature = "parts"))]

use patchcord::json::{ToJson, text};
use patchcord::predict::{Learned, predict};
use patchcord::validate::Report;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn every_input_is_answered_as_its_vector_says() {
    let vectors: Vec<Value> =
        serde_json::from_str(include_str!("vectors/predict/answered.json")).expect("vectors");
    assert!(vectors.len() > 10);
    for vector in vectors {
        let found = predict(&vector["input"], &mut Report::default()).map(|found| found.to_json());
        assert_eq!(
            found.as_ref(),
            vector.get("prediction"),
            "{}",
            vector["name"]
        );
    }
}

#[wasm_bindgen_test]
fn the_javascript_face_predicts_and_learns() {
    let asked = json!({ "method": "erlang-c", "agents": 14, "handleSeconds": 180, "callsPerHour": 200, "thresholdSeconds": 20 });
    let found = patchcord::js::predict::predict(&text(&asked)).expect("a prediction");
    let method = js_sys::Reflect::get(&found, &"method".into()).ok();
    assert_eq!(
        method.and_then(|method| method.as_string()).as_deref(),
        Some("erlang-c")
    );

    let mut learned = patchcord::js::predict::Learned::open(None).expect("a new one");
    let outcome = json!({ "waitingAhead": 3, "agents": 10, "thresholdSeconds": 20, "handleSeconds": 180, "waitedSeconds": 31, "outcome": "served" });
    assert!(learned.observe(&text(&outcome)).expect("an outcome"));
    assert_ne!(learned.store(), text(&Learned::new().to_json()));
    let again =
        patchcord::js::predict::Learned::open(Some(learned.store())).expect("the stored one");
    assert_eq!(again.store(), learned.store());
}
