//! A scripted fault, from JSON.

use core::time::Duration;

use super::MANY;
use super::fields::{read, seconds, switch};
use crate::error::{Code, Error};
use crate::json::{Given, Shape};
use crate::sim::fault::{Effect, Fault, Lose};
use crate::validate::{Fields, Report};

/// Reads a fault of a platform that has these operations.
pub(in crate::sim) fn fault(json: &str, operations: &[&'static str]) -> Result<Fault, Error> {
    read(json, |_, fields, report| {
        let words: Vec<_> = operations.iter().map(|name| (*name, *name)).collect();
        let operation = fields.word("operation", &words, report);
        let call = fields.id("call", report).map(str::to_owned);
        let skip = fields.integer("skip", 0..=MANY, report).unwrap_or(0);
        let times = fields.integer("times", 1..=MANY, report).unwrap_or(1);
        let status = fields
            .integer("status", 200..=599, report)
            .and_then(|status| u16::try_from(status).ok());
        let mut headers = headers(fields, report);
        let retry_after = retry_after(fields, report);
        let effect = Effect {
            // Who is told when to come back was sent away.
            status: status.or(retry_after.as_ref().map(|_| 429)),
            acts: switch("acts", fields, report).unwrap_or(false),
            body: fields.value("body").map(written),
            delay: seconds("delaySeconds", fields, report).unwrap_or_default(),
            stale: seconds("staleSeconds", fields, report).unwrap_or(Duration::ZERO),
            lose: fields.word(
                "lose",
                &[("before", Lose::Before), ("after", Lose::After)],
                report,
            ),
            headers: {
                headers.extend(retry_after.map(|value| ("retry-after".to_owned(), value)));
                headers
            },
        };
        if effect.is_none() {
            let hint = "pass `status`, `headers`, `body`, `delaySeconds`, `staleSeconds`, `lose` or `retryAfter`";
            report.add(Code::MissingField, "$", "the fault does nothing", hint);
        }
        Some(Fault {
            operation,
            call,
            skip,
            times,
            effect,
        })
    })
}

/// Text goes out as it is, broken JSON too; anything else as JSON.
fn written(body: Given<'_>) -> Vec<u8> {
    body.as_str()
        .map_or_else(|| body.text(), str::to_owned)
        .into_bytes()
}

/// Seconds, or any text: a date, or nonsense on purpose.
fn retry_after(fields: &mut Fields<'_>, report: &mut Report) -> Option<String> {
    match fields.value("retryAfter")?.shape() {
        Shape::Number(seconds) => Some(seconds.to_string()),
        Shape::Text(text) if sendable(text) => Some(text.to_owned()),
        _ => {
            let hint = "pass seconds, or the header's text";
            report.add(
                Code::WrongType,
                fields.path("retryAfter"),
                "`retryAfter` is neither number nor text",
                hint,
            );
            None
        }
    }
}

/// `{"name": "value"}` or `[["name", "value"]]`.
fn headers(fields: &mut Fields<'_>, report: &mut Report) -> Vec<(String, String)> {
    let path = fields.path("headers");
    let Some(value) = fields.value("headers") else {
        return Vec::new();
    };
    let found = match value.shape() {
        Shape::Object(object) => object
            .in_order()
            .into_iter()
            .map(|(name, value)| header(name, value.as_str()?))
            .collect(),
        Shape::List(list) => list
            .iter()
            .map(|pair| {
                let pair = pair.as_list().filter(|pair| pair.len() == 2)?;
                header(pair.get(0)?.as_str()?, pair.get(1)?.as_str()?)
            })
            .collect(),
        _ => None,
    };
    let found: Option<Vec<(String, String)>> = found;
    found.unwrap_or_else(|| {
        report.add(
            Code::WrongType,
            path,
            "not a set of headers",
            "pass an object of texts, or a list of pairs of texts",
        );
        Vec::new()
    })
}

fn header(name: &str, value: &str) -> Option<(String, String)> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let named = !name.is_empty() && name.bytes().all(token);
    (named && sendable(value)).then(|| (name.to_ascii_lowercase(), value.to_owned()))
}

/// Whether a header may carry the text.
fn sendable(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte))
}
