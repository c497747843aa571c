//! The published JSON Schema of a policy, held against the parser: what the parser takes the schema takes, and where the schema
//! takes what the parser refuses, it is for something that a schema cannot say.

use std::path::Path;

use fastrand::Rng;
use patchcord::decide::engine::Policy;
use patchcord::error::Code;
use serde_json::{Value, json};

use crate::{random, rounds, vectors};

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/policy.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("the schema")).expect("JSON")
}

/// Whether a value fits a schema, in the words of JSON Schema that ours uses. A word that is not known fails the test.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    schema
        .as_object()
        .expect("a schema")
        .iter()
        .all(|(word, says)| match word.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let pointer = says.as_str().unwrap().strip_prefix('#').unwrap();
                fits(root, root.pointer(pointer).expect("a definition"), value)
            }
            "type" => match says {
                Value::Array(kinds) => kinds.iter().any(|kind| is(kind, value)),
                kind => is(kind, value),
            },
            "enum" => says.as_array().unwrap().contains(value),
            "minimum" => value
                .as_f64()
                .is_none_or(|number| number >= says.as_f64().unwrap()),
            "maximum" => value
                .as_f64()
                .is_none_or(|number| number <= says.as_f64().unwrap()),
            "minLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() as u64 >= says.as_u64().unwrap()),
            "maxLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() as u64 <= says.as_u64().unwrap()),
            "minItems" => value
                .as_array()
                .is_none_or(|list| list.len() as u64 >= says.as_u64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_none_or(|list| list.len() as u64 <= says.as_u64().unwrap()),
            "items" => value
                .as_array()
                .is_none_or(|list| list.iter().all(|item| fits(root, says, item))),
            "required" => {
                let has = |name: &Value| value.get(name.as_str().unwrap()).is_some();
                !value.is_object() || says.as_array().unwrap().iter().all(has)
            }
            "properties" => value.as_object().is_none_or(|object| {
                let fitting = |(name, part): (&String, &Value)| {
                    says.get(name).is_none_or(|says| fits(root, says, part))
                };
                object.iter().all(fitting)
            }),
            "additionalProperties" => value.as_object().is_none_or(|object| {
                let known = |name: &String| schema["properties"].get(name).is_some();
                let mut others = object.iter().filter(|(name, _)| !known(name));
                match says {
                    Value::Bool(allowed) => *allowed || others.next().is_none(),
                    says => others.all(|(_, part)| fits(root, says, part)),
                }
            }),
            "oneOf" => {
                says.as_array()
                    .unwrap()
                    .iter()
                    .filter(|each| fits(root, each, value))
                    .count()
                    == 1
            }
            "anyOf" => says
                .as_array()
                .unwrap()
                .iter()
                .any(|each| fits(root, each, value)),
            other => panic!("the test knows no `{other}`"),
        })
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("no type `{other}`"),
    }
}

/// What a schema cannot say: what names mean, dates, numbers, orders, and what must be said only where facts are asked for.
fn beyond(code: Code, path: &str) -> bool {
    match code {
        Code::UnknownName
        | Code::Duplicate
        | Code::InvalidId
        | Code::InvalidPhone
        | Code::InvalidExtension
        | Code::InvalidTime => true,
        Code::MissingField => {
            ["ifUnknown", "ifStale", "of"]
                .iter()
                .any(|name| path.ends_with(name))
                || path.starts_with("$.calendars")
        }
        Code::WrongType => path.contains("when"),
        Code::OutOfRange => path.ends_with(".to") || path.contains("when"),
        Code::NotSupported => path.ends_with(".of"),
        _ => false,
    }
}

fn agree(root: &Value, policy: &Value) -> (bool, bool) {
    let read = Policy::read(policy);
    let fitting = fits(root, root, policy);
    match &read {
        Ok(_) => assert!(
            fitting,
            "the parser takes it, the schema does not: {policy}"
        ),
        Err(report) => {
            let all_beyond = report
                .issues()
                .iter()
                .all(|issue| beyond(issue.code, &issue.path));
            assert!(
                !fitting || all_beyond,
                "the schema takes it: {report:?}\n{policy}"
            );
        }
    }
    (read.is_ok(), fitting)
}

/// Changes one place of a value at random.
fn spoil(rng: &mut Rng, value: &mut Value) {
    match value {
        Value::Object(object) if !object.is_empty() && rng.u8(..4) > 0 => {
            let at = rng.usize(..object.len());
            let name = object.keys().nth(at).unwrap().clone();
            match rng.u8(..12) {
                0 => drop(object.remove(&name)),
                1 => {
                    let part = object.remove(&name).unwrap();
                    object.insert(format!("{name}x"), part);
                }
                2 => drop(object.insert("extra".to_owned(), json!(1))),
                _ => spoil(rng, object.get_mut(&name).unwrap()),
            }
        }
        Value::Array(list) if !list.is_empty() && rng.u8(..5) > 0 => {
            let at = rng.usize(..list.len());
            spoil(rng, &mut list[at]);
        }
        other => {
            let values = [
                json!(-1),
                json!(0),
                json!(0.5),
                json!(7),
                json!(99_999),
                json!("x"),
                json!(""),
                json!(true),
                json!([]),
                json!({}),
            ];
            *other = values[rng.usize(..values.len())].clone();
        }
    }
}

#[test]
fn the_schema_and_the_parser_agree_on_policies_right_and_wrong() {
    let root = schema();
    let mut rng = Rng::with_seed(13);
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..rounds(2_000) {
        let mut policy = random::policy(&mut rng);
        agree(&root, &policy);
        for _ in 0..3 {
            spoil(&mut rng, &mut policy);
            let (ok, _) = agree(&root, &policy);
            taken += u32::from(ok);
            refused += u32::from(!ok);
        }
    }
    assert!(
        taken > rounds(100) && refused > rounds(1_000),
        "{taken} taken, {refused} refused"
    );
}

#[test]
fn the_schema_and_the_parser_agree_on_the_vectors() {
    let root = schema();
    for file in ["refused.json", "checks.json", "decisions.json"] {
        for vector in vectors(file) {
            agree(&root, &vector["policy"]);
        }
    }
}
