#![doc = include_str!("../README.md")]

#[cfg(feature = "component")]
mod component;
pub mod decide;
pub mod error;
pub mod http;
pub mod journal;
#[cfg(feature = "js")]
pub mod js;
pub mod json;
pub mod model;
pub mod operation;
pub mod parts;
pub mod predict;
pub mod private;
pub mod profile;
#[cfg(feature = "sim")]
pub mod sim;
mod stored;
pub mod time;
pub mod transfer;
pub mod validate;

pub use private::Private;
pub use time::Timestamp;
