//! What we say of an input that we refuse.

use core::fmt;

/// Declares an enum whose every case has one spelling, the same in Rust, JSON, TypeScript and WIT.
macro_rules! spelled {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $case:ident = $text:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$inner])* $case,)* }

        impl $name {
            /// Every case, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$case,)*];

            const FIRST: Self = {
                let [first, ..] = [$(Self::$case,)*];
                first
            };

            /// The spelling that is the contract.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $text,)* }
            }
        }

        impl crate::json::ToJson for $name {
            fn to_json(&self) -> serde_json::Value {
                self.as_str().into()
            }
        }
        crate::json::serialize!($name);

        impl crate::stored::Stored for $name {
            fn put(&self, to: &mut Vec<u8>) {
                to.push(*self as u8);
            }

            fn take(from: &mut crate::stored::Reader<'_>) -> Self {
                from.case(Self::ALL, $name::FIRST)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use spelled;

spelled! {
    /// Why an input, or one place in it, is refused. The spelling is the contract; messages may change.
    Code {
        /// The text is not JSON.
        InvalidJson = "invalid-json",
        /// A field that is needed is absent.
        MissingField = "missing-field",
        /// A field that nobody reads; most often a misspelling.
        UnknownField = "unknown-field",
        /// The value is of another JSON type than the field takes.
        WrongType = "wrong-type",
        /// An id that is empty, too long, or holds control characters.
        InvalidId = "invalid-id",
        /// An id that this platform wants as a UUID.
        InvalidUuid = "invalid-uuid",
        /// An extension that is not 1 to 15 digits.
        InvalidExtension = "invalid-extension",
        /// A phone number that is not E.164.
        InvalidPhone = "invalid-phone",
        /// A number outside its range.
        OutOfRange = "out-of-range",
        /// A word outside its list.
        UnknownValue = "unknown-value",
        /// No target is named.
        NoTarget = "no-target",
        /// Several targets are named where one is meant.
        SeveralTargets = "several-targets",
        /// The platform cannot do this to such a target.
        NotSupported = "not-supported",
        /// Two things that must differ have the same name.
        Duplicate = "duplicate",
        /// A text that is no web address.
        InvalidUrl = "invalid-url",
        /// A moment that cannot be read, or that this platform does not take.
        InvalidTime = "invalid-time",
        /// A skill that the platform does not have.
        UnknownSkill = "unknown-skill",
        /// A flow that the platform does not have, or has not published.
        InvalidFlow = "invalid-flow",
        /// A number that the platform does not let its calls come from.
        InvalidCallerNumber = "invalid-caller-number",
        /// The token lacks a scope.
        MissingScope = "missing-scope",
        /// The platform refused the field.
        Refused = "refused-by-platform",
        /// A name (of a fact, a calendar, a zone, a policy) that is declared nowhere.
        UnknownName = "unknown-name",
        /// A step that no call can ever reach.
        UnreachableStep = "unreachable-step",
        /// A step that an earlier one always forestalls.
        ShadowedStep = "shadowed-step",
        /// A range of a fact that falls between the conditions of steps.
        Gap = "gap",
        /// Policies that use each other in a circle.
        Cycle = "cycle",
        /// A target that does not exist, or to which the platform cannot send calls so.
        DeadTarget = "dead-target",
        /// Steps that cannot be taken within a budget.
        BudgetTooSmall = "budget-too-small",
        /// No step that takes every call at any time.
        NoSafeEnd = "no-safe-end",
        /// There is no profile of this name.
        UnknownProfile = "unknown-profile",
        /// The profile has no operation of this name.
        UnknownOperation = "unknown-operation",
        /// A snapshot that this version did not write, or that was altered.
        InvalidSnapshot = "invalid-snapshot",
        /// The payload has findings: see the report.
        InvalidInput = "invalid-input",
    }
}

/// An input that we refused. [`Error::code`] is the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: Code,
    message: String,
    hint: Option<String>,
}

crate::json::to_json!(Error {
    "code": code,
    "message": message,
    "hint": hint,
});

impl Error {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
        }
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Which refusal this is.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// One line for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What would mend it, where that is known.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}
