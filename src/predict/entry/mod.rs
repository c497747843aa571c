//! The one way in for JSON: `{ "method": …, … }` in, a [`Prediction`] out.

mod auto;
mod caller;
mod erlang;
mod other;
mod soon;

use crate::json::Given;
use crate::predict::facts::Facts;
use crate::predict::prediction::{Method, Prediction};
use crate::validate::{Fields, Report};

/// What may be asked for.
const METHODS: &[(&str, Option<Method>)] = &[
    ("auto", None),
    ("caller", Some(Method::Caller)),
    ("erlang-a", Some(Method::ErlangA)),
    ("erlang-b", Some(Method::ErlangB)),
    ("erlang-c", Some(Method::ErlangC)),
    ("history", Some(Method::History)),
    ("horizon", Some(Method::Horizon)),
    ("interval", Some(Method::Interval)),
    ("learned", Some(Method::Learned)),
    ("rule", Some(Method::Rule)),
    ("staffing", Some(Method::Staffing)),
];

/// Makes the prediction that `input` asks for. Every number may be plain or a fact: `{"value", "asOf"}`, `{"stale": …}`,
/// `{"unknown": …}`; what is absent is unknown, never zero. `None` where the input is refused: the report says why.
///
/// ```
/// use patchcord::predict::predict;
/// use patchcord::validate::Report;
/// use serde_json::json;
///
/// let input = json!({ "method": "caller", "waitingAhead": 0, "agents": 100, "handleSeconds": 180, "patienceSeconds": 120,
///     "waitedSeconds": 11, "thresholdSeconds": 20 });
/// let found = predict(&input, &mut Report::default()).unwrap();
/// assert!((found.probability.unwrap() - 0.006_737_946_999_085_467).abs() < 1e-15);
/// ```
pub fn predict<'a>(input: impl Into<Given<'a>>, report: &mut Report) -> Option<Prediction> {
    predict_at(input.into(), "$", report)
}

/// The same for each of a list, such as a wallboard: what one is refused for does not keep the others back.
pub fn predict_many<'a>(
    inputs: impl IntoIterator<Item: Into<Given<'a>>>,
) -> Vec<Result<Prediction, Report>> {
    let mut predictions = Vec::new();
    for input in inputs {
        let path = format!("$[{}]", predictions.len());
        let mut report = Report::default();
        predictions.push(predict_at(input.into(), &path, &mut report).ok_or(report));
    }
    predictions
}

fn predict_at(input: Given<'_>, path: &str, report: &mut Report) -> Option<Prediction> {
    let before = report.issues().len();
    let mut fields = Fields::open(input, path, report)?;
    fields.required("method", "name a method, such as `auto`", report)?;
    let method = fields.word("method", METHODS, report)?;
    let mut facts = Facts {
        fields,
        report,
        said: Prediction::new(method.unwrap_or(Method::Caller)),
    };
    let method = method.unwrap_or_else(|| auto::pick(&mut facts));
    facts.said.method = method;
    match method {
        Method::Rule => other::rule(&mut facts),
        Method::ErlangB => erlang::b(&mut facts),
        Method::ErlangC => erlang::c(&mut facts),
        Method::ErlangA => erlang::a(&mut facts),
        Method::Horizon => soon::horizon(&mut facts),
        Method::Interval => soon::interval(&mut facts),
        Method::History => other::history(&mut facts),
        Method::Staffing => other::staffing(&mut facts),
        Method::Learned => other::learned(&mut facts),
        Method::Caller => caller::caller(&mut facts),
    };
    let Facts {
        fields,
        report,
        mut said,
    } = facts;
    fields.finish(report);
    if report.issues().len() > before {
        return None;
    }
    if !said.missing.is_empty() {
        (said.probability, said.interval, said.figures) = (None, None, Vec::new());
    }
    Some(said)
}
