//! Reading what several operations ask for: a thing by its id, an interval of time, the next page.

use serde_json::Number;

use crate::error::Code;
use crate::http::{Method, Request};
use crate::json::Given;
use crate::time::Timestamp;
use crate::validate::{Fields, Report};

/// The hint for an id that is missing.
pub(super) const AN_ID: &str = "pass the id as the platform wrote it";

/// Reads an input that holds one id and nothing else.
pub(super) fn named(
    input: Given<'_>,
    name: &'static str,
    report: &mut Report,
    build: impl FnOnce(&str, &mut Report) -> Option<Request>,
) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let id = fields.required_id(name, AN_ID, report);
    fields.finish(report);
    build(id?, report)
}

/// Which forms a platform takes a moment in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// A moment in UTC alone.
    Absolute,
    /// Also `now`, and as long before it as `now-5m` says.
    Relative,
}

/// A moment as the platform is told it, and when that is, where it does not depend on the platform's own clock.
type Moment = (String, Option<Timestamp>);

/// Reads the interval from `from` to `to`, which may have usual ends.
pub(super) fn interval(
    fields: &mut Fields<'_>,
    clock: Clock,
    usual: [Option<&str>; 2],
    report: &mut Report,
) -> Option<[String; 2]> {
    let [from, to] = usual;
    let from = moment(fields, "from", clock, from, report);
    let to = moment(fields, "to", clock, to, report);
    let (from, to) = (from?, to?);
    if let (Some(first), Some(last)) = (from.1, to.1)
        && last < first
    {
        let hint = "name the earlier moment in `from`";
        report.add(
            Code::OutOfRange,
            fields.path("to"),
            "`to` lies before `from`",
            hint,
        );
    }
    Some([from.0, to.0])
}

fn moment(
    fields: &mut Fields<'_>,
    name: &'static str,
    clock: Clock,
    usual: Option<&str>,
    report: &mut Report,
) -> Option<Moment> {
    let hint = match clock {
        Clock::Absolute => "write it like 2026-01-31T09:30:00.000Z, or in ms since 1970",
        Clock::Relative => "write it like now-5m or 2026-01-31T09:30:00.000Z, or in ms since 1970",
    };
    let Some(value) = fields.value(name) else {
        if usual.is_none() {
            fields.required(name, hint, report);
        }
        return usual.map(|usual| (usual.to_owned(), None));
    };
    let at = match value.as_str() {
        Some(text) if clock == Clock::Relative && is_relative(text) => {
            return Some((text.to_owned(), None));
        }
        Some(text) => Timestamp::from_iso(text),
        None => {
            let millis = value.as_number().and_then(Number::as_i64);
            millis.map(Timestamp::from_millis)
        }
    };
    if at.is_none() {
        let message = format!("`{name}` is no moment");
        report.add(Code::InvalidTime, fields.path(name), message, hint);
    }
    at.map(|at| (at.to_iso(), Some(at)))
}

/// `now`, or `now-` and a number of seconds, minutes, hours, days or weeks.
fn is_relative(text: &str) -> bool {
    let Some(before) = text.strip_prefix("now") else {
        return false;
    };
    let span = before.strip_prefix('-');
    let amount = span.and_then(|span| span.strip_suffix(['s', 'm', 'h', 'd', 'w']));
    let counted = |amount: &str| {
        (1..=6).contains(&amount.len()) && amount.bytes().all(|byte| byte.is_ascii_digit())
    };
    before.is_empty() || amount.is_some_and(counted)
}

/// Whether an input asks for a page after the first.
pub(super) fn asks_next(input: Given<'_>) -> bool {
    input.get("next").is_some_and(|next| !next.is_null())
}

/// Opens an input that asks for the first page.
pub(super) fn first_page<'a>(input: Given<'a>, report: &mut Report) -> Option<Fields<'a>> {
    let mut fields = Fields::open(input, "$", report)?;
    fields.value("next");
    Some(fields)
}

/// Reads `{ next, nextMethod? }`: the page that an earlier one pointed to, asked for as the platform said. `own` is the
/// operation's path.
pub(super) fn next_page(
    operation: &str,
    own: &str,
    input: Given<'_>,
    report: &mut Report,
) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let next = fields.text("next", report);
    let methods = [("GET", Method::Get), ("POST", Method::Post)];
    let method = fields.word("nextMethod", &methods, report);
    fields.finish(report);
    let path = path_of(next?, own);
    if path.is_none() {
        let hint = "pass `next` as it came with the page before";
        report.add(Code::InvalidUrl, "$.next", "not the link of a page", hint);
    }
    let mut request = Request::reads(operation, path?);
    request.method = method.unwrap_or(Method::Get);
    Some(request)
}

/// The operation's own path with what a link puts behind it, and its query. The host's name, and what a gateway has before
/// the path, are the base URL's to say: a link that leads anywhere else is none.
fn path_of(link: &str, own: &str) -> Option<String> {
    let rest = match link.split_once("://") {
        Some(("https" | "http", rest)) => rest.find('/').and_then(|at| rest.get(at..))?,
        _ => link,
    };
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\\#\"<>".contains(&byte);
    if !rest.bytes().all(plain) || !rest.starts_with(['/', '?']) || rest.starts_with("//") {
        return None;
    }
    let (path, query) = match rest.find('?').and_then(|at| rest.split_at_checked(at)) {
        Some(("", query)) => (own, query),
        Some(parts) => parts,
        None => (rest, ""),
    };
    let (_, below) = path.split_once(own)?;
    let inside = below.is_empty() || below.starts_with('/') && !below.split('/').any(is_step);
    inside.then(|| format!("{own}{below}{query}"))
}

/// Whether a URL parser takes a segment of a path for a step.
fn is_step(segment: &str) -> bool {
    let dots = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(dots.as_str(), "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_same_host_only() {
        let path = |link| path_of(link, "/api/v2/audit");
        let next = Some("/api/v2/audit?cursor=2".to_owned());
        assert_eq!(path("https://na1.example.com/api/v2/audit?cursor=2"), next);
        assert_eq!(path("/api/v2/audit?cursor=2"), next);
        assert_eq!(path("?cursor=2"), next);
        let behind = "https://na1.example.com/gateway/api/v2/audit?cursor=2";
        assert_eq!(path(behind), next, "the base URL brings the gateway");
        let below = Some("/api/v2/audit/pages/2".to_owned());
        assert_eq!(path("/api/v2/audit/pages/2"), below);
        for link in [
            "",
            "//evil.example/x",
            "https://evil.example",
            "https://a.example//evil.example/x",
            "ftp://a.example/x",
            "/a b",
            "/a#b",
            "/é",
            "cursor=2",
            "api/v2/audit?cursor=2",
            "/..",
            "/api/v2/auditors",
            "/api/v2/voice/calls/call-1/transfer",
            "/api/v2/voice/calls/call-1/transfer?from=/api/v2/audit",
            "/api/v2/audit/../voice/calls/call-1/transfer",
            "/api/v2/audit/%2E%2e/voice/calls/call-1/transfer",
            "/api/v2/audit/./2",
        ] {
            assert_eq!(path(link), None, "{link}");
        }
    }

    #[test]
    fn a_moment_before_now_is_counted_in_whole_units() {
        for text in ["now", "now-5m", "now-24h", "now-7d", "now-90s", "now-2w"] {
            assert!(is_relative(text), "{text}");
        }
        for text in [
            "",
            "later",
            "now-",
            "now-m",
            "now-5",
            "now-5y",
            "now+5m",
            "now-1.5h",
            "now-1234567s",
        ] {
            assert!(!is_relative(text), "{text}");
        }
    }
}
