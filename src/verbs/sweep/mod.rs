//! `sweep`: at what value does it tip?

mod answer;
mod axis;
#[cfg(feature = "report")]
mod charts;
#[cfg(any(feature = "cli", feature = "report"))]
mod crossing_words;
#[cfg(any(feature = "cli", feature = "report"))]
mod names;
#[cfg(feature = "report")]
mod page;
mod question;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
mod value;
#[cfg(any(feature = "cli", feature = "report"))]
mod words;

pub use question::SweepQuestion;
pub use tables::{CrossingFound, CrossingRow, SweepDifferenceRow, SweepShareRow, SweepTables};
pub use value::SweepValue;
