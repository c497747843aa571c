//! What the platforms' own metrics are to a prediction: which input each is, and in which unit it comes.
//!
//! It reads the bodies of answers as the platforms document them. What an answer does not tell is left out, since absent is
//! unknown; a count of zero that is told stays zero.

use serde_json::{Map, Value};

/// How a metric becomes an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// As it comes: a count, a share from 0 to 1, or seconds.
    Plain,
    /// Percent, read as a share.
    Percent,
}

/// One metric of a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// The platform's own name.
    pub name: &'static str,
    /// The inputs that it is.
    pub inputs: &'static [&'static str],
    /// Its unit there.
    pub unit: Unit,
}

const fn metric(name: &'static str, inputs: &'static [&'static str], unit: Unit) -> Metric {
    Metric { name, inputs, unit }
}

/// A caller who comes now has all who wait ahead.
const WAITING: &[&str] = &["callersWaiting", "waitingAhead"];

/// `cxone-v2`: one entry of `metrics` of the queue analytics (seeds/2). Times are seconds there, occupancy a share.
pub const CXONE_V2: &[Metric] = &[
    metric("occupancy", &["occupancy"], Unit::Plain),
    metric("waitTime", &["waitSeconds"], Unit::Plain),
    metric("abandonedCount", &["abandoned"], Unit::Plain),
    metric("answeredCount", &["answered"], Unit::Plain),
];

/// `cxone-acd`: one entry of `skillActivity`. The search endpoint misspells the available. The unit of
/// `serviceLevelThreshold` is not documented, so it is not read.
pub const CXONE_ACD: &[Metric] = &[
    metric("agentsAvailable", &["agentsAvailable"], Unit::Plain),
    metric("agentsAvaliable", &["agentsAvailable"], Unit::Plain),
    metric("queueCount", WAITING, Unit::Plain),
    metric("inSLA", &["answeredInTime"], Unit::Plain),
    metric("serviceLevelGoal", &["serviceLevelGoal"], Unit::Percent),
];

/// `genesys-cloud`: counts of the queue observations, by metric and, behind a point, qualifier.
pub const GENESYS_CLOUD: &[Metric] = &[
    metric("oWaiting", WAITING, Unit::Plain),
    metric("oOnQueueUsers", &["agents"], Unit::Plain),
    metric(
        "oUserRoutingStatuses.IDLE",
        &["agentsAvailable"],
        Unit::Plain,
    ),
];

/// The inputs that an answer of a profile's metrics tells, to be put into the input of `predict`. `None` where the profile
/// has no metrics that we know.
///
/// ```
/// use patchcord::predict::vendor;
/// use serde_json::json;
///
/// let activity = json!({ "agentsWorking": 9, "agentsAvailable": 2, "agentsACW": 1, "queueCount": 0, "serviceLevelGoal": 80 });
/// let inputs = vendor::inputs("cxone-acd", &activity).unwrap();
/// assert_eq!(inputs, json!({ "agents": 12.0, "agentsAvailable": 2.0, "callersWaiting": 0.0, "waitingAhead": 0.0,
///     "serviceLevelGoal": 0.8 }));
/// ```
pub fn inputs(profile: &str, answer: &Value) -> Option<Value> {
    let mut found = Map::new();
    match profile {
        "cxone-v2" | "cxone-v2-names" => {
            read(CXONE_V2, &mut found, |name| answer.get(name)?.as_f64())
        }
        "cxone-acd" => {
            let told = |name: &str| answer.get(name)?.as_f64();
            read(CXONE_ACD, &mut found, told);
            // Whoever works on a contact, wraps up or is free answers; who is unavailable does not.
            let free = told("agentsAvailable").or(told("agentsAvaliable"));
            let agents = told("agentsWorking").zip(told("agentsACW")).zip(free);
            put(
                &mut found,
                "agents",
                agents.map(|((busy, wrapping), free)| busy + wrapping + free),
            );
            let offered = told("inSLA").zip(told("outSLA"));
            put(
                &mut found,
                "offered",
                offered.map(|(inside, outside)| inside + outside),
            );
        }
        "genesys-cloud" => {
            let data = answer.get("data").and_then(Value::as_array);
            read(GENESYS_CLOUD, &mut found, |name| {
                stats(data?, name)?.get("count")?.as_f64()
            });
            times(data, &mut found);
        }
        _ => return None,
    }
    Some(Value::Object(found))
}

/// Handle time and patience of Genesys aggregates: sums are milliseconds. All time in the queue counts for patience, that of
/// callers who were answered (`tAcd`) and of those who gave up (`tAbandon`): the censored maximum likelihood.
fn times(data: Option<&Vec<Value>>, found: &mut Map<String, Value>) {
    let told = |name: &str, part: &str| stats(data?, name)?.get(part)?.as_f64();
    let handled = told("tHandle", "count").filter(|count| *count > 0.0);
    let mean = handled
        .zip(told("tHandle", "sum"))
        .map(|(count, sum)| sum / 1_000.0 / count);
    put(found, "handleSeconds", mean);
    put(found, "handleSamples", mean.and(handled));
    let gone = told("tAbandon", "count").filter(|count| *count > 0.0);
    let waited = told("tAbandon", "sum").zip(told("tAcd", "sum"));
    let mean = gone
        .zip(waited)
        .map(|(count, (gone, answered))| (gone + answered) / 1_000.0 / count);
    put(found, "patienceSeconds", mean);
    put(found, "patienceSamples", mean.and(gone));
}

/// The statistics of a metric, which may have a qualifier behind a point.
fn stats<'a>(data: &'a [Value], name: &str) -> Option<&'a Value> {
    let (metric, qualifier) = name
        .split_once('.')
        .map_or((name, None), |(metric, rest)| (metric, Some(rest)));
    let has = |entry: &Value, name: &str, word: &str| {
        entry.get(name).and_then(Value::as_str) == Some(word)
    };
    let fits = |entry: &&Value| {
        has(entry, "metric", metric)
            && qualifier.is_none_or(|qualifier| has(entry, "qualifier", qualifier))
    };
    data.iter().find(fits)?.get("stats")
}

fn read(metrics: &[Metric], found: &mut Map<String, Value>, told: impl Fn(&str) -> Option<f64>) {
    for metric in metrics {
        let value = told(metric.name).map(|value| match metric.unit {
            Unit::Plain => value,
            Unit::Percent => value / 100.0,
        });
        for input in metric.inputs {
            put(found, input, value);
        }
    }
}

fn put(found: &mut Map<String, Value>, name: &str, value: Option<f64>) {
    if let Some(value) = value {
        found.insert(name.to_owned(), value.into());
    }
}
