//! Plays every lever with common random numbers, and ranks the levers by what they change.

use super::before::before;
use super::question::LeverQuestion;
use super::tables::{LeverRow, LeverTables};
use crate::stats::shrunk;
use crate::study::{self, Besides, CellSummary, Compared, Lever, PairSummary, Pull, levers};
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

    fn answer(&self, grid: &Grid, playing: &Playing<'_>) -> Result<Answer<LeverTables>, Halt> {
        let Compared { cells, pairs, .. } = play(grid, playing)?;
        let CellTables { summary, ends, happenings } = CellTables::of(grid, &cells);
        let levers = ranked(grid, &pairs);
        let places = places(&levers);
        let levers = levers.iter().zip(&places);
        let levers = levers.flat_map(|(pulled, place)| pulled.rows(*place, grid, &cells, &pairs));
        let levers: Vec<LeverRow> = levers.collect();
        let before = before(grid, &cells, &levers);
        let tables = LeverTables { summary, ends, happenings, levers, before };
        Ok(Answer { tables, ..Answer::default() })
    }

    fn can_be_cut(&self) -> Result<(), String> {
        Ok(())
    }

    fn play_alone(&self, grid: &Grid, playing: &Playing<'_>) -> Result<(), Halt> {
        play(grid, playing).map(drop)
    }
}

/// Plays the plain run and every lever in each world.
fn play(grid: &Grid, playing: &Playing<'_>) -> Result<Compared, Halt> {
    let mut plain: Vec<usize> = grid.pairs.iter().map(|(plain, _)| *plain).collect();
    plain.dedup();
    let moves = vec![Vec::new(); grid.models.len()];
    let besides = Besides { moves, before: plain, ..Besides::default() };
    let Playing { plan, watch, .. } = *playing;
    let compared = study::compare_besides(&grid.models, &grid.pairs, &besides, plan, watch);
    compared.map_err(|stopped| Halt::of(stopped, |which| grid.names[which].under()))
}

/// A lever and what it changes in one world.
struct PulledLever {
    lever: Lever,
    /// The index, among those that were compared, of the pair of the plain run and this lever.
    pair: usize,
    differences: Vec<ComparedOutcome>,
    /// Each difference, drawn towards zero by as much as it is noise.
    shrunk: Vec<f64>,
}

/// The place of a lever in the ranking, and the first and the last that it may have.
#[derive(Clone, Copy)]
struct LeverPlace {
    rank: u64,
    first: u64,
    last: u64,
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

    /// Between which bounds the largest change of any outcome lies, if all intervals hold at once.
    fn largest_between(&self) -> (f64, f64) {
        let least = |d: &ComparedOutcome| d.all.low.max(-d.all.high).max(0.0);
        let most = |d: &ComparedOutcome| d.all.high.max(-d.all.low);
        let of = |end: &dyn Fn(&ComparedOutcome) -> f64| {
            self.differences.iter().map(end).fold(0.0, f64::max)
        };
        (of(&least), of(&most))
    }

    fn rows(
        &self,
        place: LeverPlace,
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
        let rows = self.differences.iter().zip(&self.shrunk).map(|(difference, shrunk)| {
            let paired = difference.paired;
            LeverRow {
                scenario: cell.scenario.clone(),
                policy: cell.policy.clone(),
                world: cell.world.clone(),
                rank: place.rank,
                rank_low: place.first,
                rank_high: place.last,
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
                shrunk: *shrunk,
                low: difference.own.low,
                high: difference.own.high,
                low_all: difference.all.low,
                high_all: difference.all.high,
                p_value: difference.p_value,
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
            shrunk: Vec::new(),
        })
        .collect();
    for difference in compared_outcomes(grid, pairs) {
        all[difference.pair].differences.push(difference);
    }
    // The levers of a world are shrunk together.
    for own in all.chunks_mut(levers.len()) {
        let each = own.iter().flat_map(|lever| &lever.differences);
        let estimates: Vec<(f64, f64)> =
            each.map(|d| (d.paired.difference(), d.paired.standard_error())).collect();
        let mut rest = shrunk(&estimates).into_iter();
        for lever in own {
            lever.shrunk = rest.by_ref().take(lever.differences.len()).collect();
        }
    }
    all.sort_by(|a, b| b.largest().total_cmp(&a.largest()));
    all
}

/// The places of levers in their order. A lever surely comes after all whose largest change is surely
/// larger, and before all whose largest change is surely smaller.
///
/// Source: Klein, Wright & Wieczorek 2020, "A joint confidence region for an overall ranking of
/// populations", Journal of the Royal Statistical Society C 69.
fn places(levers: &[PulledLever]) -> Vec<LeverPlace> {
    let bounds: Vec<(f64, f64)> = levers.iter().map(PulledLever::largest_between).collect();
    let place = |(at, (least, most)): (usize, &(f64, f64))| {
        let before = bounds.iter().filter(|other| other.0 > *most).count() as u64;
        let after = bounds.iter().filter(|other| other.1 < *least).count() as u64;
        LeverPlace { rank: at as u64 + 1, first: before + 1, last: levers.len() as u64 - after }
    };
    bounds.iter().enumerate().map(place).collect()
}
