//! Rows of tables that several verbs write.

use super::grid::{CellName, Grid};
use super::tables::{CheckedRow, Misfit, row};
use crate::model::Model;
use crate::report::Played;
use crate::stats::{Looks, clopper_pearson};
use crate::study::{CellSummary, EndKind, LEVEL, ends};

row! {
    /// How many trials of a cell ended in an outcome.
    pub struct SummaryRow in "summary.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy, or the name of a lever.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id, `unresolved` for trials without one.
        pub outcome: String,
        /// The outcome's title.
        pub title: String,
        /// How many trials were played.
        pub trials: u64,
        /// How many of them ended in the outcome.
        pub count: u64,
        /// The share of them, in 0..1.
        pub share: f64,
        /// The lower end of its Monte Carlo interval, for this outcome by itself (Clopper–Pearson,
        /// 95 %).
        pub mc_low: f64,
        /// The upper end.
        pub mc_high: f64,
        /// The lower end of the interval that holds for all outcomes of the cell at once
        /// (Clopper–Pearson, 95 %, Bonferroni).
        pub mc_low_all: f64,
        /// The upper end.
        pub mc_high_all: f64,
        /// With `--precision`, the lower end of the interval that holds for all outcomes at all looks at
        /// once, whenever the run stopped (Clopper–Pearson, 95 %, Bonferroni). Empty without.
        pub any_low: Option<f64>,
        /// The upper end.
        pub any_high: Option<f64>,
    }
}

row! {
    /// How often something happened in a cell.
    pub struct HappeningRow in "happenings.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy, or the name of a lever.
        pub policy: String,
        /// The world.
        pub world: String,
        /// An action, an event or an entry of the calendar.
        pub happening: String,
        /// In how many trials it happened at least once.
        pub trials: u64,
        /// The share of all trials, in 0..1.
        pub share: f64,
    }
}

row! {
    /// The mean and standard deviation of a number at the end of the trials of a cell.
    pub struct EndMeanRow in "ends.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy, or the name of a lever.
        pub policy: String,
        /// The world.
        pub world: String,
        /// What kind of number.
        pub kind: EndKind,
        /// Its name; for a label, the share of trials with it: `phase:war`.
        pub measure: String,
        /// Its unit.
        pub unit: Option<String>,
        /// The mean over the trials.
        pub mean: Option<f64>,
        /// The standard deviation over the trials (n − 1).
        pub sd: Option<f64>,
    }
}

impl CheckedRow for SummaryRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_any_outcome(played, "outcome", &self.outcome)
    }
}

impl CheckedRow for HappeningRow {}
impl CheckedRow for EndMeanRow {}

impl SummaryRow {
    /// The rows of a cell, from how many trials ended in each outcome, unresolved last.
    pub fn of(cell: &CellName, model: &Model, counts: &[u64]) -> Vec<Self> {
        let trials: u64 = counts.iter().sum();
        let rows = counts.iter().enumerate().map(|(index, count)| {
            let own = clopper_pearson(*count, trials, LEVEL, 1);
            let joint = clopper_pearson(*count, trials, LEVEL, counts.len() as u64);
            SummaryRow {
                scenario: cell.scenario.clone(),
                policy: cell.policy.clone(),
                world: cell.world.clone(),
                outcome: model.outcome_id(index).to_owned(),
                title: model.outcome_title(index).to_owned(),
                trials,
                count: *count,
                share: if trials == 0 { 0.0 } else { *count as f64 / trials as f64 },
                mc_low: own.low,
                mc_high: own.high,
                mc_low_all: joint.low,
                mc_high_all: joint.high,
                any_low: None,
                any_high: None,
            }
        });
        rows.collect()
    }

    /// The same for a run that stopped at one of several looks.
    pub fn at_any_look(cell: &CellName, model: &Model, counts: &[u64], looks: &Looks) -> Vec<Self> {
        let known = looks.intervals(counts, counts.iter().sum(), LEVEL);
        let rows = SummaryRow::of(cell, model, counts).into_iter().zip(known);
        let rows = rows.map(|(row, known)| SummaryRow {
            any_low: Some(known.low),
            any_high: Some(known.high),
            ..row
        });
        rows.collect()
    }
}

/// The results of each cell, as tables.
pub struct CellTables {
    /// The outcomes.
    pub summary: Vec<SummaryRow>,
    /// The numbers at the end.
    pub ends: Vec<EndMeanRow>,
    /// What happened.
    pub happenings: Vec<HappeningRow>,
}

impl CellTables {
    /// The tables of all cells of a grid.
    pub fn of(grid: &Grid, summaries: &[CellSummary]) -> Self {
        let mut all = CellTables { summary: vec![], ends: vec![], happenings: vec![] };
        for ((cell, model), summary) in grid.names.iter().zip(&grid.models).zip(summaries) {
            all.summary.extend(SummaryRow::of(cell, model, &summary.outcomes));
            let named = || (cell.scenario.clone(), cell.policy.clone(), cell.world.clone());
            all.ends.extend(ends(model).into_iter().zip(&summary.ends).map(|(end, moments)| {
                let (scenario, policy, world) = named();
                EndMeanRow {
                    scenario,
                    policy,
                    world,
                    kind: end.kind,
                    measure: end.name,
                    unit: end.unit,
                    mean: moments.mean(),
                    sd: moments.sd(),
                }
            }));
            let happened = model.happenings.iter().zip(&summary.happened);
            all.happenings.extend(happened.map(|(info, trials)| {
                let (scenario, policy, world) = named();
                HappeningRow {
                    scenario,
                    policy,
                    world,
                    happening: info.name.clone(),
                    trials: *trials,
                    share: *trials as f64 / summary.trials.max(1) as f64,
                }
            }));
        }
        all
    }
}
