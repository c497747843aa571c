//! What a host says of the centre, from JSON: checked field by field, unknown fields refused. It changes nothing.

mod client;
mod fault;
mod fields;
mod outbound;
mod queue;

use core::time::Duration;

pub(super) use client::client;
pub(super) use fault::fault;
use fields::{answered_by, read, seconds, switch, word, word_of};
pub(super) use outbound::{flow, number};
pub(super) use queue::queue;

use crate::error::{Code, Error};
use crate::sim::world::{CallSetup, Line, Manner};
use crate::validate::{check_extension, check_phone, check_url};

/// The most that may be asked for at once: agents of a roster, answers of a fault.
const MANY: u64 = 1_000_000;

/// What a centre is made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) seed: u64,
    pub(super) profile: String,
    /// The address of the platform, without a slash at its end.
    pub(super) base_url: Option<String>,
}

pub(super) fn options(json: &str) -> Result<Options, Error> {
    read(json, |_, fields, report| {
        let seed = fields.integer("seed", 0..=u64::MAX, report).unwrap_or(0);
        let profile = fields
            .required("profile", "pass `cxone-v2` or `genesys-v2`", report)
            .and_then(|_| fields.text("profile", report));
        let base_url = fields
            .text("baseUrl", report)
            .filter(|url| check_url(url, &"$.baseUrl", report))
            .map(|url| url.trim_end_matches('/').to_owned());
        Some(Options {
            seed,
            profile: profile?.to_owned(),
            base_url,
        })
    })
}

pub(super) fn call(json: &str, manner: Manner) -> Result<CallSetup, Error> {
    read(json, |_, fields, report| {
        let id = fields
            .required_id("id", "name the call", report)
            .map(str::to_owned);
        let party = fields.id("connectedTo", report).map(str::to_owned);
        let queue = fields.id("queue", report).map(str::to_owned);
        let kind = answered_by("answeredBy", fields, report);
        let usual = match (&party, &queue) {
            (Some(_), _) => manner.connected,
            _ if kind.is_some() => manner.connected,
            (None, Some(_)) => manner.queued,
            (None, None) => manner.waiting,
        };
        let state = word_of("state", manner.in_capitals(), fields, report);
        Some(CallSetup {
            id: id?,
            state: state.unwrap_or_else(|| usual.to_owned()),
            party,
            answered_by: kind,
            queue,
            age: seconds("ageSeconds", fields, report).unwrap_or_default(),
            foreign: switch("foreign", fields, report).unwrap_or(false),
        })
    })
}

/// An extension, or a number, and how it behaves.
pub(super) fn line(json: &str) -> Result<(String, Line), Error> {
    read(json, |_, fields, report| {
        let (extension, phone) = (
            fields.text("extension", report),
            fields.text("phone", report),
        );
        let line = Line {
            answers: switch("answers", fields, report).unwrap_or(true),
            rings: seconds("answerSeconds", fields, report),
            answered_by: answered_by("answeredBy", fields, report),
        };
        let hint = "pass `extension` or `phone`";
        let number = match (extension, phone) {
            (Some(extension), None) => {
                check_extension(extension, "$.extension", report).then_some(extension)
            }
            (None, Some(phone)) => check_phone(phone, &"$.phone", report).then_some(phone),
            (None, None) => {
                report.add(Code::NoTarget, "$", "no number is named", hint);
                None
            }
            (Some(_), Some(_)) => {
                report.add(
                    Code::SeveralTargets,
                    "$",
                    "both an extension and a number are named",
                    hint,
                );
                None
            }
        };
        Some((number?.to_owned(), line))
    })
}

/// A skill and its name.
pub(super) fn skill(json: &str) -> Result<(String, Option<String>), Error> {
    read(json, |_, fields, report| {
        let id = fields
            .required_id("id", "name the skill", report)
            .map(str::to_owned);
        let name = fields.id("name", report).map(str::to_owned);
        Some((id?, name))
    })
}

/// The next transfers of a call, and how many of them shall fail.
pub(super) fn failures(json: &str) -> Result<(String, u64), Error> {
    read(json, |_, fields, report| {
        let call = fields
            .required_id("call", "name the call", report)
            .map(str::to_owned);
        let times = fields.integer("times", 1..=MANY, report).unwrap_or(1);
        Some((call?, times))
    })
}

/// What an agent does from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatusChange {
    pub(super) queue: Option<String>,
    pub(super) agent: String,
    pub(super) status: String,
}

pub(super) fn status(json: &str) -> Result<StatusChange, Error> {
    read(json, |_, fields, report| {
        let queue = fields.id("queue", report).map(str::to_owned);
        let agent = fields
            .required_id("agent", "name the agent", report)
            .map(str::to_owned);
        let status = fields.required("status", "pass a status such as `AVAILABLE`", report);
        let status = status.and_then(|_| word("status", fields, report));
        Some(StatusChange {
            queue,
            agent: agent?,
            status: status?,
        })
    })
}

/// The longest time that may be asked for.
const LONGEST: Duration = Duration::from_secs(86_400);
