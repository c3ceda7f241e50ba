//! The parts of each outcome, found in the tables.

use super::tables::{HalfwayRow, LuckKind, SettledAxis, WhyRow, WhyTables};
use crate::verbs::part_known::PartKnown;

impl WhyRow {
    /// The part with its interval, if it can be told.
    pub(super) fn known(&self) -> Option<PartKnown> {
        PartKnown::of(self.part, self.low, self.high)
    }

    /// The part for sorting; what cannot be told comes last.
    pub(super) fn size(&self) -> f64 {
        self.part.unwrap_or(f64::NEG_INFINITY)
    }

    /// Whether it can be told from zero.
    pub(super) fn is_clear(&self) -> bool {
        self.known().is_some_and(PartKnown::is_clear)
    }

    /// Whether it cannot be told which of two parts is larger: their intervals overlap. Where they do not,
    /// the difference can be told from zero however the errors of the two hang together.
    pub(super) fn is_tied_with(&self, other: &WhyRow) -> bool {
        match (self.known(), other.known()) {
            (Some(own), Some(other)) => own.low <= other.high && other.low <= own.high,
            (None, _) | (_, None) => true,
        }
    }

    /// How open the outcome was: p(1 − p), times the square of the number of trials. As whole numbers, an
    /// outcome and its opposite are equally open.
    fn openness(&self) -> u128 {
        u128::from(self.ended) * u128::from(self.trials.saturating_sub(self.ended))
    }
}

impl WhyTables {
    /// The rows of the sums, one for each outcome: first that which was asked for, then the most open.
    pub(super) fn outcomes(&self, first: Option<&str>) -> Vec<&WhyRow> {
        let sums = self.why.iter().filter(|row| row.by == SettledAxis::Sum);
        let mut all: Vec<&WhyRow> = sums.collect();
        let is_first = |row: &WhyRow| first == Some(row.outcome.as_str());
        // What cannot be told is not told before what can.
        let rank = |row: &WhyRow| (is_first(row), row.part.is_some());
        all.sort_by(|a, b| rank(b).cmp(&rank(a)).then(b.openness().cmp(&a.openness())));
        all
    }

    /// The sources of an outcome, the largest part first.
    pub(super) fn sources(&self, of: &str) -> Vec<&WhyRow> {
        let mut all = self.rows(of, SettledAxis::Source);
        all.sort_by(|a, b| b.size().total_cmp(&a.size()));
        all
    }

    /// The times of an outcome, in their order.
    pub(super) fn times(&self, of: &str) -> Vec<&WhyRow> {
        self.rows(of, SettledAxis::Time)
    }

    fn rows(&self, of: &str, by: SettledAxis) -> Vec<&WhyRow> {
        self.why.iter().filter(|row| row.by == by && row.outcome == of).collect()
    }

    /// The first and the last time at which half of an outcome may have been settled.
    pub(super) fn half(&self, of: &str) -> Option<(u64, u64)> {
        let row: &HalfwayRow = self.halfway.iter().find(|row| row.outcome == of)?;
        row.after_low.zip(row.after_high)
    }

    /// The parts of a source of an outcome, time by time.
    pub(super) fn over_time(
        &self,
        of: &str,
        source: Option<LuckKind>,
        name: Option<&str>,
    ) -> Vec<f64> {
        let rows = self.times.iter().flatten();
        let own = rows.filter(|row| {
            row.outcome == of && Some(row.source) == source && row.name.as_deref() == name
        });
        own.map(|row| row.part).collect()
    }

    /// Whether any estimate of an outcome is below zero.
    #[cfg(feature = "cli")]
    pub(super) fn has_negative(&self, of: &str) -> bool {
        self.why.iter().any(|row| row.outcome == of && row.part.is_some_and(|part| part < 0.0))
    }

    /// Whether luck is told apart by its source.
    pub(super) fn has_sources(&self) -> bool {
        self.times.is_some()
    }
}
