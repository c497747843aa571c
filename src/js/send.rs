//! One HTTP exchange, with the host's `fetch` and the host's token.
//!
//! gloo-net builds the request and converts the answer. Its `send`, `text` and `json` are not used: they panic on what a
//! strange `fetch` may return, and a promise would never settle. The token passes from the host's function to the
//! request's headers as a JavaScript string: it never enters the memory of the core.

use gloo_net::http::{Headers, Method, RequestBuilder, Response};
use js_sys::{Function, JsString, Object, Promise, Reflect, Uint8Array};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Request as WebRequest, Response as WebResponse};

use crate::js::{object, pairs};
use crate::json::{ToJson, object as written, parsed};

/// An exchange without an answer. It is `lost` where it may have left, and `not-sent` where it certainly didn't.
fn failed(kind: &str, reason: String) -> JsValue {
    object(&written([("kind", kind.into()), ("reason", reason.into())]))
}

/// Sends a request of the machine to `base_url`, and resolves to `{kind: "response", status, headers, body}`,
/// `{kind: "lost", reason}` or `{kind: "not-sent", reason}`.
#[wasm_bindgen(skip_typescript)]
pub async fn send(
    request: String,
    base_url: String,
    token: Function,
    refresh: bool,
    fetch: Option<Function>,
    signal: AbortSignal,
) -> JsValue {
    let prepared = match prepare(&request, &base_url, &signal) {
        Ok(prepared) => authorised(prepared, &token, refresh).await,
        Err(reason) => Err(reason),
    };
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(reason) => return failed("not-sent", reason),
    };
    let fetch = fetch.or_else(|| {
        Reflect::get(&js_sys::global(), &"fetch".into())
            .ok()?
            .dyn_into()
            .ok()
    });
    let Some(fetch) = fetch else {
        return failed("not-sent", "the host has no fetch".to_owned());
    };
    match exchange(&fetch, &prepared).await {
        Ok(answer) => answer,
        Err(reason) => failed("lost", reason),
    }
}

/// Builds the request, as yet without a token.
fn prepare(request: &str, base_url: &str, signal: &AbortSignal) -> Result<WebRequest, String> {
    let request = parsed(request.as_bytes())?;
    let text = |name: &str| request.get(name).and_then(Value::as_str);
    let method = match text("method") {
        Some("GET") => Method::GET,
        Some("POST") => Method::POST,
        Some("PUT") => Method::PUT,
        Some("PATCH") => Method::PATCH,
        Some("DELETE") => Method::DELETE,
        _ => return Err("the request has no method".to_owned()),
    };
    let url = format!(
        "{}{}",
        base_url.trim_end_matches('/'),
        text("path").unwrap_or_default()
    );
    let mut builder = RequestBuilder::new(&url)
        .method(method)
        .abort_signal(Some(signal));
    for (name, value) in request.get("headers").map(pairs).unwrap_or_default() {
        builder = builder.header(&name, &value);
    }
    let built = match text("body") {
        Some(body) => builder.body(body.to_owned()),
        None => builder.build(),
    };
    built
        .map(Into::into)
        .map_err(|_| "the request could not be built from the base URL".to_owned())
}

/// Puts the token on the request.
async fn authorised(
    request: WebRequest,
    token: &Function,
    refresh: bool,
) -> Result<WebRequest, String> {
    let ask = Object::new();
    Reflect::set(&ask, &"refresh".into(), &refresh.into()).map_err(|thrown| said(&thrown))?;
    let token = settled(token.call1(&JsValue::NULL, &ask)).await?;
    let token: JsString = token
        .dyn_into()
        .map_err(|_| "the token function gave no string".to_owned())?;
    let bearer = JsString::from("Bearer ").concat(&token);
    let headers: JsValue = request.headers().into();
    let set = Reflect::get(&headers, &"set".into())
        .ok()
        .and_then(|set| set.dyn_into::<Function>().ok());
    let set = set.ok_or_else(|| "the host's Headers cannot be set".to_owned())?;
    // The platform's own error would quote the token.
    set.call2(&headers, &"authorization".into(), &bearer)
        .map_err(|_| "the token cannot stand in a header".to_owned())?;
    Ok(request)
}

/// Fetches, and reads the whole answer.
async fn exchange(fetch: &Function, request: &WebRequest) -> Result<JsValue, String> {
    let raw = settled(fetch.call1(&JsValue::NULL, request)).await?;
    if Reflect::get(&raw, &"status".into())
        .ok()
        .and_then(|status| status.as_f64())
        .is_none()
    {
        return Err("fetch gave no Response".to_owned());
    }
    // Hosts bring responses of their own, so its class is not asked for.
    let raw: WebResponse = raw.unchecked_into();
    let response = Response::from(Clone::clone(&raw));
    let status = response.status();
    let headers = told(&response.headers());
    let body = JsFuture::from(raw.array_buffer().map_err(|thrown| said(&thrown))?)
        .await
        .map_err(|thrown| said(&thrown))?;
    let answer = Object::new();
    let fields: [(&str, JsValue); 4] = [
        ("kind", "response".into()),
        ("status", status.into()),
        ("headers", object(&headers.to_json())),
        ("body", Uint8Array::new(&body).into()),
    ];
    for (name, value) in fields {
        Reflect::set(&answer, &name.into(), &value).map_err(|thrown| said(&thrown))?;
    }
    Ok(answer.into())
}

/// The headers that somebody looks at; the rest stays outside.
fn told(headers: &Headers) -> Vec<(String, String)> {
    ["retry-after", "date", "content-type", "etag"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), headers.get(name)?)))
        .collect()
}

/// What a function of the host returned, awaited where it is a promise.
async fn settled(returned: Result<JsValue, JsValue>) -> Result<JsValue, String> {
    let returned = returned.map_err(|thrown| said(&thrown))?;
    JsFuture::from(Promise::resolve(&returned))
        .await
        .map_err(|thrown| said(&thrown))
}

/// What was thrown, in one line, whatever it is.
fn said(thrown: &JsValue) -> String {
    let message = thrown
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()));
    message
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| "something that is no error was thrown".to_owned())
}
