//! Reasons: the table of what follows from them, what codes mean in it, and the documentation that is made from both.

use std::fmt::Write;
use std::path::Path;

use patchcord::json::ToJson;
use patchcord::model::reason::{
    Attributes, FAILURES, HTTP, Meaning, OTHERS, Q850, Reason, ReasonCode, SIP, VENDORS, told,
};

#[test]
fn every_reason_has_one_row_and_says_what_follows() {
    let rows: Vec<_> = FAILURES.iter().chain(OTHERS).collect();
    assert_eq!(rows.len(), ReasonCode::ALL.len());
    for (row, code) in rows.into_iter().zip(ReasonCode::ALL) {
        assert_eq!(row.code, *code);
        assert_eq!(code.attributes(), *row);
        assert!(!row.agent_reads.is_empty(), "{code}");
        assert_eq!(Reason::new(*code).message, row.agent_reads);
        assert!(!(row.retryable() && row.ends_run()), "{code}");
    }
}

#[test]
fn codes_mean_what_their_standards_say_and_keep_their_evidence() {
    for (by, code, meaning) in [
        ("http", "401", ReasonCode::Unauthorized),
        ("http", "422", ReasonCode::PayloadRefused),
        ("http", "418", ReasonCode::Refused),
        ("http", "503", ReasonCode::ServerError),
        ("http", "504", ReasonCode::AnswerLost),
        ("http", "200", ReasonCode::TransferFailed),
        ("sip", "486", ReasonCode::Busy),
        ("sip", "480", ReasonCode::Unreachable),
        ("sip", "483", ReasonCode::RoutingLoop),
        ("sip", "487", ReasonCode::Cancelled),
        ("sip", "603", ReasonCode::Declined),
        ("sip", "699", ReasonCode::Declined),
        ("q850", "1", ReasonCode::NumberInvalid),
        ("q850", "17", ReasonCode::Busy),
        ("q850", "19", ReasonCode::NoAnswer),
        ("q850", "16", ReasonCode::TransferFailed),
        ("asterisk", "joinempty", ReasonCode::NoAvailableAgent),
        ("Twilio", "48443", ReasonCode::Conflict),
        ("genesys", "transfer.noanswer", ReasonCode::NoAnswer),
        ("genesys", "something.new", ReasonCode::TransferFailed),
        ("cxone", "No Answer", ReasonCode::NoAnswer),
        (
            "cxone",
            "No available agents with required skill in queue billing",
            ReasonCode::NoAvailableAgent,
        ),
        ("cxone", "busybody", ReasonCode::TransferFailed),
        ("nobody", "1", ReasonCode::TransferFailed),
        ("sip", "busy", ReasonCode::TransferFailed),
    ] {
        let found = told(by, code);
        assert_eq!(
            (found.code, found.evidence.as_str()),
            (meaning, code),
            "{by} {code}"
        );
    }
}

#[test]
fn evidence_holds_no_phone_number() {
    let found = told("genesys", "no route to +15550100000")
        .to_json()
        .to_string();
    assert!(!found.contains("5550100"), "{found}");
}

#[test]
fn no_row_of_a_table_of_codes_is_hidden_by_an_earlier_one() {
    for table in [HTTP, SIP, Q850] {
        for (at, row) in table.iter().enumerate() {
            let before = &table[..at];
            let free = (row.0..=row.1).any(|code| {
                !before
                    .iter()
                    .any(|(first, last, _)| (*first..=*last).contains(&code))
            });
            assert!(free, "{row:?}");
        }
    }
}

fn table(text: &mut String, rows: &[Attributes]) {
    *text += "| reason | retryable | then | blame | alert | the agent reads | the caller hears |\n|---|---|---|---|---|---|---|\n";
    for row in rows {
        let yes = |flag| if flag { "yes" } else { "no" };
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            row.code,
            yes(row.retryable()),
            row.next,
            row.blame,
            yes(row.alert),
            row.agent_reads,
            row.caller_hears
        );
    }
}

fn documentation() -> String {
    let mut text = String::from(
        "# Reasons\n\nMade from the tables in `src/model/reason`: `cargo test` says when it is out of date. \
        `failureReason(code)` tells a row in JavaScript, `ReasonCode::attributes` in Rust.\n\n\
        ## Why a transfer failed\n\n",
    );
    table(&mut text, FAILURES);
    text += "\n## Why a step was taken or left out, and why a run ended\n\n";
    table(&mut text, OTHERS);
    text += "\n## What codes mean\n\nThe first row that fits counts; what fits none is `transfer-failed`.\n\n| told by | code | reason |\n|---|---|---|\n";
    let mut rows = |by: &str, table: &[Meaning]| {
        for (first, last, meaning) in table {
            let code = if first == last {
                first.to_string()
            } else {
                format!("{first} to {last}")
            };
            let _ = writeln!(text, "| {by} | {code} | `{meaning}` |");
        }
    };
    rows("HTTP", HTTP);
    rows("SIP", SIP);
    rows("Q.850", Q850);
    for (by, words) in VENDORS {
        for (word, meaning) in *words {
            let _ = writeln!(text, "| {by} | {word} | `{meaning}` |");
        }
    }
    text
}

#[test]
fn the_documentation_is_made_from_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/failures.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if written != documentation() {
        let fresh = std::env::temp_dir().join("patchcord-failures.md");
        std::fs::write(&fresh, documentation()).unwrap();
        panic!(
            "docs/failures.md is out of date; {} is not",
            fresh.display()
        );
    }
}

#[test]
fn the_types_name_every_reason() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/src/types/outcome.ts");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let (_, rest) = text.split_once("export type ReasonCode =").unwrap();
    let (list, _) = rest.split_once(';').unwrap();
    let named: Vec<_> = list.split('"').skip(1).step_by(2).collect();
    let all: Vec<_> = ReasonCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(named, all);
}
