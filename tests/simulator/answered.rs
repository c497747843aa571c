//! Whole runs in which a machine, an IVR or music has the call, in the words of each platform.

use patchcord::model::reason::ReasonCode;
use patchcord::transfer::{AnsweredBy, Outcome, Status};
use serde_json::{Value, json};

use crate::client::{BILLING, Client, read};
use crate::drive::drive;

const OVERFLOW: &str = "5b1f2a90-0e57-4f6e-8d1c-9f60a5c3d7bb";

/// A centre whose first queue behaves so, and whose second one has Bob.
fn centre(profile: &'static str, mut queue: Value) -> Client {
    let mut client = Client::of(profile, 7);
    queue["id"] = json!(BILLING);
    let overflow = json!({ "id": OVERFLOW, "agents": [{ "id": "bob" }] });
    for queue in [queue, overflow] {
        client.sim.add_queue(&queue.to_string()).expect("a queue");
    }
    let call = r#"{"id": "call-1", "connectedTo": "me"}"#;
    client.sim.add_call(call).expect("a call");
    client
}

fn run(client: &mut Client, profile: &str, to: &Value, steps: &Value) -> Outcome {
    let options = json!({
        "profile": profile, "seed": 7, "policy": { "steps": steps, "stepSeconds": 25 },
        "transfer": { "call": "call-1", "to": to },
    });
    drive(client, &options, |_| {}).outcome
}

fn why(outcome: &Outcome) -> Option<ReasonCode> {
    Some(outcome.steps[0].reason.as_ref()?.code)
}

/// What the platform writes of who has the call.
fn written(client: &mut Client, profile: &str) -> Value {
    if profile == "cxone-v2" {
        return client.get("/api/v2/voice/calls/call-1").1["connectedToType"].clone();
    }
    let path = "/api/v2/conversations/voice/call-1";
    let (_, conversation) = read(client.send("GET", path, b""));
    let last = conversation["participants"]
        .as_array()
        .and_then(|all| all.last());
    last.map_or(Value::Null, |last| last["purpose"].clone())
}

#[test]
fn an_agents_leg_that_a_machine_answers_is_left_for_the_next_queue() {
    for (profile, word, agent) in [
        ("cxone-v2", "VOICEMAIL", "AGENT"),
        ("genesys-v2", "voicemail", "agent"),
    ] {
        let queue = || json!({ "agents": [{ "id": "ann", "answeredBy": "machine" }] });
        let (primary, steps) = (
            json!({ "queue": BILLING }),
            json!([{ "id": "overflow", "to": { "queue": OVERFLOW } }]),
        );
        let mut client = centre(profile, queue());
        let outcome = run(&mut client, profile, &primary, &steps);
        assert_eq!(
            (outcome.status, outcome.step.as_deref(), why(&outcome)),
            (
                Status::Connected,
                Some("overflow"),
                Some(ReasonCode::MachineAnswered)
            ),
            "{profile}: {:?}",
            outcome.reasons
        );
        assert_eq!(
            (outcome.agent.as_deref(), outcome.answered_by),
            (Some("bob"), Some(AnsweredBy::Person))
        );
        assert_eq!(written(&mut client, profile), agent);

        let mut client = centre(profile, queue());
        let outcome = run(&mut client, profile, &primary, &json!([]));
        assert_eq!(outcome.status, Status::Failed, "{profile}");
        assert_eq!(written(&mut client, profile), word);
        let free = &client.sim.snapshot().queues[0].agents[0];
        assert_eq!(free.call, None, "the agent never had it");
    }
}

#[test]
fn a_queue_that_ends_in_an_ivr_or_with_music_has_connected_nobody() {
    for (profile, ends_in, word) in [
        ("cxone-v2", "ivr", "IVR"),
        ("cxone-v2", "music", "MUSIC"),
        ("genesys-v2", "ivr", "ivr"),
        ("genesys-v2", "music", "acd"),
    ] {
        let ann = json!([{ "id": "ann", "answers": false }]);
        let queue = || json!({ "agents": ann, "endsIn": ends_in, "maxWaitSeconds": 5 });
        let mut client = centre(profile, queue());
        let outcome = run(
            &mut client,
            profile,
            &json!({ "queue": BILLING }),
            &json!([]),
        );
        assert!(
            [Status::Failed, Status::Unresolved].contains(&outcome.status),
            "{profile} {ends_in}: {:?}",
            outcome.reasons
        );
        assert_eq!(written(&mut client, profile), word);
        let call = client.call("call-1");
        assert_eq!(call.state.to_ascii_lowercase(), "connected");

        if word == "acd" {
            // Music is not told apart from a queue there, and a queue is waited in.
            assert_eq!(outcome.status, Status::Unresolved);
            continue;
        }
        let mut client = centre(profile, queue());
        let steps = json!([{ "id": "overflow", "to": { "queue": OVERFLOW } }]);
        let outcome = run(&mut client, profile, &json!({ "queue": BILLING }), &steps);
        assert_eq!(
            (outcome.status, outcome.agent.as_deref(), why(&outcome)),
            (Status::Connected, Some("bob"), Some(ReasonCode::TimedOut)),
            "{profile} {ends_in}: {:?}",
            outcome.reasons
        );
    }
}

#[test]
fn a_queue_that_ends_in_a_voicemail_box_is_a_machine() {
    for profile in ["cxone-v2", "genesys-v2"] {
        let ann = json!([{ "id": "ann", "answers": false }]);
        let queue = json!({ "agents": ann, "endsIn": "machine", "maxWaitSeconds": 5 });
        let mut client = centre(profile, queue);
        let outcome = run(
            &mut client,
            profile,
            &json!({ "queue": BILLING }),
            &json!([]),
        );
        assert_eq!(
            (outcome.status, why(&outcome)),
            (Status::Failed, Some(ReasonCode::MachineAnswered)),
            "{profile}: {:?}",
            outcome.reasons
        );
    }
}

#[test]
fn an_extension_is_what_answers_there() {
    for (answers, word, by) in [
        (json!("machine"), "VOICEMAIL", AnsweredBy::Machine),
        (json!("ivr"), "IVR", AnsweredBy::Machine),
        (json!("person"), "AGENT", AnsweredBy::Person),
        (Value::Null, "EXTENSION", AnsweredBy::Unknown),
    ] {
        let mut client = centre("cxone-v2", json!({}));
        let line = json!({ "extension": "999", "answeredBy": answers });
        client.sim.add_extension(&line.to_string()).expect("a line");
        let to = json!({ "extension": "999" });
        let outcome = run(&mut client, "cxone-v2", &to, &json!([]));
        assert_eq!(
            (outcome.status, outcome.answered_by),
            (Status::Connected, Some(by)),
            "{word}"
        );
        assert_eq!(written(&mut client, "cxone-v2"), word);
    }
}

#[test]
fn a_call_in_an_ivr_is_taken_out_of_it() {
    for profile in ["cxone-v2", "genesys-v2"] {
        let mut client = centre(profile, json!({ "agents": [{ "id": "ann" }] }));
        let call = r#"{"id": "call-2", "answeredBy": "ivr"}"#;
        client.sim.add_call(call).expect("a call");
        let options = json!({
            "profile": profile, "seed": 7, "transfer": { "call": "call-2", "to": { "queue": BILLING } },
        });
        let outcome = drive(&mut client, &options, |_| {}).outcome;
        assert_eq!(
            (outcome.status, outcome.answered_by),
            (Status::Connected, Some(AnsweredBy::Person)),
            "{profile}"
        );
    }
}

#[test]
fn a_run_tells_why_its_transfer_failed_in_the_words_of_the_platform() {
    let mut client = centre(
        "cxone-v2",
        json!({ "agents": [{ "id": "ann", "answers": false }] }),
    );
    let primary = json!({ "queue": BILLING });
    let outcome = run(&mut client, "cxone-v2", &primary, &json!([]));
    let told = outcome.steps[0].reason.as_ref().expect("a reason");
    assert_eq!(
        (told.code, told.evidence.as_deref()),
        (ReasonCode::NoAnswer, Some("no answer"))
    );
    let ann = json!([{ "id": "ann", "answers": false, "answerSeconds": 5 }]);
    let mut client = centre("genesys-v2", json!({ "agents": ann }));
    let outcome = run(
        &mut client,
        "genesys-v2",
        &primary,
        &json!([{ "id": "overflow", "to": { "queue": OVERFLOW } }]),
    );
    let told = outcome.steps[0].reason.as_ref().expect("a reason");
    assert_eq!(
        (told.code, told.evidence.as_deref()),
        (ReasonCode::TimedOut, Some("transfer.noanswer"))
    );
}

#[test]
fn only_what_can_answer_is_said_to_answer() {
    let mut client = Client::new();
    for (said, refused) in [
        (json!({ "extension": "9", "answeredBy": "queue" }), true),
        (json!({ "extension": "9", "answeredBy": "robot" }), true),
        (json!({ "extension": "9", "answeredBy": "music" }), false),
    ] {
        let added = client.sim.add_extension(&said.to_string());
        assert_eq!(added.is_err(), refused, "{said}");
    }
}
