//! The fallback decision engine: a policy that is checked before it runs, decides at once, and tells why.
//!
//! It knows facts, calendars and the path of a call, all as inputs. It refuses to know the platform, the time and chance: the
//! same policy and the same inputs give the same decision on every host for ever.

mod check;
mod compare;
mod comparison;
mod condition;
mod decision;
mod during;
mod fact;
mod guard;
mod hours;
mod inputs;
mod known;
mod names;
mod outline;
mod place;
mod plan;
mod policy;
mod range;
mod step;
mod suppose;
mod truth;
mod write;
mod writer;
mod zone;

pub use check::{World, check, check_policy};
pub use compare::{Change, Compared, Difference, compare};
pub use comparison::{Bound, Comparison, Datum, Test};
pub use condition::{Condition, Hours};
pub use decision::{About, Considered, Decision, Grounds, Planned, RULES, Trace, Verdict};
pub use during::decide_during;
pub use fact::{FACTS, FactKind, FactName, PREDICTED, Scope};
pub use hours::{Calendar, Opening};
pub use inputs::{Hop, Inputs, Lack, Seen, Told};
pub use known::Known;
pub use outline::outline;
pub use place::{Place, PlaceKind, Reaches};
pub use plan::decide;
pub use policy::{HopCaps, Policy};
pub use step::{Best, Candidate, Go, IfStale, Rule, Step};
pub use truth::{Leaf, Supposed, Truth};
pub use zone::{Summer, Turn, Zone};
