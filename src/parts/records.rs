//! Records for an audit: of a handoff, and as lines of a file that is only appended to.

use serde_json::Value;

use crate::error::Code;
use crate::journal::{Verdict, handoff, line, verify_lines};
use crate::json::{Given, ToJson};
use crate::parts::{Refusal, read_text, refused};
use crate::time::Timestamp;
use crate::validate::{Fields, Report};

/// The audit record of a handoff from `{ call, outcome, presence?, metrics? }`: see [`handoff`].
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report.
pub fn handoff_record(input: &str) -> Result<Value, Refusal> {
    let mut report = Report::default();
    let record = handoff(read_text(input)?.given(), &mut report).filter(|_| report.is_ok());
    record.ok_or_else(|| refused("the record", report))
}

/// The next line of an audit from `{ after?, entry, at }`: the line before it, an object, and ms since 1970. Append it with
/// a line feed behind it.
///
/// # Errors
/// [`Code::InvalidJson`], or [`Code::InvalidInput`] with a report.
///
/// ```
/// use patchcord::parts::{audit_line, verify_audit_lines};
///
/// let first = audit_line(r#"{ "entry": { "event": "bridge_attempt" }, "at": 0 }"#).unwrap();
/// assert!(verify_audit_lines(&first).ok);
/// ```
pub fn audit_line(input: &str) -> Result<String, Refusal> {
    let mut report = Report::default();
    let line = next_line(read_text(input)?.given(), &mut report).filter(|_| report.is_ok());
    line.ok_or_else(|| refused("the audit line", report))
}

fn next_line(input: Given<'_>, report: &mut Report) -> Option<String> {
    let mut fields = Fields::open(input, "$", report)?;
    let after = fields.text("after", report).unwrap_or_default();
    let entry = fields.required("entry", "pass an object", report);
    let at = fields
        .required("at", "pass the time in ms since 1970", report)
        .and_then(|_| fields.integer("at", 0..=i64::MAX.unsigned_abs(), report));
    fields.finish(report);
    let entry = entry?;
    Fields::open(entry, "$.entry", report)?;
    let at = Timestamp::from_millis(i64::try_from(at?).ok()?);
    let line = line(after, entry.to_json().as_object()?, at);
    if line.is_none() {
        let hint = "pass the last line as it was appended";
        report.add(
            Code::InvalidSnapshot,
            "$.after",
            "not a line of this audit",
            hint,
        );
    }
    line
}

/// Follows the hashes of an audit's lines.
pub fn verify_audit_lines(lines: &str) -> Verdict {
    verify_lines(lines)
}
