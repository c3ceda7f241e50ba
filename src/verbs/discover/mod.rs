//! `discover`: under which conditions does an outcome come about?

mod answer;
#[cfg(feature = "report")]
mod charts;
#[cfg(any(feature = "cli", feature = "report"))]
mod found;
#[cfg(any(feature = "cli", feature = "report"))]
mod limits;
#[cfg(feature = "report")]
mod page;
mod question;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(any(feature = "cli", feature = "report"))]
mod words;

pub use question::DiscoverQuestion;
pub use tables::{BoxRow, ConditionRow, DiscoverTables, PeelingRow};
