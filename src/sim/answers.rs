//! How a platform says no, and yes in JSON. It knows statuses and bodies, and no operation.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::http::Response;
use crate::sim::route::Operation;

/// An answer in JSON.
pub(super) fn json_answer(status: u16, body: &impl Serialize) -> Response {
    let body = serde_json::to_vec(body).unwrap_or_default();
    Response {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body,
    }
}

/// An answer that says no.
pub(super) fn problem(status: u16, code: &str, message: &str) -> Response {
    json_answer(status, &json!({ "code": code, "message": message }))
}

/// What a platform has against a payload, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Complaints(Vec<(String, String)>);

impl Complaints {
    pub(super) fn of(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self(vec![(field.into(), message.into())])
    }

    pub(super) fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push((field.into(), message.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, as field and message.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter();
        all.map(|(field, message)| (field.as_str(), message.as_str()))
    }

    /// The refusal: the first message for people, all of them in `errors`.
    pub(super) fn answer(&self, status: u16) -> Response {
        let errors = self
            .all()
            .map(|(field, message)| json!({ "field": field, "message": message }));
        let first = self.all().next().map_or("", |(_, message)| message);
        json_answer(
            status,
            &json!({ "code": "invalid-request", "message": first, "errors": errors.collect::<Vec<_>>() }),
        )
    }
}

/// The object that a payload is.
pub(super) fn payload(body: &[u8]) -> Result<Map<String, Value>, Complaints> {
    serde_json::from_slice(body).map_err(|_| Complaints::of("", "the body is not a JSON object"))
}

/// What a platform says with a status and nothing of its own to add.
pub(super) fn refusal(status: u16, operation: &Operation) -> Response {
    match status {
        400 | 422 => Complaints::of("", "the request was refused").answer(status),
        401 => {
            let message = "the access token is missing, expired or invalid";
            let mut response = problem(401, "unauthorized", message);
            response
                .headers
                .push(("www-authenticate".to_owned(), "Bearer".to_owned()));
            response
        }
        403 => {
            let scopes = operation.scopes.unwrap_or_default();
            let named: Vec<_> = scopes
                .iter()
                .filter_map(|scope| scope.split('|').next())
                .collect();
            let message = match named.join(" ") {
                none if none.is_empty() => "this is not allowed to the client".to_owned(),
                scopes => format!("the access token lacks the scope {scopes}"),
            };
            json_answer(
                403,
                &json!({ "code": "forbidden", "message": message, "requiredScopes": named }),
            )
        }
        404 => problem(404, "not-found", "there is no such resource"),
        409 => problem(409, "conflict", "the present state does not allow this"),
        429 => problem(429, "too-many-requests", "the rate limit is exceeded"),
        500.. => problem(status, "server-error", "the platform failed inside"),
        _ => problem(status, "scripted", "the simulation was told to answer so"),
    }
}
