//! What is wrong with a payload, in full: every finding with its code, place, and what would mend it.

mod fields;
mod number;
mod report;
mod target;
mod uuid;

pub use fields::Fields;
pub use number::{check_extension, check_phone};
pub use report::{Issue, Report};
pub use target::{MODES, read_target};
pub use uuid::check_uuid;
