//! A chain of hashes over the events of a run: altering, dropping or adding one breaks every hash after it.
//!
//! Each record is its event with `hash` = SHA-256 over the hash before it and the event's JSON, keys in order.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::journal::Event;

/// What is chained before the first event.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The events of a run with their chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// How the hashes are made: `sha256-chain`.
    pub algorithm: String,
    /// The last hash. Whoever keeps it elsewhere can tell that the whole record is the one of then.
    pub head: String,
    /// The events, each with its hash.
    pub records: Vec<Value>,
}

/// What a look at an audit record finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Every hash fits.
    pub ok: bool,
    /// The first record (from 0) whose hash does not fit; one past the last where only the head does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_broken: Option<usize>,
}

/// The chain as it grows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Chain {
    records: Vec<Value>,
}

impl Chain {
    pub(crate) const fn new() -> Self {
        Self { records: Vec::new() }
    }

    pub(crate) fn record(&mut self, event: &Event) {
        let Ok(mut record) = serde_json::to_value(event) else { return };
        let hash = link(self.head(), &record);
        if let Value::Object(fields) = &mut record {
            fields.insert("hash".to_owned(), Value::String(hash));
        }
        self.records.push(record);
    }

    pub(crate) fn audit(&self) -> Audit {
        Audit { algorithm: "sha256-chain".to_owned(), head: self.head().to_owned(), records: self.records.clone() }
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.records.len()).unwrap_or(u32::MAX)
    }

    fn head(&self) -> &str {
        self.records.last().and_then(|record| record.get("hash")).and_then(Value::as_str).unwrap_or(GENESIS)
    }
}

/// Follows the chain of an audit record from its first event to its head.
pub fn verify(audit: &Audit) -> Verdict {
    let mut head = GENESIS.to_owned();
    for (at, record) in audit.records.iter().enumerate() {
        let mut event = record.clone();
        let said = event.as_object_mut().and_then(|fields| fields.remove("hash"));
        head = link(&head, &event);
        if said.as_ref().and_then(Value::as_str) != Some(head.as_str()) {
            return Verdict { ok: false, first_broken: Some(at) };
        }
    }
    let whole = head == audit.head;
    Verdict { ok: whole, first_broken: (!whole).then_some(audit.records.len()) }
}

fn link(before: &str, event: &Value) -> String {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(event.to_string());
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
