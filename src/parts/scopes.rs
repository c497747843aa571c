//! Whether a token may do what will be asked of it, before anything is asked.

use crate::error::{Code, Error};
use crate::json::Given;
use crate::parts::read_text;
use crate::profile::{self, Profile};
use crate::validate::{Fields, Report};

/// Checks before the start that the token holds the scopes of what will be asked: `{ granted, operations? }`, where
/// `granted` is the `scope` of the token's answer or a list, and all operations are meant where none are named.
///
/// # Errors
/// [`Code::UnknownProfile`] and [`Code::InvalidJson`]. What is missing is a finding.
pub fn check_scopes(profile: &str, input: &str) -> Result<Report, Error> {
    let profile = profile::by_name(profile)?;
    let mut report = Report::default();
    scopes(profile, read_text(input)?.given(), &mut report);
    Ok(report)
}

fn scopes(profile: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<()> {
    let mut fields = Fields::open(input, "$", report)?;
    let hint = "pass the `scope` of the token's answer, or a list of scopes";
    let granted = match fields.required("granted", hint, report) {
        None => None,
        Some(told) => match told.as_str() {
            Some(scopes) => Some(scopes.split([' ', ',']).collect()),
            None => {
                let listed = fields.list("granted", report);
                listed.map(|list| list.iter().filter_map(Given::as_str).collect::<Vec<_>>())
            }
        },
    };
    let named = fields.list("operations", report);
    fields.finish(report);
    let granted = granted?;
    let all = || {
        profile
            .operations()
            .iter()
            .map(|known| Some(known.name))
            .collect()
    };
    let wanted: Vec<_> = named.map_or_else(all, |list| list.iter().map(Given::as_str).collect());
    let mut missing: Vec<(&str, Vec<&str>)> = Vec::new();
    for (at, name) in wanted.into_iter().enumerate() {
        let Some(known) = name.and_then(|name| profile.operation(name)) else {
            let path = format!("$.operations[{at}]");
            let message = "there is no such operation";
            report.add(
                Code::UnknownOperation,
                path,
                message,
                "see the profile's operations",
            );
            continue;
        };
        let lacks = |scope: &&str| !granted.contains(scope);
        for scope in known.scope.split_whitespace().filter(lacks) {
            match missing.iter_mut().find(|(other, _)| *other == scope) {
                Some((_, needed_by)) => needed_by.push(known.name),
                None => missing.push((scope, vec![known.name])),
            }
        }
    }
    for (scope, needed_by) in missing {
        let hint = format!("give it to the client: {} need it", needed_by.join(", "));
        let message = format!("`{scope}` is not granted");
        report.add(Code::MissingScope, "$.granted", message, hint);
    }
    Some(())
}
