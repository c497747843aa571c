//! The engine and the model written another way agree, on policies and inputs that nobody thought of.

use std::collections::BTreeSet;
use std::thread;

use fastrand::Rng;
use patchcord::decide::engine::{Inputs, Policy, Trace, decide};
use serde_json::{Value, json};

use crate::{model, random, rounds};

/// How many decisions are compared where nobody says how many. `cargo xtask test` says a million.
const DECISIONS: u32 = 20_000;
const THREADS: u32 = 2;

/// Each round, so many policies decide so many inputs: all pairs differ, and each pair is one comparison.
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

/// What was seen while the decisions of one seed were compared.
#[derive(Default)]
struct Seen {
    compared: u32,
    codes: BTreeSet<String>,
}

impl Seen {
    fn note(&mut self, decision: &Value) {
        self.compared += 1;
        let listed = ["plan", "considered"].map(|list| decision[list].as_array());
        let each = listed.into_iter().flatten().flatten();
        let codes = each
            .map(|each| &each["code"])
            .chain([&decision["noSafeEnd"]]);
        for code in codes.filter_map(Value::as_str) {
            if !self.codes.contains(code) {
                self.codes.insert(code.to_owned());
            }
        }
    }
}

/// Compares at least so many decisions of one seed.
fn compare(seed: u64, decisions: u32) -> Seen {
    let mut rng = Rng::with_seed(seed);
    let mut seen = Seen::default();
    while seen.compared < decisions {
        let values: Vec<Value> = (0..INPUTS).map(|_| random::inputs(&mut rng)).collect();
        let inputs: Vec<Inputs<'_>> = values.iter().map(Inputs::read).collect();
        for _ in 0..POLICIES {
            let json = random::policy(&mut rng);
            let policy = Policy::read(&json).unwrap_or_else(|report| panic!("{report:?}\n{json}"));
            for (value, inputs) in values.iter().zip(&inputs) {
                let (ours, theirs) = (decided(&policy, inputs), model::decided(&json, value));
                assert!(
                    ours == theirs,
                    "seed {seed}, comparison {}\n\npolicy {json}\n\ninputs {value}\n\nengine {ours:#}\n\nmodel {theirs:#}",
                    seen.compared
                );
                seen.note(&theirs);
            }
        }
    }
    seen
}

#[test]
fn the_engine_and_the_model_agree_on_random_policies_and_inputs() {
    let decisions = std::env::var("PATCHCORD_COMPARISONS").map_or(rounds(DECISIONS), |wanted| {
        wanted.parse().expect("a number")
    });
    let threads: Vec<_> = (0..THREADS)
        .map(|seed| thread::spawn(move || compare(seed.into(), decisions.div_ceil(THREADS))))
        .collect();
    let mut all = Seen::default();
    for thread in threads {
        let seen = thread.join().expect("they agree");
        all.compared += seen.compared;
        all.codes.extend(seen.codes);
    }
    println!("{} decisions compared, no disagreement", all.compared);
    assert!(all.compared >= decisions);
    // Every ground was seen.
    for grounds in patchcord::decide::engine::Grounds::ALL {
        let code = grounds.as_str();
        assert!(all.codes.contains(code), "{code} was never seen");
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
