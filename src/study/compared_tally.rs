//! What is counted of several models that are played with common random numbers.

use serde::{Deserialize, Serialize};

use super::compared::{Besides, CellSummary, Compared, PairSummary};
use super::end_mean::EndMean;
use super::ends::{End, ends};
use super::flips::Flips;
use super::goal_trials::{GoalTrials, GoalsAsked};
use super::made::MadeTally;
use super::part::{Joinable, add_counts};
use crate::engine::TrialBlock;
use crate::model::{Forced, Model};
use crate::stats::{Folding, Moments, PairedMean};

/// The outcomes that two models both have, by name: the index in each, `unresolved` included.
fn common_outcomes(a: &Model, b: &Model) -> Vec<(usize, usize)> {
    let find = |id: &str| b.outcomes.iter().position(|outcome| outcome.id == id);
    let own = a.outcomes.iter().enumerate();
    own.filter_map(|(index, outcome)| Some((index, find(&outcome.id)?)))
        .chain([(a.outcomes.len(), b.outcomes.len())])
        .collect()
}

/// The counts of one model so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct CellTally {
    ends: Vec<End>,
    outcomes: Vec<u64>,
    happened: Vec<u64>,
    happened_before: Vec<Vec<u64>>,
    made: MadeTally,
    sums: Vec<Folding<Moments>>,
    means: Vec<EndMean>,
}

impl CellTally {
    /// Nothing counted yet of a model, from a trial on; `asked` says what is counted besides, and `which` is the
    /// index of the model.
    fn from(model: &Model, which: usize, asked: &Besides<'_>, first: u64) -> Self {
        let ends = ends(model);
        let sums = vec![Folding::from(first); ends.len()];
        let outcomes = vec![0; model.outcomes.len() + 1];
        let happened = vec![0; model.happenings.len()];
        let is_asked = asked.before.contains(&which);
        let before = if is_asked { model.happenings.len() } else { 0 };
        let happened_before = vec![vec![0; model.outcomes.len() + 1]; before];
        let made = MadeTally::new(model, &asked.moves[which]);
        let means = if asked.means { EndMean::all(model, first) } else { Vec::new() };
        CellTally { ends, outcomes, happened, happened_before, made, sums, means }
    }

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

    fn finish(self, model: &Model, further: &[Forced]) -> CellSummary {
        CellSummary {
            trials: self.outcomes.iter().sum(),
            outcomes: self.outcomes,
            happened: self.happened,
            happened_before: self.happened_before,
            made: self.made.finish(model, further),
            ends: self.sums.iter().map(Folding::value).collect(),
            means: self.means,
        }
    }

    /// Joins the counts of the trials that follow.
    fn join(&mut self, later: Self) {
        add_counts(&mut self.outcomes, &later.outcomes);
        add_counts(&mut self.happened, &later.happened);
        for (own, later) in self.happened_before.iter_mut().zip(&later.happened_before) {
            add_counts(own, later);
        }
        self.made.join(&later.made);
        self.sums.iter_mut().zip(later.sums).for_each(|(own, later)| own.join(later));
        self.means.iter_mut().zip(later.means).for_each(|(own, later)| own.join(later));
    }
}

/// The counts of one pair so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct PairTally {
    a: usize,
    b: usize,
    flips: Flips,
    ends: Vec<(usize, usize, PairedMean)>,
}

impl PairTally {
    fn new(cells: &[CellTally], a: usize, b: usize, first: u64) -> Self {
        let find = |end: &End| cells[b].ends.iter().position(|other| end.is_same_as(other));
        let own = cells[a].ends.iter().enumerate();
        let ends = own.filter_map(|(at, end)| Some((at, find(end)?, PairedMean::from(first))));
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
        let same = common_outcomes(&models[self.a], &models[self.b]);
        let counts = self.flips.paired(&same);
        PairSummary {
            a: self.a,
            b: self.b,
            outcomes: same.into_iter().zip(counts).map(|((a, b), own)| (a, b, own)).collect(),
            ends: self.ends,
            flips: self.flips,
        }
    }
}

/// All counts so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ComparedTally {
    cells: Vec<CellTally>,
    pairs: Vec<PairTally>,
    goals: Vec<GoalTrials>,
}

impl ComparedTally {
    /// Nothing counted yet, from a trial on.
    pub fn from(
        models: &[Model],
        pairs: &[(usize, usize)],
        asked: &Besides<'_>,
        first: u64,
    ) -> Self {
        let GoalsAsked { goals, policies } = &asked.goals;
        let cells = models.iter().enumerate();
        let cells = cells.map(|(which, model)| CellTally::from(model, which, asked, first));
        let cells: Vec<CellTally> = cells.collect();
        let pairs = pairs.iter().map(|(a, b)| PairTally::new(&cells, *a, *b, first)).collect();
        let of_goal = |goal| GoalTrials::new(goal, policies, models.len(), first);
        ComparedTally { cells, pairs, goals: goals.iter().map(of_goal).collect() }
    }

    /// What was counted.
    pub fn finish(self, models: &[Model], asked: &Besides<'_>) -> Compared {
        let pairs = self.pairs.into_iter().map(|pair| pair.finish(models)).collect();
        let each = self.cells.into_iter().zip(models).zip(&asked.moves);
        let cells = each.map(|((cell, model), further)| cell.finish(model, further)).collect();
        Compared { cells, pairs, goals: self.goals }
    }

    /// Adds the blocks of all models, which hold the same trials.
    pub fn add(&mut self, models: &[Model], wave: &[Vec<TrialBlock>]) {
        for ((cell, model), leaves) in self.cells.iter_mut().zip(models).zip(wave) {
            leaves.iter().for_each(|leaf| cell.add(model, leaf));
        }
        for pair in &mut self.pairs {
            for (first, second) in wave[pair.a].iter().zip(&wave[pair.b]) {
                pair.add(&self.cells, first, second);
            }
        }
        self.goals.iter_mut().for_each(|goal| goal.add(models, wave));
    }
}

impl Joinable for ComparedTally {
    fn join(&mut self, later: Self) {
        for (own, later) in self.cells.iter_mut().zip(later.cells) {
            own.join(later);
        }
        for (own, later) in self.pairs.iter_mut().zip(later.pairs) {
            own.flips.join(later.flips);
            let ends = own.ends.iter_mut().zip(later.ends);
            ends.for_each(|((.., own), (.., later))| own.join(later));
        }
        self.goals.iter_mut().zip(later.goals).for_each(|(own, later)| own.join(later));
    }
}
