//! What came before each outcome in the plain run, beside what the levers change.

use super::tables::{BeforeKind, BeforeRow, LeverRow};
use crate::model::{HappeningKind, Model};
use crate::stats::{Interval, TwoShares, wilson};
use crate::study::{CellSummary, LEVEL, Pull};
use crate::verbs::grid::{CellName, Grid};

/// The rows of all cells in which it was counted, in their order.
pub(super) fn before(grid: &Grid, cells: &[CellSummary], levers: &[LeverRow]) -> Vec<BeforeRow> {
    let each = || grid.names.iter().zip(&grid.models).zip(cells);
    let comparisons: usize = each().map(|((_, model), cell)| counted(model, cell).count()).sum();
    let comparisons = comparisons.max(1) as u64;
    let rows = each().flat_map(|((name, model), cell)| {
        let of = Before { name, model, cell, levers, comparisons };
        counted(model, cell).map(move |(outcome, what)| of.row(outcome, what)).collect::<Vec<_>>()
    });
    rows.collect()
}

/// The outcomes that came in some trials and not in all, each with all that happened in any trial.
fn counted<'a>(
    model: &'a Model,
    cell: &'a CellSummary,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let is_open = |outcome: &usize| (1..cell.trials).contains(&cell.outcomes[*outcome]);
    let happened = cell.happened_before.iter().zip(&cell.happened);
    let came: Vec<usize> =
        happened.enumerate().filter(|(_, (_, trials))| **trials > 0).map(|(at, _)| at).collect();
    (0..=model.outcomes.len())
        .filter(is_open)
        .flat_map(move |outcome| came.clone().into_iter().map(move |what| (outcome, what)))
}

/// What the rows of a cell are made of.
#[derive(Clone, Copy)]
struct Before<'a> {
    name: &'a CellName,
    model: &'a Model,
    cell: &'a CellSummary,
    levers: &'a [LeverRow],
    comparisons: u64,
}

impl Before<'_> {
    fn row(&self, outcome: usize, what: usize) -> BeforeRow {
        let CellSummary { trials, outcomes, happened, happened_before, .. } = self.cell;
        let (ended, happened) = (outcomes[outcome], happened[what]);
        let both = happened_before[what][outcome];
        let (others, only_others) = (trials - ended, happened - both);
        let shares = TwoShares { hits_a: both, n_a: ended, hits_b: only_others, n_b: others };
        let [own, all] = [1, self.comparisons].map(|count| shares.interval(LEVEL, count));
        let known = |hits, n| wilson(hits, n, LEVEL, 1);
        let [any, with, without] =
            [known(happened, *trials), known(both, ended), known(only_others, others)];
        let info = &self.model.happenings[what];
        let id = self.model.outcome_id(outcome);
        let lever = |pull| self.lever(&info.name, id, pull);
        let (forced, forbidden) = (lever(Pull::Forced), lever(Pull::Forbidden));
        let share = |hits: u64, n: u64| hits as f64 / n.max(1) as f64;
        let ends = |found: Option<(f64, Interval)>| {
            (found.map(|own| own.0), found.map(|own| own.1.low), found.map(|own| own.1.high))
        };
        let (forced, forced_low, forced_high) = ends(forced);
        let (forbidden, forbidden_low, forbidden_high) = ends(forbidden);
        BeforeRow {
            scenario: self.name.scenario.clone(),
            policy: self.name.policy.clone(),
            world: self.name.world.clone(),
            outcome: id.to_owned(),
            kind: BeforeKind::of(info.kind),
            happening: info.name.clone(),
            trials: *trials,
            ended,
            share: share(happened, *trials),
            share_low: any.low,
            share_high: any.high,
            share_with: share(both, ended),
            with_low: with.low,
            with_high: with.high,
            share_without: share(only_others, others),
            without_low: without.low,
            without_high: without.high,
            difference: share(both, ended) - share(only_others, others),
            low: own.low,
            high: own.high,
            low_all: all.low,
            high_all: all.high,
            forced,
            forced_low,
            forced_high,
            forbidden,
            forbidden_low,
            forbidden_high,
        }
    }

    /// What a lever of the same name changes of an outcome in this world, with its interval over all levers.
    fn lever(&self, action: &str, outcome: &str, pull: Pull) -> Option<(f64, Interval)> {
        let is_own = |row: &&LeverRow| {
            row.world == self.name.world
                && row.action == action
                && row.outcome == outcome
                && row.lever == pull
        };
        let row = self.levers.iter().find(is_own)?;
        Some((row.difference, Interval { low: row.low_all, high: row.high_all }))
    }
}

impl BeforeKind {
    fn of(kind: HappeningKind) -> Self {
        match kind {
            HappeningKind::Event => BeforeKind::Event,
            HappeningKind::Bargain => BeforeKind::Bargain,
            HappeningKind::Action(_) => BeforeKind::Action,
            HappeningKind::Item(_) => BeforeKind::Item,
            HappeningKind::Calendar => BeforeKind::Calendar,
        }
    }
}
