//! The log of what was changed, by whom and when.

use serde_json::{Map, Value, json};

use crate::sim::random::{Seed, uuid};
use crate::sim::routing::Version;
use crate::time::Timestamp;

/// A configuration that somebody deploys.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Deployment {
    pub(in crate::sim) queue: String,
    pub(in crate::sim) config: Map<String, Value>,
    pub(in crate::sim) by: String,
    pub(in crate::sim) at: Timestamp,
}

/// One entry of the log.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Entry {
    pub(in crate::sim) at: Timestamp,
    pub(in crate::sim) queue: String,
    pub(in crate::sim) action: &'static str,
    pub(in crate::sim) body: Value,
}

/// The log, in the order of time.
#[derive(Clone, Debug, Default)]
pub(in crate::sim) struct Log(Vec<Entry>);

impl Log {
    pub(in crate::sim) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// Writes a deployment down, field by field.
    pub(super) fn note(
        &mut self,
        seed: Seed,
        deployment: &Deployment,
        before: &Version,
        version: u64,
    ) {
        let Deployment {
            queue,
            config,
            by,
            at,
        } = deployment;
        let changed = config
            .iter()
            .map(|(field, value)| (field, before.config.get(field), value))
            .filter(|(_, old, new)| *old != Some(new));
        let changes: Vec<_> = changed
            .map(|(field, old, new)| json!({ "field": field, "from": old, "to": new }))
            .collect();
        let action = "Update";
        let id = uuid(&mut seed.stream("audit", queue, version));
        let body = json!({
            "id": id, "timestamp": at.to_iso(), "action": action, "resourceType": "Queue", "resourceId": queue,
            "user": { "id": by }, "version": version, "changes": changes,
        });
        self.0.push(Entry {
            at: *at,
            queue: queue.clone(),
            action,
            body,
        });
    }
}
