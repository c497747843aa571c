//! What an agent asks for when they press "transfer".

use serde::{Deserialize, Serialize};

use crate::model::id::CallId;
use crate::model::target::Target;
use crate::private::Private;

/// How the call changes hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The agent leaves at once; the caller waits for the target.
    #[default]
    Blind,
    /// The agent speaks with the target first.
    Consult,
}

impl Mode {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blind => "blind",
            Self::Consult => "consult",
        }
    }
}

/// One call, to one target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
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
}
