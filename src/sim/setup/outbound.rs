//! Flows and numbers of calls that the platform places, from JSON.

use super::fields::{read, switch};
use crate::error::Error;
use crate::sim::outbound::Flow;
use crate::validate::check_phone;

pub(in crate::sim) fn flow(json: &str) -> Result<(String, Flow), Error> {
    read(json, |_, fields, report| {
        let id = fields
            .required_id("id", "name the flow", report)
            .map(str::to_owned);
        let flow = Flow {
            published: switch("published", fields, report).unwrap_or(true),
            accessible: switch("accessible", fields, report).unwrap_or(true),
        };
        Some((id?, flow))
    })
}

/// A number, and whether calls may come from it.
pub(in crate::sim) fn number(json: &str) -> Result<(String, bool), Error> {
    read(json, |_, fields, report| {
        let hint = "write the number like +15550100000";
        let number = fields
            .required("phone", hint, report)
            .and_then(|_| fields.text("phone", report));
        let statuses = [("ACTIVE", true), ("BLOCKED", false), ("SUSPENDED", false)];
        let usable = fields.word("status", &statuses, report).unwrap_or(true);
        let number = number.filter(|number| check_phone(number, &"$.phone", report));
        Some((number?.to_owned(), usable))
    })
}
