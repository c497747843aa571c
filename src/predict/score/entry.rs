//! The way in for JSON: what was predicted for callers, and what became of them.

use serde_json::{Map, Value};

use super::{Abandoned, Scored, Sheet, Waited, outcome, pinball, rrase};
use crate::json::{Given, ToJson, object, serialize};
use crate::predict::LATER;
use crate::validate::{Fields, Report};

/// The percentiles that a prediction tells, and the shares that they stand for.
const PERCENTILES: [(&str, f64); 3] = [
    ("p50Seconds", 0.5),
    ("p80Seconds", 0.8),
    ("p95Seconds", 0.95),
];

/// How good the predictions for some callers were.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Scores {
    /// The scores of the chances; none where no caller counts.
    pub sheet: Option<Sheet>,
    /// Callers who count for nothing: they gave up before the threshold, and were left out.
    pub left_out: usize,
    /// Callers for whom nothing was predicted.
    pub unpredicted: usize,
    /// See [`rrase`], of the mean waits of those who were served.
    pub rrase: Option<f64>,
    /// See [`pinball`], of the percentiles that were told, by their names.
    pub pinball: Vec<(&'static str, f64)>,
}

/// One caller: what was predicted, and what happened.
struct Caller<'a> {
    prediction: Given<'a>,
    waited_seconds: f64,
    abandoned: bool,
}

impl Scores {
    /// Reads `{ thresholdSeconds, callers, abandoned? }`. Each of `callers` is `{ prediction, waitedSeconds, outcome }`: what
    /// [`predict`](crate::predict::predict) said on entry, and whether the caller was `served` or `abandoned`, after how long
    /// from then. `abandoned` says what becomes of those who gave up before the threshold: `left-out` (the usual; chances of
    /// being late are scored) or `not-answered` (chances of not being answered in time are). `None` where the input is
    /// refused: the report says why.
    pub fn of_json<'a>(input: impl Into<Given<'a>>, report: &mut Report) -> Option<Self> {
        let before = report.issues().len();
        let mut fields = Fields::open(input, "$", report)?;
        fields.required(
            "thresholdSeconds",
            "say within how many seconds calls shall be answered",
            report,
        );
        let threshold = fields.number("thresholdSeconds", LATER, report);
        let ways = [
            ("left-out", Abandoned::LeftOut),
            ("not-answered", Abandoned::NotAnswered),
        ];
        let early = fields
            .word("abandoned", &ways, report)
            .unwrap_or(Abandoned::LeftOut);
        fields.required("callers", "pass a list of callers", report);
        let listed = fields.list("callers", report).unwrap_or_default();
        fields.finish(report);
        let read = |(at, caller)| read(caller, format!("$.callers[{at}]"), report);
        let callers: Vec<_> = listed.iter().enumerate().filter_map(read).collect();
        let threshold = threshold.filter(|_| report.issues().len() == before)?;
        Some(Self::of(&callers, threshold, early))
    }

    fn of(callers: &[Caller<'_>], threshold: f64, early: Abandoned) -> Self {
        let mut scores = Self::default();
        let mut scored = Vec::new();
        for caller in callers {
            match (
                chance(caller.prediction, early),
                outcome(caller.waited_seconds, caller.abandoned, threshold, early),
            ) {
                (None, _) => scores.unpredicted += 1,
                (_, None) => scores.left_out += 1,
                (Some(probability), Some(late)) => scored.push(Scored { probability, late }),
            }
        }
        let waits = |name: &str| -> Vec<Waited> {
            let served = callers.iter().filter(|caller| !caller.abandoned);
            let waited = |caller: &Caller<'_>| {
                let said_seconds = caller.prediction.get(name)?.as_f64()?;
                Some(Waited {
                    said_seconds,
                    seconds: caller.waited_seconds,
                })
            };
            served.filter_map(waited).collect()
        };
        scores.sheet = Sheet::of(&scored);
        scores.rrase = rrase(&waits("meanSeconds"));
        let losses = PERCENTILES
            .iter()
            .filter_map(|(name, share)| Some((*name, pinball(*share, &waits(name))?)));
        scores.pinball = losses.collect();
        scores
    }
}

fn read<'a>(caller: Given<'a>, path: String, report: &mut Report) -> Option<Caller<'a>> {
    let mut fields = Fields::open(caller, path, report)?;
    let prediction = fields.required(
        "prediction",
        "pass what was predicted for the caller",
        report,
    );
    if let Some(prediction) = prediction {
        check_chances(prediction, &fields.path("prediction"), report);
    }
    fields.required(
        "waitedSeconds",
        "tell how long the caller waited from then",
        report,
    );
    let waited_seconds = fields.number("waitedSeconds", LATER, report);
    fields.required("outcome", "tell `served` or `abandoned`", report);
    let abandoned = fields.word("outcome", &[("served", false), ("abandoned", true)], report);
    fields.finish(report);
    Some(Caller {
        prediction: prediction?,
        waited_seconds: waited_seconds?,
        abandoned: abandoned?,
    })
}

/// Chances must be some; what else a prediction holds is its own business.
fn check_chances(prediction: Given<'_>, path: &str, report: &mut Report) {
    if let Some(mut fields) = Fields::open(prediction, path, report) {
        fields.number("probability", 0.0..=1.0, report);
        fields.number("notAnswered", 0.0..=1.0, report);
    }
}

/// What was said; a rule that says yes or no is sure of itself.
fn chance(prediction: Given<'_>, early: Abandoned) -> Option<f64> {
    let said = |name: &str| prediction.get(name).and_then(Given::as_f64);
    let sure = || {
        let breach = prediction.get("breachPredicted")?.as_bool()?;
        Some(if breach { 1.0 } else { 0.0 })
    };
    match early {
        Abandoned::LeftOut => said("probability"),
        Abandoned::NotAnswered => said("notAnswered"),
    }
    .or_else(sure)
}

impl ToJson for Scores {
    fn to_json(&self) -> Value {
        let losses = self.pinball.iter();
        let pinball: Map<_, _> = losses
            .map(|(name, loss)| ((*name).to_owned(), (*loss).into()))
            .collect();
        object([
            ("sheet", self.sheet.to_json()),
            ("leftOut", self.left_out.into()),
            ("unpredicted", self.unpredicted.into()),
            ("rrase", self.rrase.to_json()),
            ("pinballSeconds", Value::Object(pinball)),
        ])
    }
}
serialize!(Scores);
