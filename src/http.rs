//! HTTP as plain data: what the host is asked to send, and what it says came back. Nothing here sends anything.

use core::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::time::millis;

/// What a request does to the world. It decides what a lost answer means: a read is asked again, a write is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Changes nothing.
    Reads,
    /// May move, place or change a call.
    Writes,
}

/// An HTTP method that a platform asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or starts.
    Post,
    /// Replaces.
    Put,
    /// Changes in part.
    Patch,
    /// Ends.
    Delete,
}

impl Method {
    /// The method as it is written on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// The time that a request may take before its answer counts as lost.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// A request for the host to send. It carries no token: the host's driver adds it last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What it does in the platform's vocabulary, such as `transfer`.
    pub operation: String,
    /// Whether it may change the world.
    pub effect: Effect,
    /// How it is sent.
    pub method: Method,
    /// Path and query, encoded, to be put behind the base URL.
    pub path: String,
    /// Header names and values, without the authorisation.
    pub headers: Vec<(String, String)>,
    /// The JSON text to send, if any.
    pub body: Option<String>,
    /// How long to wait for the whole answer.
    #[serde(with = "millis")]
    pub timeout: Duration,
}

impl Request {
    /// A request that changes nothing.
    pub fn reads(operation: &str, path: String) -> Self {
        Self {
            operation: operation.to_owned(),
            effect: Effect::Reads,
            method: Method::Get,
            path,
            headers: vec![("accept".to_owned(), "application/json".to_owned())],
            body: None,
            timeout: REQUEST_TIMEOUT,
        }
    }

    /// A request that may change the world, with its JSON text.
    pub fn writes(operation: &str, method: Method, path: String, body: Option<String>) -> Self {
        let mut request = Self::reads(operation, path);
        request.effect = Effect::Writes;
        request.method = method;
        if body.is_some() {
            request
                .headers
                .push(("content-type".to_owned(), "application/json".to_owned()));
        }
        request.body = body;
        request
    }
}

/// An answer as the host received it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status, 100 to 599.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Response {
    /// The value of a header, its name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether the platform said yes.
    pub const fn succeeded(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

/// All but the characters that RFC 3986 calls unreserved.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value as one segment of a path, or as a value in a query.
pub fn encoded(value: &str) -> String {
    utf8_percent_encode(value, ENCODED).to_string()
}
