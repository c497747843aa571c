//! The same seed gives the same bytes; no order of requests breaks the centre.

use core::time::Duration;

use patchcord::Timestamp;
use patchcord::sim::{Answer, CallPicture};
use proptest::prelude::*;
use serde_json::json;

use crate::client::{BILLING, Client, START, TIER_2};

const CALLS: [&str; 3] = ["c0", "c1", "c2"];
const AGENTS: [&str; 3] = ["a0", "a1", "a2"];

const QUEUES: [&str; 2] = [BILLING, TIER_2];

/// Something that a host does.
#[derive(Clone, Debug)]
enum Act {
    Transfer {
        call: usize,
        consult: bool,
        kind: usize,
        target: usize,
        priority: u8,
    },
    /// A bridge of a call, with the request id of this number.
    Bridge {
        call: usize,
        request: u8,
        transfer: bool,
    },
    Place,
    /// A conversation that goes to another queue.
    Patch {
        call: usize,
        queue: usize,
    },
    Send {
        method: &'static str,
        path: String,
        body: Vec<u8>,
    },
    Read(usize),
    HangUp(usize),
    Status {
        agent: usize,
        status: usize,
    },
    Force(usize),
    Fault(usize),
    Pass(u64),
    BackInTime,
}

fn act() -> impl Strategy<Value = Act> {
    let transfer = (0..3_usize, any::<bool>(), 0..4_usize, 0..3_usize, 0..7_u8).prop_map(
        |(call, consult, kind, target, priority)| Act::Transfer {
            call,
            consult,
            kind,
            target,
            priority,
        },
    );
    let path = prop_oneof![
        Just("/api/v2/voice/calls/c0/transfer".to_owned()),
        Just("/api/v2/analytics/conversations/details/query".to_owned()),
        Just("/api/v2/oauth/token".to_owned()),
        Just("/api/v2/routing/queues/q0".to_owned()),
        Just("/api/v2/routing/skills?pageSize=1".to_owned()),
        Just("/api/v2/audit?cursor=1-1".to_owned()),
        Just("/api/v2/analytics/queues/details/query".to_owned()),
        Just("/api/v2/analytics/queues/data/query?cursor=1-50".to_owned()),
        Just("/v2/personal-connection/calls".to_owned()),
        Just("/api/v2/cti/calls/c0/bridge".to_owned()),
        Just("/api/v2/voice/campaigns?queueId=q0".to_owned()),
        Just("/api/v2/voice/queues/q1/agents".to_owned()),
        ".{0,40}",
    ];
    let body = prop_oneof![
        ".{0,60}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..60)
    ];
    let send = (
        prop::sample::select(vec!["GET", "POST", "PUT", "", "get"]),
        path,
        body,
    )
        .prop_map(|(method, path, body)| Act::Send { method, path, body });
    prop_oneof![
        5 => transfer,
        1 => send,
        1 => (0..3_usize, 0..3_u8, any::<bool>()).prop_map(|(call, request, transfer)| Act::Bridge { call, request, transfer }),
        1 => Just(Act::Place),
        2 => (0..3_usize).prop_map(Act::Read),
        1 => (0..3_usize).prop_map(Act::HangUp),
        2 => (0..3_usize, 0..4_usize).prop_map(|(agent, status)| Act::Status { agent, status }),
        1 => (0..3_usize).prop_map(Act::Force),
        1 => (0..6_usize).prop_map(Act::Fault),
        4 => (0..8_000_u64).prop_map(Act::Pass),
        1 => Just(Act::BackInTime),
    ]
}

/// Three calls, two of them with agents; three agents, one of whom never answers, in two queues.
fn centre(seed: u64) -> Client {
    let mut client = Client::seeded(seed);
    let queues = [
        json!({ "id": "q0", "agents": [{ "id": "a0", "skills": ["s0"] }, { "id": "a1", "skills": ["s0", "s1"] }] }),
        json!({ "id": "q1", "agents": [{ "id": "a1" }, { "id": "a2", "answers": false, "skills": ["s1"] }], "maxWaitSeconds": 3 }),
    ];
    for queue in queues {
        client.sim.add_queue(&queue.to_string()).expect("a queue");
    }
    for call in [
        json!({ "id": "c0" }),
        json!({ "id": "c1", "connectedTo": "a0" }),
        json!({ "id": "c2", "connectedTo": "a1" }),
    ] {
        client.sim.add_call(&call.to_string()).expect("a call");
    }
    client
}

/// The same of conversations.
fn conversations(seed: u64) -> Client {
    let mut client = Client::of("genesys-v2", seed);
    let queues = [
        json!({ "id": QUEUES[0], "agents": [{ "id": "a0" }, { "id": "a1" }] }),
        json!({ "id": QUEUES[1], "agents": [{ "id": "a1" }, { "id": "a2", "answers": false }] }),
    ];
    for queue in queues {
        client.sim.add_queue(&queue.to_string()).expect("a queue");
    }
    for call in [
        json!({ "id": "c0", "queue": QUEUES[0] }),
        json!({ "id": "c1", "connectedTo": "a0" }),
        json!({ "id": "c2" }),
    ] {
        client.sim.add_call(&call.to_string()).expect("a call");
    }
    client
}

fn patch() -> impl Strategy<Value = Act> {
    let patch = (0..3_usize, 0..2_usize).prop_map(|(call, queue)| Act::Patch { call, queue });
    prop_oneof![3 => patch, 2 => act()]
}

fn perform(client: &mut Client, act: &Act) -> Option<Answer> {
    match act {
        Act::Transfer {
            call,
            consult,
            kind,
            target,
            priority,
        } => {
            let (kind, ids) = [
                ("QUEUE", ["q0", "q1", "nowhere"]),
                ("SKILL", ["s0", "s1", "none"]),
                ("EXTENSION", ["999", "1", "x"]),
                ("NUMBER", ["+15550100000", "+4930123456", "1"]),
            ][*kind];
            let mode = if *consult { "CONSULT" } else { "BLIND" };
            let body = json!({ "transferType": mode, "targetType": kind, "targetId": ids[*target], "priority": priority });
            let path = format!("/api/v2/voice/calls/{}/transfer", CALLS[*call]);
            return Some(client.send("POST", &path, body.to_string().as_bytes()));
        }
        Act::Bridge {
            call,
            request,
            transfer,
        } => {
            let direction = if *transfer { "transfer" } else { "consult" };
            let body = json!({ "targets": [{ "type": "phone", "value": "+15550100000" }], "direction": direction });
            let path = format!("/api/v2/cti/calls/{}/bridge", CALLS[*call]);
            let id = [("x-cxone-request-id", format!("r{request}"))];
            return Some(client.send_with("POST", &path, body.to_string().as_bytes(), &id));
        }
        Act::Patch { call, queue } => {
            let body = json!({ "actions": [{ "action": "transfer", "toType": "queue", "toId": QUEUES[*queue] }] });
            let path = format!("/api/v2/conversations/voice/{}", CALLS[*call]);
            return Some(client.send("PATCH", &path, body.to_string().as_bytes()));
        }
        Act::Place => {
            let body = json!({ "callerNumber": "+15551234567", "calledNumber": "+15550100000", "flowId": "f" });
            let body = body.to_string();
            return Some(client.send("POST", "/v2/personal-connection/calls", body.as_bytes()));
        }
        Act::Send { method, path, body } => return Some(client.send(method, path, body)),
        Act::Read(call) => {
            return Some(client.send("GET", &format!("/api/v2/voice/calls/{}", CALLS[*call]), b""));
        }
        Act::HangUp(call) => client.sim.hang_up(CALLS[*call]).expect("known"),
        Act::Status { agent, status } => {
            let status = ["AVAILABLE", "BREAK", "OFFLINE", "ON_CALL"][*status];
            client
                .sim
                .set_agent(&json!({ "agent": AGENTS[*agent], "status": status }).to_string())
                .expect("known");
        }
        Act::Force(call) => client
            .sim
            .force_failure(&json!({ "call": CALLS[*call] }).to_string())
            .expect("known"),
        Act::Fault(which) => {
            let fault = [
                json!({ "lose": "after" }),
                json!({ "lose": "before", "operation": "transfer" }),
                json!({ "status": 500, "acts": true }),
                json!({ "retryAfter": 1, "skip": 1, "times": 2 }),
                json!({ "body": "{", "delaySeconds": 2 }),
                json!({ "staleSeconds": 5 }),
            ][*which]
                .to_string();
            client.sim.add_fault(&fault).expect("a fault");
        }
        Act::Pass(millis) => client.pass(Duration::from_millis(*millis)),
        Act::BackInTime => client.sim.advance(Timestamp::from_millis(START - 1)),
    }
    None
}

/// A transfer begins only where none is in flight, and ends only where one is; nothing follows a hang-up.
fn check_history(call: &CallPicture) {
    let (mut in_flight, mut accepted) = (None, 0);
    for (place, entry) in call.history.iter().enumerate() {
        match entry.action {
            "TRANSFER_ACCEPTED" => {
                assert_eq!(in_flight, None, "{call:?}");
                in_flight = entry.transfer.clone();
                assert!(in_flight.is_some());
                accepted += 1;
            }
            "QUEUED" | "OFFERED" | "RINGING" => assert_eq!(in_flight, entry.transfer, "{call:?}"),
            "TRANSFER_SUCCESS" | "TRANSFER_FAILED" => {
                assert!(in_flight.is_some());
                assert_eq!(in_flight.take(), entry.transfer, "{call:?}");
            }
            "BRIDGED" => assert_eq!(in_flight, None, "{call:?}"),
            "CALLER_LEFT" => {
                assert_eq!(place + 1, call.history.len(), "{call:?}");
                in_flight = None;
            }
            other => assert_eq!((place, other), (0, "CALL_ADDED")),
        }
    }
    assert_eq!(
        (in_flight.is_some(), accepted),
        (call.in_flight, call.transfers),
        "{call:?}"
    );
    assert!(call.history.is_sorted_by_key(|entry| entry.at), "{call:?}");
}

/// Whoever has a call, or is rung by it, is the agent whom that call names.
fn check_agents(client: &Client) {
    let picture = client.sim.snapshot();
    for agent in picture.queues.iter().flat_map(|queue| &queue.agents) {
        if let Some(call) = &agent.call {
            assert!(
                ["ON_CALL", "RINGING"].contains(&agent.status.as_str()),
                "{agent:?}"
            );
            let call = client.call(call);
            let has_it = call.connected_to.as_ref() == Some(&agent.id);
            let rung = call.in_flight
                && call
                    .history
                    .last()
                    .is_some_and(|entry| entry.agent.as_ref() == Some(&agent.id));
            assert!(has_it || rung, "{agent:?} {call:?}");
        }
    }
    for call in picture.calls.iter().filter(|call| {
        call.connected_to
            .as_deref()
            .is_some_and(|party| party.starts_with('a'))
    }) {
        let agents = picture.queues.iter().flat_map(|queue| &queue.agents);
        let has_it = agents
            .filter(|agent| Some(&agent.id) == call.connected_to.as_ref())
            .all(|agent| agent.call.as_ref() == Some(&call.id));
        assert!(has_it, "{call:?}");
    }
}

proptest! {
    #[test]
    fn no_order_of_requests_breaks_the_centre(seed in any::<u64>(), acts in prop::collection::vec(act(), 0..60)) {
        let mut client = centre(seed);
        for act in &acts {
            perform(&mut client, act);
            for call in CALLS {
                check_history(&client.call(call));
            }
            check_agents(&client);
        }
        client.settle();
        for call in CALLS {
            let call = client.call(call);
            prop_assert!(!call.in_flight, "{:?}", call);
            check_history(&call);
        }
        prop_assert!(client.sim.snapshot().queues.iter().all(|queue| queue.waiting.is_empty()));
    }

    #[test]
    fn no_order_of_requests_loses_a_conversation(seed in any::<u64>(), acts in prop::collection::vec(patch(), 0..60)) {
        let (mut client, mut other) = (conversations(seed), conversations(seed));
        for act in &acts {
            prop_assert_eq!(perform(&mut client, act), perform(&mut other, act));
            for call in CALLS {
                check_history(&client.call(call));
            }
            check_agents(&client);
        }
        client.settle();
        for call in CALLS {
            let call = client.call(call);
            check_history(&call);
            let waits = ["queued", "waiting"].contains(&call.state.as_str());
            prop_assert!(waits || !call.in_flight, "{:?}", call);
        }
    }

    #[test]
    fn the_same_seed_and_the_same_acts_give_the_same_bytes(seed in any::<u64>(), acts in prop::collection::vec(act(), 0..30)) {
        let (mut one, mut other) = (centre(seed), centre(seed));
        for act in &acts {
            prop_assert_eq!(perform(&mut one, act), perform(&mut other, act));
        }
        prop_assert_eq!(one.sim.snapshot(), other.sim.snapshot());
    }

    #[test]
    fn asking_often_changes_nothing(seed in any::<u64>(), every in 20..5_000_u64) {
        let ends: Vec<_> = [every, 60_000].map(|every| {
            let mut client = centre(seed);
            perform(&mut client, &Act::Transfer { call: 0, consult: false, kind: 0, target: 1, priority: 1 });
            while client.now < Timestamp::from_millis(START + 60_000) {
                client.pass(Duration::from_millis(every));
                perform(&mut client, &Act::Read(0));
            }
            client.call("c0")
        }).into();
        prop_assert_eq!(&ends[0], &ends[1]);
    }
}

#[test]
fn answers_take_20_to_120_milliseconds_and_another_seed_another_time() {
    let took = |seed| {
        let mut client = centre(seed);
        let ask = |_| {
            perform(&mut client, &Act::Read(0))
                .expect("an answer")
                .at
                .as_millis()
                - START
        };
        (0..50).map(ask).collect::<Vec<_>>()
    };
    assert!(took(1).iter().all(|millis| (20..=120).contains(millis)));
    let differing: std::collections::BTreeSet<_> = took(1).into_iter().collect();
    assert!(differing.len() > 20, "{differing:?}");
    assert_ne!(took(1), took(2));
}
