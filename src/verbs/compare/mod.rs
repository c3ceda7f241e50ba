//! `compare`: what would each policy change, and what does a second file change?

mod answer;
#[cfg(feature = "report")]
mod charts;
mod differences;
mod goals;
#[cfg(feature = "report")]
mod page;
#[cfg(feature = "report")]
mod page_tables;
mod question;
mod tables;
#[cfg(feature = "cli")]
mod terminal;

pub use differences::{ComparedEnd, ComparedOutcome, compared_ends, compared_outcomes};
pub use question::CompareQuestion;
pub use tables::{
    ChangeRow, CompareTables, ComparisonRow, DrawnRegretRow, EndDifferenceRow, FlipRow,
    RobustnessRow, WorldRegretRow,
};
