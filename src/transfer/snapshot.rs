//! A run as text, to be stored at any point and taken up again, on another machine too.
//!
//! It holds the numbers that the run needs to call, so it is kept like them; it holds no token.

use serde::{Deserialize, Serialize};

use crate::error::{Code, Error};
use crate::journal::Happened;
use crate::profile::{self, Profile};
use crate::time::Timestamp;
use crate::transfer::Transfer;
use crate::transfer::run::Run;

/// Which form of snapshot this version writes, and the only one that it reads.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    profile: &'a str,
    run: &'a Run,
}

#[derive(Deserialize)]
struct Read {
    version: u32,
    profile: String,
    run: Run,
}

impl Transfer {
    /// The run as text. Take it after a drain: requests that were not polled count as sent.
    pub fn snapshot(&self) -> String {
        let written = Written { version: VERSION, profile: self.profile.name(), run: &self.run };
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Takes up a run where a snapshot left it. What was under way then is asked again where it reads, and looked into
    /// where it may have acted.
    ///
    /// # Errors
    /// [`Code::InvalidSnapshot`] for text that this version did not write; [`Code::UnknownProfile`] for a profile that
    /// Patchcord does not bring: see [`Transfer::restore_with`].
    pub fn restore(text: &str, now: Timestamp) -> Result<Self, Error> {
        let read = parsed(text)?;
        let profile = profile::by_name(&read.profile)?;
        Ok(Self::resumed(profile, read.run, now))
    }

    /// The same for a profile of the host's own.
    ///
    /// # Errors
    /// [`Code::InvalidSnapshot`] for text that this version did not write, or that is of another profile.
    pub fn restore_with(profile: &'static dyn Profile, text: &str, now: Timestamp) -> Result<Self, Error> {
        let read = parsed(text)?;
        if read.profile != profile.name() {
            let message = format!("the snapshot is of profile `{}`, not `{}`", read.profile, profile.name());
            return Err(Error::new(Code::InvalidSnapshot, message));
        }
        Ok(Self::resumed(profile, read.run, now))
    }

    fn resumed(profile: &'static dyn Profile, run: Run, now: Timestamp) -> Self {
        let mut transfer = Self::taken_up(profile, run);
        if transfer.run.outcome.is_none() {
            transfer.tell(Happened::Resumed);
            transfer.resume_exchanges(now);
            transfer.time_passes();
        }
        transfer
    }
}

fn parsed(text: &str) -> Result<Read, Error> {
    let refuse = |message: String| Error::new(Code::InvalidSnapshot, message).with_hint("pass what `snapshot` returned");
    let read: Read = serde_json::from_str(text).map_err(|error| refuse(format!("not a snapshot: {error}")))?;
    if read.version != VERSION {
        return Err(refuse(format!("a snapshot of version {}, not {VERSION}", read.version)));
    }
    Ok(read)
}
