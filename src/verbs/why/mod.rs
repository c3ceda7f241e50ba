//! `why`: whose luck settled it, and when?

mod answer;
#[cfg(feature = "report")]
mod charts;
#[cfg(feature = "report")]
mod page;
#[cfg(feature = "report")]
mod parts;
mod question;
#[cfg(feature = "report")]
mod sources;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(feature = "report")]
mod words;

pub use question::{ToldApart, WhyQuestion};
pub use tables::{HalfwayRow, LuckKind, SettledAxis, WhyRow, WhyTables, WhyTimesRow};
