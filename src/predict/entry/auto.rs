//! Which method what is known allows: the most exact one first.

use crate::predict::facts::Facts;
use crate::predict::prediction::Method;

/// The method of `auto`. Fields that it does not read may stand in the input all the same.
pub(super) fn pick(facts: &mut Facts<'_, '_>) -> Method {
    // Whatever is of no use to the method that is picked may stand there all the same.
    let mut has = |names: &[&'static str]| {
        let known = names.iter().filter(|name| facts.known(name)).count();
        known == names.len()
    };
    let team = has(&["agents", "handleSeconds"]);
    let position = has(&["waitingAhead"]);
    let calls = has(&["callsPerHour"]);
    let head = has(&["headOfLineSeconds"]);
    let last = has(&["lastWaitSeconds"]);
    let patience = has(&["patienceSeconds"]);
    let rule = has(&["occupancy", "waitSeconds", "abandoned", "answered"]);
    for name in SPARE {
        has(&[name]);
    }
    match () {
        () if team && (position || head && calls) => Method::Caller,
        () if head || last => Method::History,
        () if team && calls && patience => Method::ErlangA,
        () if team && calls => Method::ErlangC,
        () if rule => Method::Rule,
        () => Method::Caller,
    }
}

/// What only some methods read, and what platforms tell besides.
const SPARE: &[&str] = &[
    "occupancy",
    "waitSeconds",
    "abandoned",
    "answered",
    "waitedSeconds",
    "waitingPlaces",
    "agentsAvailable",
    "ownPatienceSeconds",
    "overtakingCallsPerHour",
    "agentChanges",
    "handleSamples",
    "patienceSamples",
    "percentile",
    "callersWaiting",
    "offered",
    "answeredInTime",
    "serviceLevelGoal",
];
