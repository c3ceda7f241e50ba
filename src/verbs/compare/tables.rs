//! The tables of a comparison.

use super::announcement::AnnouncementRow;
use crate::report::Played;
use crate::stats::Standing;
use crate::study::EndKind;
use crate::verbs::fidelity::FidelityRow;
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
        /// How far each policy was carried out, where one forces a move.
        pub fidelity: Option<Vec<FidelityRow>>,
        /// Deed and announcement, where they were asked for.
        pub announcement: Option<Vec<AnnouncementRow>>,
        /// How many trials of each pair went from which outcome to which.
        pub flips: Vec<FlipRow>,
        /// The robustness of each policy over the worlds by each goal, where there are goals.
        pub robustness: Option<Vec<RobustnessRow>>,
        /// Their regret in each world.
        pub regret: Option<Vec<WorldRegretRow>>,
        /// Their regret over draws of the assumptions, where draws were asked for.
        pub regret_draws: Option<Vec<DrawnRegretRow>>,
        /// The keys in which two files differ, where two files are compared.
        pub changes: Option<Vec<ChangeRow>>,
    }
}

row! {
    /// The difference of an outcome's share in a pair, b − a, trial by trial with common random
    /// numbers.
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
        /// The lower end of its 95 % interval.
        pub low: f64,
        /// The upper end.
        pub high: f64,
        /// The lower end over all differences of outcomes at once (Bonferroni): it excludes zero if and
        /// only if the difference stands out.
        pub low_all: f64,
        /// The upper end.
        pub high_all: f64,
        /// The exact probability, if the policy changed nothing, that the trials that flip are as uneven
        /// as they are (McNemar).
        pub p_value: f64,
        /// How many trials had the outcome under a only.
        pub n_ab: u64,
        /// How many had it under b only.
        pub n_ba: u64,
        /// How many times as many trials would be needed without common random numbers.
        pub variance_ratio: Option<f64>,
    }
}

row! {
    /// The difference of the mean of a number at the end in a pair, b − a, trial by trial with
    /// common random numbers.
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
        /// In how many trials it differs.
        pub n_differ: u64,
        /// The largest difference that the file allows: the width of the range; empty if it sets none.
        pub reach: Option<f64>,
        /// The lower end of its 95 % interval; empty where too few trials differ to tell.
        pub low: Option<f64>,
        /// The upper end.
        pub high: Option<f64>,
        /// The lower end over all differences of means at once (Bonferroni).
        pub low_all: Option<f64>,
        /// The upper end.
        pub high_all: Option<f64>,
        /// How many times as many trials would be needed without common random numbers.
        pub variance_ratio: Option<f64>,
    }
}

row! {
    /// How many trials of a pair ended in one outcome under a and in one under b; pairs of outcomes
    /// that no trial had have no row.
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
        /// The numbers of the first of these trials, separated by spaces.
        pub examples: String,
    }
}

row! {
    /// The robustness of a policy over all worlds, by a goal. See [`crate::stats::Robustness`].
    pub struct RobustnessRow in "robustness.csv" {
        /// The scenario.
        pub scenario: String,
        /// The goal.
        pub goal: String,
        /// The policy.
        pub policy: String,
        /// Its lowest value over the worlds.
        pub maximin: f64,
        /// The lower end of its 95 % interval.
        pub maximin_low: f64,
        /// The upper end.
        pub maximin_high: f64,
        /// Whether it is the best policy by that, tied or behind, over all pairs of policies at once;
        /// empty for a policy alone.
        pub maximin_standing: Option<Standing>,
        /// In which world it is lowest.
        pub worst_world: String,
        /// The maximum regret: the largest amount by which it falls short of the best policy in a
        /// world.
        pub max_regret: f64,
        /// The lower end of its 95 % interval, over all pairs of policies at once; empty where there is no
        /// regret, since the policy is distinguishable from every other and better in every world.
        pub max_regret_low: Option<f64>,
        /// The upper end.
        pub max_regret_high: Option<f64>,
        /// Whether it is the best policy by that.
        pub max_regret_standing: Option<Standing>,
        /// The world in which that happens.
        pub max_regret_world: String,
        /// The mean over the worlds.
        pub mean: f64,
        /// The lower end of its 95 % interval.
        pub mean_low: f64,
        /// The upper end.
        pub mean_high: f64,
        /// Whether it is the best policy by that.
        pub mean_standing: Option<Standing>,
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
        /// The lower end of its 95 % interval.
        pub value_low: f64,
        /// The upper end.
        pub value_high: f64,
        /// The value of the best policy there less this.
        pub regret: f64,
        /// The lower end of its 95 % interval, over all pairs of policies at once; empty where there is no
        /// regret, since the policy is distinguishable from every other and better.
        pub regret_low: Option<f64>,
        /// The upper end.
        pub regret_high: Option<f64>,
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
        /// How many times each draw was played.
        pub repeats: u64,
        /// The mean regret over the draws, which is overestimated: the policy that looks best in a draw
        /// is partly the luckiest.
        pub mean_regret: f64,
        /// The mean regret over the draws, cross-fitted, which is underestimated. See
        /// [`crate::stats::CrossFitted`].
        pub cross_fitted: f64,
        /// The lower end of its 95 % interval.
        pub cross_fitted_low: f64,
        /// The upper end.
        pub cross_fitted_high: f64,
        /// The 90th percentile of the regret over the draws, overestimated too.
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
    /// Whether the difference stands out from the noise over all differences of outcomes at once: its
    /// exact p value is at most 0.05 over their number, and so the interval excludes zero.
    pub fn stands_out(&self) -> bool {
        self.low_all > 0.0 || self.high_all < 0.0
    }
}

impl EndDifferenceRow {
    /// Whether the interval over all differences of means at once excludes zero. Where too few trials
    /// differ to tell, it does not.
    pub fn stands_out(&self) -> bool {
        self.low_all.is_some_and(|low| low > 0.0) || self.high_all.is_some_and(|high| high < 0.0)
    }

    /// The size of the difference: as a share of the largest that the file allows, or else of the
    /// larger of the two means.
    pub fn relative_size(&self) -> f64 {
        let mean = |mean: Option<f64>| mean.map_or(0.0, f64::abs);
        let scale = self.reach.unwrap_or_else(|| mean(self.mean_a).max(mean(self.mean_b)));
        let size = self.difference.map_or(0.0, f64::abs);
        if scale > 0.0 { size / scale } else { 0.0 }
    }
}
