//! `PUT /api/v2/routing/queues/{id}`: deploys the configuration of a queue, on the version that it changes.
//!
//! Ids are taken as they come: queues and skills have names here. Two deployments at once are told apart by `If-Match`; the
//! platform refuses the later one with 409.

use std::collections::BTreeSet;

use crate::error::Code;
use crate::http::{Method, Request};
use crate::json::{Body, Given, ToJson, body};
use crate::profile::cxone_v2::queue;
use crate::profile::{Fault, Operation, Profile};
use crate::validate::{Fields, Report, check_url};

pub(super) const OPERATION: Operation = Operation::new(
    "queue-config",
    "routing:queues:write",
    build,
    |response, _| queue::facts(response).map(|told| told.to_json()),
)
.writing()
.told_by(FAULTS);

/// How a queue picks an agent.
const STRATEGIES: &[(&str, &str)] = &[
    ("longestIdleAgent", "longestIdleAgent"),
    ("mostAvailableAgent", "mostAvailableAgent"),
    ("leastRecentlyUsed", "leastRecentlyUsed"),
    ("firstAvailableAgent", "firstAvailableAgent"),
];

/// Whether an agent needs one of the skills, or all.
const SKILL_ROUTING: &[(&str, &str)] = &[("any", "any"), ("all", "all")];

/// The overflow threshold that is sent where none is named.
const USUAL_THRESHOLD: u64 = 50;

/// The last whole number that every JSON reader tells from its neighbours.
const MOST_VERSIONS: u64 = 9_007_199_254_740_991;

const READ_SKILLS: &str = "name a skill that the operation `skills` lists";

const FAULTS: &[Fault] = &[
    Fault {
        says: "strategy",
        code: Code::UnknownValue,
        path: "$.routingStrategy",
        hint: "name a strategy that the platform knows, such as `longestIdleAgent`",
    },
    Fault {
        says: "music",
        code: Code::InvalidUrl,
        path: "$.waitMusic",
        hint: "pass the address of a file that the platform can fetch",
    },
    Fault {
        says: "skill",
        code: Code::UnknownSkill,
        path: "$.skills",
        hint: READ_SKILLS,
    },
];

/// Reads `{ queue, version, routingStrategy, waitMusic, maxWaitSeconds, overflowTargets?, skills?, skillRoutingType?,
/// enableOverflow?, overflowThreshold?, knownSkills? }`, or the same in the platform's own words.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let id = fields.either("queue", "id");
    let queue = fields.required_id(id, "name the queue to configure", report);
    let version_hint = "read it with the operation `queue`; 0 where that tells none";
    let version = fields
        .required("version", version_hint, report)
        .and_then(|_| fields.integer("version", 0..=MOST_VERSIONS, report));
    let strategy = fields
        .required(
            "routingStrategy",
            "say how the queue picks an agent",
            report,
        )
        .and_then(|_| fields.word("routingStrategy", STRATEGIES, report));
    let music = music(&mut fields, report);
    let wait = fields.either("maxWaitSeconds", "maxWaitTime");
    let max_wait = fields
        .required(
            wait,
            "say how long a caller may wait, 10 to 7200 seconds",
            report,
        )
        .and_then(|_| fields.integer(wait, 10..=7_200, report));
    let targets = overflow_targets(&mut fields, queue, report);
    let skills = skills(&mut fields, report);
    let routing = fields.word("skillRoutingType", SKILL_ROUTING, report);
    let overflow = fields.flag("enableOverflow", report);
    let threshold = fields.integer("overflowThreshold", 0..=1_000_000, report);
    fields.finish(report);

    let (queue, version) = (queue?, version?);
    let payload = body([
        (
            "enableOverflow",
            overflow.unwrap_or(!targets.is_empty()).into(),
        ),
        ("id", queue.into()),
        ("maxWaitTime", max_wait?.into()),
        ("overflowTargets", targets.into()),
        (
            "overflowThreshold",
            threshold.unwrap_or(USUAL_THRESHOLD).into(),
        ),
        ("routingStrategy", strategy?.into()),
        ("skillRoutingType", routing.unwrap_or("any").into()),
        ("skills", skills.into()),
        ("version", version.into()),
        ("waitMusic", music?),
    ]);
    let mut request = Request::writes(
        OPERATION.name,
        Method::Put,
        queue::path(queue),
        Some(payload.text()),
    );
    request
        .headers
        .push(("if-match".to_owned(), version.to_string()));
    Some(request)
}

/// What callers hear: an address, or `{ url, playMusic? }`.
fn music<'a>(fields: &mut Fields<'a>, report: &mut Report) -> Option<Body<'a>> {
    let hint = "pass the address of what callers hear, such as https://example.com/wait.mp3";
    let value = fields.required("waitMusic", hint, report)?;
    let (url, play) = match value.as_str() {
        Some(url) => {
            check_url(url, &fields.place("waitMusic"), report);
            (url, None)
        }
        None => {
            let mut inner = Fields::open(value, fields.path("waitMusic"), report)?;
            let url = inner.required("url", hint, report);
            let url = url.and_then(|_| inner.text("url", report));
            let play = inner.flag("playMusic", report);
            let path = inner.path("url");
            inner.finish(report);
            check_url(url?, &path, report);
            (url?, play)
        }
    };
    let play = play.unwrap_or(true);
    Some(body([("playMusic", play.into()), ("url", url.into())]))
}

/// The queues that take over, each `{ queue, threshold? }`.
fn overflow_targets<'a>(
    fields: &mut Fields<'a>,
    own: Option<&'a str>,
    report: &mut Report,
) -> Vec<Body<'a>> {
    let mut seen: BTreeSet<_> = own.into_iter().collect();
    let mut read = |at: &mut Fields<'a>, report: &mut Report| {
        at.integer("threshold", 0..=1_000_000, report).into()
    };
    let hint = "name each queue once, and not the queue itself: callers would go round";
    things(
        fields,
        ("overflowTargets", "$.overflowTargets"),
        "queue",
        "threshold",
        &mut read,
        report,
        |id| (!seen.insert(id)).then_some((Code::Duplicate, hint)),
    )
}

/// The skills that are asked for, each `{ skill, level? }`. Where `knownSkills` lists what the platform has, all must be there.
fn skills<'a>(fields: &mut Fields<'a>, report: &mut Report) -> Vec<Body<'a>> {
    let known = known_skills(fields, report);
    let mut seen = BTreeSet::new();
    let mut read = |at: &mut Fields<'a>, report: &mut Report| at.id("level", report).into();
    things(
        fields,
        ("skills", "$.skills"),
        "skill",
        "level",
        &mut read,
        report,
        |id| {
            if known.as_ref().is_some_and(|known| !known.contains(id)) {
                Some((Code::UnknownSkill, READ_SKILLS))
            } else {
                (!seen.insert(id)).then_some((Code::Duplicate, "name each skill once"))
            }
        },
    )
}

/// Reads a list, its name and where it stands, of things that are named by `name` or `id` and have one `detail`; `refuse` looks at each id.
fn things<'a>(
    fields: &mut Fields<'a>,
    (list, place): (&'static str, &'static str),
    name: &'static str,
    detail: &'static str,
    read: &mut dyn FnMut(&mut Fields<'a>, &mut Report) -> Body<'a>,
    report: &mut Report,
    mut refuse: impl FnMut(&'a str) -> Option<(Code, &'static str)>,
) -> Vec<Body<'a>> {
    let mut things = Vec::new();
    for (at, value) in fields
        .list(list, report)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let Some(mut inner) = Fields::open_item(value, place, at, report) else {
            continue;
        };
        let field = inner.either(name, "id");
        let id = inner.required_id(field, super::AN_ID, report);
        let told = read(&mut inner, report);
        if let Some((code, hint)) = id.and_then(&mut refuse) {
            let message = format!("`{}` cannot stand here", id.unwrap_or_default());
            report.add(code, inner.path(field), message, hint);
        }
        inner.finish(report);
        let Some(id) = id else { continue };
        things.push(body([("id", id.into()), (detail, told)]));
    }
    things
}

/// The ids in `knownSkills`: as texts, or as the operation `skills` lists them.
fn known_skills<'a>(fields: &mut Fields<'a>, report: &mut Report) -> Option<BTreeSet<&'a str>> {
    let known = fields.list("knownSkills", report)?;
    let id = |skill: Given<'a>| {
        skill
            .as_str()
            .or(skill.get("skill").and_then(Given::as_str))
    };
    Some(known.iter().filter_map(id).collect())
}
