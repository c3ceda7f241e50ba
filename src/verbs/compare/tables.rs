//! The tables of a comparison.

use crate::report::Played;
use crate::study::EndKind;
use crate::verbs::shared::{EndMeanRow, HappeningRow, SummaryRow};
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

tables! {
    /// What a comparison writes.
    pub struct CompareTables {
        /// The outcomes in each cell.
        pub summary: Vec<SummaryRow>,
        /// State, measures and utilities at the end in each cell.
        pub ends: Vec<EndMeanRow>,
        /// What happened in each cell.
        pub happenings: Vec<HappeningRow>,
        /// The differences of outcomes in each pair.
        pub comparison: Vec<ComparisonRow>,
        /// The differences of state, measures and utilities in each pair.
        pub end_differences: Vec<EndDifferenceRow>,
        /// Where the trials of each pair went.
        pub flips: Vec<FlipRow>,
        /// How policies do by each goal over the worlds, where there are goals.
        pub robustness: Option<Vec<RobustnessRow>>,
        /// Their regret in each world.
        pub regret: Option<Vec<WorldRegretRow>>,
        /// Their regret over draws of the assumptions, where draws were asked for.
        pub regret_draws: Option<Vec<DrawnRegretRow>>,
        /// In what two files differ, where there are two.
        pub changes: Option<Vec<ChangeRow>>,
    }
}

row! {
    /// The difference of an outcome's share in a pair: b − a, trial by trial on the same luck.
    pub struct ComparisonRow in "comparison.csv" may be infinite: "variance_ratio" {
        /// The scenario of the baseline.
        pub scenario_a: String,
        /// Its policy.
        pub policy_a: String,
        /// Its world.
        pub world_a: String,
        /// The scenario that is compared with it.
        pub scenario_b: String,
        /// Its policy.
        pub policy_b: String,
        /// Its world.
        pub world_b: String,
        /// The outcome's id.
        pub outcome: String,
        /// Its share under a, in 0..1.
        pub share_a: Option<f64>,
        /// Its share under b, in 0..1.
        pub share_b: Option<f64>,
        /// The difference, in −1..1.
        pub difference: f64,
        /// The lower end of its 95 % interval (Bonett & Price).
        pub low: f64,
        /// The upper end.
        pub high: f64,
        /// The lower end over all comparisons at once (Bonferroni).
        pub low_all: f64,
        /// The upper end.
        pub high_all: f64,
        /// How many trials had the outcome under a only.
        pub n_ab: u64,
        /// How many had it under b only.
        pub n_ba: u64,
        /// How many times more trials would be needed without common luck.
        pub variance_ratio: Option<f64>,
    }
}

row! {
    /// The difference of a mean at the end in a pair: b − a, trial by trial on the same luck.
    pub struct EndDifferenceRow in "comparison_measures.csv" may be infinite: "variance_ratio" {
        /// The scenario of the baseline.
        pub scenario_a: String,
        /// Its policy.
        pub policy_a: String,
        /// Its world.
        pub world_a: String,
        /// The scenario that is compared with it.
        pub scenario_b: String,
        /// Its policy.
        pub policy_b: String,
        /// Its world.
        pub world_b: String,
        /// What kind of number.
        pub kind: EndKind,
        /// Its name.
        pub measure: String,
        /// Its unit.
        pub unit: Option<String>,
        /// The mean under a.
        pub mean_a: Option<f64>,
        /// The mean under b.
        pub mean_b: Option<f64>,
        /// The mean of the differences.
        pub difference: Option<f64>,
        /// The lower end of its 95 % interval (Student's t).
        pub low: f64,
        /// The upper end.
        pub high: f64,
        /// The lower end over all differences of ends at once (Bonferroni).
        pub low_all: f64,
        /// The upper end.
        pub high_all: f64,
        /// How many times more trials would be needed without common luck.
        pub variance_ratio: Option<f64>,
    }
}

row! {
    /// How many trials of a pair ended so under a and so under b; pairs of outcomes that no trial
    /// had have no row.
    pub struct FlipRow in "flips.csv" {
        /// The scenario of the baseline.
        pub scenario_a: String,
        /// Its policy.
        pub policy_a: String,
        /// Its world.
        pub world_a: String,
        /// The scenario that is compared with it.
        pub scenario_b: String,
        /// Its policy.
        pub policy_b: String,
        /// Its world.
        pub world_b: String,
        /// The outcome under a.
        pub outcome_a: String,
        /// The outcome under b.
        pub outcome_b: String,
        /// How many trials.
        pub trials: u64,
        /// The share of all trials, in 0..1.
        pub share: f64,
        /// The numbers of the first of them, with spaces.
        pub examples: String,
    }
}

row! {
    /// How a policy does by a goal over all worlds. See [`crate::stats::Robustness`].
    pub struct RobustnessRow in "robustness.csv" {
        /// The scenario.
        pub scenario: String,
        /// The goal.
        pub goal: String,
        /// The policy.
        pub policy: String,
        /// Its value in its worst world.
        pub maximin: f64,
        /// Which world that is.
        pub worst_world: String,
        /// The most by which it falls short of the best policy of a world.
        pub max_regret: f64,
        /// In which world.
        pub max_regret_world: String,
        /// The mean over the worlds.
        pub mean: f64,
        /// The value that is good enough, where one was given.
        pub threshold: Option<f64>,
        /// The share of worlds in which it is reached.
        pub share_above: Option<f64>,
    }
}

row! {
    /// By how much a policy falls short of the best one in a world, by a goal.
    pub struct WorldRegretRow in "regret.csv" {
        /// The scenario.
        pub scenario: String,
        /// The goal.
        pub goal: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The value of the policy there; more is better.
        pub value: f64,
        /// The value of the best policy there less this.
        pub regret: f64,
    }
}

row! {
    /// The regret of a policy over draws of the assumptions, by a goal. See
    /// [`crate::stats::Regret`].
    pub struct DrawnRegretRow in "regret_draws.csv" {
        /// The scenario.
        pub scenario: String,
        /// The goal.
        pub goal: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// How many draws there were.
        pub draws: u64,
        /// How many times each was played.
        pub repeats: u64,
        /// The mean regret over the draws.
        pub mean_regret: f64,
        /// The 90th percentile.
        pub p90_regret: f64,
    }
}

row! {
    /// A key that has another value in the second file.
    pub struct ChangeRow in "changes.csv" {
        /// The first scenario.
        pub scenario_a: String,
        /// The second.
        pub scenario_b: String,
        /// The key's path.
        pub key: String,
        /// Its value in the first file, as written.
        pub old: Option<String>,
        /// Its value in the second.
        pub new: Option<String>,
    }
}

impl CheckedRow for ComparisonRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_any_outcome(played, "outcome", &self.outcome)
    }
}

impl CheckedRow for FlipRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_any_outcome(played, "outcome_a", &self.outcome_a)?;
        Misfit::unless_any_outcome(played, "outcome_b", &self.outcome_b)
    }
}

impl CheckedRow for EndDifferenceRow {}
impl CheckedRow for RobustnessRow {}
impl CheckedRow for WorldRegretRow {}
impl CheckedRow for DrawnRegretRow {}
impl CheckedRow for ChangeRow {}

impl ComparisonRow {
    /// Whether the interval over all comparisons at once excludes zero.
    pub fn stands_out(&self) -> bool {
        self.low_all > 0.0 || self.high_all < 0.0
    }
}

impl EndDifferenceRow {
    /// Whether the interval over all differences of ends at once excludes zero.
    ///
    /// A difference that is certainly none has an interval of width zero, which excludes nothing.
    pub fn stands_out(&self) -> bool {
        self.low_all > 0.0 || self.high_all < 0.0
    }

    /// The size of the difference in half-widths of its interval.
    pub fn clearness(&self) -> f64 {
        let half = (self.high - self.low) / 2.0;
        self.difference.map_or(0.0, |difference| difference.abs() / half)
    }
}
