//! Whether a policy was carried out: how often each move that it forces was made in its window, and
//! how often it would have been made without the policy.

use super::grid::{CellName, Grid};
use super::tables::{CheckedRow, Misfit, row};
use crate::model::{Forced, Model};
use crate::report::{Played, full_name};
use crate::scenario::split_item;
use crate::study::{CellSummary, MadeMove};

row! {
    /// How often a move that a policy forces was made in its window. A forced move is not made where
    /// it is never open there.
    pub struct FidelityRow in "fidelity.csv" {
        /// The scenario.
        pub scenario: String,
        /// The policy that forces the move.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The move: `actor.action`.
        pub action: String,
        /// The item of the action's menu that is forced; empty for the whole action.
        pub item: Option<String>,
        /// The first step of the window, from 0.
        pub from: u64,
        /// The last step of the window.
        pub to: u64,
        /// The share of trials under the policy in which the move was made in its window at least as
        /// often as the policy asks, in 0..1.
        pub made: f64,
        /// The share of the same trials without the policy, in 0..1; empty where these were not
        /// played.
        pub made_without: Option<f64>,
        /// How many trials were played.
        pub trials: u64,
    }
}

impl CheckedRow for FidelityRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        let name = self.full_name();
        let has = |model: &Model| model.happenings.iter().any(|own| own.name == name);
        let is_action = played.files().any(|file| has(file.model));
        Misfit::unless(is_action, "action", &name, "an action of the scenario")?;
        let is_share = (0.0..=1.0).contains(&self.made);
        Misfit::unless(is_share, "made", self.made, "a share from 0 to 1")
    }
}

impl FidelityRow {
    /// The rows of one cell: a row for each move that its policy forces, in the order of the file.
    /// `without` are the moves that were counted in the trials without the policy, and how many
    /// trials these were.
    pub fn of(
        cell: &CellName,
        model: &Model,
        (made, trials): (&[MadeMove], u64),
        without: Option<(&[MadeMove], u64)>,
    ) -> Vec<FidelityRow> {
        let share = |made: &[MadeMove], trials: u64, force: &Forced| {
            let own = made.iter().find(|own| own.force == *force)?;
            Some(own.trials as f64 / trials.max(1) as f64)
        };
        let last = model.truth.steps.saturating_sub(1);
        let rows = model.rules.forced.iter().filter_map(|force| {
            // A window without an end ends with the run.
            let (action, item) = split_item(&model.happening(force.what).name);
            let to = if force.to == u32::MAX { last.max(force.from) } else { force.to };
            Some(FidelityRow {
                scenario: cell.scenario.clone(),
                policy: cell.policy.clone(),
                world: cell.world.clone(),
                action: action.to_owned(),
                item: item.map(str::to_owned),
                from: u64::from(force.from),
                to: u64::from(to),
                made: share(made, trials, force)?,
                made_without: without.and_then(|(made, trials)| share(made, trials, force)),
                trials,
            })
        });
        rows.collect()
    }

    /// The rows of all cells of a grid, each compared with the cell of the same scenario and world
    /// under the policy `without`.
    pub fn of_grid(grid: &Grid, cells: &[CellSummary], without: &str) -> Vec<FidelityRow> {
        let each = grid.names.iter().zip(&grid.models).zip(cells).enumerate();
        let rows = each.flat_map(|(at, ((name, model), summary))| {
            let without = cell_without(grid, at, without)
                .map(|cell| (cells[cell].made.as_slice(), cells[cell].trials));
            FidelityRow::of(name, model, (&summary.made, summary.trials), without)
        });
        rows.collect()
    }

    /// The full name of the move: `a.attack`, or `a.propose[x=0.5]`.
    pub fn full_name(&self) -> String {
        full_name(&self.action, self.item.as_deref())
    }

    /// Whether the move was made in under half of the trials.
    pub fn is_hardly_made(&self) -> bool {
        self.made < 0.5
    }
}

/// The moves to count in each cell of a grid, besides those that its own policy forces: the cell
/// under the policy `without` counts the moves that the others force.
pub fn counted_moves(grid: &Grid, without: &str) -> Vec<Vec<Forced>> {
    let mut counted = vec![Vec::new(); grid.models.len()];
    for (at, model) in grid.models.iter().enumerate() {
        if let Some(cell) = cell_without(grid, at, without) {
            counted[cell].extend_from_slice(&model.rules.forced);
        }
    }
    counted
}

/// The cell of the same scenario and world under the policy `without`, unless it is the same cell.
fn cell_without(grid: &Grid, cell: usize, without: &str) -> Option<usize> {
    let own = &grid.names[cell];
    let found = grid.names.iter().position(|other| {
        other.policy == without && other.scenario == own.scenario && other.world == own.world
    });
    found.filter(|found| *found != cell)
}
