//! Scores found in the tables, and which of two is better.

use super::tables::{MeanScoreRow, ScoreKind, ScoreRow, ScoreTables};
use crate::model::{BASE_RATE_FORECAST, OWN_FORECAST, UNIFORM_FORECAST};
use crate::stats::{Interval, ScoreEstimate};
use crate::study::LEVEL;

/// Whether a score is better than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScoreVerdict {
    /// It is less, beyond its Monte Carlo error.
    Better,
    /// It is more.
    Worse,
    /// That cannot be told.
    NotTold,
}

impl ScoreVerdict {
    /// Which of two scores is better, of which the first has an error.
    pub fn of(own: ScoreEstimate, other: f64) -> Self {
        let known = own.interval(LEVEL);
        if known.contains(other) {
            ScoreVerdict::NotTold
        } else if own.value < other {
            ScoreVerdict::Better
        } else {
            ScoreVerdict::Worse
        }
    }
}

impl ScoreRow {
    /// A score with its Monte Carlo error, which is zero where the probabilities are not estimated.
    pub(super) fn score(&self, kind: ScoreKind) -> Option<ScoreEstimate> {
        let (value, error) = match kind {
            ScoreKind::Brier => (Some(self.brier), self.brier_se),
            ScoreKind::Log => (Some(self.log), self.log_se),
            ScoreKind::Rps => (self.rps, self.rps_se),
        };
        Some(ScoreEstimate { value: value?, error: error.unwrap_or(0.0) })
    }

    /// Whether it is a forecast by shares of trials.
    pub(super) fn is_own(&self) -> bool {
        self.forecaster == OWN_FORECAST
    }
}

impl MeanScoreRow {
    /// The mean score of Démarche with its Monte Carlo error.
    pub(super) fn own_mean(&self) -> ScoreEstimate {
        ScoreEstimate { value: self.own, error: self.own_se }
    }

    /// The interval for the skill.
    pub(super) fn skill_interval(&self) -> Option<Interval> {
        Some(Interval { low: self.skill_low?, high: self.skill_high? })
    }
}

impl ScoreTables {
    /// The scores of Démarche, a row for each file.
    pub(super) fn own(&self) -> Vec<&ScoreRow> {
        self.scores.iter().filter(|row| row.is_own()).collect()
    }

    /// The scores of others in the same file.
    pub(super) fn others(&self, own: &ScoreRow) -> Vec<&ScoreRow> {
        self.scores.iter().filter(|row| row.file == own.file && !row.is_own()).collect()
    }

    /// The scores that are known in any file.
    pub(super) fn kinds(&self) -> Vec<ScoreKind> {
        let is_known = |kind: &ScoreKind| self.scores.iter().any(|row| row.score(*kind).is_some());
        ScoreKind::ALL.into_iter().filter(is_known).collect()
    }

    /// The mean of a score of a forecaster.
    pub(super) fn mean(&self, forecaster: &str, kind: ScoreKind) -> Option<&MeanScoreRow> {
        self.means.iter().find(|row| row.forecaster == forecaster && row.score == kind)
    }

    /// The forecasters, Démarche first.
    pub(super) fn forecasters(&self) -> Vec<&str> {
        let brier = self.means.iter().filter(|row| row.score == ScoreKind::Brier);
        brier.map(|row| row.forecaster.as_str()).collect()
    }

    /// The forecaster that Démarche is compared with first: the base rate, if all files tell it, else the same
    /// probability for all.
    pub(super) fn reference(&self) -> &'static str {
        let cases = self.own().len() as u64;
        match self.mean(BASE_RATE_FORECAST, ScoreKind::Brier) {
            Some(row) if row.cases == cases => BASE_RATE_FORECAST,
            _ => UNIFORM_FORECAST,
        }
    }

    /// The part of the probabilities that were given at which the reliability curve lies within its band.
    pub(super) fn within_band(&self) -> Option<f64> {
        let rows = self.reliability.as_ref().filter(|rows| !rows.is_empty())?;
        let within =
            rows.iter().filter(|own| (own.band_low..=own.band_high).contains(&own.frequency));
        Some(within.count() as f64 / rows.len() as f64)
    }
}
