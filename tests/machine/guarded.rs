//! A platform without a transfer request: a call moves there by hold, dial, the new leg's event, complete; a consult by
//! hold, consult, talk, complete or cancel. The profile is data and reading; the machine is the same.

use patchcord::Timestamp;
use patchcord::http::{Method, Request, Response};
use patchcord::json::Given;
use patchcord::model::call::{CallFacts, CallState, Leg, LegState, Party, PartyKind};
use patchcord::model::id::{CallId, QueueId};
use patchcord::model::intent::{Intent, Mode};
use patchcord::model::queue::QueueFacts;
use patchcord::model::reason::{ReasonCode, told};
use patchcord::model::target::{Target, TargetKind};
use patchcord::profile::{Guard, Operation, Profile, Stage, Unreadable, Write};
use patchcord::transfer::{AnsweredBy, Input, Options, Outcome, Output, State, Status, Transfer};
use patchcord::validate::Report;
use serde_json::{Value, json};

use crate::host::answer;

#[derive(Debug)]
struct Sessions;

const HOLD: Stage = Stage {
    write: Some(Write("hold")),
    until: Guard::CallerHeld,
    undo: Some(Write("resume")),
};
const DIAL: Stage = Stage {
    write: Some(Write("dial")),
    until: Guard::TargetActive,
    undo: Some(Write("end-target")),
};
const TALK: Stage = Stage {
    write: None,
    until: Guard::AgentCompletes,
    undo: None,
};
const COMPLETE: Stage = Stage {
    write: Some(Write("complete")),
    until: Guard::Moved,
    undo: None,
};

impl Profile for Sessions {
    fn name(&self) -> &'static str {
        "sessions"
    }

    fn operations(&self) -> &'static [Operation] {
        &[]
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Phone]
    }

    fn check_target(&self, _: &Target, _: &str, _: &mut Report) {}

    fn stages(&self, kind: TargetKind, mode: Mode) -> &'static [Stage] {
        match (kind, mode) {
            (TargetKind::Skill | TargetKind::Phone | TargetKind::Extension, Mode::Blind) => {
                &[HOLD, DIAL, COMPLETE]
            }
            (TargetKind::Phone, Mode::Consult) => &[HOLD, DIAL, TALK, COMPLETE],
            _ => &[],
        }
    }

    fn write(&self, write: Write, _: &Intent, seen: Option<&CallFacts>) -> Request {
        let leg = seen
            .and_then(|call| call.legs.iter().find(|leg| leg.of == Party::Target))
            .map(|leg| leg.id.clone());
        let path = match write.0 {
            "end-target" => format!("/interactions/{}/end", leg.unwrap_or_default()),
            other => format!("/{other}"),
        };
        Request::writes(write.0, Method::Post, path, None)
    }

    fn read_call(&self, _: &CallId) -> Request {
        Request::reads("legs", "/legs".to_owned())
    }

    fn call_facts(&self, response: &Response) -> Result<CallFacts, Unreadable> {
        let legs: Value = serde_json::from_slice(&response.body)
            .map_err(|error| Unreadable(error.to_string()))?;
        let legs = legs
            .as_array()
            .ok_or_else(|| Unreadable("no list".to_owned()))?;
        Ok(CallFacts {
            state: None,
            word: String::new(),
            party: None,
            party_kind: None,
            failure: None,
            legs: legs.iter().filter_map(leg).collect(),
        })
    }

    /// An event tells of one leg; legs of one call have the same master.
    fn pushed(&self, call: &CallId, event: &Value) -> Option<CallFacts> {
        (event["MasterID"].as_str() == Some(call.as_str())).then_some(())?;
        let leg = leg(event)?;
        let state =
            (leg.of == Party::Caller && leg.state == LegState::Ended).then_some(CallState::Ended);
        Some(CallFacts {
            state,
            word: event["Status"].to_string(),
            party: None,
            party_kind: (event["AMD"] == true).then_some(PartyKind::Machine),
            failure: event["Reason"].as_str().map(|code| told("sip", code)),
            legs: vec![leg],
        })
    }

    /// A recording keeps its caller.
    fn may_transfer(&self, call: &CallFacts) -> bool {
        !call.legs.iter().any(|leg| leg.id == RECORDING)
    }

    fn queue_reads(&self, _: &QueueId) -> Vec<Request> {
        Vec::new()
    }

    fn queue_facts(
        &self,
        _: &str,
        _: &Target,
        _: &Response,
        _: Timestamp,
        _: &mut QueueFacts,
    ) -> Result<(), Unreadable> {
        Ok(())
    }

    fn build(&self, _: &str, _: Given<'_>, _: &mut Report) -> Option<Request> {
        None
    }
}

fn leg(event: &Value) -> Option<Leg> {
    let id = event["ContactID"].as_str()?.to_owned();
    let of = match id.as_str() {
        "900719925474010002" => Party::Caller,
        "agent-leg" => Party::Agent,
        _ => Party::Target,
    };
    let state = match event["Status"].as_str()? {
        "Dialing" => LegState::Ringing,
        "Active" => LegState::Active,
        "Holding" => LegState::Held,
        "Disconnected" => LegState::Ended,
        _ => LegState::Unknown,
    };
    Some(Leg { id, of, state })
}

const CALLER: &str = "900719925474010002";
const TARGET: &str = "900719925474010003";
const RECORDING: &str = "900719925474010004";

fn event(contact: &str, status: &str) -> Input {
    Input::Pushed {
        event: json!({ "MasterID": "call-1", "ContactID": contact, "Status": status }),
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1_000)
}

fn begin(mode: &str, steps: &Value) -> Transfer {
    begin_to(&json!({ "phone": "+15550100000" }), mode, steps)
}

fn begin_to(to: &Value, mode: &str, steps: &Value) -> Transfer {
    let text = json!({
        "profile": "cxone-v2", "policy": { "steps": steps },
        "transfer": { "call": "call-1", "to": to, "mode": mode },
    });
    let mut options = Options::from_json(&text.to_string()).expect("options");
    options.profile = &Sessions;
    Transfer::new(options, at(0))
}

/// Drains; answers every read at once with these legs and every write with 200; tells the writes.
fn drain(transfer: &mut Transfer, now: Timestamp, legs: &Value) -> (Vec<String>, Option<Outcome>) {
    let mut writes = Vec::new();
    loop {
        let mut asked = Vec::new();
        loop {
            match transfer.poll_output() {
                Output::Request { id, request, .. } => asked.push((id, request)),
                Output::Event(_) => {}
                Output::Wait { .. } => break,
                Output::Done(outcome) => return (writes, Some(outcome)),
            }
        }
        if asked.is_empty() {
            return (writes, None);
        }
        for (id, request) in asked {
            if request.operation == "legs" {
                transfer.handle_input(answer(id, 200, &legs.to_string()), now);
            } else {
                writes.push(request.path);
                transfer.handle_input(answer(id, 202, ""), now);
            }
        }
    }
}

fn calm() -> Value {
    json!([{ "ContactID": CALLER, "Status": "Active" }, { "ContactID": "agent-leg", "Status": "Active" }])
}

fn held() -> Value {
    json!([{ "ContactID": CALLER, "Status": "Holding" }, { "ContactID": "agent-leg", "Status": "Active" }])
}

#[test]
fn a_blind_transfer_is_held_dialled_and_completed_when_the_new_legs_event_comes() {
    let mut transfer = begin("blind", &json!([]));
    assert_eq!(drain(&mut transfer, at(0), &calm()).0, ["/hold"]);
    transfer.handle_input(event(CALLER, "Holding"), at(1));
    assert_eq!(drain(&mut transfer, at(1), &held()).0, ["/dial"]);
    // The original leg's own event fires first: completing now would be an invalid state.
    transfer.handle_input(event(CALLER, "Active"), at(2));
    transfer.handle_input(event(TARGET, "Dialing"), at(2));
    assert_eq!(drain(&mut transfer, at(2), &held()).0, [""; 0]);
    assert_eq!(transfer.state(), State::Ringing);
    transfer.handle_input(event(TARGET, "Active"), at(3));
    assert_eq!(drain(&mut transfer, at(3), &held()).0, ["/complete"]);
    transfer.handle_input(event("agent-leg", "Disconnected"), at(4));
    let outcome = drain(&mut transfer, at(4), &held()).1.expect("an outcome");
    assert_eq!((outcome.status, outcome.attempts), (Status::Connected, 1));
}

fn talking() -> Transfer {
    let mut transfer = begin("consult", &json!([]));
    drain(&mut transfer, at(0), &calm());
    transfer.handle_input(event(CALLER, "Holding"), at(1));
    drain(&mut transfer, at(1), &held());
    transfer.handle_input(event(TARGET, "Active"), at(2));
    assert_eq!(
        drain(&mut transfer, at(2), &held()).0,
        [""; 0],
        "the agent speaks first"
    );
    assert_eq!(transfer.state(), State::Talking);
    transfer
}

#[test]
fn a_consult_waits_for_the_agents_word_and_completes() {
    let mut transfer = talking();
    transfer.handle_input(Input::Complete, at(60));
    assert_eq!(drain(&mut transfer, at(60), &held()).0, ["/complete"]);
    transfer.handle_input(event("agent-leg", "Disconnected"), at(61));
    assert_eq!(
        drain(&mut transfer, at(61), &held())
            .1
            .expect("an outcome")
            .status,
        Status::Connected
    );
}

#[test]
fn a_consult_that_is_cancelled_hangs_up_the_target_and_resumes_the_caller() {
    let mut transfer = talking();
    transfer.handle_input(Input::Cancel, at(10));
    let (writes, outcome) = drain(&mut transfer, at(10), &held());
    assert_eq!(
        writes,
        [format!("/interactions/{TARGET}/end"), "/resume".to_owned()]
    );
    assert_eq!(outcome.expect("an outcome").status, Status::Cancelled);
}

#[test]
fn a_target_that_does_not_answer_is_undone_before_the_next_step() {
    let mut transfer = begin(
        "blind",
        &json!([{ "id": "voicemail", "to": { "extension": "999" } }]),
    );
    drain(&mut transfer, at(0), &calm());
    transfer.handle_input(event(CALLER, "Holding"), at(1));
    drain(&mut transfer, at(1), &held());
    transfer.handle_input(event(TARGET, "Disconnected"), at(2));
    let (writes, _) = drain(&mut transfer, at(2), &calm());
    assert_eq!(
        writes,
        ["/resume", "/hold"],
        "the caller is resumed, then the next step begins"
    );
    transfer.handle_input(Input::Cancel, at(3));
    let outcome = drain(&mut transfer, at(3), &calm()).1.expect("an outcome");
    assert_eq!(
        outcome.steps[0].reason.as_ref().map(|reason| reason.code),
        Some(ReasonCode::NoAnswer)
    );
}

#[test]
fn a_caller_who_hangs_up_while_the_target_rings_leaves_no_ringing_target_behind() {
    let mut transfer = begin("blind", &json!([]));
    drain(&mut transfer, at(0), &calm());
    transfer.handle_input(event(CALLER, "Holding"), at(1));
    drain(&mut transfer, at(1), &held());
    transfer.handle_input(event(TARGET, "Dialing"), at(2));
    drain(&mut transfer, at(2), &held());
    transfer.handle_input(event(CALLER, "Disconnected"), at(3));
    let (writes, outcome) = drain(&mut transfer, at(3), &held());
    assert!(
        writes.contains(&format!("/interactions/{TARGET}/end")),
        "{writes:?}"
    );
    assert_eq!(outcome.expect("an outcome").status, Status::CallerLeft);
}

#[test]
fn a_lost_answer_to_a_dial_is_looked_into_and_not_dialled_twice() {
    let mut transfer = begin("blind", &json!([]));
    drain(&mut transfer, at(0), &calm());
    transfer.handle_input(event(CALLER, "Holding"), at(1));
    let mut dialled = None;
    loop {
        match transfer.poll_output() {
            Output::Request { id, request, .. } if request.operation == "dial" => {
                dialled = Some(id)
            }
            Output::Wait { .. } | Output::Done(_) => break,
            Output::Request { .. } | Output::Event(_) => {}
        }
    }
    transfer.handle_input(
        Input::Lost {
            id: dialled.expect("a dial"),
            reason: "reset".to_owned(),
        },
        at(2),
    );
    assert_eq!(transfer.state(), State::Reconciling);
    let rings = json!([
        { "ContactID": CALLER, "Status": "Holding" }, { "ContactID": "agent-leg", "Status": "Active" },
        { "ContactID": TARGET, "Status": "Dialing" },
    ]);
    assert_eq!(
        drain(&mut transfer, at(2), &rings).0,
        [""; 0],
        "the new leg is there: nothing is dialled again"
    );
    assert_eq!(transfer.state(), State::Ringing);
    transfer.handle_input(event(TARGET, "Active"), at(3));
    assert_eq!(drain(&mut transfer, at(3), &rings).0, ["/complete"]);
}

#[test]
fn a_run_on_a_profile_of_the_hosts_own_is_written_down_and_taken_up() {
    let text = talking().snapshot();
    assert!(
        Transfer::restore(&text, at(3)).is_err(),
        "no such profile is built in"
    );
    let mut transfer = Transfer::restore_with(&Sessions, &text, at(3)).expect("our own snapshot");
    assert_eq!(transfer.state(), State::Talking);
    transfer.handle_input(Input::Complete, at(4));
    assert_eq!(drain(&mut transfer, at(4), &held()).0, ["/complete"]);
}

/// A blind transfer to whoever has a skill, whose target's leg tells of itself in this event.
fn dialled(mut told: Value) -> (Vec<String>, Transfer, Option<Outcome>) {
    let skill = json!({ "skill": "44444444-4444-4444-4444-444444444444" });
    let mut transfer = begin_to(&skill, "blind", &json!([]));
    drain(&mut transfer, at(0), &calm());
    transfer.handle_input(event(CALLER, "Holding"), at(1));
    drain(&mut transfer, at(1), &held());
    told["MasterID"] = json!("call-1");
    transfer.handle_input(Input::Pushed { event: told }, at(2));
    let (writes, outcome) = drain(&mut transfer, at(2), &held());
    (writes, transfer, outcome)
}

#[test]
fn a_machine_on_the_targets_leg_is_hung_up_unless_the_call_cannot_be_taken_from_it() {
    let active = |leg: &str| json!({ "ContactID": leg, "Status": "Active", "AMD": true });
    let (writes, _, outcome) = dialled(active(TARGET));
    let ended = format!("/interactions/{TARGET}/end");
    assert_eq!(writes, [ended, "/resume".to_owned()]);
    let outcome = outcome.expect("an outcome");
    assert_eq!(
        outcome.steps[0].reason.as_ref().map(|reason| reason.code),
        Some(ReasonCode::MachineAnswered)
    );

    let (writes, mut transfer, _) = dialled(active(RECORDING));
    assert_eq!(writes, ["/complete"]);
    transfer.handle_input(event("agent-leg", "Disconnected"), at(4));
    let outcome = drain(&mut transfer, at(4), &held()).1.expect("an outcome");
    assert_eq!(
        (outcome.status, outcome.answered_by, outcome.agent),
        (Status::Connected, Some(AnsweredBy::Machine), None)
    );
}

#[test]
fn a_leg_that_ends_says_why_and_what_would_end_the_run_is_not_believed_of_it() {
    for (code, reason) in [
        ("486", ReasonCode::Busy),
        ("603", ReasonCode::Declined),
        ("404", ReasonCode::NotFound),
        ("407", ReasonCode::NoAnswer),
        ("200", ReasonCode::NoAnswer),
    ] {
        let ended = json!({ "ContactID": TARGET, "Status": "Disconnected", "Reason": code });
        let outcome = dialled(ended).2.expect("an outcome");
        let told = outcome.steps[0].reason.as_ref().expect("a reason");
        assert_eq!(
            (told.code, told.evidence.as_deref()),
            (reason, Some(code)),
            "{code}"
        );
        assert_eq!(told.message, reason.attributes().agent_reads);
    }
}
