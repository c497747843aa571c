//! What is refused when the centre is set up.

use patchcord::Timestamp;
use patchcord::error::{Code, Error};
use patchcord::sim::Simulator;

use crate::client::{BILLING, Client};

type Add = fn(&mut Simulator, &str) -> Result<(), Error>;

#[test]
fn what_is_wrong_is_refused_with_code_and_place() {
    let cases: &[(Add, &str, Code, &str)] = &[
        (Simulator::add_queue, "", Code::InvalidJson, ""),
        (Simulator::add_queue, "[]", Code::WrongType, "$"),
        (Simulator::add_queue, "{}", Code::MissingField, "$.id"),
        (
            Simulator::add_queue,
            r#"{"id": ""}"#,
            Code::InvalidId,
            "$.id",
        ),
        (
            Simulator::add_queue,
            r#"{"id": 7}"#,
            Code::WrongType,
            "$.id",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "agent": []}"#,
            Code::UnknownField,
            "$.agent",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "status": "OFF"}"#,
            Code::UnknownValue,
            "$.status",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "campaign": "active"}"#,
            Code::UnknownValue,
            "$.campaign",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "campaign": null, "campaigns": []}"#,
            Code::NotSupported,
            "$.campaigns",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "campaigns": [{}]}"#,
            Code::MissingField,
            "$.campaigns[0].status",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "roster": 100001}"#,
            Code::OutOfRange,
            "$.roster",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "maxWaitSeconds": -1}"#,
            Code::OutOfRange,
            "$.maxWaitSeconds",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "agents": [{}]}"#,
            Code::MissingField,
            "$.agents[0].id",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "agents": [7]}"#,
            Code::WrongType,
            "$.agents[0]",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "agents": [{"id": "a"}, {"id": "a"}]}"#,
            Code::Duplicate,
            "$.agents[1].id",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "agents": [{"id": "a", "skills": [""]}]}"#,
            Code::InvalidId,
            "$.agents[0].skills[0]",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "agents": [{"id": "a", "answers": 1}]}"#,
            Code::WrongType,
            "$.agents[0].answers",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "agents": [{"id": "a", "answerSeconds": "1"}]}"#,
            Code::WrongType,
            "$.agents[0].answerSeconds",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "0d0c7f4e-6a3b-4c55-9f0e-2f8f6f2b1a01"}"#,
            Code::Duplicate,
            "",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "version": -1}"#,
            Code::OutOfRange,
            "$.version",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "pastCallers": 100001}"#,
            Code::OutOfRange,
            "$.pastCallers",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "metrics": {"occupancy": 92}}"#,
            Code::OutOfRange,
            "$.metrics.occupancy",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "metrics": {"waitSeconds": 1}}"#,
            Code::UnknownField,
            "$.metrics.waitSeconds",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "config": {"maxWaitTime": 9}}"#,
            Code::UnknownValue,
            "$.config.maxWaitTime",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "config": {"waitMusic": {"url": "x"}}}"#,
            Code::UnknownValue,
            "$.config.waitMusic.url",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "config": {"strategy": "x"}}"#,
            Code::UnknownField,
            "$.config.strategy",
        ),
        (
            Simulator::add_queue,
            r#"{"id": "q", "config": 7}"#,
            Code::WrongType,
            "$.config",
        ),
        (Simulator::add_skill, "{}", Code::MissingField, "$.id"),
        (Simulator::add_flow, "{}", Code::MissingField, "$.id"),
        (
            Simulator::add_flow,
            r#"{"id": "f", "published": "yes"}"#,
            Code::WrongType,
            "$.published",
        ),
        (Simulator::add_number, "{}", Code::MissingField, "$.phone"),
        (
            Simulator::add_number,
            r#"{"phone": "5550100"}"#,
            Code::InvalidPhone,
            "$.phone",
        ),
        (
            Simulator::add_number,
            r#"{"phone": "+15550100000", "status": "LOST"}"#,
            Code::UnknownValue,
            "$.status",
        ),
        (Simulator::add_client, "{}", Code::MissingField, "$.id"),
        (
            Simulator::add_client,
            r#"{"id": "c"}"#,
            Code::MissingField,
            "$.secret",
        ),
        (
            Simulator::add_client,
            r#"{"id": "c", "secret": "s", "scopes": ["a b"]}"#,
            Code::UnknownValue,
            "$.scopes[0]",
        ),
        (Simulator::add_call, "{}", Code::MissingField, "$.id"),
        (
            Simulator::add_call,
            r#"{"id": "c", "queue": "nowhere"}"#,
            Code::UnknownValue,
            "",
        ),
        (
            Simulator::add_call,
            r#"{"id": "c", "ageSeconds": -1}"#,
            Code::OutOfRange,
            "$.ageSeconds",
        ),
        (
            Simulator::add_call,
            r#"{"id": "c", "state": "waiting"}"#,
            Code::UnknownValue,
            "$.state",
        ),
        (
            Simulator::add_call,
            r#"{"id": "call-1"}"#,
            Code::Duplicate,
            "",
        ),
        (Simulator::add_extension, "{}", Code::NoTarget, "$"),
        (
            Simulator::add_extension,
            r#"{"extension": "x"}"#,
            Code::InvalidExtension,
            "$.extension",
        ),
        (
            Simulator::add_extension,
            r#"{"phone": "5550100"}"#,
            Code::InvalidPhone,
            "$.phone",
        ),
        (
            Simulator::add_extension,
            r#"{"extension": "9", "phone": "+15550100000"}"#,
            Code::SeveralTargets,
            "$",
        ),
        (Simulator::add_fault, "{}", Code::MissingField, "$"),
        (
            Simulator::add_fault,
            r#"{"operation": "call"}"#,
            Code::MissingField,
            "$",
        ),
        (
            Simulator::add_fault,
            r#"{"operation": "calls", "status": 500}"#,
            Code::UnknownValue,
            "$.operation",
        ),
        (
            Simulator::add_fault,
            r#"{"status": 99}"#,
            Code::OutOfRange,
            "$.status",
        ),
        (
            Simulator::add_fault,
            r#"{"status": 500, "times": 0}"#,
            Code::OutOfRange,
            "$.times",
        ),
        (
            Simulator::add_fault,
            r#"{"lose": "always"}"#,
            Code::UnknownValue,
            "$.lose",
        ),
        (
            Simulator::add_fault,
            r#"{"headers": {"bad name": "x"}}"#,
            Code::WrongType,
            "$.headers",
        ),
        (
            Simulator::add_fault,
            r#"{"headers": [["name", "line\nbreak"]]}"#,
            Code::WrongType,
            "$.headers",
        ),
        (
            Simulator::add_fault,
            r#"{"retryAfter": true}"#,
            Code::WrongType,
            "$.retryAfter",
        ),
        (
            Simulator::force_failure,
            r#"{"call": "nobody"}"#,
            Code::UnknownValue,
            "",
        ),
        (
            Simulator::set_agent,
            r#"{"agent": "nobody", "status": "BREAK"}"#,
            Code::UnknownValue,
            "",
        ),
        (
            Simulator::set_agent,
            r#"{"agent": "a"}"#,
            Code::MissingField,
            "$.status",
        ),
        (Simulator::hang_up, "nobody", Code::UnknownValue, ""),
    ];
    for (add, json, code, place) in cases {
        let mut client = Client::with_agents(&serde_json::json!([]));
        let before = client.sim.snapshot();
        let error = add(&mut client.sim, json).expect_err(json);
        assert_eq!(error.code(), *code, "{json}: {error}");
        assert!(
            place.is_empty() || error.message().contains(&format!("`{place}`")),
            "{json}: {error}"
        );
        assert_eq!(client.sim.snapshot(), before, "{json}");
    }
}

#[test]
fn options_name_a_platform() {
    let refusal = |options: &str| {
        Simulator::new(options, Timestamp::default())
            .map(drop)
            .expect_err(options)
            .code()
    };
    assert_eq!(refusal("{}"), Code::MissingField);
    assert_eq!(refusal(r#"{"profile": "cxone-v9"}"#), Code::UnknownProfile);
    assert_eq!(
        refusal(r#"{"profile": "cxone-v2", "seed": -1}"#),
        Code::OutOfRange
    );
    assert_eq!(
        refusal(r#"{"profile": "cxone-v2", "sed": 1}"#),
        Code::UnknownField
    );
    assert_eq!(
        refusal(r#"{"profile": "cxone-v2", "baseUrl": "localhost"}"#),
        Code::InvalidUrl
    );
    for profile in ["cxone-v2", "cxone-v2-names", "genesys-v2"] {
        let options = serde_json::json!({ "profile": profile }).to_string();
        assert!(Simulator::new(&options, Timestamp::default()).is_ok());
    }
}

#[test]
fn an_agent_is_one_person_in_all_queues() {
    let mut client = Client::with_agents(
        &serde_json::json!([{ "id": "ann", "name": "Ann Example", "status": "BREAK" }]),
    );
    client
        .sim
        .add_queue(r#"{"id": "second", "agents": [{"id": "ann", "skills": ["s"]}]}"#)
        .expect("a queue");
    let queues = client.sim.snapshot().queues;
    let seen: Vec<_> = queues
        .iter()
        .map(|queue| {
            (
                queue.agents[0].name.as_str(),
                queue.agents[0].status.as_str(),
            )
        })
        .collect();
    assert_eq!(seen, [("Ann Example", "BREAK"); 2]);
    assert_eq!(queues[0].id, BILLING);
    assert_eq!(queues[0].agents[0].skills, ["s"]);
}

#[test]
fn an_agent_has_one_call_whichever_was_added_first() {
    let mut client = Client::new();
    client
        .sim
        .add_call(r#"{"id": "c1", "connectedTo": "ann"}"#)
        .expect("a call");
    client
        .sim
        .add_queue(r#"{"id": "q", "agents": [{"id": "ann"}]}"#)
        .expect("a queue");
    assert_eq!(
        client.sim.snapshot().queues[0].agents[0].call.as_deref(),
        Some("c1")
    );
    let refused = client
        .sim
        .add_call(r#"{"id": "c2", "connectedTo": "ann"}"#)
        .expect_err("she is busy");
    assert_eq!(refused.code(), Code::Duplicate);
}
