//! Tokens by client credentials (RFC 6749, section 4.4), in the body or as HTTP Basic. Any client is known here.

use serde_json::json;

use crate::http::Response;
use crate::sim::platform::{Arrived, json_answer, pairs};
use crate::sim::random::uuid;
use crate::sim::world::World;

/// How long a token is good for.
const EXPIRES_IN: u64 = 3_600;

/// `POST /api/v2/oauth/token`
pub(super) fn issue(world: &World, request: &Arrived<'_>) -> Response {
    let form = pairs(&String::from_utf8_lossy(request.body));
    let field = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    if field("grant_type") != Some("client_credentials") {
        let message = "grant_type must be client_credentials, in a form";
        return json_answer(
            400,
            &json!({ "error": "unsupported_grant_type", "error_description": message }),
        );
    }
    let in_body =
        field("client_id").is_some_and(is_given) && field("client_secret").is_some_and(is_given);
    let basic = request.authorization("basic").and_then(decoded);
    let in_header = basic.as_deref().and_then(|basic| basic.split_once(':'));
    if !in_body && !in_header.is_some_and(|(id, secret)| is_given(id) && is_given(secret)) {
        let message = "no client id and secret, neither in the form nor as Basic";
        let mut response = json_answer(
            401,
            &json!({ "error": "invalid_client", "error_description": message }),
        );
        response
            .headers
            .push(("www-authenticate".to_owned(), "Basic".to_owned()));
        return response;
    }
    let token = uuid(&mut world.seed.stream("token", "", request.number));
    let mut body =
        json!({ "access_token": token, "token_type": "Bearer", "expires_in": EXPIRES_IN });
    if let (Some(scope), Some(body)) = (field("scope"), body.as_object_mut()) {
        body.insert("scope".to_owned(), scope.into());
    }
    json_answer(200, &body)
}

fn is_given(text: &str) -> bool {
    !text.is_empty()
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
