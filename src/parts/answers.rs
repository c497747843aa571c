//! What the platform's answer to any operation says: facts, or a problem with what to do about it.

use serde_json::Value;

use crate::http::Response;
use crate::json::{Given, Object, ToJson, object};
use crate::model::reason::ReasonCode;
use crate::parts::{Refusal, operation_of, read_text, refused};
use crate::profile::{self, Problem, Profile, problem};
use crate::time::Timestamp;
use crate::transfer::retry_after;
use crate::validate::{Fields, Report};

/// How long to stay away from a platform that failed inside, where it does not say.
const PAUSE_SECONDS: u64 = 30;

/// An answer as a host passes it, with what belongs to it.
pub(crate) struct Answer {
    pub(crate) response: Response,
    /// The request that it answers, as JSON; null where it is not at hand.
    pub(crate) asked: Value,
    pub(crate) now: Option<Timestamp>,
    /// How long ago the call began that it is about.
    pub(crate) age_seconds: Option<u64>,
}

/// Reads the answer to an operation: `{ status, headers?, body?, request?, now?, callAgeSeconds? }`. The body is text, or
/// the JSON that it holds; the request is the one that [`build_request`](crate::parts::build_request) made.
///
/// The result is `{ operation, status, ok, facts }`, or in place of the facts a `problem`: see [`Problem`]. It has
/// `retryAfterSeconds` where a pause is wanted, and `versions` where two deployments met.
///
/// # Errors
/// The same as [`build_request`](crate::parts::build_request): what the platform refuses is no error of ours.
///
/// ```
/// use patchcord::parts::read_response;
///
/// let read = read_response("cxone-v2", "presence", r#"{ "status": 403, "body": "" }"#).unwrap();
/// assert_eq!(read["problem"]["code"], "missing-scope");
/// assert_eq!(read["problem"]["scope"], "user:presence:read");
/// assert_eq!(read["problem"]["goesOn"], true, "nothing waits for it");
/// ```
pub fn read_response(profile: &str, operation: &str, response: &str) -> Result<Value, Refusal> {
    let profile = profile::by_name(profile)?;
    operation_of(profile, operation)?;
    let mut report = Report::default();
    let answer = answer(read_text(response)?.given(), &mut report).filter(|_| report.is_ok());
    let answer = answer.ok_or_else(|| refused("the response", report))?;
    Ok(read(profile, operation, &answer))
}

fn read(profile: &dyn Profile, operation: &str, answer: &Answer) -> Value {
    let told = told(profile, operation, answer);
    let ok = told.is_ok();
    let (facts, problem) = match told {
        Ok(facts) => (facts, Value::Null),
        Err(problem) => (Value::Null, problem),
    };
    object([
        ("operation", operation.into()),
        ("status", answer.response.status.into()),
        ("ok", ok.into()),
        ("facts", facts),
        ("problem", problem),
    ])
}

/// The facts that an answer tells, or the problem that it is.
pub(crate) fn told(
    profile: &dyn Profile,
    operation: &str,
    answer: &Answer,
) -> Result<Value, Value> {
    let response = &answer.response;
    let writes = profile
        .operation(operation)
        .is_some_and(|known| known.writes);
    let facts = if !response.succeeded() {
        Err(problem(profile, operation, response, answer.age_seconds).to_json())
    } else if writes && response.body.is_empty() {
        Ok(Value::Null)
    } else {
        let code = ReasonCode::UnreadableAnswer;
        profile
            .read(operation, response, &answer.asked)
            .map_err(|unreadable| trouble(profile, operation, code, &unreadable.0))
    };
    facts.map_err(|problem| with_details(problem, answer))
}

/// A problem that no answer tells of in the platform's own words, with what shows it.
pub(crate) fn trouble(
    profile: &dyn Profile,
    operation: &str,
    code: ReasonCode,
    evidence: &str,
) -> Value {
    let mut problem = Problem::of(profile, operation, code);
    problem.evidence = Some(evidence.to_owned());
    problem.to_json()
}

/// Adds what only the answer tells: how long to wait, and which versions met.
fn with_details(mut problem: Value, answer: &Answer) -> Value {
    let code = problem
        .get("code")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let failed = code == ReasonCode::ServerError.as_str();
    let met = code == ReasonCode::Conflict.as_str();
    let pause = pause(answer).or(failed.then_some(PAUSE_SECONDS));
    let versions = if met { versions(answer) } else { Value::Null };
    if let Value::Object(fields) = &mut problem {
        crate::json::insert(
            fields,
            &mut [("retryAfterSeconds", pause.into()), ("versions", versions)],
        );
    }
    problem
}

fn pause(answer: &Answer) -> Option<u64> {
    // Without a clock, a date tells nothing; the answer may bring its own.
    let clock = answer
        .now
        .or_else(|| answer.response.header("date").map(|_| Timestamp::default()));
    let seconds = |value: &str| value.trim().parse::<u32>().is_ok();
    answer
        .response
        .header("retry-after")
        .filter(|value| clock.is_some() || seconds(value))?;
    let pause = retry_after(&answer.response, clock.unwrap_or_default())?;
    Some(pause.as_secs())
}

/// The version that a deployment named, and the one that the platform has, where it says so.
fn versions(answer: &Answer) -> Value {
    let headers = answer
        .asked
        .get("headers")
        .map(|told| pairs(told.into()))
        .unwrap_or_default();
    let named = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("if-match"));
    let Some((_, sent)) = named else {
        return Value::Null;
    };
    let body = crate::json::parsed(&answer.response.body).unwrap_or_default();
    let told = ["version", "currentVersion"]
        .iter()
        .find_map(|name| body.get(*name)?.as_u64());
    let tagged = || number(answer.response.header("etag")?);
    object([
        ("sent", number(sent).into()),
        ("current", told.or_else(tagged).into()),
    ])
}

/// The number that a header holds, perhaps in quotes.
fn number(text: &str) -> Option<u64> {
    text.trim_start_matches("W/").trim_matches('"').parse().ok()
}

fn answer(value: Given<'_>, report: &mut Report) -> Option<Answer> {
    let mut fields = Fields::open(value, "$", report)?;
    let status = fields
        .required("status", "pass the HTTP status", report)
        .and_then(|_| fields.integer("status", 100..=599, report));
    let headers = fields.value("headers").map(pairs).unwrap_or_default();
    let body = fields.value("body").map_or_else(String::new, |body| {
        body.as_str().map_or_else(|| body.text(), str::to_owned)
    });
    let asked = fields.value("request").to_json();
    let now = fields.integer("now", 0..=i64::MAX.unsigned_abs(), report);
    let age_seconds = fields.integer("callAgeSeconds", 0..=u64::MAX, report);
    fields.finish(report);
    Some(Answer {
        response: Response {
            status: u16::try_from(status?).ok()?,
            headers,
            body: body.into_bytes(),
        },
        asked,
        now: now
            .and_then(|now| i64::try_from(now).ok())
            .map(Timestamp::from_millis),
        age_seconds,
    })
}

/// Headers as a list of pairs or as an object; what is neither holds none.
fn pairs(value: Given<'_>) -> Vec<(String, String)> {
    let pair =
        |name: Option<&str>, value: Option<&str>| Some((name?.to_owned(), value?.to_owned()));
    let of_list = |item: Given<'_>| {
        let item = item.as_list()?;
        pair(item.get(0)?.as_str(), item.get(1)?.as_str())
    };
    if let Some(list) = value.as_list() {
        return list.iter().filter_map(of_list).collect();
    }
    let fields = value.as_object().map(Object::in_order);
    let of_field = |(name, value): (&str, Given<'_>)| pair(Some(name), value.as_str());
    let fields = fields.into_iter().flatten();
    fields.filter_map(of_field).collect()
}
