//! The tables of sensitivity.

// The columns have the names that the literature gives these numbers.
#![allow(non_snake_case)]

use crate::report::Played;
use crate::study::{PERCENTILES, Target};
use crate::verbs::importance::ImportanceRow;
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

tables! {
    /// What `sensitivity` writes.
    pub struct SensitivityTables {
        /// With `--method sobol`: how much is explained at all.
        pub variance: Option<Vec<VarianceRow>>,
        /// With `--method sobol`: by which input or group.
        pub importance: Option<Vec<ImportanceRow>>,
        /// With `--method morris`: how much each input moves it.
        pub morris: Option<Vec<MorrisRow>>,
        /// With `--method one-at-a-time`: what each input does by itself.
        pub one_at_a_time: Option<Vec<OneAtATimeRow>>,
    }
}

row! {
    /// How much of the variance of an outcome, or of a number, is explained by what is drawn once per
    /// trial. All intervals are at 95 %, each by itself. An estimate may lie outside of what can be true,
    /// where its interval is cut; what cannot be told is empty.
    pub struct VarianceRow in "variance.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// Of what: an outcome's id, or the number that was asked for: `measures.x`, `state.x`,
        /// `utility.a`.
        pub of: String,
        /// How many rows were played.
        pub rows: u64,
        /// How many plays they have together.
        pub plays: u64,
        /// The mean over all plays: for an outcome, its share.
        pub mean: f64,
        /// The lower end of its interval.
        pub mean_low: Option<f64>,
        /// The upper end.
        pub mean_high: Option<f64>,
        /// The variance of its expectation over draws of the inputs: of the probability of an outcome.
        pub V: Option<f64>,
        /// The lower end of its interval. Above zero, importance is in parts of V; at zero, it is not known
        /// whether the inputs matter at all, and importance is in parts of `total`.
        pub V_low: Option<f64>,
        /// The upper end.
        pub V_high: Option<f64>,
        /// The variance of single plays: p(1 − p) for an outcome.
        pub total: f64,
        /// The part of it that is explained: V over `total`. The rest is luck.
        pub part: Option<f64>,
        /// The lower end of its interval; `total` is taken as known.
        pub part_low: Option<f64>,
        /// The upper end.
        pub part_high: Option<f64>,
        /// The sum of all first-order indices: the part of V that inputs, or groups, explain each alone.
        /// The rest of V goes with how they come together.
        pub S1_sum: Option<f64>,
        /// The sum of the lower ends of their intervals: the interval holds however the errors hang
        /// together.
        pub S1_sum_low: Option<f64>,
        /// The sum of the upper ends, at most 1.
        pub S1_sum_high: Option<f64>,
    }
}

row! {
    /// What changes when one input at a time is moved by half of its levels, from many starting points:
    /// Morris' elementary effects, per unit of the input's uniform number, on common luck.
    pub struct MorrisRow in "morris.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// Of what: an outcome's id, `measures.x`, `state.x` or `utility.a`.
        pub of: String,
        /// The input: an assumption's name, or the path of what is drawn elsewhere.
        pub input: String,
        /// The mean effect; effects up and down cancel in it.
        pub mu: f64,
        /// The mean size of an effect.
        pub mu_star: f64,
        /// The lower end of its 95 % interval, for this input by itself.
        pub mu_star_low: f64,
        /// The upper end.
        pub mu_star_high: f64,
        /// The standard deviation of the effects: large where the input acts otherwise in other places.
        pub sigma: f64,
    }
}

row! {
    /// What an input does by itself: the result with it at a percentile and all others at their medians, on
    /// common luck.
    pub struct OneAtATimeRow in "one_at_a_time.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// Of what: an outcome's id, `measures.x`, `state.x` or `utility.a`.
        pub of: String,
        /// The input: an assumption's name, or the path of what is drawn elsewhere.
        pub input: String,
        /// The percentile at which it is: 10, 50 or 90.
        pub percentile: u64,
        /// Its value there; empty for a label.
        pub value: Option<f64>,
        /// The share of trials that ended in the outcome; for a number, its mean at the end.
        pub share: f64,
        /// The lower end of its 95 % interval; empty for a number of which too few trials differ to tell.
        pub mc_low: Option<f64>,
        /// The upper end.
        pub mc_high: Option<f64>,
        /// The value of an input whose values are labels.
        pub label: Option<String>,
    }
}

impl CheckedRow for VarianceRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        unless_target(played, &self.of)
    }
}

impl CheckedRow for MorrisRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        unless_target(played, &self.of)
    }
}

impl CheckedRow for OneAtATimeRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        unless_target(played, &self.of)?;
        let is_played = PERCENTILES.contains(&self.percentile);
        Misfit::unless(is_played, "percentile", self.percentile, "10, 50 or 90")
    }

    fn check_all(rows: &[Self], _played: &Played<'_>) -> Result<(), String> {
        let is_whole = |rows: &[Self]| {
            rows.len() == PERCENTILES.len()
                && rows.iter().zip(PERCENTILES).all(|(row, own)| {
                    row.percentile == own && row.input == rows[0].input && row.of == rows[0].of
                })
        };
        match rows.chunks(PERCENTILES.len()).all(is_whole) {
            true => Ok(()),
            false => Err("not every input has three rows, one for each percentile".to_owned()),
        }
    }
}

fn unless_target(played: &Played<'_>, of: &str) -> Result<(), Misfit> {
    let is_known = Target::called(played.model(), of).is_ok();
    Misfit::unless(is_known, "of", of, "an outcome or a number of the scenario")
}

impl VarianceRow {
    /// Whether it is known that the inputs matter at all.
    pub fn is_clear(&self) -> bool {
        self.V_low.is_some_and(|low| low > 0.0)
    }
}
