//! Will this caller wait too long, and how many agents would it take?
//!
//! Queueing estimators, one a file. They know a state and what it means if calls come at random, and handle times and
//! patience are exponential. They refuse to know the time, the platform, and what to do about it. All mathematics goes
//! through `libm`, so that a prediction is the same to the last bit on every host.

mod caller;
mod chain;
mod entry;
mod erlang_a;
mod erlang_b;
mod erlang_c;
mod facts;
mod head_of_line;
mod history;
mod horizon;
mod interval;
mod learned;
mod line;
mod load;
mod percentile;
mod prediction;
mod replay;
mod rule;
pub mod score;
mod staffing;
mod team;
mod trial;
pub mod vendor;
mod walk;

pub use caller::{Caller, Forecast, left_of};
pub use entry::{predict, predict_many};
pub use erlang_a::{ErlangA, ServiceLevel, SteadyState, erlang_a};
pub use erlang_b::{erlang_b, erlang_b_load};
pub use erlang_c::{ErlangC, erlang_c};
pub use head_of_line::HeadOfLine;
pub use history::{History, history};
pub use horizon::Horizon;
pub use interval::{Interval, SoFar, interval};
pub use learned::{Learned, LearnedForecast, Observed, State};
pub use line::{Change, Line};
pub use load::{CALLS, Load, PLACES};
pub use prediction::{Assumption, Method, Missing, Prediction, Why};
pub use replay::{Call, Moment, replay};
pub use rule::{Rule, rule};
pub use staffing::{Goal, Staffing, staffing};
pub use team::{AGENTS, CALLERS, LATER, SECONDS, Team};
pub use trial::{CONTESTANTS, Trial, trial};
