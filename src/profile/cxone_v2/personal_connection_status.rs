//! `GET /v2/personal-connection/calls/{id}`: how far a placed call is. Ids are taken as the platform prints them.

use crate::http::{Request, encoded};
use crate::json::{Given, ToJson};
use crate::profile::cxone_v2::personal_connection::{facts, root};
use crate::profile::{Operation, Profile};
use crate::validate::{Fields, Report};

pub(super) const OPERATION: Operation = Operation::new(
    "personal-connection-status",
    "personal-connection:read",
    build,
    |response, _| facts(response).map(|told| told.to_json()),
);

/// Reads `{ call, apiRoot? }`.
fn build(_: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Request> {
    let mut fields = Fields::open(input, "$", report)?;
    let call = fields.required_id("call", super::AN_ID, report);
    let root = root(&mut fields, report);
    fields.finish(report);
    let path = format!("{root}/{}", encoded(call?));
    Some(Request::reads(OPERATION.name, path))
}
