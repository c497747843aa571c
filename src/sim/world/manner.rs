//! How a platform's queues go about calls, and its words for where a call is. The centre is one; the manners differ.

/// The manner of a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) struct Manner {
    /// The word for a call that came into a queue.
    pub(in crate::sim) queued: &'static str,
    /// The word for a call that waits for somebody.
    pub(in crate::sim) waiting: &'static str,
    /// The word for a call that rings at its target.
    pub(in crate::sim) ringing: &'static str,
    /// The word for a call that somebody has.
    pub(in crate::sim) connected: &'static str,
    /// The word for a call whose transfer came to nothing; the same as `waiting` where calls are kept.
    pub(in crate::sim) failed: &'static str,
    /// The word for a call whose caller hung up.
    pub(in crate::sim) disconnected: &'static str,
    /// A queue has a call at once and keeps it until somebody takes it; while it waits it may be sent elsewhere. Else a call
    /// leaves who had it after a moment, and its transfer fails in the end.
    pub(in crate::sim) keeps_calls: bool,
}

impl Manner {
    /// Whether platforms of this manner write their words in capitals.
    pub(in crate::sim) fn in_capitals(&self) -> bool {
        self.connected
            .bytes()
            .all(|byte| !byte.is_ascii_lowercase())
    }
}
