//! `sweep`: at what value does it tip?

mod answer;
mod axis;
#[cfg(feature = "report")]
mod chart_parts;
#[cfg(feature = "report")]
mod charts;
#[cfg(any(feature = "cli", feature = "report"))]
mod crossing_words;
mod found;
#[cfg(feature = "report")]
mod measure_charts;
#[cfg(feature = "report")]
mod measure_page;
mod measure_tables;
#[cfg(any(feature = "cli", feature = "report"))]
mod measure_words;
mod measures;
#[cfg(any(feature = "cli", feature = "report"))]
mod names;
#[cfg(feature = "report")]
mod page;
mod question;
#[cfg(any(feature = "cli", feature = "report"))]
mod stretches;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
mod value;
#[cfg(any(feature = "cli", feature = "report"))]
mod words;

pub use found::CrossingFound;
pub use measure_tables::{HalfSide, SweepHalfRow, SweepMeasureDifferenceRow, SweepMeasureRow};
pub use question::SweepQuestion;
pub use tables::{CrossingRow, SweepDifferenceRow, SweepShareRow, SweepTables};
pub use value::SweepValue;
