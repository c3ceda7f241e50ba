//! `run`: how may it end?

mod answer;
#[cfg(feature = "report")]
mod charts;
#[cfg(feature = "report")]
mod page;
mod question;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(any(feature = "cli", feature = "report"))]
mod words;

pub use question::RunQuestion;
pub use tables::{
    AssumptionRow, DrawCountRow, EndByOutcomeRow, EndingRow, MoveCountRow, RunTables, SeriesRow,
    UncertaintyRow,
};
