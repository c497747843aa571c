//! A queue with its campaigns and its agents, from JSON.

use core::time::Duration;

use serde_json::Value;

use super::fields::{read, seconds, switch, word};
use crate::error::{Code, Error};
use crate::sim::random::Seed;
use crate::sim::roster;
use crate::sim::world::{ACTIVE, AgentSetup, INACTIVE, MAX_WAIT, QueueSetup};
use crate::validate::{Fields, Report, check_uuid};

/// The most agents that a generated roster may have.
const LARGEST_ROSTER: u64 = 100_000;

/// A campaign's id, where it was given, and its status.
type CampaignSetup = (Option<String>, String);

/// Reads a queue of a platform that names its queues by UUIDs alone, or by any id.
pub(in crate::sim) fn queue(json: &str, seed: Seed, uuids: bool) -> Result<QueueSetup, Error> {
    read(json, |value, fields, report| {
        let id = fields
            .required_id("id", "name the queue", report)
            .map(str::to_owned);
        if let Some(id) = id.as_ref().filter(|_| uuids) {
            check_uuid(id, "$.id", report);
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
        let max_wait: Duration = seconds("maxWaitSeconds", fields, report).unwrap_or(MAX_WAIT);
        let id = id?;
        agents.extend(roster::agents(seed, &id, count, &skills));
        Some(QueueSetup {
            id,
            name,
            status: status.to_owned(),
            campaigns,
            agents,
            max_wait,
        })
    })
}

/// One active campaign where nothing is said; none where `campaign` is null.
fn campaigns(value: &Value, fields: &mut Fields<'_>, report: &mut Report) -> Vec<CampaignSetup> {
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

fn campaign(value: &Value, path: &str, report: &mut Report) -> Option<CampaignSetup> {
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

fn agent(value: &Value, path: &str, report: &mut Report) -> Option<AgentSetup> {
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
