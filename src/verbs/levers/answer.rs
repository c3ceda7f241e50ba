//! Plays every lever with common random numbers, and ranks the levers by what they change.

use super::question::LeverQuestion;
use super::tables::{LeverRow, LeverTables};
use crate::study::{self, CellSummary, Lever, PairSummary, Pull, levers};
use crate::verbs::answer::{Answer, Ask, Halt, Playing, Work};
use crate::verbs::differences::{ComparedOutcome, compared_outcomes};
use crate::verbs::grid::Grid;
use crate::verbs::question::Question;
use crate::verbs::shared::CellTables;

impl Ask for LeverQuestion {
    type Tables = LeverTables;

    fn work(&self, grid: &Grid) -> Work {
        let cells = grid.models.len() as u64;
        Work { trials: self.trials().saturating_mul(cells), replays: 0, outcomes: Vec::new() }
    }

    /// Plays the plain run and every lever in each world, and computes the tables.
    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<LeverTables>, Halt> {
        let compared = study::compare(&grid.models, &grid.pairs, playing.plan, playing.watch);
        let (cells, pairs) =
            compared.map_err(|stopped| Halt::of(stopped, |which| grid.names[which].under()))?;
        let CellTables { summary, ends, happenings } = CellTables::of(grid, &cells);
        let levers = ranked(grid, &pairs);
        let levers = levers.iter().enumerate();
        let levers =
            levers.flat_map(|(at, pulled)| pulled.rows(at as u64 + 1, grid, &cells, &pairs));
        let tables = LeverTables { summary, ends, happenings, levers: levers.collect() };
        Ok(Answer { tables, warnings: Vec::new() })
    }
}

/// A lever and what it changes in one world.
struct PulledLever {
    lever: Lever,
    /// The index, among those that were compared, of the pair of the plain run and this lever.
    pair: usize,
    differences: Vec<ComparedOutcome>,
}

impl PulledLever {
    /// Half the sum of all changes of shares.
    fn distance(&self) -> f64 {
        let changes = self.differences.iter().map(|d| d.paired.difference().abs());
        changes.sum::<f64>() / 2.0
    }

    /// The largest change of any outcome.
    fn largest(&self) -> f64 {
        self.differences.iter().map(|d| d.paired.difference().abs()).fold(0.0, f64::max)
    }

    fn rows(
        &self,
        rank: u64,
        grid: &Grid,
        cells: &[CellSummary],
        pairs: &[PairSummary],
    ) -> Vec<LeverRow> {
        let pair = &pairs[self.pair];
        let (cell, model) = (&grid.names[pair.a], &grid.models[pair.a]);
        let made = |cell: usize| {
            let happened = cells[cell].happened[self.lever.what.0 as usize];
            happened as f64 / cells[cell].trials.max(1) as f64
        };
        let rows = self.differences.iter().map(|difference| {
            let paired = difference.paired;
            LeverRow {
                scenario: cell.scenario.clone(),
                policy: cell.policy.clone(),
                world: cell.world.clone(),
                rank,
                actor: model.actors[self.lever.actor].name.clone(),
                action: self.lever.action(model).to_owned(),
                lever: self.lever.pull,
                made_unforced: made(pair.a),
                made_forced: match self.lever.pull {
                    Pull::Forced => Some(made(pair.b)),
                    Pull::Forbidden => None,
                },
                distance: self.distance(),
                outcome: model.outcome_id(difference.outcome.0).to_owned(),
                share_plain: paired.share_a(),
                share_with: paired.share_b(),
                difference: paired.difference(),
                low: difference.own.low,
                high: difference.own.high,
                low_all: difference.all.low,
                high_all: difference.all.high,
                n_ab: paired.only_a,
                n_ba: paired.only_b,
                variance_ratio: paired.variance_ratio(),
            }
        });
        rows.collect()
    }
}

/// The levers in all worlds, the largest change of any outcome first; equal ones in file order.
fn ranked(grid: &Grid, pairs: &[PairSummary]) -> Vec<PulledLever> {
    let levers = levers(&grid.models[0]);
    let mut all: Vec<PulledLever> = (0..pairs.len())
        .map(|pair| PulledLever {
            lever: levers[pair % levers.len()],
            pair,
            differences: Vec::new(),
        })
        .collect();
    for difference in compared_outcomes(grid, pairs) {
        all[difference.pair].differences.push(difference);
    }
    all.sort_by(|a, b| b.largest().total_cmp(&a.largest()));
    all
}
