//! What a platform is to the simulator: routes, and what happens on them. One platform is one folder.

use core::fmt;
use core::time::Duration;

use percent_encoding::percent_decode_str;

use crate::http::Response;
use crate::sim::access::Denied;
use crate::sim::answers::{problem, refusal};
use crate::sim::fault::Effect;
use crate::sim::route::{Operation, Route};
use crate::sim::site::Site;
use crate::sim::world::Manner;

/// A request as the platform sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrived<'r> {
    /// Which request of this centre it is, from 1.
    pub(super) number: u64,
    pub(super) headers: &'r [(String, String)],
    pub(super) body: &'r [u8],
    /// The address of the platform, where the host said it.
    pub(super) base_url: Option<&'r str>,
}

impl Arrived<'_> {
    /// A header, its name in any case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The credentials of a scheme, where there are any.
    pub(super) fn authorization(&self, scheme: &str) -> Option<&str> {
        let (found, credentials) = self.header("authorization")?.trim().split_once(' ')?;
        let credentials = credentials.trim();
        (found.eq_ignore_ascii_case(scheme) && !credentials.is_empty()).then_some(credentials)
    }

    /// The address that the request came to: what the host said, else by its `Host` header, else a made-up one.
    pub(super) fn base_url(&self) -> String {
        if let Some(said) = self.base_url {
            return said.to_owned();
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        let host = self.header("host").map(str::trim);
        let Some(host) = host.filter(|host| !host.is_empty() && host.bytes().all(plain)) else {
            return MADE_UP_URL.to_owned();
        };
        let local = ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
            host.split_at_checked(name.len())
                .is_some_and(|(start, rest)| {
                    start.eq_ignore_ascii_case(name) && (rest.is_empty() || rest.starts_with(':'))
                })
        });
        let usual = if local { "http" } else { "https" };
        let scheme = match self.header("x-forwarded-proto").map(str::trim) {
            Some("http") => "http",
            Some("https") => "https",
            _ => usual,
        };
        format!("{scheme}://{host}")
    }
}

/// Where a platform is whose address nobody told.
const MADE_UP_URL: &str = "https://cxone.simulated";

/// A platform's dialect.
pub(super) trait Platform: fmt::Debug + Sync {
    fn table(&self) -> &'static [Operation];

    /// How its queues go about calls.
    fn manner(&self) -> Manner;

    /// Whether its queues are named by UUIDs alone.
    fn wants_uuids(&self) -> bool {
        false
    }

    /// Does what was asked, as a platform that is well. A read tells what was `stale` ago.
    fn act(
        &self,
        site: &mut Site,
        route: &Route,
        request: &Arrived<'_>,
        stale: Duration,
    ) -> Response;

    /// The names of its operations, each once.
    fn operations(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self
            .table()
            .iter()
            .map(|operation| operation.name)
            .collect();
        names.dedup();
        names
    }

    /// Finds the operation, or says why there is none: 404 or 405.
    fn route(&self, method: &str, path_and_query: &str) -> Result<Route, Response> {
        let (path, query) = path_and_query
            .split_once('?')
            .unwrap_or((path_and_query, ""));
        let mut allowed = Vec::new();
        for operation in self.table() {
            let Some(id) = matched(operation.path, path) else {
                continue;
            };
            if operation.method == method {
                return Ok(Route {
                    operation,
                    id,
                    query: pairs(query),
                });
            }
            allowed.push(operation.method);
        }
        if allowed.is_empty() {
            return Err(problem(404, "not-found", "there is no such resource"));
        }
        let mut response = problem(
            405,
            "method-not-allowed",
            "the resource does not take this method",
        );
        response
            .headers
            .push(("allow".to_owned(), allowed.join(", ")));
        Err(response)
    }
}

/// The answer after a fault had its way; `None` where it is lost.
pub(super) fn answer(
    platform: &dyn Platform,
    site: &mut Site,
    route: &Route,
    request: &Arrived<'_>,
    effect: Effect,
) -> Option<Response> {
    let acted = effect
        .lets_act()
        .then(|| match denied(site, route.operation, request) {
            Some(status) => refusal(status, route.operation),
            None => platform.act(site, route, request, effect.stale),
        });
    if effect.lose.is_some() {
        return None;
    }
    let mut response = match (effect.status, acted) {
        (Some(status), _) => refusal(status, route.operation),
        (None, acted) => acted.unwrap_or_default(),
    };
    response.body = effect.body.unwrap_or(response.body);
    for (name, value) in effect.headers {
        response.headers.retain(|(other, _)| *other != name);
        response.headers.push((name, value));
    }
    Some(response)
}

/// The status for whoever may not ask this; `None` for whoever may.
fn denied(site: &Site, operation: &Operation, request: &Arrived<'_>) -> Option<u16> {
    let needed = operation.scopes?;
    let Some(token) = request.authorization("bearer") else {
        return Some(401);
    };
    match site.access.check(token, needed, site.world.now()) {
        Ok(()) => None,
        Err(Denied::Token) => Some(401),
        Err(Denied::Scope) => Some(403),
    }
}

/// The id in a path that fits a pattern; the empty text where the pattern has none. `None`: it does not fit.
fn matched(pattern: &str, path: &str) -> Option<String> {
    let (mut wanted, mut found) = (pattern.split('/'), path.split('/'));
    let mut id = String::new();
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return Some(id),
            (Some("*"), Some(segment)) if !segment.is_empty() => {
                id = percent_decode_str(segment).decode_utf8().ok()?.into_owned();
            }
            (Some(wanted), Some(found)) if wanted == found => {}
            _ => return None,
        }
    }
}

/// The pairs of a query, or of a form.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decoded(name), decoded(value))
    };
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(pair)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_fits_its_pattern_and_no_other() {
        assert_eq!(
            matched("/calls/*/transfer", "/calls/a%2Fb%20c/transfer").as_deref(),
            Some("a/b c")
        );
        assert_eq!(matched("/calls", "/calls").as_deref(), Some(""));
        for path in [
            "/calls",
            "/calls//transfer",
            "/calls/a/transfer/",
            "/calls/a",
            "/calls/%ff/transfer",
            "",
        ] {
            assert_eq!(matched("/calls/*/transfer", path), None, "{path}");
        }
    }

    #[test]
    fn a_query_is_decoded() {
        let expected = [("queueId", "a b&c"), ("x", ""), ("y", "1=2")];
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        assert_eq!(pairs("queueId=a+b%26c&&x&y=1=2"), expected);
    }
}
