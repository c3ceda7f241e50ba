//! The answer: what was open about each outcome, and what settled it.

use crate::engine::LuckSource;
use crate::stats::SettledPart;

/// What was open about each outcome, and what settled it.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatSettled {
    /// How many trials were played.
    pub trials: u64,
    /// Whose luck there is in the model, in the order of [`LuckSource`]; empty where luck is split by steps.
    pub sources: Vec<LuckSource>,
    /// How many cells of time there are: cell 0 is what is drawn once per trial, before the first step, and then
    /// each step has one, so they are one more than the steps of the model.
    pub cells: u32,
    /// The outcomes in the order of the model, and behind them that none of them came, if some trial ended so.
    pub outcomes: Vec<OutcomeSettled>,
    /// How many times a trial was played on with other luck.
    pub replays: u64,
}

/// What settled whether trials ended in one outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeSettled {
    /// The share of trials that ended in it, p.
    pub share: f64,
    /// How many trials ended in it.
    pub ended: u64,
    /// What settled it; `None` where too few trials ended in it, or in anything else, to tell.
    pub parts: Option<SettledParts>,
}

/// The parts of the variance p (1 - p) of whether trials end in an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledParts {
    /// The part of each source of [`WhatSettled::sources`].
    pub by_source: Vec<SettledPart>,
    /// The part of each cell of time.
    pub by_time: Vec<SettledPart>,
    /// The estimates of the part of each source in each cell of time.
    pub by_source_and_time: Vec<Vec<f64>>,
    /// The sum of all parts, which is 1 but for its error.
    pub sum: SettledPart,
    /// The first and the last cell of time in which the parts added up so far may pass one half, with 95 %
    /// confidence; `None` where that cannot be told.
    pub half_settled: Option<(u32, u32)>,
}
