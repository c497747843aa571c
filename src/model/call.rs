//! What a call looked like when the platform told of it.

use serde_json::Value;

use crate::error::spelled;
use crate::json::{ToJson, object, to_json};
use crate::model::reason::Told;
use crate::private::printable;
use crate::stored::stored;

spelled! {
    /// The state of a call, in the words that all platforms share. The platform's own word is kept beside it.
    CallState {
        /// In a queue or in an IVR.
        Waiting = "waiting",
        /// On its way from one party to another.
        Moving = "moving",
        /// Somebody has it, or something: [`CallFacts::party_kind`] says which, where the platform tells.
        Connected = "connected",
        /// The platform gave up moving it; the caller is still there.
        Failed = "failed",
        /// The caller is gone.
        Ended = "ended",
        /// A word that we don't know.
        Unknown = "unknown",
    }
}

spelled! {
    /// What has a caller.
    PartyKind {
        /// Somebody.
        Person = "person",
        /// A queue: the caller waits for somebody.
        Queue = "queue",
        /// A voicemail box, an answering machine, a fax.
        Machine = "machine",
        /// An IVR or another flow: the caller may still be led on.
        Ivr = "ivr",
        /// Music or an announcement.
        Music = "music",
    }
}

spelled! {
    /// Whose leg it is.
    Party {
        /// The caller's.
        Caller = "caller",
        /// That of the agent who transfers.
        Agent = "agent",
        /// That of whoever shall take the call.
        Target = "target",
    }
}

spelled! {
    /// What a leg is doing.
    LegState {
        /// Being dialled, or ringing.
        Ringing = "ringing",
        /// Somebody speaks on it.
        Active = "active",
        /// On hold.
        Held = "held",
        /// Over.
        Ended = "ended",
        /// A word that we don't know.
        Unknown = "unknown",
    }
}

/// One leg of a call, on platforms that tell of legs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The platform's id of the leg.
    pub id: String,
    /// Whose it is.
    pub of: Party,
    /// What it is doing.
    pub state: LegState,
}

stored!(Leg { id, of, state });

/// What the platform told of a call at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallFacts {
    /// The state, translated; `None` where an event tells of a leg alone.
    pub state: Option<CallState>,
    /// The platform's own word for it.
    pub word: String,
    /// Who has the call, where the platform says so: an agent's id, an extension, a number; the queue, while it waits.
    pub party: Option<String>,
    /// What that is, where the platform tells.
    pub party_kind: Option<PartyKind>,
    /// Why the platform gave up moving it, or who was asked did not take it, where the platform tells.
    pub failure: Option<Told>,
    /// Its legs, where the platform tells of them.
    pub legs: Vec<Leg>,
}

stored!(CallFacts {
    state,
    word,
    party,
    party_kind,
    failure,
    legs,
});

to_json!(Leg {
    "id": id,
    "of": of,
    "state": state,
});

impl ToJson for CallFacts {
    fn to_json(&self) -> Value {
        let told = !self.legs.is_empty();
        object([
            ("state", self.state.to_json()),
            ("word", self.word.to_json()),
            ("party", self.party.as_deref().map(printable).into()),
            ("partyKind", self.party_kind.to_json()),
            ("failure", self.failure.to_json()),
            ("legs", told.then(|| self.legs.to_json()).into()),
        ])
    }
}

impl CallFacts {
    /// The state of a party's latest leg.
    pub fn leg(&self, of: Party) -> Option<LegState> {
        self.legs
            .iter()
            .rev()
            .find(|leg| leg.of == of)
            .map(|leg| leg.state)
    }

    /// Takes up what a later event tells; what it is silent about stays.
    pub fn learn(&mut self, later: &Self) {
        let whole = later.state.is_some();
        if whole {
            self.state = later.state;
            self.word.clone_from(&later.word);
            self.party.clone_from(&later.party);
        }
        if whole || later.party_kind.is_some() {
            self.party_kind = later.party_kind;
        }
        if whole || later.failure.is_some() {
            self.failure = later.failure.clone();
        }
        for leg in &later.legs {
            match self.legs.iter_mut().find(|known| known.id == leg.id) {
                Some(known) => known.clone_from(leg),
                None => self.legs.push(leg.clone()),
            }
        }
    }
}
