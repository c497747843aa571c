//! The budgets: what Patchcord promises to need at most, or to reach at least.

/// One promise. Sizes and ratios are gates; times depend on the machine and are only shown.
pub(crate) struct Budget {
    /// The name by which a bench reports its measurement.
    pub(crate) key: &'static str,
    pub(crate) what: &'static str,
    pub(crate) limit: Limit,
    pub(crate) unit: &'static str,
}

pub(crate) enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

/// The engine's download in bytes, gzipped: the gate.
pub(crate) const ENGINE_GZIP: u64 = 100_000;
/// What the engine's download is to come down to.
pub(crate) const ENGINE_GZIP_AIM: u64 = 42_000;

/// What the benches measure.
pub(crate) const MEASURED: [Budget; 7] = [
    Budget {
        key: "cold-start",
        what: "cold start in Node, import to first decision",
        limit: Limit::AtMost(10.0),
        unit: "ms",
    },
    Budget {
        key: "decision",
        what: "decisions with summary trace, JSON in and out",
        limit: Limit::AtLeast(200_000.0),
        unit: "a second",
    },
    Budget {
        key: "roster",
        what: "roster of 5,000 agents, bytes to facts, against JSON.parse and plain JS",
        limit: Limit::AtLeast(3.0),
        unit: "times faster",
    },
    Budget {
        key: "breach",
        what: "caller breach probability",
        limit: Limit::AtMost(1.0),
        unit: "µs",
    },
    Budget {
        key: "builders",
        what: "the slowest builder, an input checked and made a request, JSON in and out",
        limit: Limit::AtMost(5.0),
        unit: "µs",
    },
    Budget {
        key: "wallboard",
        what: "wallboard of 500 queues, plain objects in and out",
        limit: Limit::AtMost(5.0),
        unit: "ms",
    },
    Budget {
        key: "erlang-a",
        what: "Erlang A with 1,000 agents, in wasm",
        limit: Limit::AtMost(50.0),
        unit: "µs",
    },
];

impl Budget {
    pub(crate) fn is_met(&self, value: f64) -> bool {
        match self.limit {
            Limit::AtMost(limit) => value <= limit,
            Limit::AtLeast(limit) => value >= limit,
        }
    }

    /// The limit as it stands in the table.
    pub(crate) fn limit(&self) -> String {
        match self.limit {
            Limit::AtMost(limit) => format!("≤ {limit} {}", self.unit),
            Limit::AtLeast(limit) => format!("≥ {limit} {}", self.unit),
        }
    }
}
