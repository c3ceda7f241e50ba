//! `sensitivity`: what does it rest on?

mod answer;
#[cfg(feature = "report")]
mod charts;
#[cfg(feature = "report")]
mod names;
#[cfg(feature = "report")]
mod page;
#[cfg(feature = "report")]
mod parts;
#[cfg(feature = "report")]
mod preferences;
mod question;
#[cfg(feature = "report")]
mod single_inputs;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
mod trials;
#[cfg(feature = "report")]
mod words;

pub use question::{GroupedBy, SensitivityMethod, SensitivityQuestion, Varied};
pub use tables::{MorrisRow, OneAtATimeRow, SensitivityTables, VarianceRow};
