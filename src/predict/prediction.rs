//! What every method answers, in one shape.

use serde_json::{Map, Value};

use crate::error::spelled;
use crate::json::{ToJson, list, object};
use crate::predict::Team;

spelled! {
    /// How a prediction is made.
    Method {
        /// The founding rule: a threshold on occupancy and wait. It gives no probability.
        Rule = "rule",
        /// Calls that find all agents busy are lost.
        ErlangB = "erlang-b",
        /// Callers wait for as long as it takes.
        ErlangC = "erlang-c",
        /// Callers wait, and give up in the end.
        ErlangA = "erlang-a",
        /// This caller, by how many are ahead or how long the first of them has waited.
        Caller = "caller",
        /// The calls of the next minutes, from the present state.
        Horizon = "horizon",
        /// Whether an interval misses its service level.
        Interval = "interval",
        /// What the waits of others tell.
        History = "history",
        /// The fewest agents for a goal.
        Staffing = "staffing",
        /// The exact tail, corrected by the outcomes that were told.
        Learned = "learned",
    }
}

spelled! {
    /// What a prediction takes for granted.
    Assumption {
        /// Calls come at random, independently of one another.
        PoissonArrivals = "poisson-arrivals",
        /// Handle times are exponential.
        ExponentialHandleTimes = "exponential-handle-times",
        /// Patience is exponential.
        ExponentialPatience = "exponential-patience",
        /// Nobody gives up: the patience is not known, or the method has no word for it. Waits come out too long.
        NobodyGivesUp = "nobody-gives-up",
        /// Those ahead are answered first, and nobody overtakes.
        FirstComeFirstServed = "first-come-first-served",
        /// The agents who are there stay.
        AgentsStay = "agents-stay",
        /// What the input says of handle times and patience is taken as exact: no sample sizes came with it.
        ParametersExact = "parameters-exact",
        /// The system has settled: the load has been the same for long.
        SteadyState = "steady-state",
        /// The time already waited is not known: the threshold counts from now.
        CountedFromNow = "counted-from-now",
        /// An agent is free for this caller.
        AgentAvailable = "agent-available",
        /// The sum of many calls is normal, and those who wait just now are not counted.
        NormalSum = "normal-sum",
        /// The wait is that of others before.
        LikeOthersBefore = "like-others-before",
        /// A threshold on occupancy and wait, without a model behind it.
        NoModel = "no-model",
    }
}

impl Assumption {
    /// What is taken for granted of the callers of a team.
    pub(crate) fn of_patience(team: &Team) -> Self {
        match team.patience_seconds() {
            Some(_) => Self::ExponentialPatience,
            None => Self::NobodyGivesUp,
        }
    }
}

spelled! {
    /// Why a fact that is needed cannot be used.
    Why {
        /// It is not in the input.
        Absent = "absent",
        /// It was told so long ago that it may have changed.
        Stale = "stale",
        /// The input says that it is not known.
        Unknown = "unknown",
        /// It rests on no sample at all.
        NoSample = "no-sample",
    }
}

/// A fact that is needed and not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The field of the input.
    pub field: &'static str,
    /// Why it cannot be used.
    pub why: Why,
}

impl ToJson for Missing {
    fn to_json(&self) -> Value {
        object([
            ("field", self.field.into()),
            ("why", self.why.as_str().into()),
        ])
    }
}

/// A prediction: what it says, by which method, and on what grounds.
///
/// Where a fact that is needed is not known, `missing` names it and nothing is predicted: that is a value, not an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// How it is made. `auto` says here what it picked.
    pub method: Method,
    /// The facts that are needed and not known; with any of them nothing is predicted.
    pub missing: Vec<Missing>,
    /// How likely it is that the wait passes the threshold: for `erlang-b` that a call is lost, for `interval` that the goal
    /// is missed. None where the method gives no probability.
    pub probability: Option<f64>,
    /// Where the probability lies with a confidence of 90 %, given the sizes of the samples behind handle time and patience;
    /// none where those are not told.
    pub interval: Option<(f64, f64)>,
    /// How many observations the least certain input rests on, where that is told.
    pub sample_size: Option<f64>,
    /// What is taken for granted.
    pub assumptions: Vec<Assumption>,
    /// What else the method says, by name.
    pub figures: Vec<(&'static str, Value)>,
}

impl Prediction {
    pub(crate) const fn new(method: Method) -> Self {
        Self {
            method,
            missing: Vec::new(),
            probability: None,
            interval: None,
            sample_size: None,
            assumptions: Vec::new(),
            figures: Vec::new(),
        }
    }

    /// A figure that the method gives, by its name in JSON.
    pub fn figure(&self, name: &str) -> Option<f64> {
        let found = self.figures.iter().find(|(known, _)| *known == name);
        found.and_then(|(_, value)| value.as_f64())
    }

    pub(crate) fn add(&mut self, name: &'static str, value: impl Into<Value>) {
        self.figures.push((name, value.into()));
    }
}

impl Prediction {
    /// What it says, by its names in JSON; null stands for what is left out.
    fn fields(&self) -> impl Iterator<Item = (&'static str, Value)> {
        let enough = self.missing.is_empty();
        let status = if enough { "ok" } else { "not-enough-data" };
        let missing = if enough {
            Value::Null
        } else {
            list(&self.missing)
        };
        let interval = self.interval.map_or(Value::Null, |(low, high)| {
            object([
                ("low", low.into()),
                ("high", high.into()),
                ("confidence", 0.9.into()),
            ])
        });
        let assumptions = self.assumptions.iter().map(|each| each.as_str());
        let common = [
            ("method", self.method.as_str().into()),
            ("status", status.into()),
            ("missing", missing),
            ("probability", self.probability.into()),
            ("interval", interval),
            ("sampleSize", self.sample_size.into()),
            ("assumptions", assumptions.collect()),
        ];
        let figures = self.figures.iter();
        let figures = figures.map(|(name, value)| (*name, value.clone()));
        let told = |(_, value): &(&str, Value)| !value.is_null();
        common.into_iter().chain(figures).filter(told)
    }

    /// Appends it as JSON text: a wallboard has no time for a tree in between.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut before = b'{';
        for (name, value) in self.fields() {
            out.push(before);
            before = b',';
            out.push(b'"');
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b"\":");
            // Writing into memory does not fail.
            drop(serde_json::to_writer(&mut *out, &value));
        }
        out.push(b'}');
    }
}

impl ToJson for Prediction {
    fn to_json(&self) -> Value {
        let field = |(name, value): (&str, Value)| (name.to_owned(), value);
        self.fields().map(field).collect::<Map<_, _>>().into()
    }
}
