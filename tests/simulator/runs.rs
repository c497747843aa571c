//! Whole runs of the transfer machine on `cxone-v2`, and on its dialect with named ids.

use patchcord::transfer::Status;
use serde_json::{Value, json};

use crate::client::{BILLING, Client, TIER_2};
use crate::drive::{Run, drive};

const OVERFLOW: &str = "5b1f2a90-0e57-4f6e-8d1c-9f60a5c3d7bb";

/// The next queue, then voicemail.
fn policy(overflow: &str) -> Value {
    json!({ "steps": [
        { "id": "overflow", "to": { "queue": overflow } }, { "id": "voicemail", "to": { "extension": "999" } },
    ] })
}

fn run(client: &mut Client, profile: &str, queue: &str, skill: &str, overflow: &str) -> Run {
    let options = json!({
        "profile": profile, "seed": 7, "policy": policy(overflow),
        "transfer": { "call": "call-1", "to": { "queue": queue, "skill": skill } },
    });
    drive(client, &options, |_| {})
}

#[test]
fn a_run_goes_on_to_the_next_queue_and_to_voicemail_by_what_the_platform_tells() {
    let skilled = json!([{ "id": "ann", "skills": [TIER_2] }]);
    let unskilled = json!([{ "id": "bob" }]);
    let cases = [
        (&skilled, &unskilled, "primary", "ann"),
        (&unskilled, &unskilled, "overflow", "bob"),
        (&unskilled, &json!([]), "voicemail", "999"),
    ];
    for (billing, overflow, step, party) in cases {
        let mut client = Client::with_agents(billing);
        let queue = json!({ "id": OVERFLOW, "agents": overflow });
        client.sim.add_queue(&queue.to_string()).expect("a queue");
        let run = run(&mut client, "cxone-v2", BILLING, TIER_2, OVERFLOW);
        assert_eq!(
            (run.outcome.status, run.outcome.step.as_deref()),
            (Status::Connected, Some(step)),
            "{:?}",
            run.outcome.reasons
        );
        assert_eq!(client.call("call-1").connected_to.as_deref(), Some(party));
        assert_eq!(
            (run.count("transfer"), client.sim.transfers("call-1")),
            (1, 1)
        );
    }
}

#[test]
fn queues_and_skills_that_have_names_are_reached_by_them() {
    let mut client = Client::of("cxone-v2-names", 7);
    let queue = json!({ "id": "queue_uuid_67890", "agents": [{ "id": "ann", "skills": ["skill_uuid_11223"] }] });
    client.sim.add_queue(&queue.to_string()).expect("a queue");
    client.sim.add_call(r#"{"id": "call-1"}"#).expect("a call");
    let run = run(
        &mut client,
        "cxone-v2-names",
        "queue_uuid_67890",
        "skill_uuid_11223",
        "queue_uuid_44556",
    );
    assert_eq!(
        (run.outcome.status, run.outcome.agent.as_deref()),
        (Status::Connected, Some("ann"))
    );
}
