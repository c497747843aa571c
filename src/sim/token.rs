//! Tokens by client credentials (RFC 6749, section 4.4), in the form's fields or as HTTP Basic, the same on every platform.

use serde_json::json;

use crate::http::Response;
use crate::sim::access::{EXPIRES_IN, Refused};
use crate::sim::answers::json_answer;
use crate::sim::platform::{Arrived, pairs};
use crate::sim::random::uuid;
use crate::sim::site::Site;

/// The type of a form, the only one that the endpoint takes.
const FORM: &str = "application/x-www-form-urlencoded";

/// Issues a token, or says why not in the words of RFC 6749.
pub(super) fn issue(site: &mut Site, request: &Arrived<'_>) -> Response {
    let is_form = |kind: &str| {
        let kind = kind.split(';').next().unwrap_or_default();
        kind.trim().eq_ignore_ascii_case(FORM)
    };
    if !request.header("content-type").is_none_or(is_form) {
        return refused(400, "invalid_request", "the body must be a form");
    }
    let form = pairs(&String::from_utf8_lossy(request.body));
    let field = |name: &str| {
        let found = form.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    match field("grant_type") {
        Some("client_credentials") => {}
        Some(_) => {
            let message = "grant_type must be client_credentials";
            return refused(400, "unsupported_grant_type", message);
        }
        None => return refused(400, "invalid_request", "grant_type is missing"),
    }
    let basic = request.authorization("basic").and_then(decoded);
    let in_header = basic.as_deref().and_then(|basic| basic.split_once(':'));
    let in_body = field("client_id").zip(field("client_secret"));
    let given = |(id, secret): &(&str, &str)| !id.is_empty() && !secret.is_empty();
    let Some((id, secret)) = in_header.filter(given).or(in_body.filter(given)) else {
        let message = "no client id and secret, neither in the form nor as Basic";
        return refused(401, "invalid_client", message);
    };
    let token = uuid(&mut site.world.seed.stream("token", "", request.number));
    let now = site.world.now();
    let told = match site.access.issue(&token, [id, secret], field("scope"), now) {
        Ok(told) => told,
        Err(Refused::Client) => {
            return refused(401, "invalid_client", "the client or its secret is wrong");
        }
        // The platforms' documents count this among the refusals of the client: 401, not 400.
        Err(Refused::Scope) => {
            return refused(401, "invalid_scope", "the client does not hold the scope");
        }
    };
    let mut body = json!({
        "access_token": token, "token_type": "Bearer", "expires_in": EXPIRES_IN.as_secs(),
    });
    if let (Some(scope), Some(body)) = (told, body.as_object_mut()) {
        body.insert("scope".to_owned(), scope.into());
    }
    json_answer(200, &body)
}

fn refused(status: u16, error: &str, message: &str) -> Response {
    let body = json!({ "error": error, "error_description": message });
    let mut response = json_answer(status, &body);
    if status == 401 {
        response
            .headers
            .push(("www-authenticate".to_owned(), "Basic".to_owned()));
    }
    response
}

/// The text in base64, the standard alphabet, padded or not.
fn decoded(base64: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in base64.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn basic_credentials_are_decoded() {
        assert_eq!(
            decoded("QWxhZGRpbjpvcGVuIHNlc2FtZQ==").as_deref(),
            Some("Aladdin:open sesame")
        );
        assert_eq!(decoded("aTpz").as_deref(), Some("i:s"));
        assert_eq!(decoded("client:secret"), None);
    }
}
