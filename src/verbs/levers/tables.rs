//! The tables of levers.

use serde::{Deserialize, Serialize};

use crate::report::Played;
use crate::study::Pull;
use crate::verbs::shared::{EndMeanRow, HappeningRow, SummaryRow};
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

tables! {
    /// What `levers` writes.
    pub struct LeverTables {
        /// The outcomes in each cell.
        pub summary: Vec<SummaryRow>,
        /// State, measures and utilities at the end in each cell.
        pub ends: Vec<EndMeanRow>,
        /// What happened in each cell.
        pub happenings: Vec<HappeningRow>,
        /// What each lever changes, the largest change of any outcome first.
        pub levers: Vec<LeverRow>,
        /// What came before each outcome in the plain run.
        pub before: Vec<BeforeRow>,
    }
}

row! {
    /// How a lever changes one outcome in one world, trial by trial with common random numbers.
    pub struct LeverRow in "levers.csv" may be infinite: "variance_ratio" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The place of the lever by its largest change of any outcome, from 1; all rows of a lever in a
        /// world have the same.
        pub rank: u64,
        /// The first place that it may have: where this is not the last one, it is tied with others (95 %,
        /// over all levers and outcomes at once).
        pub rank_low: u64,
        /// The last place that it may have.
        pub rank_high: u64,
        /// Whose move it is.
        pub actor: String,
        /// The move: `actor.action`.
        pub action: String,
        /// Whether it is forced or forbidden.
        pub lever: Pull,
        /// The share of plain trials, in which nobody forces the move, in which it was made at least
        /// once, in 0..1.
        pub made_unforced: f64,
        /// The share of trials in which it was made when it was forced; empty in rows about
        /// forbidding it.
        pub made_forced: Option<f64>,
        /// Half the sum of the sizes of all changes of shares (total variation distance): the net
        /// share of trials that end in another outcome, in 0..1.
        pub distance: f64,
        /// The outcome's id.
        pub outcome: String,
        /// Its share in plain trials, in 0..1.
        pub share_plain: Option<f64>,
        /// Its share with the lever.
        pub share_with: Option<f64>,
        /// The difference, in −1..1.
        pub difference: f64,
        /// The difference drawn towards zero by as much as the differences of this world are noise
        /// (empirical Bayes). See [`crate::stats::shrunk`].
        pub shrunk: f64,
        /// The lower end of the difference's 95 % interval.
        pub low: f64,
        /// The upper end.
        pub high: f64,
        /// The lower end over all levers and outcomes at once (Bonferroni): it excludes zero if and only
        /// if the difference stands out.
        pub low_all: f64,
        /// The upper end.
        pub high_all: f64,
        /// The exact probability, if the lever changed nothing, that the trials that flip are as uneven as
        /// they are (McNemar).
        pub p_value: f64,
        /// How many trials had the outcome in the plain run only.
        pub n_ab: u64,
        /// How many had it with the lever only.
        pub n_ba: u64,
        /// How many times as many trials would be needed without common random numbers.
        pub variance_ratio: Option<f64>,
    }
}

/// What kind of thing came before an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BeforeKind {
    /// An event.
    Event,
    /// A bargain that was struck.
    Bargain,
    /// An action.
    Action,
    /// An item of the menu of an action.
    Item,
    /// An entry of the calendar.
    Calendar,
}

row! {
    /// How often something came in the plain trials with an outcome, and how often in those without: what
    /// goes with the outcome, which need not be what brings it about. Beside it stands what the lever of the
    /// same action changes, which is an effect. There is a row for each outcome that came in some plain
    /// trials but not in all, and each thing that came in any.
    pub struct BeforeRow in "before.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy in force.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id.
        pub outcome: String,
        /// What kind of thing it is: `event`, `bargain`, `action`, `item` of the menu of an action, or
        /// `calendar`.
        pub kind: BeforeKind,
        /// Its name.
        pub happening: String,
        /// How many plain trials were played.
        pub trials: u64,
        /// How many of them ended in the outcome.
        pub ended: u64,
        /// The share of all these trials in which it came at least once, in 0..1.
        pub share: f64,
        /// The lower end of its 95 % interval (Wilson).
        pub share_low: f64,
        /// The upper end.
        pub share_high: f64,
        /// The share of the trials with the outcome in which it came.
        pub share_with: f64,
        /// The lower end of its 95 % interval (Wilson).
        pub with_low: f64,
        /// The upper end.
        pub with_high: f64,
        /// The share of the trials without the outcome in which it came.
        pub share_without: f64,
        /// The lower end of its 95 % interval (Wilson).
        pub without_low: f64,
        /// The upper end.
        pub without_high: f64,
        /// The share with the outcome less that without, in −1..1.
        pub difference: f64,
        /// The lower end of its 95 % interval (Newcombe).
        pub low: f64,
        /// The upper end.
        pub high: f64,
        /// The lower end over all rows at once (Bonferroni).
        pub low_all: f64,
        /// The upper end.
        pub high_all: f64,
        /// Of an action, by how much forcing it changes the share of the outcome: the `difference` of
        /// `levers.csv`. Empty where there is no such lever.
        pub forced: Option<f64>,
        /// The lower end of its interval over all levers and outcomes at once.
        pub forced_low: Option<f64>,
        /// The upper end.
        pub forced_high: Option<f64>,
        /// By how much forbidding it does.
        pub forbidden: Option<f64>,
        /// The lower end of its interval over all levers and outcomes at once.
        pub forbidden_low: Option<f64>,
        /// The upper end.
        pub forbidden_high: Option<f64>,
    }
}

impl CheckedRow for BeforeRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_outcome(played, "outcome", &self.outcome)?;
        let mut known = played.model().happenings.iter();
        let is_known = known.any(|happening| happening.name == self.happening);
        Misfit::unless(is_known, "happening", &self.happening, "something that can happen")
    }
}

impl BeforeRow {
    /// Whether it came more or less often with the outcome than without, over all rows at once.
    pub fn stands_out(&self) -> bool {
        self.low_all > 0.0 || self.high_all < 0.0
    }
}

impl CheckedRow for LeverRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        let model = played.model();
        let is_actor = model.actors.iter().any(|actor| actor.name == self.actor);
        Misfit::unless(is_actor, "actor", &self.actor, "an actor of the scenario")?;
        let is_action = model.happenings.iter().any(|happening| happening.name == self.action);
        Misfit::unless(is_action, "action", &self.action, "an action of the scenario")?;
        Misfit::unless_outcome(played, "outcome", &self.outcome)
    }
}

impl LeverRow {
    /// Whether the difference stands out from the noise over all levers and outcomes at once: its exact
    /// p value is at most 0.05 over their number, and so the interval excludes zero.
    pub fn stands_out(&self) -> bool {
        self.low_all > 0.0 || self.high_all < 0.0
    }

    /// Whether it is not distinguishable from a lever with another place.
    pub fn is_tied(&self) -> bool {
        self.rank_low < self.rank_high
    }
}

impl LeverTables {
    /// For each lever, the row of the outcome that it changes most (the first of equal changes), in
    /// the order of the ranking.
    pub fn largest(&self) -> Vec<&LeverRow> {
        let of_one = self.levers.chunk_by(|a, b| a.rank == b.rank);
        let size = |row: &&LeverRow| row.difference.abs();
        of_one
            .filter_map(|rows| rows.iter().rev().max_by(|a, b| size(a).total_cmp(&size(b))))
            .collect()
    }
}
