//! The vectors of `tests/vectors`: the contract that every runtime reads.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy knows test functions, not the functions that tests share; here a panic is a failed test"
)]

use std::fs;
use std::path::Path;

use patchcord::json::ToJson;
use patchcord::parts;
use serde_json::{Value, json};

fn vectors(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(name);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let vectors: Vec<Value> = serde_json::from_str(&text).expect("a list of vectors");
    assert!(vectors.len() > 5, "{name} holds vectors");
    vectors
}

fn text<'v>(vector: &'v Value, name: &str) -> &'v str {
    vector[name].as_str().expect("a text")
}

/// The findings without their messages, which may change.
fn findings(report: &Value) -> Value {
    let issue = |issue: &Value| json!({ "code": issue["code"], "path": issue["path"], "hint": issue["hint"] });
    report["issues"]
        .as_array()
        .expect("issues")
        .iter()
        .map(issue)
        .collect()
}

fn builds_or_reports(file: &str) {
    for vector in vectors(file) {
        let (profile, operation) = (text(&vector, "profile"), text(&vector, "operation"));
        let input = vector["input"].to_string();
        let report =
            ToJson::to_json(&parts::validate(profile, operation, &input).expect("a report"));
        let built = parts::build_request(profile, operation, &input);
        let name = text(&vector, "name");
        match vector.get("request") {
            Some(request) => {
                assert_eq!(report, json!({ "ok": true, "issues": [] }), "{name}");
                assert_eq!(&ToJson::to_json(&built.expect(name)), request, "{name}");
            }
            None => {
                assert_eq!(findings(&report), vector["report"], "{name}");
                let refusal = built.expect_err(name);
                assert_eq!(refusal.error.code().as_str(), "invalid-input", "{name}");
                assert_eq!(ToJson::to_json(&refusal.report), report, "{name}");
            }
        }
    }
}

#[test]
fn eligibility_is_judged_as_its_vectors_say() {
    for vector in vectors("cxone-v2/eligibility.json") {
        let (target, answers) = (vector["target"].to_string(), vector["answers"].to_string());
        let verdict =
            parts::eligibility(text(&vector, "profile"), &target, &answers).expect("a verdict");
        assert_eq!(
            ToJson::to_json(&verdict),
            vector["eligibility"],
            "{}",
            text(&vector, "name")
        );
    }
}

#[test]
fn a_report_repeats_no_phone_number() {
    for vector in vectors("cxone-v2/transfer.json") {
        let report = parts::validate("cxone-v2", "transfer", &vector["input"].to_string())
            .expect("a report");
        let numbers = [
            &vector["input"]["to"]["phone"],
            &vector["input"]["callbackNumber"],
        ];
        for number in numbers
            .into_iter()
            .filter_map(Value::as_str)
            .filter(|number| number.len() > 5)
        {
            assert!(
                report
                    .issues()
                    .iter()
                    .all(|issue| !issue.message.contains(number)),
                "{report:?}"
            );
        }
    }
}

#[test]
fn what_has_no_name_is_refused_with_the_names_there_are() {
    let unknown = parts::build_request("cxone-v9", "transfer", "{}").expect_err("no such profile");
    assert_eq!(unknown.error.code().as_str(), "unknown-profile");
    assert!(
        unknown
            .error
            .hint()
            .is_some_and(|hint| hint.contains("`cxone-v2`"))
    );
    let unknown =
        parts::build_request("cxone-v2", "teleport", "{}").expect_err("no such operation");
    assert_eq!(unknown.error.code().as_str(), "unknown-operation");
    assert!(
        unknown
            .error
            .hint()
            .is_some_and(|hint| hint.contains("`transfer`"))
    );
    let garbage = parts::validate("cxone-v2", "transfer", "{").expect("a report");
    assert_eq!(
        findings(&ToJson::to_json(&garbage))[0]["code"],
        "invalid-json"
    );
}

/// The files of a profile's folder.
fn files(profile: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(profile);
    let names = fs::read_dir(&folder).expect("a folder of vectors");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a name")
    };
    names
        .map(|entry| format!("{profile}/{}", name(entry)))
        .collect()
}

/// Every vector of every profile that has this field.
fn all_with(field: &str) -> Vec<Value> {
    let profiles = parts::profiles();
    let files = profiles.iter().flat_map(|profile| files(profile.name));
    files
        .flat_map(|file| vectors(&file))
        .filter(|vector| vector.get(field).is_some())
        .collect()
}

#[test]
fn every_request_of_every_profile_is_built_or_reported_as_its_vector_says() {
    let mut read = 0;
    for profile in parts::profiles() {
        for file in files(profile.name) {
            if vectors(&file)[0].get("input").is_some() {
                builds_or_reports(&file);
                read += 1;
            }
        }
    }
    assert!(read > 8, "{read} files of vectors");
}

#[test]
fn every_answer_is_read_as_its_vector_says() {
    for vector in all_with("answer") {
        let (profile, operation) = (text(&vector, "profile"), text(&vector, "operation"));
        let answer = parts::read_response(profile, operation, &vector["response"].to_string());
        assert_eq!(
            answer.expect("an answer"),
            vector["answer"],
            "{}",
            text(&vector, "name")
        );
    }
}

#[test]
fn every_operation_has_vectors_of_what_is_built_what_is_refused_and_what_is_answered() {
    // The dialect with named ids differs from the other in its ids alone.
    let own = ["cxone-v2", "genesys-v2"];
    for profile in parts::profiles() {
        for operation in &profile.operations {
            for field in ["request", "report", "answer"] {
                let shown = all_with(field).iter().any(|vector| {
                    vector["profile"] == profile.name && vector["operation"] == operation.name
                });
                let name = (profile.name, operation.name, field);
                assert!(shown || !own.contains(&profile.name), "{name:?}");
            }
        }
    }
}

#[test]
fn no_two_vectors_of_an_operation_have_the_same_name() {
    let mut names: Vec<_> = ["input", "answer", "eligibility"]
        .into_iter()
        .flat_map(all_with)
        .map(|vector| {
            let part = |name: &str| vector.get(name).map(Value::to_string).unwrap_or_default();
            (part("profile"), part("operation"), part("name"))
        })
        .collect();
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn what_the_table_of_the_founding_documents_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("tests/seeds.md")).expect("the table");
    let mut known: Vec<String> = ["input", "answer"]
        .into_iter()
        .flat_map(all_with)
        .map(|vector| text(&vector, "name").to_owned())
        .collect();
    let simulator = fs::read_dir(root.join("tests/simulator")).expect("a folder");
    let simulator = simulator.map(|entry| entry.expect("an entry").path());
    let own = [
        "operations.rs",
        "vectors.rs",
        "machine/rules.rs",
        "machine/trouble.rs",
        "machine/conversation.rs",
    ];
    let own = own.map(|file| root.join("tests").join(file));
    for file in own.into_iter().chain(simulator) {
        let source = fs::read_to_string(file).expect("a test");
        let names = source
            .split("fn ")
            .skip(1)
            .filter_map(|rest| rest.split('(').next());
        known.extend(names.map(str::to_owned));
    }
    let node = [
        "bridges",
        "credentials",
        "deployments",
        "handoffs",
        "operations",
        "pages",
        "platforms",
    ];
    for file in node.map(|name| format!("tests/node/{name}.test.mjs")) {
        let source = fs::read_to_string(root.join(file)).expect("a test");
        // A name that is made of a row of the test's own table goes as far as it is written.
        let name = |rest: &str| {
            let quote = rest.chars().next().unwrap_or_default();
            let name = rest.trim_start_matches(quote);
            name.split([quote, '$']).next().map(str::to_owned)
        };
        known.extend(source.split("test(").skip(1).filter_map(name));
    }
    // Every name stands behind the file that holds it.
    let rows = table.lines().filter(|line| line.starts_with("| "));
    let shown = rows.flat_map(|row| row.split(" | ").skip(1));
    let mut held = 0;
    for span in shown.flat_map(|column| column.split('`').skip(1).step_by(2)) {
        if span.starts_with("tests/") && (span.ends_with(".rs") || span.ends_with(".mjs")) {
            assert!(root.join(span).is_file(), "{span}");
            continue;
        }
        if !span.contains([' ', '_']) || span.contains('{') {
            continue;
        }
        let fits = |name: &String| match (span.strip_prefix("… "), span.strip_suffix('…')) {
            (Some(end), _) => name.ends_with(end),
            (_, Some(start)) => name.starts_with(start),
            (None, None) => name == span,
        };
        assert!(known.iter().any(fits), "`{span}` is nowhere");
        held += 1;
    }
    assert!(held > 230, "{held} names were held");
}
