//! What a policy may say.

use patchcord::Timestamp;
use patchcord::decide::engine::Policy;
use serde_json::json;

use crate::{assert_findings, vectors};

#[test]
fn policies_are_read_or_refused_as_the_vectors_say() {
    let vectors = vectors("refused.json");
    assert!(vectors.len() > 25);
    for vector in vectors {
        let report = Policy::read(&vector["policy"]).err().unwrap_or_default();
        assert_findings(&report, &vector);
    }
}

#[test]
fn calendars_are_open_when_the_clocks_of_their_zone_say_so() {
    let mut seen = 0;
    for vector in vectors("calendar.json") {
        let policy = json!({ "zones": vector["zones"], "calendars": { "c": vector["calendar"] } });
        let policy = Policy::read(&policy).expect("a policy");
        let calendar = &policy.known.calendars["c"];
        for case in vector["cases"].as_array().unwrap() {
            let at = Timestamp::from_iso(case[0].as_str().unwrap()).unwrap();
            let seconds = case[1].as_u64().unwrap();
            assert_eq!(
                calendar.is_open(at, seconds),
                case[2].as_bool().unwrap(),
                "{} {case}",
                vector["name"]
            );
            seen += 1;
        }
    }
    assert!(seen > 500, "{seen} moments");
}

#[test]
fn a_calendar_is_asked_at_the_ends_of_time_too() {
    let vector = &vectors("calendar.json")[0];
    let policy = json!({ "zones": vector["zones"], "calendars": { "c": vector["calendar"] } });
    let policy = Policy::read(&policy).expect("a policy");
    for at in [i64::MIN, 0, i64::MAX] {
        let at = Timestamp::from_millis(at);
        let _ = policy.known.calendars["c"].is_open(at, u64::MAX);
        assert!(policy.known.calendars["c"].today(at).len() < 3);
    }
}
