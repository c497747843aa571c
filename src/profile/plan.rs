//! The stages that move a call, as data: each sends one write, or none, and is over when its guard is met.

/// A write of a plan, by its name in the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Write(pub &'static str);

/// What must be true of the call before the next stage may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Guard {
    /// The platform said yes; nothing more is needed.
    Accepted,
    /// The caller's leg is on hold.
    CallerHeld,
    /// The target's leg is active: somebody there speaks.
    TargetActive,
    /// The agent has spoken with the target and says "complete".
    AgentCompletes,
    /// Somebody else has the call.
    Moved,
}

/// One stage of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What is sent when the stage begins.
    pub write: Option<Write>,
    /// When it is over.
    pub until: Guard,
    /// What puts the call back to how it was before this stage, where the platform can.
    pub undo: Option<Write>,
}
