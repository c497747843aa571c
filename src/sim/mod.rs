//! A contact centre in memory that answers the HTTP requests of a platform, from a seed and on a clock that the host turns.
//!
//! It knows the platforms' wire formats from their documentation and nothing of the core's profiles, so that the one is a
//! check on the other. It reads no clock and opens no socket: the host hands in every request and the time, and learns
//! when the answer arrives, if it ever does.
//!
//! The same seed and the same sequence of calls give the same answers, byte for byte, on every host.
//!
//! ```
//! use patchcord::Timestamp;
//! use patchcord::sim::Simulator;
//!
//! let mut now = Timestamp::from_millis(1_750_000_000_000);
//! let mut sim = Simulator::new(r#"{"seed": 7, "profile": "cxone-v2"}"#, now)?;
//! sim.add_queue(r#"{"id": "billing", "agents": [{"id": "ann", "status": "AVAILABLE"}]}"#)?;
//! sim.add_call(r#"{"id": "call-1"}"#)?;
//!
//! let headers = [("authorization".to_owned(), "Bearer any".to_owned())];
//! let body = br#"{"transferType": "BLIND", "targetType": "QUEUE", "targetId": "billing", "priority": 2}"#;
//! let answer = sim.handle_request("POST", "/api/v2/voice/calls/call-1/transfer", &headers, body, now);
//! assert_eq!(answer.response.map(|response| response.status), Some(202));
//!
//! while let Some(next) = sim.next_change() {
//!     now = next;
//!     sim.advance(now);
//! }
//! let call = sim.call("call-1").expect("was added above");
//! assert_eq!((call.state.as_str(), call.connected_to.as_deref()), ("CONNECTED", Some("ann")));
//! # Ok::<(), patchcord::error::Error>(())
//! ```

mod access;
mod agenda;
mod answers;
mod bridges;
mod cxone_v2;
mod fault;
mod genesys_v2;
mod moment;
mod outbound;
mod pages;
mod platform;
pub mod queueing;
mod random;
mod roster;
mod route;
mod routing;
mod setup;
mod site;
mod token;
mod world;

use crate::error::{Code, Error};
use crate::http::Response;
use crate::sim::cxone_v2::CxoneV2;
use crate::sim::fault::Faults;
use crate::sim::genesys_v2::GenesysV2;
use crate::sim::platform::{Arrived, Platform};
use crate::sim::random::{Seed, wait};
use crate::sim::site::Site;
use crate::sim::world::World;
use crate::time::Timestamp;

pub use world::{
    AgentPicture, BridgePicture, CallPicture, Entry, Picture, PlacedPicture, QueuePicture,
};

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When the answer has arrived; where it is lost, when the connection breaks.
    pub at: Timestamp,
    /// The answer; `None` where it is lost. The platform may have acted all the same.
    pub response: Option<Response>,
}

/// A contact centre in memory, as one platform shows it.
///
/// Everything that is put into it is JSON, the same text from Rust as from JavaScript. What is put in takes effect at
/// the time up to which the centre has gone on: see [`Simulator::advance`].
#[derive(Clone, Debug)]
pub struct Simulator {
    platform: &'static dyn Platform,
    site: Site,
    faults: Faults,
    base_url: Option<String>,
    requests: u64,
}

impl Simulator {
    /// A centre without queues and calls, at `now`.
    ///
    /// `options` is `{"profile": "cxone-v2" | "cxone-v2-names" | "genesys-v2", "seed"?: number, "baseUrl"?: address}`. The
    /// seed is 0 where none is given. Links in answers begin with `baseUrl`; where none is given, with the address in the
    /// request's `Host` header, else with `https://cxone.simulated`.
    ///
    /// # Errors
    /// Where the options are not such an object, or no platform has this name.
    pub fn new(options: &str, now: Timestamp) -> Result<Self, Error> {
        let setup::Options {
            seed,
            profile,
            base_url,
        } = setup::options(options)?;
        let platform = platform_of(&profile)?;
        Ok(Self {
            platform,
            site: Site::new(World::new(Seed::new(seed), platform.manner(), now)),
            faults: Faults::default(),
            base_url,
            requests: 0,
        })
    }

    /// Opens a queue.
    ///
    /// `{"id", "name"?, "status"?: "ACTIVE" | "INACTIVE", "campaign"?: status | null, "campaigns"?: [{"id"?, "status"}],
    /// "agents"?: [agent], "roster"?: number, "skills"?: [id], "maxWaitSeconds"?: number, "endsIn"?: "machine" | "ivr" | "music",
    /// "config"?: configuration, "version"?: 1, "propagationSeconds"?: number, "pastCallers"?: 0, "metrics"?: {"occupancy"?,
    /// "waitTime"?, "abandonedCount"?, "answeredCount"?}}`, where an agent is
    /// `{"id", "status"?, "skills"?: [id], "name"?, "answerSeconds"?, "answers"?: boolean, "answeredBy"?: "person" | "machine"}`.
    ///
    /// Without `campaign` and `campaigns` one active campaign feeds it; with `"campaign": null` none does. `roster` adds so
    /// many made-up agents, who have some of `skills`. A call that nobody takes fails after `maxWaitSeconds` (20). An agent
    /// takes calls while `AVAILABLE` (as it is where nothing is said), answers after `answerSeconds` (else 1 to 5, from
    /// the seed), and is one person in all queues that list it; a machine may answer in the agent's place. A queue that `endsIn`
    /// something gives a call over to that where else it would fail, and on `genesys-v2` after `maxWaitSeconds`: to a voicemail
    /// box, an IVR, or music. The platform then reads connected.
    ///
    /// The configuration is what `/api/v2/routing/queues` of `cxone-v2` tells and takes, in its words; fields that are left
    /// out are as usual. A version that is deployed shows after `propagationSeconds` (else 1 to 5, from the seed).
    ///
    /// `pastCallers` adds so many made-up waits of the last seven days, for the analytics. These count what happens in the
    /// centre, and tell what `metrics` says instead where that says something.
    ///
    /// Queues of `genesys-v2` are named by UUIDs, and keep a call until somebody takes it.
    ///
    /// # Errors
    /// Where the text is no such object, or a queue of this id is there already.
    pub fn add_queue(&mut self, json: &str) -> Result<(), Error> {
        let uuids = self.platform.wants_uuids();
        let (queue, config) = setup::queue(json, self.site.world.seed, uuids)?;
        self.site.add_queue(queue, config)
    }

    /// Brings in a call, or a conversation: `{"id", "state"?, "connectedTo"?: id, "answeredBy"?: "person" | "machine" | "ivr" | "music",
    /// "queue"?: id, "ageSeconds"?: 0, "foreign"?: false}`.
    ///
    /// One that is connected to an agent of the centre keeps that agent busy until it moves on. One in a queue waits there
    /// until it is transferred. The state is a word of the platform: of `cxone-v2` in capitals (`WAITING`, `CONNECTED`), of
    /// `genesys-v2` in small letters (`queued` in a queue, `waiting` elsewhere, `connected`). `ageSeconds` ago it began:
    /// `genesys-v2` forgets one after a day. A foreign one belongs to another tenant or region.
    ///
    /// # Errors
    /// Where the text is no such object, a call of this id is there already, there is no such queue, or the agent has
    /// another call.
    pub fn add_call(&mut self, json: &str) -> Result<(), Error> {
        let call = setup::call(json, self.platform.manner())?;
        self.site.world.add_call(call)
    }

    /// Says how an extension or a number behaves: `{"extension" | "phone", "answerSeconds"?, "answers"?: boolean,
    /// "answeredBy"?: "person" | "machine" | "ivr" | "music"}`. All that are not named answer, and of none of them shows what answered.
    ///
    /// # Errors
    /// Where the text is no such object.
    pub fn add_extension(&mut self, json: &str) -> Result<(), Error> {
        let (number, line) = setup::line(json)?;
        self.site.world.add_line(number, line);
        Ok(())
    }

    /// Registers a client of the token endpoint: `{"id", "secret", "scopes"?: [scope]}`, with every scope where none are named.
    ///
    /// Until one is registered, any client gets a token and any token will do. From then on tokens are issued to
    /// registered clients alone, only those that were issued open anything, and each opens what its scopes allow.
    ///
    /// # Errors
    /// Where the text is no such object, or a client of this id is there already.
    pub fn add_client(&mut self, json: &str) -> Result<(), Error> {
        self.site.access.add_client(setup::client(json)?)
    }

    /// Registers a skill: `{"id", "name"?}`. Skills that agents have, or that the configuration of a queue names, are known
    /// without it.
    ///
    /// # Errors
    /// Where the text is no such object.
    pub fn add_skill(&mut self, json: &str) -> Result<(), Error> {
        let (id, name) = setup::skill(json)?;
        self.site.world.add_skill(id, name);
        Ok(())
    }

    /// Registers a flow that placed calls may run: `{"id", "published"?: true, "accessible"?: true}`. Until one is
    /// registered, any will do.
    ///
    /// # Errors
    /// Where the text is no such object.
    pub fn add_flow(&mut self, json: &str) -> Result<(), Error> {
        let (id, flow) = setup::flow(json)?;
        self.site.outbound.add_flow(id, flow);
        Ok(())
    }

    /// Registers a number that placed calls may come from: `{"phone", "status"?: "ACTIVE" | "BLOCKED" | "SUSPENDED"}`. Until
    /// one is registered, any will do. How a number that is called behaves is said by [`Simulator::add_extension`].
    ///
    /// # Errors
    /// Where the text is no such object.
    pub fn add_number(&mut self, json: &str) -> Result<(), Error> {
        let (number, usable) = setup::number(json)?;
        self.site.outbound.add_number(number, usable);
        Ok(())
    }

    /// Puts a fault before the platform: `{"operation"?, "call"?, "skip"?: 0, "times"?: 1, "status"?, "acts"?: false,
    /// "headers"?, "body"?, "delaySeconds"?, "staleSeconds"?, "lose"?: "before" | "after", "retryAfter"?}`.
    ///
    /// The operations of `cxone-v2` are `transfer`, `call`, `campaigns`, `agents`, `presence`, `transfer-metrics`,
    /// `security-profiles`, `skills`, `queue`, `queue-config`, `audit-log`, `queue-metrics`, `wait-distribution`, `health`,
    /// `personal-connection`, `personal-connection-status`, `bridge` and `token`; those of `genesys-v2` are `transfer`,
    /// `conversation`, `search` and `token`.
    ///
    /// It lets `skip` of the requests that it names pass and strikes the next `times`. With `status` the platform answers
    /// so and does nothing, unless `acts`; without, it answers as ever, with these headers and this body in place of its
    /// own. `lose` takes the answer away before or after the platform acted; `staleSeconds` makes a read of a call tell
    /// what was that long ago; `retryAfter` adds that header, to a 429 where no status is given. Faults strike in the order in which
    /// they were added, one a request.
    ///
    /// # Errors
    /// Where the text is no such object, or the fault would do nothing.
    pub fn add_fault(&mut self, json: &str) -> Result<(), Error> {
        self.faults
            .add(setup::fault(json, &self.platform.operations())?);
        Ok(())
    }

    /// Lets the next transfers of a call fail, once they are accepted: `{"call", "times"?: 1}`.
    ///
    /// # Errors
    /// Where the text is no such object, or there is no such call.
    pub fn force_failure(&mut self, json: &str) -> Result<(), Error> {
        let (call, times) = setup::failures(json)?;
        self.site.world.force_failures(&call, times)
    }

    /// Lets an agent do something else: `{"agent", "status", "queue"?}`. It shows once the agent has no call.
    ///
    /// # Errors
    /// Where the text is no such object, or there is no such agent.
    pub fn set_agent(&mut self, json: &str) -> Result<(), Error> {
        let setup::StatusChange {
            queue,
            agent,
            status,
        } = setup::status(json)?;
        self.site.world.set_agent(queue.as_deref(), &agent, status)
    }

    /// Lets the caller hang up. A call that is over stays so.
    ///
    /// # Errors
    /// Where there is no such call.
    pub fn hang_up(&mut self, call: &str) -> Result<(), Error> {
        self.site.world.hang_up(call)
    }

    /// Hands in a request that reaches the platform at `now`. `path` holds the query too; `method` is any.
    ///
    /// The platform acts at `now`, whenever its answer arrives.
    pub fn handle_request(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: &[u8],
        now: Timestamp,
    ) -> Answer {
        self.site.advance(now);
        self.requests += 1;
        let latency = wait(
            &mut self.site.world.seed.stream("latency", "", self.requests),
            20..=120,
        );
        let arrived = Arrived {
            number: self.requests,
            headers,
            body,
            base_url: self.base_url.as_deref(),
        };
        let (delay, response) = match self.platform.route(method, path) {
            Ok(route) => {
                let effect = self.faults.strike(route.operation.name, route.call());
                (
                    effect.delay,
                    platform::answer(self.platform, &mut self.site, &route, &arrived, effect),
                )
            }
            Err(response) => (core::time::Duration::ZERO, Some(response)),
        };
        Answer {
            at: self.site.world.now().after(latency).after(delay),
            response,
        }
    }

    /// Lets the centre go on until `now`. Time never goes back: an earlier `now` changes nothing.
    pub fn advance(&mut self, now: Timestamp) {
        self.site.advance(now);
    }

    /// The time up to which the centre has gone on.
    pub const fn now(&self) -> Timestamp {
        self.site.world.now()
    }

    /// When something next happens by itself. `None`: nothing, until somebody does something.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.site.next_change()
    }

    /// A call as it is, with its history.
    pub fn call(&self, id: &str) -> Option<CallPicture> {
        self.site.world.call(id).map(CallPicture::from)
    }

    /// How many transfers of a call the platform took; 0 for a call that it does not know.
    pub fn transfers(&self, call: &str) -> u64 {
        self.site.world.call(call).map_or(0, |call| call.accepted())
    }

    /// The whole centre as it is.
    pub fn snapshot(&self) -> Picture {
        self.site.picture()
    }
}

/// The platform of a profile.
fn platform_of(profile: &str) -> Result<&'static dyn Platform, Error> {
    match profile {
        // The two differ in the ids that a client may name; the platform takes either.
        "cxone-v2" | "cxone-v2-names" => Ok(&CxoneV2),
        "genesys-v2" => Ok(&GenesysV2),
        other => {
            let message = format!("there is no simulation of `{other}`");
            Err(Error::new(Code::UnknownProfile, message)
                .with_hint("use `cxone-v2` or `genesys-v2`"))
        }
    }
}
