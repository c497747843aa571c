//! A chain of hashes over the events of a run: altering, dropping or adding one breaks every hash after it.
//!
//! Each record is its event with `hash` = SHA-256 over the hash before it and the event's JSON, keys in order.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::journal::Event;
use crate::json::{ToJson, hex, parsed, text, to_json};
use crate::stored::stored;

/// What is chained before the first event.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How the hashes are made.
const ALGORITHM: &str = "sha256-chain";

/// The events of a run with their chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// How the hashes are made: `sha256-chain`.
    pub algorithm: String,
    /// The last hash. Whoever keeps it elsewhere can tell that the whole record is the one of then.
    pub head: String,
    /// The events, each with its hash.
    pub records: Vec<Record>,
}

to_json!(Audit {
    "algorithm": algorithm,
    "head": head,
    "records": records,
});

impl Audit {
    /// Takes an audit record out of JSON; `None` where it is none.
    pub fn from_json(value: &Value) -> Option<Self> {
        let algorithm = value
            .get("algorithm")?
            .as_str()
            .filter(|name| *name == ALGORITHM)?
            .to_owned();
        let records = value
            .get("records")?
            .as_array()?
            .iter()
            .map(|record| Record(text(record)))
            .collect();
        Some(Self {
            algorithm,
            head: value.get("head")?.as_str()?.to_owned(),
            records,
        })
    }
}

/// One event with its hash, as JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record(String);

impl Record {
    /// The event with its hash.
    pub fn value(&self) -> Value {
        parsed(self.0.as_bytes()).unwrap_or_default()
    }
}

stored!(Record { 0, });

impl ToJson for Record {
    fn to_json(&self) -> Value {
        self.value()
    }
}

/// What a look at an audit record finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Every hash fits.
    pub ok: bool,
    /// The first record (from 0) whose hash does not fit; one past the last where only the head does not.
    pub first_broken: Option<usize>,
}

to_json!(Verdict {
    "ok": ok,
    "firstBroken": first_broken,
});

/// The chain as it grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    head: String,
    records: Vec<Record>,
}

stored!(Chain { head, records });

impl Chain {
    pub(crate) fn new() -> Self {
        Self {
            head: GENESIS.to_owned(),
            records: Vec::new(),
        }
    }

    pub(crate) fn record(&mut self, event: &Event) {
        let mut record = event.to_json();
        self.head = link(&self.head, &record);
        if let Value::Object(fields) = &mut record {
            fields.insert("hash".to_owned(), Value::String(self.head.clone()));
        }
        self.records.push(Record(text(&record)));
    }

    pub(crate) fn audit(&self) -> Audit {
        Audit {
            algorithm: ALGORITHM.to_owned(),
            head: self.head.clone(),
            records: self.records.clone(),
        }
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.records.len()).unwrap_or(u32::MAX)
    }
}

/// Follows the chain of an audit record from its first event to its head.
pub fn verify(audit: &Audit) -> Verdict {
    let mut head = GENESIS.to_owned();
    for (at, record) in audit.records.iter().enumerate() {
        let mut event = record.value();
        let said = event.as_object_mut().and_then(|event| event.remove("hash"));
        head = link(&head, &event);
        if said.as_ref().and_then(Value::as_str) != Some(head.as_str()) {
            return Verdict {
                ok: false,
                first_broken: Some(at),
            };
        }
    }
    let whole = head == audit.head;
    Verdict {
        ok: whole,
        first_broken: (!whole).then_some(audit.records.len()),
    }
}

pub(super) fn link(before: &str, event: &Value) -> String {
    hex(&Sha256::new()
        .chain_update(before)
        .chain_update(text(event))
        .finalize())
}
