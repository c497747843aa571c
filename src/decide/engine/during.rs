//! Deciding in the middle of a run: what the host told before it is joined with what the run has come to know. It refuses to know
//! how the run came to know it.

use serde_json::{Map, Value};

use crate::decide::engine::decision::Trace;
use crate::decide::engine::inputs::Inputs;
use crate::decide::engine::plan::decide;
use crate::decide::engine::policy::Policy;
use crate::json::{ToJson, parsed, text};

/// Decides for a run: the decision as JSON text. `kept` is `{"policy", "can"}`, `told` the host's own inputs, `known` a list: inputs of the
/// run, and then `{"to", …}` with the facts that the platform told of each target. Nothing where one of them cannot be read.
pub fn decide_during(kept: &str, told: &str, known: &str) -> Option<String> {
    let mut kept = parsed(kept.as_bytes()).ok()?;
    let policy = Policy::read(kept.get("policy")?).ok()?;
    let told = parsed(told.as_bytes()).ok()?;
    let known = parsed(known.as_bytes()).ok()?;
    let inputs = joined(told, kept.get_mut("can")?.take(), known)?;
    let mut decision = decide(&policy, &Inputs::read(&inputs), Trace::Summary).to_json();
    for list in ["plan", "considered"] {
        let entries = decision.get_mut(list).and_then(Value::as_array_mut);
        entries.into_iter().flatten().for_each(hide_words);
    }
    Some(text(&decision))
}

/// What a run says goes into events and audits. A word that was told of a caller may be a name: it is not repeated there.
fn hide_words(entry: &mut Value) {
    let about = entry.get_mut("about").and_then(Value::as_object_mut);
    if let Some(about) = about {
        about.retain(|name, value| {
            !matches!(name.as_str(), "known" | "stale") || !value.is_string()
        });
    }
}

/// What the run knows goes before what the host told, but that the path, the time and the money go on from there.
fn joined(told: Value, can: Value, known: Value) -> Option<Value> {
    let (Value::Object(mut inputs), Value::Array(known)) = (told, known) else {
        return None;
    };
    inputs.entry("can").or_insert(can);
    let mut known = known.into_iter();
    let Some(Value::Object(own)) = known.next() else {
        return None;
    };
    for (name, value) in own {
        let old = inputs.remove(&name);
        inputs.insert(
            name.clone(),
            match (name.as_str(), old) {
                ("path", Some(Value::Array(mut path))) => {
                    path.extend(value.as_array().cloned().unwrap_or_default());
                    Value::Array(path)
                }
                ("elapsedSeconds" | "spentCents", Some(old)) => sum(old, &value),
                // A path that cannot be read is reported, and not forgotten.
                ("path", Some(old)) if !old.is_null() => old,
                _ => value,
            },
        );
    }
    for said in known {
        add(&mut inputs, said);
    }
    Some(Value::Object(inputs))
}

/// Adds what the platform told of a queue.
fn add(inputs: &mut Map<String, Value>, mut said: Value) -> Option<()> {
    let queue = said.get("to")?.get("queue")?.as_str()?.to_owned();
    let skill = said.get("to")?.get("skill").and_then(Value::as_str);
    let skill = skill.map(str::to_owned);
    let eligible = said.as_object_mut()?.remove("agentsEligible")?;
    let facts = group(group(inputs, "queues")?, &queue)?;
    for name in ["accepts", "agentsAvailable"] {
        facts.insert(name.to_owned(), said.get_mut(name)?.take());
    }
    if let Some(skill) = skill {
        let skill = group(group(facts, "skills")?, &skill)?;
        skill.insert("agentsAvailable".to_owned(), eligible);
    }
    Some(())
}

/// The object of this name, made where there is none; nothing where something else stands there.
fn group<'a>(of: &'a mut Map<String, Value>, name: &str) -> Option<&'a mut Map<String, Value>> {
    let entry = of.entry(name).or_insert(Value::Null);
    if entry.is_null() {
        *entry = Value::Object(Map::new());
    }
    entry.as_object_mut()
}

/// What is no number is left as it came, so that it is reported.
fn sum(told: Value, more: &Value) -> Value {
    match (told.as_u64(), more.as_u64()) {
        (Some(told), Some(more)) => told.saturating_add(more).into(),
        _ => match (told.as_f64(), more.as_f64()) {
            (Some(told), Some(more)) => (told + more).into(),
            _ if told.is_null() => more.clone(),
            _ => told,
        },
    }
}
