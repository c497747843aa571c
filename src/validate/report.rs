//! Findings on a payload.

use serde_json::Value;

use crate::error::Code;
use crate::json::{ToJson, object, serialize, to_json};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issue {
    /// What kind of finding; the contract.
    pub code: Code,
    /// Where, as a JSON path from the payload's root `$`.
    pub path: String,
    /// One line for people. It repeats no phone number.
    pub message: String,
    /// What would mend it.
    pub hint: String,
}

to_json!(Issue {
    "code": code,
    "path": path,
    "message": message,
    "hint": hint,
});

/// All findings on one payload. Without findings it may be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    issues: Vec<Issue>,
}

impl ToJson for Report {
    fn to_json(&self) -> Value {
        object([
            ("ok", self.is_ok().into()),
            ("issues", self.issues.to_json()),
        ])
    }
}
serialize!(Report);

impl Report {
    /// A report without findings.
    pub const fn new() -> Self {
        Self { issues: Vec::new() }
    }

    /// Whether there is nothing to mend.
    pub fn is_ok(&self) -> bool {
        self.issues.is_empty()
    }

    /// The findings, in the order of the payload's rules.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Adds a finding.
    pub fn add(
        &mut self,
        code: Code,
        path: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.issues.push(Issue {
            code,
            path: path.into(),
            message: message.into(),
            hint: hint.into(),
        });
    }
}
