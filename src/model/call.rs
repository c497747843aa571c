//! What a call looked like when the platform told of it.

use serde::{Deserialize, Serialize};

/// The state of a call, in the words that all platforms share. The platform's own word is kept beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CallState {
    /// In a queue or in an IVR.
    Waiting,
    /// On its way from one party to another.
    Moving,
    /// Somebody has it.
    Connected,
    /// The platform gave up moving it; the caller is still there.
    Failed,
    /// The caller is gone.
    Ended,
    /// A word that we don't know.
    Unknown,
}

/// Whose leg it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The caller's.
    Caller,
    /// That of the agent who transfers.
    Agent,
    /// That of whoever shall take the call.
    Target,
}

/// What a leg is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LegState {
    /// Being dialled, or ringing.
    Ringing,
    /// Somebody speaks on it.
    Active,
    /// On hold.
    Held,
    /// Over.
    Ended,
    /// A word that we don't know.
    Unknown,
}

/// One leg of a call, on platforms that tell of legs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The platform's id of the leg.
    pub id: String,
    /// Whose it is.
    pub of: Party,
    /// What it is doing.
    pub state: LegState,
}

/// What the platform told of a call at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallFacts {
    /// The state, translated; `None` where an event tells of a leg alone.
    pub state: Option<CallState>,
    /// The platform's own word for it.
    pub word: String,
    /// Who has the call, where the platform says so: an agent's id, an extension, a number.
    pub party: Option<String>,
    /// Its legs, where the platform tells of them.
    pub legs: Vec<Leg>,
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
        if later.state.is_some() {
            self.state = later.state;
            self.word.clone_from(&later.word);
            self.party.clone_from(&later.party);
        }
        for leg in &later.legs {
            match self.legs.iter_mut().find(|known| known.id == leg.id) {
                Some(known) => known.clone_from(leg),
                None => self.legs.push(leg.clone()),
            }
        }
    }
}
