//! HTTP as plain data: what the host is asked to send, and what it says came back. Nothing here sends anything.

use core::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::Value;

use crate::error::spelled;
use crate::json::{Body, ToJson, object};
use crate::stored::stored;

spelled! {
    /// What a request does to the world. It decides what a lost answer means: a read is asked again, a write is looked into.
    Effect {
        /// Changes nothing.
        Reads = "reads",
        /// May move, place or change a call.
        Writes = "writes",
    }
}

spelled! {
    /// An HTTP method that a platform asks for.
    Method {
        /// Reads.
        Get = "GET",
        /// Creates or starts.
        Post = "POST",
        /// Replaces.
        Put = "PUT",
        /// Changes in part.
        Patch = "PATCH",
        /// Ends.
        Delete = "DELETE",
    }
}

/// The time that a request may take before its answer counts as lost.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// A request for the host to send. It carries no token: the host's driver adds it last.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub timeout: Duration,
}

stored!(Request {
    operation,
    effect,
    method,
    path,
    headers,
    body,
    timeout,
});

/// The same JSON, written at once: whoever builds many requests waits for this.
impl Serialize for Request {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut fields = to.serialize_struct("Request", 7)?;
        fields.serialize_field("operation", &self.operation)?;
        fields.serialize_field("effect", self.effect.as_str())?;
        fields.serialize_field("method", self.method.as_str())?;
        fields.serialize_field("path", &self.path)?;
        fields.serialize_field("headers", &self.headers)?;
        if let Some(body) = &self.body {
            fields.serialize_field("body", body)?;
        }
        fields.serialize_field("timeout", &u64::try_from(self.timeout.as_millis()).ok())?;
        fields.end()
    }
}

impl ToJson for Request {
    fn to_json(&self) -> Value {
        object([
            ("operation", self.operation.to_json()),
            ("effect", self.effect.to_json()),
            ("method", self.method.to_json()),
            ("path", self.path.to_json()),
            ("headers", self.headers.to_json()),
            ("body", self.body.to_json()),
            (
                "timeout",
                u64::try_from(self.timeout.as_millis()).ok().to_json(),
            ),
        ])
    }
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

    /// A request that changes nothing, and says in its body what it asks for.
    pub(crate) fn queries(operation: &str, path: &str, body: &Body<'_>) -> Self {
        let mut request = Self::writes(operation, Method::Post, path.to_owned(), Some(body.text()));
        request.effect = Effect::Reads;
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
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    // Most ids are: it takes a tenth of the time.
    if value.bytes().fold(true, |all, byte| all & plain(byte)) {
        return value.to_owned();
    }
    utf8_percent_encode(value, ENCODED).to_string()
}
