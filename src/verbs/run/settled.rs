//! In how many trials each bargain was struck, and where it settled: the tables, and how they are told.

use crate::model::Model;
use crate::report::Played;
use crate::study::Summary;
use crate::verbs::grid::CellName;
use crate::verbs::tables::{CheckedRow, Misfit, row};

row! {
    /// In how many trials a bargain was struck at least once, and what was settled in these: its variable at
    /// the end of the step in which it was first struck. Only of scenarios with bargains.
    pub struct BargainRow in "bargains.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The bargain.
        pub bargain: String,
        /// The variable that is settled.
        pub over: String,
        /// How many trials there were.
        pub trials: u64,
        /// In how many it was struck; in the others there was no deal.
        pub struck: u64,
        /// The smallest value that was settled; like the following, empty where the bargain was never struck.
        pub least: Option<f64>,
        /// The 5th percentile of what was settled. Percentiles are by nearest rank, with a relative error of
        /// at most 2⁻¹⁰.
        pub p05: Option<f64>,
        /// The 25th percentile.
        pub p25: Option<f64>,
        /// The median.
        pub p50: Option<f64>,
        /// The 75th percentile.
        pub p75: Option<f64>,
        /// The 95th percentile.
        pub p95: Option<f64>,
        /// The largest value that was settled.
        pub most: Option<f64>,
    }
}

row! {
    /// In how many trials a bargain settled on a value, of bargains that settle on few: at most 12 values in
    /// all trials in which they are struck.
    pub struct SettledValueRow in "settled.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The bargain.
        pub bargain: String,
        /// The value.
        pub value: f64,
        /// In how many trials it was settled.
        pub trials: u64,
        /// Their share of all trials, in 0..1.
        pub share: f64,
    }
}

/// Checks that a name is that of a bargain.
fn check_bargain(played: &Played<'_>, name: &str) -> Result<(), Misfit> {
    let model = played.model();
    let mut bargains = model.truth.bargains.iter();
    let is_bargain = bargains.any(|bargain| model.happening(bargain.what).name == name);
    Misfit::unless(is_bargain, "bargain", name, "a bargain of the scenario")
}

impl CheckedRow for BargainRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        check_bargain(played, &self.bargain)?;
        let is_share = self.struck <= self.trials;
        Misfit::unless(is_share, "struck", self.struck, "at most the number of trials")?;
        let is_known = self.struck == 0 || self.settled().is_some();
        Misfit::unless(is_known, "p50", "", "a number, as the bargain was struck")
    }
}

impl CheckedRow for SettledValueRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        check_bargain(played, &self.bargain)?;
        let is_share = (0.0..=1.0).contains(&self.share);
        Misfit::unless(is_share, "share", self.share, "a share from 0 to 1")
    }
}

impl BargainRow {
    /// The rows of a run, one for each bargain in the order of the file.
    pub(super) fn of(cell: &CellName, model: &Model, summary: &Summary) -> Vec<BargainRow> {
        let bargains = model.truth.bargains.iter().zip(&summary.settled);
        let rows = bargains.map(|(bargain, own)| {
            let at = |which: usize| own.settled.map(|points| points[which]);
            BargainRow {
                scenario: cell.scenario.clone(),
                policy: cell.policy.clone(),
                world: cell.world.clone(),
                bargain: model.happening(bargain.what).name.clone(),
                over: model.states[bargain.over.0 as usize].series.name.clone(),
                trials: summary.trials,
                struck: own.struck,
                least: at(0),
                p05: at(1),
                p25: at(2),
                p50: at(3),
                p75: at(4),
                p95: at(5),
                most: at(6),
            }
        });
        rows.collect()
    }

    /// The 5th, 25th, 50th, 75th and 95th percentile of what was settled; `None` if nothing was.
    pub(super) fn settled(&self) -> Option<[f64; 5]> {
        Some([self.p05?, self.p25?, self.p50?, self.p75?, self.p95?])
    }

    /// The share of trials in which it was struck.
    #[cfg(any(feature = "report", feature = "cli"))]
    pub(super) fn share(&self) -> f64 {
        self.struck as f64 / self.trials.max(1) as f64
    }
}

impl SettledValueRow {
    /// The rows of a run, by bargain and value.
    pub(super) fn of(cell: &CellName, model: &Model, summary: &Summary) -> Vec<SettledValueRow> {
        let bargains = model.truth.bargains.iter().zip(&summary.settled);
        let rows = bargains.flat_map(|(bargain, own)| {
            own.values.iter().flatten().map(|(value, trials)| SettledValueRow {
                scenario: cell.scenario.clone(),
                policy: cell.policy.clone(),
                world: cell.world.clone(),
                bargain: model.happening(bargain.what).name.clone(),
                value: *value,
                trials: *trials,
                share: *trials as f64 / summary.trials.max(1) as f64,
            })
        });
        rows.collect()
    }
}
