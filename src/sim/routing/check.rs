//! What a configuration may hold.

use core::time::Duration;

use serde_json::{Map, Value, json};

use crate::sim::answers::Complaints;
use crate::validate::{Report, check_url};

/// The fields of a configuration.
pub(in crate::sim) const FIELDS: &[&str] = &[
    "routingStrategy",
    "waitMusic",
    "maxWaitTime",
    "overflowTargets",
    "skills",
    "skillRoutingType",
    "enableOverflow",
    "overflowThreshold",
];

const STRATEGIES: &[&str] = &[
    "longestIdleAgent",
    "mostAvailableAgent",
    "leastRecentlyUsed",
    "firstAvailableAgent",
];

/// The configuration of a queue of which nothing is said, but how long a caller may wait.
pub(in crate::sim) fn usual(max_wait: Duration) -> Map<String, Value> {
    let seconds = max_wait.as_secs();
    let all = [
        json!("longestIdleAgent"),
        json!({ "playMusic": true, "url": "https://cxone.simulated/wait-music.mp3" }),
        json!(seconds),
        json!([]),
        json!([]),
        json!("any"),
        json!(false),
        json!(50),
    ];
    let named = FIELDS.iter().map(|name| (*name).to_owned());
    named.zip(all).collect()
}

/// The configuration that a payload holds, or what is wrong with it. Strategy, music and the longest wait must be there;
/// fields that the platform doesn't know are passed over.
pub(in crate::sim) fn checked(
    payload: &Map<String, Value>,
    knows_skill: impl Fn(&str) -> bool,
) -> Result<Map<String, Value>, Complaints> {
    let mut faults = Complaints::default();
    let given = |field: &str| payload.get(field).filter(|value| !value.is_null());
    let text = |field: &str| given(field).and_then(Value::as_str);

    if !text("routingStrategy").is_some_and(|strategy| STRATEGIES.contains(&strategy)) {
        let message = format!(
            "Invalid routing strategy: must be one of {}",
            STRATEGIES.join(", ")
        );
        faults.add("routingStrategy", message);
    }
    music(given("waitMusic"), &mut faults);
    let wait = given("maxWaitTime").and_then(Value::as_u64);
    if !wait.is_some_and(|seconds| (10..=7_200).contains(&seconds)) {
        faults.add("maxWaitTime", "must be an integer from 10 to 7200 seconds");
    }
    things(
        given("overflowTargets"),
        "overflowTargets",
        "threshold",
        &mut faults,
        |_| None,
    );
    things(given("skills"), "skills", "level", &mut faults, |id| {
        (!knows_skill(id)).then_some("there is no such skill")
    });
    let routing = given("skillRoutingType");
    if routing.is_some_and(|kind| kind != "any" && kind != "all") {
        faults.add("skillRoutingType", "must be any or all");
    }
    if given("enableOverflow").is_some_and(|flag| !flag.is_boolean()) {
        faults.add("enableOverflow", "must be true or false");
    }
    if given("overflowThreshold").is_some_and(|number| !number.is_u64()) {
        faults.add("overflowThreshold", "must be a whole number");
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut config = usual(Duration::ZERO);
    for (field, value) in &mut config {
        if let Some(given) = given(field) {
            value.clone_from(given);
        }
    }
    Ok(config)
}

fn music(value: Option<&Value>, faults: &mut Complaints) {
    let url = value
        .and_then(|music| music.get("url"))
        .and_then(Value::as_str);
    if !url.is_some_and(|url| check_url(url, &"$", &mut Report::default())) {
        faults.add(
            "waitMusic.url",
            "Malformed wait music URL: must begin with http:// or https://",
        );
    }
    let play = value.and_then(|music| music.get("playMusic"));
    if play.is_some_and(|play| !play.is_boolean()) {
        faults.add("waitMusic.playMusic", "must be true or false");
    }
}

/// A list of things that have ids, each with one detail.
fn things(
    value: Option<&Value>,
    list: &str,
    detail: &str,
    faults: &mut Complaints,
    refuse: impl Fn(&str) -> Option<&'static str>,
) {
    let Some(value) = value else { return };
    let Some(things) = value.as_array() else {
        faults.add(list, "must be a list");
        return;
    };
    for (place, thing) in things.iter().enumerate() {
        let id = thing.get("id").and_then(Value::as_str).unwrap_or_default();
        let fault = if id.is_empty() {
            Some("must be an id")
        } else {
            refuse(id)
        };
        if let Some(fault) = fault {
            faults.add(format!("{list}[{place}].id"), fault);
        }
        let told = thing.get(detail).unwrap_or(&Value::Null);
        let fits = told.is_null()
            || if detail == "level" {
                told.is_string()
            } else {
                told.is_u64()
            };
        if !fits {
            let message = format!("{detail} is of the wrong type");
            faults.add(format!("{list}[{place}].{detail}"), message);
        }
    }
}
