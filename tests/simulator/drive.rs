//! Whole runs of the transfer machine against the simulated platform, on its clock.

use patchcord::Timestamp;
use patchcord::http::Request;
use patchcord::transfer::{Input, Options, Outcome, Output, Transfer};
use serde_json::Value;

use crate::client::Client;

/// A run as it went: its outcome, and what was sent.
pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    pub(crate) sent: Vec<Request>,
}

impl Run {
    /// How many requests of an operation were sent.
    pub(crate) fn count(&self, operation: &str) -> usize {
        let of = |request: &&Request| request.operation == operation;
        self.sent.iter().filter(of).count()
    }
}

/// Runs a transfer to its end. `at` is called whenever time has gone on, and may act on the centre.
pub(crate) fn drive(client: &mut Client, options: &Value, mut at: impl FnMut(&mut Client)) -> Run {
    let options = Options::from_json(&options.to_string()).expect("options");
    let mut transfer = Transfer::new(options, client.now);
    let mut sent = Vec::new();
    let mut underway: Vec<(Timestamp, Input)> = Vec::new();
    for _ in 0..10_000 {
        let until = loop {
            match transfer.poll_output() {
                Output::Request { id, request, .. } => {
                    let answer = client.send_request(&request);
                    let input = match answer.response {
                        Some(response) => Input::Response { id, response },
                        None => Input::Lost {
                            id,
                            reason: "no answer".to_owned(),
                        },
                    };
                    underway.push((answer.at, input));
                    sent.push(request);
                }
                Output::Event(_) => {}
                Output::Wait { until } => break until,
                Output::Done(outcome) => return Run { outcome, sent },
            }
        };
        underway.sort_by_key(|(at, _)| *at);
        let due = underway.first().is_some_and(|(at, _)| *at <= until);
        let (now, input) = if due {
            underway.remove(0)
        } else {
            (until, Input::Wake)
        };
        client.now = client.now.max(now);
        client.sim.advance(client.now);
        at(client);
        transfer.handle_input(input, client.now);
    }
    panic!("the run never ends");
}
