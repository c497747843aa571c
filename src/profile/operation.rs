//! The operations of a profile as data: each has a name, a scope, a way in and a way out.

use serde_json::Value;

use crate::error::Code;
use crate::http::{Request, Response};
use crate::json::Given;
use crate::profile::{Profile, Unreadable};
use crate::validate::Report;

/// Builds the request of an operation from its JSON input, or reports why not.
pub type Build = fn(&dyn Profile, Given<'_>, &mut Report) -> Option<Request>;

/// Reads what the platform answers with a 2xx, as facts in JSON. The second is the request that it answers, as JSON too;
/// null where it is not at hand.
pub type Read = fn(&Response, &Value) -> Result<Value, Unreadable>;

/// Whether answers are told to hosts: the engine of the JavaScript side, which only moves calls, reads them for itself alone.
pub(super) const TELLS: bool = cfg!(feature = "operations");

fn untold(_: &Response, _: &Value) -> Result<Value, Unreadable> {
    Err(Unreadable("nothing here tells answers".to_owned()))
}

/// Something that a profile can ask of its platform.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its name in Patchcord.
    pub name: &'static str,
    /// The scope or permission that the token needs for it; several have a space between.
    pub scope: &'static str,
    /// It tells of things that nothing depends on: work goes on where it fails.
    pub optional: bool,
    /// It may change the world: where its result is not known, that is looked into before it is sent again.
    pub writes: bool,
    /// Its request has an id by which the platform knows it again: sent twice, it acts once.
    pub repeatable: bool,
    /// How its request is built.
    pub build: Build,
    /// How its answer is read.
    pub read: Read,
    /// What the platform's refusals of it are told apart by.
    pub faults: &'static [Fault],
}

/// A fault of a payload, as the platform tells it in the answer that refuses it.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// What its text holds, in lower case.
    pub says: &'static str,
    /// What that means.
    pub code: Code,
    /// Where, in the operation's input.
    pub path: &'static str,
    /// What would mend it.
    pub hint: &'static str,
}

impl Operation {
    /// An operation that reads, and that others depend on.
    pub const fn new(name: &'static str, scope: &'static str, build: Build, read: Read) -> Self {
        Self {
            name,
            scope,
            optional: false,
            writes: false,
            repeatable: false,
            build,
            read: if TELLS { read } else { untold },
            faults: &[],
        }
    }

    /// The same, where work goes on without it.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The same, where it may change the world.
    #[must_use]
    pub const fn writing(mut self) -> Self {
        self.writes = true;
        self
    }

    /// The same, where it may change the world, and the platform knows a request again that it has had before.
    #[must_use]
    pub const fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self.writing()
    }

    /// The same with what its refusals are told apart by.
    #[must_use]
    pub const fn told_by(mut self, faults: &'static [Fault]) -> Self {
        if TELLS {
            self.faults = faults;
        }
        self
    }
}
