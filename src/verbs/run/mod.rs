//! `run`: how may it end?

mod answer;
#[cfg(feature = "report")]
mod charts;
#[cfg(feature = "report")]
mod page;
mod question;
mod rests_on;
mod settled;
#[cfg(any(feature = "cli", feature = "report"))]
mod settled_words;
#[cfg(any(feature = "cli", feature = "report"))]
mod support;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
mod thinking;
#[cfg(any(feature = "cli", feature = "report"))]
mod words;

pub use question::RunQuestion;
pub use rests_on::RestsOnRow;
pub use settled::{BargainRow, SettledValueRow};
pub use tables::{
    AssumptionRow, DrawCountRow, EndByOutcomeRow, EndingRow, MoveCountRow, RunTables, SeriesRow,
    UncertaintyRow,
};
pub use thinking::ThinkingRow;
