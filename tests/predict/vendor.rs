//! The platforms' metrics as inputs, with their units.

use patchcord::predict::{predict, vendor};
use patchcord::validate::Report;
use serde_json::{Value, json};

#[test]
fn genesys_milliseconds_become_seconds_and_all_time_in_the_queue_counts_for_patience() {
    let answer = json!({ "group": { "queueId": "q" }, "data": [
        { "metric": "oWaiting", "stats": { "count": 3 } },
        { "metric": "oOnQueueUsers", "stats": { "count": 12 } },
        { "metric": "oUserRoutingStatuses", "qualifier": "INTERACTING", "stats": { "count": 12 } },
        { "metric": "oUserRoutingStatuses", "qualifier": "IDLE", "stats": { "count": 0 } },
        { "metric": "tHandle", "stats": { "count": 50, "sum": 9_000_000 } },
        { "metric": "tAcd", "stats": { "count": 50, "sum": 1_500_000 } },
        { "metric": "tAbandon", "stats": { "count": 10, "sum": 300_000 } },
    ] });
    let mut inputs = vendor::inputs("genesys-cloud", &answer).expect("a profile with metrics");
    assert_eq!(
        inputs,
        json!({ "agents": 12.0, "agentsAvailable": 0.0, "callersWaiting": 3.0, "waitingAhead": 3.0, "handleSeconds": 180.0,
            "handleSamples": 50.0, "patienceSeconds": 180.0, "patienceSamples": 10.0 })
    );
    inputs["method"] = json!("caller");
    inputs["thresholdSeconds"] = json!(20);
    inputs
        .as_object_mut()
        .expect("an object")
        .remove("callersWaiting");
    let found = predict(&inputs, &mut Report::default()).expect("it is taken");
    assert!(
        found.probability.is_some() && found.interval.is_some(),
        "{found:?}"
    );
}

#[test]
fn the_founding_rule_reads_what_its_document_asks_for() {
    let metrics =
        json!({ "occupancy": 0.9, "waitTime": 11, "abandonedCount": 5, "answeredCount": 95 });
    let mut inputs = vendor::inputs("cxone-v2", &metrics).expect("a profile with metrics");
    inputs["method"] = json!("rule");
    inputs["thresholdSeconds"] = json!(20);
    let found = predict(&inputs, &mut Report::default()).expect("it is taken");
    assert_eq!(found.figure("confidence"), Some(0.56));
}

#[test]
fn what_is_not_told_is_left_out() {
    let nothing = |profile| vendor::inputs(profile, &json!({}));
    for profile in ["cxone-v2", "cxone-v2-names", "cxone-acd", "genesys-cloud"] {
        assert_eq!(
            nothing(profile),
            Some(Value::Object(serde_json::Map::new())),
            "{profile}"
        );
    }
    assert_eq!(nothing("genesys-v2"), None, "it tells no metrics");
    let misspelt = json!({ "agentsWorking": 1, "agentsACW": 0, "agentsAvaliable": 1, "inSLA": 8, "outSLA": 2 });
    let found = vendor::inputs("cxone-acd", &misspelt).expect("a profile with metrics");
    assert_eq!(
        found,
        json!({ "agents": 2.0, "agentsAvailable": 1.0, "answeredInTime": 8.0, "offered": 10.0 })
    );
}
