//! A queue and what feeds it. It knows the ids of its agents, not the agents.

use core::time::Duration;
use std::collections::BTreeMap;

use crate::model::call::PartyKind;
use crate::sim::world::waits::Wait;

/// The word for a campaign or a queue that is switched on.
pub(in crate::sim) const ACTIVE: &str = "ACTIVE";
/// The word for one that is switched off.
pub(in crate::sim) const INACTIVE: &str = "INACTIVE";

/// How long a queue keeps a call that nobody takes, where nothing else is said.
pub(in crate::sim) const MAX_WAIT: Duration = Duration::from_secs(20);

/// A campaign that feeds a queue.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Campaign {
    pub(in crate::sim) id: String,
    pub(in crate::sim) status: String,
}

/// A queue.
#[derive(Clone, Debug)]
pub(in crate::sim) struct Queue {
    pub(in crate::sim) id: String,
    pub(in crate::sim) name: String,
    pub(in crate::sim) status: String,
    pub(in crate::sim) campaigns: Vec<Campaign>,
    /// In the order in which they were put in.
    pub(in crate::sim) agents: Vec<String>,
    pub(super) max_wait: Duration,
    /// What has a call that nobody took in that time.
    pub(super) ends_in: Option<PartyKind>,
    /// Waits of which no call tells.
    pub(super) past: Vec<Wait>,
    /// What the host said of its load, by the names of metrics.
    pub(in crate::sim) metrics: BTreeMap<String, f64>,
}

impl Queue {
    /// Why no call gets through, whoever is there.
    pub(super) fn closed(&self) -> Option<&'static str> {
        if self.status == INACTIVE {
            Some("queue is INACTIVE")
        } else if self.campaigns.is_empty() {
            Some("queue is not associated with any active campaign")
        } else if self
            .campaigns
            .iter()
            .all(|campaign| campaign.status != ACTIVE)
        {
            Some("campaign is not active")
        } else {
            None
        }
    }
}
