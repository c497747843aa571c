//! Findings on a payload.

use serde::{Deserialize, Serialize};

use crate::error::Code;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// All findings on one payload. Without findings it may be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    issues: Vec<Issue>,
}

/// How a report is written: the verdict first.
#[derive(Serialize)]
struct Written<'a> {
    ok: bool,
    issues: &'a [Issue],
}

impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Written {
            ok: self.is_ok(),
            issues: &self.issues,
        }
        .serialize(to)
    }
}

impl Report {
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
