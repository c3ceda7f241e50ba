//! The tables of a sweep.

use super::found::CrossingFound;
use super::measure_tables::{SweepHalfRow, SweepMeasureDifferenceRow, SweepMeasureRow};
use super::value::SweepValue;
use crate::report::Played;
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

tables! {
    /// What `sweep` writes.
    pub struct SweepTables {
        /// The outcomes in each cell.
        pub sweep: Vec<SweepShareRow>,
        /// The differences between policies at each value, where several were played.
        pub differences: Option<Vec<SweepDifferenceRow>>,
        /// Where the differences change sign, where one number was swept under several policies.
        pub crossings: Option<Vec<CrossingRow>>,
        /// The means of variables and measures in each cell.
        pub measures: Vec<SweepMeasureRow>,
        /// Their differences between policies at each value, where several were played.
        pub measure_differences: Option<Vec<SweepMeasureDifferenceRow>>,
        /// Where flags pass one half, where one number was swept and there are any.
        pub halves: Option<Vec<SweepHalfRow>>,
    }
}

row! {
    /// How many trials ended in an outcome at one value of what is swept, or at one pair of values.
    pub struct SweepShareRow in "sweep.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The path of what is swept.
        pub path_1: String,
        /// Its value: a number, or text for labels, flags, lists and formulas.
        pub value_1: SweepValue,
        /// The path of the second thing that is swept, if there is one.
        pub path_2: Option<String>,
        /// Its value.
        pub value_2: Option<SweepValue>,
        /// The outcome's id, `unresolved` for trials without one.
        pub outcome: String,
        /// How many trials were played.
        pub trials: u64,
        /// How many of them ended in the outcome.
        pub count: u64,
        /// The share of them, in 0..1.
        pub share: f64,
        /// The lower end of its Monte Carlo interval, for this row by itself (Clopper–Pearson, 95 %).
        pub mc_low: f64,
        /// The upper end.
        pub mc_high: f64,
    }
}

row! {
    /// How much more often an outcome came about under a policy than under the first one, at one value of
    /// what is swept, or at one pair of values, trial by trial with common random numbers.
    pub struct SweepDifferenceRow in "sweep_differences.csv" {
        /// The scenario.
        pub scenario: String,
        /// The world.
        pub world: String,
        /// The path of what is swept.
        pub path_1: String,
        /// Its value.
        pub value_1: SweepValue,
        /// The path of the second thing that is swept, if there is one.
        pub path_2: Option<String>,
        /// Its value.
        pub value_2: Option<SweepValue>,
        /// The outcome's id.
        pub outcome: String,
        /// The first policy.
        pub policy_a: String,
        /// The policy that is compared with it.
        pub policy_b: String,
        /// The share under b less that under a, in −1..1.
        pub difference: f64,
        /// The lower end of its 95 % interval.
        pub low: f64,
        /// The upper end.
        pub high: f64,
        /// The lower end over all swept values at once (Bonferroni, 95 %), for this outcome and these two
        /// policies.
        pub low_all: f64,
        /// The upper end.
        pub high_all: f64,
        /// How many trials had the outcome under a only.
        pub n_ab: u64,
        /// How many had it under b only.
        pub n_ba: u64,
    }
}

row! {
    /// Where the difference between two policies changes sign as one number is swept: a row for each
    /// stretch, or one row that says why there is none. See [`crate::stats::crossings`].
    pub struct CrossingRow in "crossings.csv" {
        /// The scenario.
        pub scenario: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// The first policy.
        pub policy_a: String,
        /// The policy that is compared with it.
        pub policy_b: String,
        /// The path of what is swept.
        pub path: String,
        /// Where the difference that was found, joined by straight lines, crosses zero; empty if it does
        /// not.
        pub value: Option<f64>,
        /// The lower end of the stretch outside which the side of zero is told (95 %, over all swept values
        /// at once).
        pub low: Option<f64>,
        /// The upper end.
        pub high: Option<f64>,
        /// `crossing`: the sides at the two ends differ. `may cross`: the side at one end is not told, or it
        /// is the same at both. `no crossing in range`: the same side is told at every swept value. `no
        /// crossing told`: a side is told at none.
        pub found: CrossingFound,
        /// The policy under which the outcome is more frequent at `low`, or at every value where there is no
        /// crossing in range; empty if it is not told.
        pub more_at_low: Option<String>,
        /// The same at `high`.
        pub more_at_high: Option<String>,
    }
}

impl CheckedRow for SweepShareRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_policy(played, "policy", &self.policy)?;
        Misfit::unless_world(played, &self.world)?;
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }

    fn check_all(rows: &[Self], _played: &Played<'_>) -> Result<(), String> {
        if rows.is_empty() { Err("it has no rows".to_owned()) } else { Ok(()) }
    }
}

impl CheckedRow for SweepDifferenceRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_policy(played, "policy_a", &self.policy_a)?;
        Misfit::unless_policy(played, "policy_b", &self.policy_b)?;
        Misfit::unless_world(played, &self.world)?;
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }
}

impl CheckedRow for CrossingRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_policy(played, "policy_a", &self.policy_a)?;
        Misfit::unless_policy(played, "policy_b", &self.policy_b)?;
        Misfit::unless_world(played, &self.world)?;
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }
}

impl SweepShareRow {
    /// The value, or the two values, of what is swept.
    pub fn values(&self) -> Vec<&SweepValue> {
        [&self.value_1].into_iter().chain(&self.value_2).collect()
    }
}

impl SweepDifferenceRow {
    /// The value, or the two values, of what is swept.
    pub fn values(&self) -> Vec<&SweepValue> {
        [&self.value_1].into_iter().chain(&self.value_2).collect()
    }

    /// Whether it is told which policy has the outcome more often, over all swept values at once.
    pub fn stands_out(&self) -> bool {
        self.low_all > 0.0 || self.high_all < 0.0
    }
}
