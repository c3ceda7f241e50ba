//! The tables of `discover`.

use crate::report::Played;
use crate::verbs::shared::SummaryRow;
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

/// The limits of a box, as the columns of `boxes.csv` are called.
pub(super) const MIN: &str = "min";
/// The upper limit of a number.
pub(super) const MAX: &str = "max";
/// The labels that are allowed.
pub(super) const AMONG: &str = "among";

tables! {
    /// What `discover` writes.
    pub struct DiscoverTables {
        /// The outcomes in all trials.
        pub summary: Vec<SummaryRow>,
        /// The restrictions of each box that was found; none where no conditions were found.
        pub boxes: Vec<BoxRow>,
        /// What the limits of each box are worth, the surest first.
        pub conditions: Vec<ConditionRow>,
        /// The boxes on the way to each.
        pub peeling: Vec<PeelingRow>,
    }
}

row! {
    /// A condition of a box in which an outcome is frequent: what the box allows of one input. Inputs
    /// without a row are free. A box is claimed, and has rows here, only if its density is told from that of
    /// all trials.
    pub struct BoxRow in "boxes.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// The number of the box, from 1.
        pub r#box: u64,
        /// The input: its column in the table of trials.
        pub input: String,
        /// The lowest number allowed; that of all trials where only `max` restricts. Empty for labels and
        /// flags.
        pub min: Option<f64>,
        /// The highest number allowed; that of all trials where only `min` restricts.
        pub max: Option<f64>,
        /// The quasi-p value of the lower limit, or of the choice of labels: the probability of as many
        /// trials with the outcome as the box has, or more, if the limit made no difference (one-sided
        /// binomial test on the odd trials). Empty where there is no limit.
        pub qp_min: Option<f64>,
        /// That of the upper limit.
        pub qp_max: Option<f64>,
        /// The labels allowed, with commas between them, or `true` or `false`; empty for numbers.
        pub among: Option<String>,
        /// The lowest number in all trials; empty for labels and flags.
        pub lowest: Option<f64>,
        /// The highest.
        pub highest: Option<f64>,
    }
}

row! {
    /// What a box's conditions are worth from the surest on, the one with the smallest quasi-p value: each
    /// row adds one limit to those above it, and the last has the figures of the box. All figures are those of the
    /// odd trials, as in `peeling.csv`.
    pub struct ConditionRow in "conditions.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// The number of the box, from 1.
        pub r#box: u64,
        /// How many limits hold: this one and those above it.
        pub kept: u64,
        /// The input that this one restricts.
        pub input: String,
        /// Which limit it is, by its column in `boxes.csv`: `min`, `max` or `among`.
        pub limit: String,
        /// Its quasi-p value.
        pub qp: f64,
        /// The share of all odd trials with the outcome that meet these conditions, in 0..1.
        pub coverage: f64,
        /// The share of the trials that meet them that have the outcome, in 0..1; empty if none meets them.
        pub density: Option<f64>,
        /// The share of all odd trials that meet them, in 0..1.
        pub mass: f64,
        /// How many odd trials meet them.
        pub n: u64,
    }
}

row! {
    /// A step on the way to a box, by peeling and pasting. All figures are those of the odd trials, which
    /// took no part in the search; of a second box, of those outside the first. The box shown is the last
    /// with a density of at least 0.8, else the densest.
    pub struct PeelingRow in "peeling.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// The number of the box, from 1.
        pub r#box: u64,
        /// The step, from 0, which restricts nothing.
        pub id: u64,
        /// The share of all odd trials with the outcome that lie in the box, in 0..1.
        pub coverage: f64,
        /// The share of the odd trials in the box that have the outcome, in 0..1; empty if none lies in it.
        pub density: Option<f64>,
        /// The share of all odd trials that lie in the box, in 0..1.
        pub mass: f64,
        /// The mean of the outcome, 1 where it came about and 0 elsewhere: the density.
        pub mean: Option<f64>,
        /// How many odd trials lie in the box.
        pub n: u64,
        /// How many inputs it restricts.
        pub res_dim: u64,
    }
}

impl CheckedRow for BoxRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        let known = played.model().assumptions.iter().any(|info| info.column == self.input);
        Misfit::unless(known, "input", &self.input, "an assumption of the scenario")?;
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }
}

impl CheckedRow for ConditionRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        let known = played.model().assumptions.iter().any(|info| info.column == self.input);
        Misfit::unless(known, "input", &self.input, "an assumption of the scenario")?;
        let is_limit = [MIN, MAX, AMONG].contains(&self.limit.as_str());
        Misfit::unless(is_limit, "limit", &self.limit, "`min`, `max` or `among`")?;
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }
}

impl CheckedRow for PeelingRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }

    fn check_all(rows: &[Self], _played: &Played<'_>) -> Result<(), String> {
        let whole = rows.first().is_some_and(|row| row.r#box == 1 && row.id == 0);
        if whole { Ok(()) } else { Err("the first step of the first box is missing".to_owned()) }
    }
}
