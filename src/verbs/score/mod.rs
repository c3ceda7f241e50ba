//! `score`: how well was it forecast?

mod answer;
mod case;
#[cfg(feature = "report")]
mod charts;
#[cfg(feature = "report")]
mod found;
mod means;
#[cfg(feature = "report")]
mod page;
mod question;
mod record;
mod reliability;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(feature = "report")]
mod words;

pub use question::ScoreQuestion;
pub use tables::{
    CalibrationRow, MeanScoreRow, RecordScoreRow, ReliabilityRow, ScoreKind, ScoreRow, ScoreTables,
};
