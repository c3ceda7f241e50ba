//! `levers`: which single move matters?

mod answer;
mod before;
#[cfg(feature = "report")]
mod before_words;
#[cfg(feature = "report")]
mod charts;
#[cfg(any(feature = "cli", feature = "report"))]
mod made;
#[cfg(feature = "report")]
mod page;
mod question;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(feature = "report")]
mod words;

pub use question::LeverQuestion;
pub use tables::{BeforeKind, BeforeRow, LeverRow, LeverTables};
