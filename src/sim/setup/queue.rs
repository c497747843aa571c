//! A queue with its campaigns and its agents, from JSON.

use core::time::Duration;
use std::collections::BTreeMap;

use super::fields::{answered_by, read, seconds, switch, word};
use crate::error::{Code, Error};
use crate::json::{Given, Object, ToJson};
use crate::sim::random::Seed;
use crate::sim::roster;
use crate::sim::routing::{ConfigSetup, FIELDS, Version, checked, usual};
use crate::sim::world::{ACTIVE, AgentSetup, INACTIVE, MAX_WAIT, QueueSetup};
use crate::validate::{Fields, Report, check_uuid};

/// The most agents that a generated roster may have, and callers of the past.
const LARGEST_ROSTER: u64 = 100_000;

/// The highest version; JSON's readers tell whole numbers apart up to there.
const MOST_VERSIONS: u64 = 9_007_199_254_740_991;

/// A campaign's id, where it was given, and its status.
type CampaignSetup = (Option<String>, String);

/// Reads a queue of a platform that names its queues by UUIDs alone, or by any id.
pub(in crate::sim) fn queue(
    json: &str,
    seed: Seed,
    uuids: bool,
) -> Result<(QueueSetup, ConfigSetup), Error> {
    read(json, |value, fields, report| {
        let id = fields
            .required_id("id", "name the queue", report)
            .map(str::to_owned);
        if let Some(id) = id.as_ref().filter(|_| uuids) {
            check_uuid(id, &"$.id", report);
        }
        let name = fields.id("name", report).map(str::to_owned);
        let status = fields
            .word("status", &[(ACTIVE, ACTIVE), (INACTIVE, INACTIVE)], report)
            .unwrap_or(ACTIVE);
        let campaigns = campaigns(value, fields, report);
        let mut agents = agents(fields, report);
        let count = fields
            .integer("roster", 0..=LARGEST_ROSTER, report)
            .unwrap_or(0);
        let skills = ids("skills", fields, report).unwrap_or_else(|| roster::skills(seed));
        let max_wait = seconds("maxWaitSeconds", fields, report);
        let ends_in = answered_by("endsIn", fields, report);
        let past_callers = fields.integer("pastCallers", 0..=LARGEST_ROSTER, report);
        let metrics = metrics(fields, report);
        let config = config(max_wait.unwrap_or(MAX_WAIT), fields, report);
        let max_wait = max_wait.or(config.version.max_wait()).unwrap_or(MAX_WAIT);
        let id = id?;
        agents.extend(roster::agents(seed, &id, count, &skills));
        let queue = QueueSetup {
            id,
            name,
            status: status.to_owned(),
            campaigns,
            agents,
            max_wait,
            ends_in,
            past_callers: past_callers.unwrap_or(0),
            metrics,
        };
        Some((queue, config))
    })
}

/// What the host says of the load, in the platform's words.
fn metrics(fields: &mut Fields<'_>, report: &mut Report) -> BTreeMap<String, f64> {
    let path = fields.path("metrics");
    let inner = fields
        .value("metrics")
        .and_then(|value| Fields::open(value, path, report));
    let Some(mut inner) = inner else {
        return BTreeMap::new();
    };
    let most = 1e12;
    let ranges = [
        ("occupancy", 1.0),
        ("waitTime", most),
        ("abandonedCount", most),
        ("answeredCount", most),
    ];
    let told = ranges.map(|(name, most)| Some((name, inner.number(name, 0.0..=most, report)?)));
    inner.finish(report);
    let told = told.into_iter().flatten();
    told.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The configuration, in the platform's words; what is not said of it is as usual.
fn config(max_wait: Duration, fields: &mut Fields<'_>, report: &mut Report) -> ConfigSetup {
    let number = fields.integer("version", 0..=MOST_VERSIONS, report);
    let propagation = seconds("propagationSeconds", fields, report);
    let path = fields.path("config");
    let mut config = usual(max_wait);
    if let Some(value) = fields.value("config")
        && Fields::open(value, path.as_str(), report).is_some()
    {
        for (name, value) in value.as_object().into_iter().flat_map(Object::in_order) {
            if config.insert(name.to_owned(), value.to_json()).is_none() {
                let hint = format!("known fields: {}", FIELDS.join(", "));
                let message = format!("`{name}` is not a field here");
                report.add(Code::UnknownField, format!("{path}.{name}"), message, hint);
            }
        }
        // Whoever puts a queue in says with its skills that there are such.
        if let Err(complaints) = checked(&config, |_| true) {
            let given = |field: &str| {
                let name = field.split(['.', '[']).next().unwrap_or_default();
                value.get(name).is_some()
            };
            for (field, message) in complaints.all().filter(|(field, _)| given(field)) {
                let hint = "write it as the platform does";
                report.add(Code::UnknownValue, format!("{path}.{field}"), message, hint);
            }
        }
    }
    ConfigSetup {
        version: Version {
            number: number.unwrap_or(1),
            config,
        },
        propagation,
    }
}

/// One active campaign where nothing is said; none where `campaign` is null.
fn campaigns(value: Given<'_>, fields: &mut Fields<'_>, report: &mut Report) -> Vec<CampaignSetup> {
    let one = word("campaign", fields, report);
    let list = fields.list("campaigns", report);
    match (value.get("campaign"), list) {
        (Some(_), Some(_)) => {
            let hint = "pass one of the two";
            report.add(
                Code::NotSupported,
                "$.campaigns",
                "both `campaign` and `campaigns` are given",
                hint,
            );
            Vec::new()
        }
        (Some(_), None) => one.into_iter().map(|status| (None, status)).collect(),
        (None, None) => vec![(None, ACTIVE.to_owned())],
        (None, Some(list)) => {
            let campaign =
                |(place, value)| campaign(value, &format!("$.campaigns[{place}]"), report);
            list.iter().enumerate().filter_map(campaign).collect()
        }
    }
}

fn campaign(value: Given<'_>, path: &str, report: &mut Report) -> Option<CampaignSetup> {
    let mut fields = Fields::open(value, path, report)?;
    let id = fields.id("id", report).map(str::to_owned);
    let status = fields.required("status", "pass a status such as `ACTIVE`", report);
    let status = status.and_then(|_| word("status", &mut fields, report));
    fields.finish(report);
    Some((id, status?))
}

fn agents(fields: &mut Fields<'_>, report: &mut Report) -> Vec<AgentSetup> {
    let mut agents: Vec<AgentSetup> = Vec::new();
    for (place, value) in fields
        .list("agents", report)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let path = format!("$.agents[{place}]");
        let Some(agent) = agent(value, &path, report) else {
            continue;
        };
        if agents.iter().any(|other| other.id == agent.id) {
            let message = format!("agent `{}` is listed twice", agent.id);
            report.add(
                Code::Duplicate,
                format!("{path}.id"),
                message,
                "list each agent once",
            );
        }
        agents.push(agent);
    }
    agents
}

fn agent(value: Given<'_>, path: &str, report: &mut Report) -> Option<AgentSetup> {
    let mut fields = Fields::open(value, path, report)?;
    let id = fields
        .required_id("id", "name the agent", report)
        .map(str::to_owned);
    let setup = AgentSetup {
        id: id.clone().unwrap_or_default(),
        status: word("status", &mut fields, report),
        skills: ids("skills", &mut fields, report),
        name: fields.id("name", report).map(str::to_owned),
        rings: seconds("answerSeconds", &mut fields, report),
        answers: switch("answers", &mut fields, report),
        answered_by: answered_by("answeredBy", &mut fields, report),
    };
    fields.finish(report);
    id.map(|_| setup)
}

/// A list of ids.
fn ids(name: &'static str, fields: &mut Fields<'_>, report: &mut Report) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    for (place, value) in fields.list(name, report)?.iter().enumerate() {
        match value
            .as_str()
            .filter(|text| crate::model::id::check(text).is_ok())
        {
            Some(id) => ids.push(id.to_owned()),
            None => {
                let path = format!("{}[{place}]", fields.path(name));
                report.add(
                    Code::InvalidId,
                    path,
                    "not an id",
                    "pass ids as the platform writes them",
                );
            }
        }
    }
    Some(ids)
}
