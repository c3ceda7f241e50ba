//! Forecasts scored against what happened: how far probabilities were from it, how well they are
//! calibrated, and how much better they did than others.
//!
//! All scores are proper: whoever believes some probabilities does best, in expectation, to say them.
//! Less is better.

mod calibration;
mod consistency;
mod from_trials;
mod isotonic;
#[cfg(test)]
mod oracle;
mod proper;
mod skill;

pub use calibration::{Calibration, ScoredForecast};
pub use consistency::{BandPoint, consistency_bands};
pub use from_trials::{ScoreEstimate, TrialScores};
pub use isotonic::{PooledForecasts, ReliabilityPoint};
pub use proper::ProperScores;
pub use skill::Skill;
