//! Failures: the table, what codes mean in it, and the documentation that is made from it.

use std::fmt::Write;
use std::path::Path;

use patchcord::json::ToJson;
use patchcord::model::failure::{
    FAILURES, Failure, HTTP, Meaning, Next, Q850, SIP, VENDORS, failed,
};
use patchcord::model::reason::ReasonCode;

#[test]
fn every_failure_has_one_row_and_says_what_follows() {
    assert_eq!(FAILURES.len(), Failure::ALL.len());
    for (row, failure) in FAILURES.iter().zip(Failure::ALL) {
        assert_eq!(row.failure, *failure);
        assert!(!row.agent_reads.is_empty());
        assert_eq!(
            row.retryable,
            matches!(row.next, Next::SameTarget | Next::AskFirst),
            "{failure}"
        );
    }
}

#[test]
fn failures_and_the_reasons_of_the_machine_say_the_same() {
    let mut shared = 0;
    for failure in Failure::ALL {
        let Some(reason) = ReasonCode::ALL
            .iter()
            .find(|reason| reason.as_str() == failure.as_str())
        else {
            continue;
        };
        let (ours, theirs) = (failure.attributes(), reason.attributes());
        assert_eq!(ours.blame, theirs.blame, "{failure}");
        assert_eq!(ours.alert, theirs.alert, "{failure}");
        assert_eq!(ours.agent_reads, theirs.agent_reads, "{failure}");
        assert_eq!(ours.next == Next::End, theirs.ends_run, "{failure}");
        // The machine goes on after a pause that was asked for, or to the next step: it keeps the pause by itself.
        assert!(
            ours.retryable == theirs.retryable || *failure == Failure::RateLimited,
            "{failure}"
        );
        shared += 1;
    }
    assert!(shared > 15, "{shared}");
}

#[test]
fn codes_mean_what_their_standards_say_and_keep_their_evidence() {
    for (by, code, meaning) in [
        ("http", "401", Failure::Unauthorized),
        ("http", "422", Failure::PayloadRefused),
        ("http", "503", Failure::ServerError),
        ("http", "504", Failure::AnswerLost),
        ("http", "302", Failure::TransferFailed),
        ("sip", "486", Failure::Busy),
        ("sip", "480", Failure::Unreachable),
        ("sip", "483", Failure::RoutingLoop),
        ("sip", "487", Failure::Cancelled),
        ("sip", "603", Failure::Declined),
        ("sip", "699", Failure::Declined),
        ("q850", "1", Failure::NumberInvalid),
        ("q850", "17", Failure::Busy),
        ("q850", "19", Failure::NoAnswer),
        ("q850", "16", Failure::TransferFailed),
        ("asterisk", "joinempty", Failure::NoAvailableAgent),
        ("Twilio", "48443", Failure::Conflict),
        ("genesys", "transfer.noanswer", Failure::NoAnswer),
        ("genesys", "something.new", Failure::TransferFailed),
        ("nobody", "1", Failure::TransferFailed),
        ("sip", "busy", Failure::TransferFailed),
    ] {
        let found = failed(by, code);
        assert_eq!(
            (found.failure, found.evidence.as_str()),
            (meaning, code),
            "{by} {code}"
        );
        let json = found.to_json();
        assert_eq!(
            (&json["code"], &json["toldBy"]),
            (&meaning.as_str().into(), &by.into())
        );
    }
}

#[test]
fn evidence_holds_no_phone_number() {
    let found = failed("genesys", "no route to +15550100000")
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

fn documentation() -> String {
    let mut text = String::from(
        "# Failures\n\nMade from the tables in `src/model/failure`: `cargo test` says when it is out of date.\n\n",
    );
    text += "| failure | retryable | then | blame | alert | the agent reads | the caller hears |\n|---|---|---|---|---|---|---|\n";
    for row in FAILURES {
        let yes = |flag| if flag { "yes" } else { "no" };
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            row.failure,
            yes(row.retryable),
            row.next,
            row.blame,
            yes(row.alert),
            row.agent_reads,
            row.caller_hears
        );
    }
    text += "\n## What codes mean\n\nThe first row that fits counts; what fits none is `transfer-failed`.\n\n| told by | code | failure |\n|---|---|---|\n";
    let mut rows = |by: &str, table: &[Meaning]| {
        for (first, last, failure) in table {
            let code = if first == last {
                first.to_string()
            } else {
                format!("{first} to {last}")
            };
            let _ = writeln!(text, "| {by} | {code} | `{failure}` |");
        }
    };
    rows("HTTP", HTTP);
    rows("SIP", SIP);
    rows("Q.850", Q850);
    for (by, word, failure) in VENDORS {
        let _ = writeln!(text, "| {by} | {word} | `{failure}` |");
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
