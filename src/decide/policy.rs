//! A policy: the steps after the target that was asked for, and how much time the caller has.

use core::time::Duration;

use crate::error::{Code, spelled};
use crate::json::Given;
use crate::model::intent::{Intent, Mode};
use crate::model::target::Target;
use crate::stored::stored;
use crate::validate::{Fields, MODES, Report, read_target};

/// The id of the step that the request itself is.
pub const PRIMARY: &str = "primary";

/// The platform's own findings on a target and the mode asked for, which stand at a path.
pub type CheckTarget<'c> = dyn Fn(&Target, Option<Mode>, &str, &mut Report) + 'c;

/// How many steps a policy may have: no caller waits for more.
const MOST_STEPS: usize = 20;

spelled! {
    /// What to do with a step when a fact that it needs is not known.
    #[derive(Default)]
    IfUnknown {
        /// Leave it out.
        #[default]
        Skip = "skip",
        /// Send the call there all the same.
        Try = "try",
    }
}

/// One place to send the call to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name in events and outcomes.
    pub id: String,
    /// Where the call goes.
    pub to: Target,
    /// How it changes hands; the request's own mode where absent.
    pub mode: Option<Mode>,
    /// Its priority there; the request's own where absent.
    pub priority: Option<u8>,
    /// What to do when a fact that it needs is not known.
    pub if_unknown: IfUnknown,
    /// How long the target may take, in seconds; the policy's own where absent.
    pub step_seconds: Option<u64>,
    /// It has a condition, by which alone it is weighed; without one, a queue is asked whether it can take the call.
    pub conditional: bool,
    /// It is one of several candidates: the step that they belong to, and its place among them.
    pub one_of: Option<(String, u32)>,
    /// A machine takes the call there, and no person.
    pub by_machine: bool,
    /// What it costs.
    pub cost_cents: u64,
}

stored!(Step {
    id,
    to,
    mode,
    priority,
    if_unknown,
    step_seconds,
    conditional,
    one_of,
    by_machine,
    cost_cents,
});

/// The steps of a run in order, and its times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Where the call goes, in order.
    pub steps: Vec<Step>,
    /// The time that the caller has for all steps together.
    pub budget: Duration,
    /// The time that one step has.
    pub step: Duration,
    /// The time from one read of the call to the next.
    pub poll: Duration,
    /// How long reads must agree before an unknown result counts as "not started".
    pub settle: Duration,
    /// The platform's words for the states in which a pending transfer may be overtaken by the next step.
    pub overtake_in: Vec<String>,
    /// The text of the policy, where it has what only the decision engine reads: then that weighs every step.
    pub decided_by: Option<String>,
}

stored!(Policy {
    steps,
    budget,
    step,
    poll,
    settle,
    overtake_in,
    decided_by,
});

impl Default for Policy {
    fn default() -> Self {
        Self {
            steps: Vec::new(),
            budget: Duration::from_secs(120),
            step: Duration::from_secs(30),
            poll: Duration::from_secs(3),
            settle: Duration::from_secs(6),
            overtake_in: Vec::new(),
            decided_by: None,
        }
    }
}

/// The fields that only the decision engine reads: of a policy, and of a step.
const DECIDED: &[&str] = &[
    "name",
    "safe",
    "policies",
    "facts",
    "calendars",
    "zones",
    "hops",
    "costCents",
    "cooldownSeconds",
    "freshSeconds",
];
const DECIDED_OF_STEP: &[&str] = &[
    "when",
    "ifStale",
    "best",
    "use",
    "last",
    "leastSeconds",
    "costCents",
    "reaches",
    "revisit",
];

/// Whether a policy says what only the decision engine reads: conditions, calendars, the best of several, budgets and caps.
pub fn needs_decisions(policy: Given<'_>) -> bool {
    let has = |value: Given<'_>, names: &[&str]| {
        names
            .iter()
            .any(|name| value.get(name).is_some_and(|field| !field.is_null()))
    };
    let steps = policy.get("steps").and_then(Given::as_list);
    has(policy, DECIDED)
        || steps.is_some_and(|steps| steps.iter().any(|step| has(step, DECIDED_OF_STEP)))
}

impl Policy {
    /// Reads a policy that stands at `path`. `check` adds the platform's own findings on a target and its mode.
    pub fn read(
        value: Given<'_>,
        path: &str,
        check: &CheckTarget<'_>,
        report: &mut Report,
    ) -> Option<Self> {
        let mut fields = Fields::open(value, path, report)?;
        let policy = Self::read_times(&mut fields, report);
        let list = fields.list("steps", report).unwrap_or_default();
        fields.finish(report);
        if list.len() > MOST_STEPS {
            let message = format!("{} steps", list.len());
            report.add(
                Code::OutOfRange,
                format!("{path}.steps"),
                message,
                format!("keep to {MOST_STEPS} steps"),
            );
            return None;
        }
        let mut steps: Vec<Step> = Vec::new();
        for (at, value) in list.iter().enumerate() {
            let path = format!("{path}.steps[{at}]");
            let Some(step) = read_step(value, &path, check, report) else {
                continue;
            };
            if step.id == PRIMARY || steps.iter().any(|other| other.id == step.id) {
                let hint =
                    format!("`{PRIMARY}` is the request itself; give every step an id of its own");
                report.add(
                    Code::Duplicate,
                    format!("{path}.id"),
                    format!("`{}` is taken", step.id),
                    hint,
                );
            }
            steps.push(step);
        }
        Some(Self { steps, ..policy })
    }

    /// Reads how much time there is, and what may be overtaken.
    pub(super) fn read_times(fields: &mut Fields<'_>, report: &mut Report) -> Self {
        let usual = Self::default();
        let mut seconds = |name, range, usual: Duration, report: &mut Report| {
            fields
                .integer(name, range, report)
                .map_or(usual, Duration::from_secs)
        };
        Self {
            budget: seconds("budgetSeconds", 1..=3_600, usual.budget, report),
            step: seconds("stepSeconds", 1..=3_600, usual.step, report),
            poll: seconds("pollSeconds", 1..=60, usual.poll, report),
            settle: seconds("settleSeconds", 1..=60, usual.settle, report),
            overtake_in: words(fields, "overtakeIn", report),
            ..usual
        }
    }

    /// The same policy with the request's own target as its first step.
    #[must_use]
    pub fn led_by(mut self, intent: &Intent) -> Self {
        let primary = Step {
            id: PRIMARY.to_owned(),
            to: intent.to.clone(),
            mode: Some(intent.mode),
            priority: intent.priority,
            if_unknown: IfUnknown::Skip,
            step_seconds: None,
            conditional: false,
            one_of: None,
            by_machine: false,
            cost_cents: 0,
        };
        self.steps.insert(0, primary);
        self
    }

    /// How long a step may take.
    pub fn time_of(&self, step: &Step) -> Duration {
        step.step_seconds.map_or(self.step, Duration::from_secs)
    }

    /// What is kept back for the last step, the safe one, while others are tried: its own time, but no more than a
    /// quarter of the budget.
    pub fn reserve(&self) -> Duration {
        match self.steps.as_slice() {
            [] | [_] => Duration::ZERO,
            [.., last] => self.time_of(last).min(self.budget / 4),
        }
    }
}

fn read_step(
    value: Given<'_>,
    path: &str,
    check: &CheckTarget<'_>,
    report: &mut Report,
) -> Option<Step> {
    let mut fields = Fields::open(value, path, report)?;
    let id = fields
        .required_id(
            "id",
            "name the step; events and outcomes call it so",
            report,
        )
        .map(str::to_owned);
    let to = fields.required(
        "to",
        "name where the call goes, such as { \"queue\": … }",
        report,
    );
    let mode = fields.word("mode", MODES, report);
    let priority = fields
        .integer("priority", 1..=5, report)
        .and_then(|priority| u8::try_from(priority).ok());
    let words = [("skip", IfUnknown::Skip), ("try", IfUnknown::Try)];
    let if_unknown = fields.word("ifUnknown", &words, report).unwrap_or_default();
    let step_seconds = fields.integer("stepSeconds", 1..=3_600, report);
    let place = fields.path("to");
    fields.finish(report);
    let to = to.and_then(|to| read_target(to, &place, report))?;
    check(&to, mode, &place, report);
    Some(Step {
        id: id?,
        to,
        mode,
        priority,
        if_unknown,
        step_seconds,
        conditional: false,
        one_of: None,
        by_machine: false,
        cost_cents: 0,
    })
}

fn words(fields: &mut Fields<'_>, name: &'static str, report: &mut Report) -> Vec<String> {
    let mut words = Vec::new();
    for (at, value) in fields
        .list(name, report)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        match value.as_str() {
            Some(word) => words.push(word.to_owned()),
            None => {
                let path = format!("{}[{at}]", fields.path(name));
                report.add(
                    Code::WrongType,
                    path,
                    "not a string",
                    "write the platform's word for the state",
                );
            }
        }
    }
    words
}
