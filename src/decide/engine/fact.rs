//! What a policy may ask about: every fact by its name, with its unit. The vocabulary is closed; a policy may declare more.

use crate::decide::engine::names;
use crate::error::{Code, spelled};
use crate::json::Given;
use crate::validate::{Fields, Report};

spelled! {
    /// What a fact is, and in which unit a number is told.
    FactKind {
        /// A whole or mean number of calls, agents or hops.
        Count = "count",
        /// A time in seconds.
        Seconds = "seconds",
        /// A share or a probability, 0 to 1.
        Share = "share",
        /// An amount of money in cents.
        Cents = "cents",
        /// Yes or no.
        Flag = "flag",
        /// A word.
        Word = "word",
    }
}

impl FactKind {
    /// How the name of a declared fact ends, so that the unit can be read where the fact is compared.
    const fn ending(self) -> &'static str {
        match self {
            Self::Seconds => "Seconds",
            Self::Cents => "Cents",
            Self::Share => "Share",
            Self::Count | Self::Flag | Self::Word => "",
        }
    }

    /// The most that such a number can be; the least is 0.
    pub(super) const fn most(self) -> f64 {
        match self {
            Self::Share => 1.0,
            _ => 1e12,
        }
    }
}

spelled! {
    /// Whose fact it is.
    Scope {
        /// The call's, or the caller's.
        Call = "call",
        /// The target's.
        Target = "target",
    }
}

/// A fact that a policy may ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactName {
    /// Its name in JSON.
    pub name: String,
    /// What it is.
    pub kind: FactKind,
    /// Whose it is.
    pub scope: Scope,
    /// It counts agents: of a queue with a skill, only those with the skill.
    pub of_team: bool,
}

/// The facts that every policy may ask about: name, kind, scope, whether it counts agents.
pub const FACTS: &[(&str, FactKind, Scope, bool)] = {
    use FactKind::{Count, Flag, Seconds, Share, Word};
    use Scope::{Call, Target};
    &[
        ("waitedSeconds", Seconds, Call, false),
        ("hops", Count, Call, false),
        ("priority", Count, Call, false),
        ("channel", Word, Call, false),
        ("language", Word, Call, false),
        ("intent", Word, Call, false),
        ("tier", Word, Call, false),
        ("callbackConsent", Flag, Call, false),
        ("callerNumberValid", Flag, Call, false),
        ("accepts", Flag, Target, false),
        ("exists", Flag, Target, false),
        ("free", Flag, Target, false),
        ("status", Word, Target, false),
        ("waiting", Count, Target, false),
        ("longestWaitSeconds", Seconds, Target, false),
        ("handleSeconds", Seconds, Target, false),
        ("serviceShare", Share, Target, false),
        ("agentsAvailable", Count, Target, true),
        ("agentsStaffed", Count, Target, true),
        ("occupancyShare", Share, Target, true),
        ("expectedWaitSeconds", Seconds, Target, true),
        ("breachShare", Share, Target, true),
    ]
};

/// The quantities by which the best of several targets may be picked.
pub const PREDICTED: &[&str] = &["breachShare", "expectedWaitSeconds"];

const KINDS: &[(&str, FactKind)] = &[
    ("count", FactKind::Count),
    ("seconds", FactKind::Seconds),
    ("share", FactKind::Share),
    ("cents", FactKind::Cents),
    ("flag", FactKind::Flag),
    ("word", FactKind::Word),
];
const SCOPES: &[(&str, Scope)] = &[("call", Scope::Call), ("target", Scope::Target)];

/// The facts that a policy declares beside [`FACTS`].
pub(super) fn read_facts(
    fields: &mut Fields<'_>,
    name: &'static str,
    report: &mut Report,
) -> Vec<FactName> {
    let mut declared: Vec<FactName> = Vec::new();
    for (name, value, path) in names::entries(fields, name, report) {
        let Some(fact) = read_fact(name, value, &path, report) else {
            continue;
        };
        if FACTS.iter().any(|(known, ..)| *known == fact.name) {
            report.add(
                Code::Duplicate,
                path,
                format!("`{}` is known already", fact.name),
                "leave it out",
            );
            continue;
        }
        declared.push(fact);
    }
    declared
}

fn read_fact(name: &str, value: Given<'_>, path: &str, report: &mut Report) -> Option<FactName> {
    let mut fields = Fields::open(value, path, report)?;
    let hint = "say what it is: count, seconds, share, cents, flag or word";
    fields.required("type", hint, report);
    let kind = fields.word("type", KINDS, report);
    let scope = fields.word("of", SCOPES, report).unwrap_or(Scope::Call);
    fields.finish(report);
    let kind = kind?;
    if !name.ends_with(kind.ending()) {
        let hint = format!("let its name end in `{}`", kind.ending());
        report.add(
            Code::InvalidId,
            path,
            "the name does not tell the unit",
            hint,
        );
        return None;
    }
    Some(FactName {
        name: name.to_owned(),
        kind,
        scope,
        of_team: false,
    })
}

/// The fact of this name, where it is known or declared.
pub(super) fn named(name: &str, declared: &[FactName]) -> Option<FactName> {
    let known = FACTS.iter().find(|(known, ..)| *known == name);
    let known = known.map(|(name, kind, scope, of_team)| FactName {
        name: (*name).to_owned(),
        kind: *kind,
        scope: *scope,
        of_team: *of_team,
    });
    known.or_else(|| declared.iter().find(|fact| fact.name == name).cloned())
}
