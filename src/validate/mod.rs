//! What is wrong with a payload, in full: every finding with its code, place, and what would mend it.

mod fields;
mod number;
mod report;
mod target;
mod url;
mod uuid;

pub use fields::Fields;
#[cfg(feature = "decide")]
pub(crate) use fields::nearest;
pub(crate) use fields::whole;
pub use number::{check_extension, check_phone};
pub use report::{Issue, Report};
pub use target::{MODES, read_target};
pub use url::check_url;
pub use uuid::check_uuid;
