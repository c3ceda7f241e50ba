//! `update`: what is thought now, given what has happened?

mod answer;
#[cfg(feature = "report")]
mod charts;
mod impossible;
#[cfg(feature = "report")]
mod page;
mod question;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(feature = "report")]
mod words;

pub use question::UpdateQuestion;
pub use tables::{EvidenceRow, KnownWhen, OddsRow, PosteriorRow, UpdateTables, WorldRow};
