//! Records to JSON, and our types to records.

use serde_json::{Map, Value, json};

use super::bindings::exports::patchcord::core::types::{
    Effect, Issue, Mode, Refusal, Request, Target, TransferIntent,
};
use super::bindings::exports::patchcord::core::{eligibility, prediction};
use crate::error::Error;
use crate::http;
use crate::json::parsed;
use crate::model::eligibility::Eligibility;
use crate::parts;
use crate::predict::Prediction;
use crate::validate::Report;

pub(super) fn target_json(target: &Target) -> Value {
    match target {
        Target::Queue(target) => json!({ "queue": target.queue, "skill": target.skill }),
        Target::Skill(skill) => json!({ "skill": skill }),
        Target::Extension(extension) => json!({ "extension": extension }),
        Target::Phone(phone) => json!({ "phone": phone }),
        Target::Other((kind, value)) => {
            let value = parsed(value.as_bytes()).unwrap_or_else(|_| Value::String(value.clone()));
            Value::Object(Map::from_iter([(kind.clone(), value)]))
        }
    }
}

pub(super) fn intent_json(intent: &TransferIntent) -> Value {
    json!({
        "call": intent.call,
        "to": target_json(&intent.to),
        "mode": match intent.mode {
            Mode::Blind => "blind",
            Mode::Consult => "consult",
        },
        "priority": intent.priority,
        "callbackNumber": intent.callback_number,
    })
}

pub(super) fn request(request: http::Request) -> Request {
    Request {
        operation: request.operation,
        effect: match request.effect {
            http::Effect::Reads => Effect::Reads,
            http::Effect::Writes => Effect::Writes,
        },
        method: request.method.as_str().to_owned(),
        path: request.path,
        headers: request.headers,
        body: request.body,
        timeout_ms: u64::try_from(request.timeout.as_millis()).unwrap_or(u64::MAX),
    }
}

pub(super) fn issues(report: &Report) -> Vec<Issue> {
    let issue = |issue: &crate::validate::Issue| Issue {
        code: issue.code.as_str().to_owned(),
        path: issue.path.clone(),
        message: issue.message.clone(),
        hint: issue.hint.clone(),
    };
    report.issues().iter().map(issue).collect()
}

pub(super) fn refused(error: &Error) -> Refusal {
    Refusal {
        code: error.code().as_str().to_owned(),
        message: error.message().to_owned(),
        hint: error.hint().map(str::to_owned),
        issues: Vec::new(),
    }
}

pub(super) fn refusal(refusal: &parts::Refusal) -> Refusal {
    Refusal {
        issues: issues(&refusal.report),
        ..refused(&refusal.error)
    }
}

pub(super) fn verdict(verdict: Eligibility) -> eligibility::Verdict {
    eligibility::Verdict {
        eligible: verdict.eligible,
        code: verdict.code.map(|code| code.as_str().to_owned()),
        message: verdict.message,
        available: verdict.available,
    }
}

pub(super) fn caller_json(caller: &prediction::Caller) -> Value {
    json!({
        "method": "caller",
        "waitingAhead": caller.waiting_ahead,
        "agents": caller.agents,
        "handleSeconds": caller.handle_seconds,
        "patienceSeconds": caller.patience_seconds,
        "waitedSeconds": caller.waited_seconds,
        "thresholdSeconds": caller.threshold_seconds,
    })
}

pub(super) fn forecast(found: &Prediction) -> prediction::Forecast {
    let missing = found.missing.iter().map(|missing| missing.field.to_owned());
    let assumptions = found
        .assumptions
        .iter()
        .map(|each| each.as_str().to_owned());
    prediction::Forecast {
        late: found.probability,
        not_answered: found.figure("notAnswered"),
        abandoned: found.figure("abandoned"),
        mean_seconds: found.figure("meanSeconds"),
        p50_seconds: found.figure("p50Seconds"),
        p80_seconds: found.figure("p80Seconds"),
        p95_seconds: found.figure("p95Seconds"),
        missing: missing.collect(),
        assumptions: assumptions.collect(),
    }
}
