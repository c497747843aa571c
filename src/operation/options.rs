//! What a run begins with, read from JSON with every finding reported.

use core::time::Duration;

use serde_json::Value;

use crate::http::Request;
use crate::parts::{Refusal, operation_of, parsed, refused};
use crate::profile::{self, Operation, Profile};
use crate::transfer::Breaker;
use crate::validate::{Fields, Report};

/// The time that an operation has where its options name none.
const BUDGET_SECONDS: u64 = 120;

/// The longest budget: an hour.
const MOST_BUDGET_SECONDS: u64 = 3_600;

/// What a run begins with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The platform's dialect.
    pub profile: &'static dyn Profile,
    /// What is asked of it.
    pub operation: &'static Operation,
    /// Its request, the same however often it is sent.
    pub request: Request,
    /// How long it may take, with all its pauses.
    pub budget: Duration,
    /// Seconds since the call began that it is about, where the host knows.
    pub call_age_seconds: Option<u64>,
    /// Where the jitter of pauses comes from: the same seed, the same pauses.
    pub seed: u64,
    /// How well the platform did until now.
    pub breaker: Breaker,
}

impl Options {
    /// Reads `{ profile, operation, input, budgetSeconds?, callAgeSeconds?, seed?, breaker? }`.
    ///
    /// # Errors
    /// The same as [`build_request`](crate::parts::build_request). Paths into the input begin at its own root, `$`.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        let value = parsed(text)?;
        let mut report = Report::default();
        let options = Self::read(&value, &mut report)?.filter(|_| report.is_ok());
        let name = value.get("operation").and_then(Value::as_str);
        let what = format!("`{}`", name.unwrap_or("operation"));
        options.ok_or_else(|| refused(&what, report))
    }

    fn read(value: &Value, report: &mut Report) -> Result<Option<Self>, Refusal> {
        let Some(mut fields) = Fields::open(value, "$", report) else {
            return Ok(None);
        };
        let hint = "name the platform's dialect, such as `cxone-v2`";
        let name = fields.required_id("profile", hint, report);
        let operation =
            fields.required_id("operation", "name one of the profile's operations", report);
        let input = fields.required("input", "pass what the operation takes", report);
        let budget = fields.integer("budgetSeconds", 1..=MOST_BUDGET_SECONDS, report);
        let call_age_seconds = fields.integer("callAgeSeconds", 0..=u64::MAX, report);
        let seed = fields.integer("seed", 0..=u64::MAX, report);
        let breaker = fields
            .value("breaker")
            .and_then(|breaker| Breaker::read(breaker, "$.breaker", report));
        fields.finish(report);
        let (Some(name), Some(operation), Some(input)) = (name, operation, input) else {
            return Ok(None);
        };
        let profile = profile::by_name(name)?;
        operation_of(profile, operation)?;
        let request = profile.build(operation, input, report);
        Ok(profile
            .operation(operation)
            .zip(request)
            .map(|(operation, request)| Self {
                profile,
                operation,
                request,
                budget: Duration::from_secs(budget.unwrap_or(BUDGET_SECONDS)),
                call_age_seconds,
                seed: seed.unwrap_or_default(),
                breaker: breaker.unwrap_or_default(),
            }))
    }
}
