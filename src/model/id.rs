//! Names that a platform gave to its things. They are opaque strings: platforms issue numbers beyond 2^53.

use core::fmt;

use serde_json::Value;

use crate::error::Code;
use crate::json::ToJson;
use crate::stored::stored;

/// The longest id that is taken, in bytes.
pub const MAX_ID_LENGTH: usize = 256;

/// Whether `text` can be an id on any platform: not empty, at most [`MAX_ID_LENGTH`] bytes, no control characters,
/// and none of the two words that a URL parser takes for steps in a path.
pub fn check(text: &str) -> Result<(), Code> {
    // Most ids are such, and to look at each character takes several times as long.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    // Nor does it stop at the first that is not: so sixteen are looked at together.
    let all_plain = text.bytes().fold(true, |all, byte| all & plain(byte));
    if (1..=MAX_ID_LENGTH).contains(&text.len()) && all_plain {
        return Ok(());
    }
    let fits = !text.trim().is_empty() && text.len() <= MAX_ID_LENGTH;
    if fits && !text.chars().any(char::is_control) && text != "." && text != ".." {
        Ok(())
    } else {
        Err(Code::InvalidId)
    }
}

macro_rules! ids {
    ($($(#[$outer:meta])* $name:ident,)*) => {$(
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(String);

        stored!($name { 0, });

        impl ToJson for $name {
            fn to_json(&self) -> Value {
                self.as_str().into()
            }
        }

        impl $name {
            /// Takes an id as the platform wrote it.
            ///
            /// # Errors
            /// [`Code::InvalidId`] where [`check`] refuses it.
            pub fn parse(text: &str) -> Result<Self, Code> {
                check(text)?;
                Ok(Self(text.to_owned()))
            }

            /// The id as the platform wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// The id of a call (a contact, a conversation).
    CallId,
    /// The id of a queue.
    QueueId,
    /// The id of a skill.
    SkillId,
    /// The id of an agent.
    AgentId,
}
