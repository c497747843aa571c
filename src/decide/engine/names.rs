//! Maps whose keys a policy chooses (calendars, zones, facts, policies), and finding what a name means.

use crate::error::Code;
use crate::json::Given;
use crate::model::id;
use crate::validate::{Fields, Report, nearest};

/// The entries of a map, in the order of their names, each with its path. Names that can be no id are reported.
pub(super) fn entries<'a>(
    fields: &mut Fields<'a>,
    name: &'static str,
    report: &mut Report,
) -> Vec<(&'a str, Given<'a>, String)> {
    let Some(value) = fields.value(name) else {
        return Vec::new();
    };
    let path = fields.path(name);
    let Some(map) = value.as_object() else {
        report.add(
            Code::WrongType,
            path,
            format!("`{name}` is no object"),
            "pass an object whose keys are names",
        );
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, value) in map.in_order() {
        let path = format!("{path}.{key}");
        if id::check(key).is_ok() {
            found.push((key, value, path));
        } else {
            report.add(
                Code::InvalidId,
                path,
                "the name is no id",
                "use 1 to 256 characters",
            );
        }
    }
    found
}

/// Reports a name that means nothing here, with the nearest one that does.
pub(super) fn unknown<'n>(
    what: &str,
    name: &str,
    path: String,
    known: impl Iterator<Item = &'n str> + Clone,
    report: &mut Report,
) {
    let hint = match nearest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let known: Vec<&str> = known.collect();
            if known.is_empty() {
                format!("no {what} is declared")
            } else {
                format!("known: {}", known.join(", "))
            }
        }
    };
    report.add(
        Code::UnknownName,
        path,
        format!("there is no {what} of this name"),
        hint,
    );
}
