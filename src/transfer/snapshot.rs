//! A run as text, to be stored at any point and taken up again, on another machine too.
//!
//! It holds the numbers that the run needs to call, so it is kept like them; it holds no token.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::error::{Code, Error};
use crate::journal::Happened;
use crate::json::{bytes, hex, object, parsed, text};
use crate::profile::{self, Profile};
use crate::stored;
use crate::time::Timestamp;
use crate::transfer::Transfer;
use crate::transfer::decided::{DECIDER, Decider};
use crate::transfer::run::Run;

/// Which form of snapshot this version writes, and the only one that it reads.
const VERSION: u32 = 2;

impl Transfer {
    /// The run as text. Take it after a drain: requests that were not polled count as sent.
    pub fn snapshot(&self) -> String {
        let bytes = stored::written(&self.run);
        let run = hex(&bytes);
        text(&object([
            ("version", VERSION.into()),
            ("profile", self.profile.name().into()),
            ("seal", seal(&bytes).into()),
            ("run", run.into()),
        ]))
    }

    /// Takes up a run where a snapshot left it. What was under way then is asked again where it reads, and looked into
    /// where it may have acted.
    ///
    /// # Errors
    /// [`Code::InvalidSnapshot`] for text that this version did not write; [`Code::UnknownProfile`] for a profile that
    /// Patchcord does not bring: see [`Transfer::restore_with`].
    pub fn restore(text: &str, now: Timestamp) -> Result<Self, Error> {
        Self::restore_decided_by(DECIDER, text, now)
    }

    /// The same where the decision engine is in another binary.
    ///
    /// # Errors
    /// Those of [`Transfer::restore`].
    pub fn restore_decided_by(
        decider: Option<Decider>,
        text: &str,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let (name, run) = read(text)?;
        let profile = profile::by_name(&name)?;
        Ok(Self::resumed(profile, decider, run, now))
    }

    /// The same for a profile of the host's own.
    ///
    /// # Errors
    /// [`Code::InvalidSnapshot`] for text that this version did not write, or that is of another profile.
    pub fn restore_with(
        profile: &'static dyn Profile,
        text: &str,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let (name, run) = read(text)?;
        if name != profile.name() {
            let message = format!(
                "the snapshot is of profile `{name}`, not `{}`",
                profile.name()
            );
            return Err(Error::new(Code::InvalidSnapshot, message));
        }
        Ok(Self::resumed(profile, DECIDER, run, now))
    }

    fn resumed(
        profile: &'static dyn Profile,
        decider: Option<Decider>,
        run: Run,
        now: Timestamp,
    ) -> Self {
        let mut transfer = Self::taken_up(profile, decider, run);
        transfer.conclude();
        if transfer.run.outcome.is_none() {
            transfer.tell(Happened::Resumed);
            transfer.resume_exchanges(now);
            transfer.time_passes();
        }
        transfer
    }
}

/// The profile's name and the run that a snapshot holds.
fn read(text: &str) -> Result<(String, Run), Error> {
    let refuse = |message: &str| {
        Error::new(Code::InvalidSnapshot, message).with_hint("pass what `snapshot` returned")
    };
    let value = parsed(text.as_bytes()).map_err(|_| refuse("not a snapshot"))?;
    let field = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .ok_or_else(|| refuse("not a snapshot"))
    };
    if value.get("version").and_then(Value::as_u64) != Some(VERSION.into()) {
        return Err(refuse("a snapshot of another version"));
    }
    let bytes = bytes(field("run")?).ok_or_else(|| refuse("the snapshot is damaged"))?;
    if seal(&bytes) != field("seal")? {
        return Err(refuse("the snapshot was altered"));
    }
    let run = stored::read::<Run>(&bytes).ok_or_else(|| refuse("the snapshot is damaged"))?;
    Ok((field("profile")?.to_owned(), run))
}

/// What shows that a snapshot was altered or cut on its way. It keeps nobody from writing another.
fn seal(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
