//! The engine and the model written another way agree, on policies and inputs that nobody thought of.

use std::collections::BTreeSet;
use std::thread;

use fastrand::Rng;
use patchcord::decide::engine::{Inputs, Policy, Trace, decide};
use serde_json::{Value, json};

use crate::{model, random};

/// How many decisions are compared: a million where the build is fast, a tenth of it where it is not, and few where other
/// features are tested, for they change no decision.
const DECISIONS: u32 = if cfg!(any(feature = "js", feature = "sim", feature = "component")) {
    20_000
} else if cfg!(debug_assertions) {
    100_000
} else {
    1_000_000
};
const THREADS: u32 = 2;

/// Each round, so many policies decide so many inputs.
const POLICIES: u32 = 10;
const INPUTS: u32 = 40;

/// A decision of the engine without its hashes and without what it says of unreadable inputs.
fn decided(policy: &Policy, inputs: &Inputs<'_>) -> Value {
    let text = decide(policy, inputs, Trace::Summary).to_text();
    let mut decision: Value = serde_json::from_str(&text).expect("JSON");
    let fields = decision.as_object_mut().unwrap();
    fields.remove("hashes");
    fields.remove("issues");
    decision
}

/// Compares, and returns the codes that were seen.
fn compare(seed: u64, decisions: u32) -> BTreeSet<String> {
    let mut rng = Rng::with_seed(seed);
    let mut codes = BTreeSet::new();
    for _ in 0..decisions / (POLICIES * INPUTS) {
        let values: Vec<Value> = (0..INPUTS).map(|_| random::inputs(&mut rng)).collect();
        let inputs: Vec<Inputs<'_>> = values.iter().map(Inputs::read).collect();
        for _ in 0..POLICIES {
            let json = random::policy(&mut rng);
            let policy = Policy::read(&json).unwrap_or_else(|report| panic!("{report:?}\n{json}"));
            for (value, inputs) in values.iter().zip(&inputs) {
                let (ours, theirs) = (decided(&policy, inputs), model::decided(&json, value));
                assert!(
                    ours == theirs,
                    "policy {json}\n\ninputs {value}\n\nengine {ours:#}\n\nmodel {theirs:#}"
                );
                let listed = ["plan", "considered"].map(|list| theirs[list].as_array());
                let each = listed
                    .into_iter()
                    .flatten()
                    .flatten()
                    .map(|each| &each["code"]);
                for code in each.chain([&theirs["noSafeEnd"]]).filter_map(Value::as_str) {
                    if !codes.contains(code) {
                        codes.insert(code.to_owned());
                    }
                }
            }
        }
    }
    codes
}

#[test]
fn the_engine_and_the_model_agree_on_random_policies_and_inputs() {
    let threads: Vec<_> = (0..THREADS)
        .map(|seed| thread::spawn(move || compare(seed.into(), DECISIONS / THREADS)))
        .collect();
    let mut seen = BTreeSet::new();
    for thread in threads {
        seen.extend(thread.join().expect("they agree"));
    }
    // Every ground was seen.
    for grounds in patchcord::decide::engine::Grounds::ALL {
        let code = grounds.as_str();
        assert!(seen.contains(code), "{code} was never seen");
    }
}

#[test]
fn the_same_inputs_give_the_same_text_and_the_same_hashes() {
    let mut rng = Rng::with_seed(7);
    let json = random::policy(&mut rng);
    let inputs = random::inputs(&mut rng);
    let policy = Policy::read(&json).expect("a policy");
    let again = Policy::read(&serde_json::from_str(&json.to_string()).unwrap()).expect("a policy");
    let copy: Value = serde_json::from_str(&inputs.to_string()).unwrap();
    let texts = [(&policy, &inputs), (&again, &copy)].map(|(policy, inputs)| {
        let inputs = Inputs::read(inputs);
        decide(policy, &inputs, Trace::Full).to_text()
    });
    assert_eq!(texts[0], texts[1]);
    let mut other = inputs.clone();
    other["spentCents"] = json!(7);
    assert_ne!(Inputs::read(&other).hash, Inputs::read(&inputs).hash);
}
