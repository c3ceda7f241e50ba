//! The odds of a traced trial as `trace.json` holds them.

use serde::{Deserialize, Serialize};

/// The odds of each outcome as a trial went on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TracedOdds {
    /// How many futures were played from each moment.
    pub futures: u64,
    /// The odds before anything was drawn, after that, and after each step.
    pub points: Vec<OddsPoint>,
    /// In the step in which the odds of the outcome that came about changed most: after each of its moments.
    pub within: Vec<OddsPoint>,
    /// Where the odds of that outcome changed most, if that can be told from no change at all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub turning_point: Option<TurningPoint>,
}

/// The odds after something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OddsPoint {
    /// After what.
    pub after: OddsAfter,
    /// The step, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub step: Option<u64>,
    /// The position of the moment among those of the step, from 0, where it is after a moment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moment: Option<u64>,
    /// The odds of each outcome, in file order, unresolved last.
    pub odds: Vec<OutcomeOdds>,
    /// By how much the odds of the outcome that came about changed since the point before, in −1..1.
    pub change: f64,
    /// The exact probability of so uneven a change if there were none (McNemar). Of a change since the point
    /// before by the same futures, or to the end; 1 for the first point.
    pub p_value: f64,
}

/// After what odds are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OddsAfter {
    /// Before anything was drawn: the odds of a run.
    Nothing,
    /// After the assumptions were drawn, before the first step.
    Drawn,
    /// After a step.
    Step,
    /// After a moment of a step.
    Moment,
    /// At the end, when nothing is open any more.
    End,
}

/// The odds of an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeOdds {
    /// The outcome's id.
    pub outcome: String,
    /// How many futures ended in it.
    pub count: u64,
    /// The share of futures, in 0..1.
    pub share: f64,
    /// The lower end of its 95 % interval, for this outcome and moment by itself (Clopper–Pearson). At the end,
    /// when the outcome is known, it is the share itself.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Where the odds of the outcome that came about changed most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TurningPoint {
    /// The step; none if it is the drawing of the assumptions.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub step: Option<u64>,
    /// The moment of that step with the largest change, from 0, if that can be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moment: Option<u64>,
    /// The odds before the step, in 0..1.
    pub before: f64,
    /// The odds after it.
    pub after: f64,
}

impl OddsPoint {
    /// The odds of an outcome.
    pub fn of(&self, outcome: &str) -> Option<&OutcomeOdds> {
        self.odds.iter().find(|own| own.outcome == outcome)
    }
}
