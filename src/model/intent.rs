//! What an agent asks for when they press "transfer".

use crate::error::spelled;
use crate::model::id::CallId;
use crate::model::target::Target;
use crate::private::Private;
use crate::stored::stored;

spelled! {
    /// How the call changes hands.
    #[derive(Default)]
    Mode {
        /// The agent leaves at once; the caller waits for the target.
        #[default]
        Blind = "blind",
        /// The agent speaks with the target first.
        Consult = "consult",
    }
}

/// One call, to one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The call to move.
    pub call: CallId,
    /// Where it goes.
    pub to: Target,
    /// How it changes hands.
    pub mode: Mode,
    /// 1 (first) to 5, where the platform orders its queue by priority; the platform's own default where absent.
    pub priority: Option<u8>,
    /// The number to ring the caller back at, in E.164.
    pub callback_number: Option<Private<String>>,
    /// Why it is transferred, where the platform asks: its code there, as JSON text.
    pub reason_code: Option<String>,
    /// How the agent's own part of the call is closed, where the platform asks: its code there, as JSON text.
    pub wrap_up_code: Option<String>,
}

stored!(Intent {
    call,
    to,
    mode,
    priority,
    callback_number,
    reason_code,
    wrap_up_code,
});
