//! Plays several models with common random numbers and compares them trial by trial.

use std::convert::Infallible;

use super::end_mean::EndMean;
use super::ends::{End, EndKind, ends};
use super::flips::Flips;
use super::folded::Folded;
use super::goal::{Goal, named_outcomes};
use super::goal_trials::{GoalTrials, GoalsAsked};
use super::made::{MadeMove, MadeTally};
use super::play::{Plan, Watch, play_side_by_side};
use super::stopped::Stopped;
use crate::engine::{Engine, Recording, TrialBlock};
use crate::model::{Forced, Model};
use crate::stats::{Moments, Paired, PairedMean};

/// The results of one model.
#[derive(Clone, Debug)]
pub struct CellSummary {
    /// How many trials there were.
    pub trials: u64,
    /// How many ended in each outcome, in file order; unresolved last.
    pub outcomes: Vec<u64>,
    /// In how many trials each happening happened at least once.
    pub happened: Vec<u64>,
    /// For each happening, in how many of these trials each outcome came about, where this was asked for; else
    /// empty.
    pub happened_before: Vec<Vec<u64>>,
    /// The moves that the policy forces, then those that were counted besides, and in how many
    /// trials each was made.
    pub made: Vec<MadeMove>,
    /// The moments of each end of [`ends`].
    pub ends: Vec<Moments>,
    /// The means of those of them that are no utilities, with their intervals, where these were asked for;
    /// else empty.
    pub means: Vec<EndMean>,
}

impl CellSummary {
    /// The share of an outcome.
    pub fn share(&self, outcome: usize) -> f64 {
        if self.trials == 0 { 0.0 } else { self.outcomes[outcome] as f64 / self.trials as f64 }
    }

    /// How well the model does by a goal that was checked: a probability, or a mean utility in 0..1.
    pub fn goal_value(&self, model: &Model, goal: &Goal) -> f64 {
        let share = |names: &[String]| -> f64 {
            let count: u64 = named_outcomes(model, names).map(|index| self.outcomes[index]).sum();
            if self.trials == 0 { 0.0 } else { count as f64 / self.trials as f64 }
        };
        match goal {
            Goal::Avoid(names) => 1.0 - share(names),
            Goal::Seek(names) => share(names),
            Goal::Actor(name) => {
                let all = ends(model);
                let own = all.iter().position(|e| e.kind == EndKind::Utility && e.name == *name);
                own.and_then(|index| self.ends[index].mean()).unwrap_or(0.0)
            }
        }
    }
}

/// The comparison of two models that were played with common random numbers.
#[derive(Clone, Debug)]
pub struct PairSummary {
    /// The index of the baseline among the models.
    pub a: usize,
    /// The index of the model that is compared with it.
    pub b: usize,
    /// The outcomes that both have: the index in each, and the paired counts.
    pub outcomes: Vec<(usize, usize, Paired)>,
    /// How many trials went from which outcome to which.
    pub flips: Flips,
    /// The numbers at the end that both have: the index in each, and the differences, b − a.
    pub ends: Vec<(usize, usize, PairedMean)>,
}

/// Several models that were played with common random numbers, and what of them was compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The results of each model.
    pub cells: Vec<CellSummary>,
    /// The pairs that were asked for, in their order.
    pub pairs: Vec<PairSummary>,
    /// How well all models do by each goal, in the order of the goals.
    pub goals: Vec<GoalTrials>,
}

/// The outcomes that two models both have, by name: the index in each, `unresolved` included.
fn common_outcomes(a: &Model, b: &Model) -> Vec<(usize, usize)> {
    let find = |id: &str| b.outcomes.iter().position(|outcome| outcome.id == id);
    let own = a.outcomes.iter().enumerate();
    own.filter_map(|(index, outcome)| Some((index, find(&outcome.id)?)))
        .chain([(a.outcomes.len(), b.outcomes.len())])
        .collect()
}

/// The counts of one model so far.
struct CellTally {
    ends: Vec<End>,
    outcomes: Vec<u64>,
    happened: Vec<u64>,
    happened_before: Vec<Vec<u64>>,
    made: MadeTally,
    sums: Vec<Folded>,
    means: Vec<EndMean>,
}

impl CellTally {
    fn add(&mut self, model: &Model, leaf: &TrialBlock) {
        for outcome in &leaf.outcomes {
            self.outcomes[*outcome as usize] += 1;
        }
        for (index, count) in self.happened.iter_mut().enumerate() {
            *count += leaf.first_step(index).iter().flatten().count() as u64;
        }
        for (index, before) in self.happened_before.iter_mut().enumerate() {
            for (first, outcome) in leaf.first_step(index).iter().zip(&leaf.outcomes) {
                before[*outcome as usize] += u64::from(first.is_some());
            }
        }
        self.made.add(leaf);
        let mut values = Vec::new();
        let mut means = self.means.iter_mut();
        for (end, sums) in self.ends.iter().zip(&mut self.sums) {
            end.read(leaf, &mut values);
            sums.add(&values);
            // Utilities come last, and have no mean here.
            if let Some(mean) = means.next() {
                mean.add(model, &values);
            }
        }
    }
}

/// The counts of one pair so far.
struct PairTally {
    a: usize,
    b: usize,
    flips: Flips,
    ends: Vec<(usize, usize, PairedMean)>,
}

impl PairTally {
    fn new(cells: &[CellTally], a: usize, b: usize) -> Self {
        let find = |end: &End| cells[b].ends.iter().position(|other| end.is_same_as(other));
        let own = cells[a].ends.iter().enumerate();
        let ends = own.filter_map(|(at, end)| Some((at, find(end)?, PairedMean::default())));
        PairTally { a, b, flips: Flips::default(), ends: ends.collect() }
    }

    fn add(&mut self, cells: &[CellTally], first: &TrialBlock, second: &TrialBlock) {
        for (row, (a, b)) in first.outcomes.iter().zip(&second.outcomes).enumerate() {
            self.flips.add(*a as usize, *b as usize, first.first + row as u64);
        }
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for (end_a, end_b, differences) in &mut self.ends {
            cells[self.a].ends[*end_a].read(first, &mut before);
            cells[self.b].ends[*end_b].read(second, &mut after);
            for (b, a) in after.iter_mut().zip(&before) {
                // A difference beyond the largest number counts as that number.
                *b = (*b - a).clamp(f64::MIN, f64::MAX);
            }
            differences.add_all(&after);
        }
    }

    fn finish(self, models: &[Model]) -> PairSummary {
        let outcomes = common_outcomes(&models[self.a], &models[self.b]);
        let mut under_a = vec![0; models[self.a].outcomes.len() + 1];
        let mut under_b = vec![0; models[self.b].outcomes.len() + 1];
        for (a, b, count) in self.flips.iter() {
            under_a[a] += count;
            under_b[b] += count;
        }
        let n = under_a.iter().sum();
        let paired = |a: usize, b: usize| {
            let both = self.flips.count(a, b);
            Paired { n, both, only_a: under_a[a] - both, only_b: under_b[b] - both }
        };
        PairSummary {
            a: self.a,
            b: self.b,
            outcomes: outcomes.into_iter().map(|(a, b)| (a, b, paired(a, b))).collect(),
            ends: self.ends,
            flips: self.flips,
        }
    }
}

/// Plays several models with common random numbers and compares them in pairs (a, b) of indices.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names the model by its index.
pub fn compare(
    models: &[Model],
    pairs: &[(usize, usize)],
    plan: Plan,
    watch: &dyn Watch,
) -> Result<(Vec<CellSummary>, Vec<PairSummary>), Stopped<Infallible>> {
    let besides = Besides { moves: vec![Vec::new(); models.len()], ..Besides::default() };
    let compared = compare_besides(models, pairs, &besides, plan, watch)?;
    Ok((compared.cells, compared.pairs))
}

/// What is counted of models besides what [`compare`] counts.
#[derive(Clone, Debug, Default)]
pub struct Besides<'g> {
    /// For each model, further moves inside windows, besides those that its policy forces.
    pub moves: Vec<Vec<Forced>>,
    /// The goals by which the models are judged.
    pub goals: GoalsAsked<'g>,
    /// Whether the means of state and measures at the end are to be known with intervals.
    pub means: bool,
    /// The models of which it is counted what happened before each outcome, by their indices.
    pub before: Vec<usize>,
}

/// Plays several models with common random numbers and compares them in pairs (a, b) of indices, and
/// counts more. Memory does not grow with the number of trials.
///
/// # Errors
///
/// [`Stopped`]; a numerical error names the model by its index.
pub fn compare_besides(
    models: &[Model],
    pairs: &[(usize, usize)],
    besides: &Besides<'_>,
    plan: Plan,
    watch: &dyn Watch,
) -> Result<Compared, Stopped<Infallible>> {
    let Besides { moves, goals: GoalsAsked { goals, policies }, means, before } = besides;
    let plan = Plan { recording: Recording::End, ..plan };
    let engine = |(model, further): (_, &Vec<Forced>)| {
        plan.engine_of(model).with_utilities().counting(further)
    };
    let engines: Vec<Engine<'_>> = models.iter().zip(moves).map(engine).collect();
    let mut cells: Vec<CellTally> = models
        .iter()
        .zip(moves)
        .enumerate()
        .map(|(at, (model, further))| {
            let ends = ends(model);
            let sums = vec![Folded::default(); ends.len()];
            let outcomes = vec![0; model.outcomes.len() + 1];
            let happened = vec![0; model.happenings.len()];
            let is_asked = before.contains(&at);
            let asked = if is_asked { model.happenings.len() } else { 0 };
            let happened_before = vec![vec![0; model.outcomes.len() + 1]; asked];
            let made = MadeTally::new(model, further);
            let means = if *means { EndMean::all(model) } else { Vec::new() };
            CellTally { ends, outcomes, happened, happened_before, made, sums, means }
        })
        .collect();
    let mut tallies: Vec<PairTally> =
        pairs.iter().map(|(a, b)| PairTally::new(&cells, *a, *b)).collect();
    let of_goal = |goal| GoalTrials::new(goal, policies, models.len());
    let mut goals: Vec<GoalTrials> = goals.iter().map(of_goal).collect();
    play_side_by_side(&engines, plan, watch, |wave| {
        for ((cell, model), leaves) in cells.iter_mut().zip(models).zip(wave) {
            leaves.iter().for_each(|leaf| cell.add(model, leaf));
        }
        for pair in &mut tallies {
            for (first, second) in wave[pair.a].iter().zip(&wave[pair.b]) {
                pair.add(&cells, first, second);
            }
        }
        goals.iter_mut().for_each(|goal| goal.add(models, wave));
        Ok(())
    })?;
    let pairs = tallies.into_iter().map(|pair| pair.finish(models)).collect();
    let cells = cells.into_iter().map(|cell| CellSummary {
        trials: cell.outcomes.iter().sum(),
        outcomes: cell.outcomes,
        happened: cell.happened,
        happened_before: cell.happened_before,
        made: cell.made.finish(),
        ends: cell.sums.iter().map(Folded::moments).collect(),
        means: cell.means,
    });
    Ok(Compared { cells: cells.collect(), pairs, goals })
}
