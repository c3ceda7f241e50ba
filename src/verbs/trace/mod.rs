//! `trace`: how did one trial go?

#[cfg(any(feature = "cli", feature = "report"))]
mod against;
mod answer;
#[cfg(feature = "report")]
mod charts;
#[cfg(any(feature = "cli", feature = "report"))]
mod ending;
mod odds_rows;
#[cfg(feature = "report")]
mod page;
mod parting;
mod question;
mod record;
#[cfg(feature = "report")]
mod story;
mod tables;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(any(feature = "cli", feature = "report"))]
mod words;
mod writer;

pub use odds_rows::{OddsAfter, OddsPoint, OutcomeOdds, TracedOdds, TurningPoint};
pub use question::TraceQuestion;
pub use record::{
    NamedValue, TracedAgainst, TracedBargainer, TracedChance, TracedChange, TracedHappening,
    TracedHeld, TracedMoment, TracedMove, TracedOption, TracedParting, TracedStep, TracedTrial,
    TracedValue, TracedVote, TypicalTrial,
};
pub use tables::TraceTables;
