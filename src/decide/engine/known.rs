//! What the names in a policy mean.

use std::collections::BTreeMap;

use crate::decide::engine::fact::FactName;
use crate::decide::engine::hours::Calendar;

/// What names in conditions and steps can mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The facts that the policy declares.
    pub facts: Vec<FactName>,
    /// Its calendars.
    pub calendars: BTreeMap<String, Calendar>,
    /// The names of the policies that its steps may use.
    pub policies: Vec<String>,
}
