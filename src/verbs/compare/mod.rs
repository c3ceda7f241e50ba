//! `compare`: what would each policy change, and what does a second file change?

mod announcement;
#[cfg(any(feature = "cli", feature = "report"))]
mod announcement_tables;
#[cfg(any(feature = "cli", feature = "report"))]
mod announcement_words;
mod answer;
#[cfg(feature = "report")]
mod charts;
#[cfg(feature = "report")]
mod example_words;
mod goals;
#[cfg(feature = "report")]
mod page;
#[cfg(feature = "report")]
mod page_tables;
mod question;
#[cfg(feature = "report")]
mod sides;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(feature = "report")]
mod words;

pub use announcement::AnnouncementRow;
pub use question::CompareQuestion;
pub use tables::{
    ChangeRow, CompareTables, ComparisonRow, DrawnRegretRow, EndDifferenceRow, FlipRow,
    RobustnessRow, WorldRegretRow,
};
