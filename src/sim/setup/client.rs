//! A client of the token endpoint, from JSON.

use super::fields::read;
use crate::error::{Code, Error};
use crate::private::Private;
use crate::sim::access::Client;
use crate::validate::{Fields, Report};

pub(in crate::sim) fn client(json: &str) -> Result<Client, Error> {
    read(json, |_, fields, report| {
        let id = fields
            .required_id("id", "name the client", report)
            .map(str::to_owned);
        let secret = fields
            .required("secret", "pass the client's secret", report)
            .and_then(|_| fields.text("secret", report));
        let scopes = scopes(fields, report);
        Some(Client {
            id: id?,
            secret: Private::new(secret?.to_owned()),
            scopes,
        })
    })
}

/// The scopes that it holds; `None`, which stands for all, where nothing is said.
fn scopes(fields: &mut Fields<'_>, report: &mut Report) -> Option<Vec<String>> {
    let mut scopes = Vec::new();
    for (place, value) in fields.list("scopes", report)?.iter().enumerate() {
        match value.as_str() {
            Some(scope) if !scope.is_empty() && !scope.contains(char::is_whitespace) => {
                scopes.push(scope.to_owned());
            }
            _ => {
                let path = format!("{}[{place}]", fields.path("scopes"));
                let hint = "pass each scope as its own text";
                report.add(Code::UnknownValue, path, "not a scope", hint);
            }
        }
    }
    Some(scopes)
}
