//! What the transfer machine takes of a policy: its places.

use patchcord::decide::engine::outline;
use patchcord::validate::Report;
use serde_json::json;

#[test]
fn each_place_is_taken_once_even_of_policies_in_a_circle_and_says_who_answers_there() {
    let policy = json!({
        "policies": { "night": { "steps": [
            { "id": "night", "to": { "extension": "9" } },
            { "id": "round", "use": "night" },
        ] } },
        "steps": [
            { "id": "closed", "use": "night" },
            { "id": "menu", "to": { "queue": "menu" }, "reaches": "machine" },
            { "id": "again", "use": "night" },
        ],
        "safe": { "id": "safe", "to": { "phone": "+15550100000" } },
    });
    let mut report = Report::default();
    let found = outline((&policy).into(), "$", &|_, _, _, _| (), &mut report).expect("an outline");
    assert!(report.is_ok(), "{report:?}");
    let places: Vec<_> = found
        .steps
        .iter()
        .map(|step| (step.id.as_str(), step.by_machine))
        .collect();
    assert_eq!(places, [("night", false), ("menu", true), ("safe", false)]);
}
