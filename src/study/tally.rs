//! Adds up blocks of trials in the summary of a run.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::again_numbers::most_draws;
use super::endings::Endings;
use super::few_values::FewValues;
use super::made::MadeTally;
use super::part::{Joinable, Take, add_counts, gather};
use super::percentiles::ColumnSummary;
use super::plan::Plan;
use super::play::play_side_by_side;
use super::rests_on::ByInput;
use super::settled::SettledTally;
use super::stopped::Stopped;
use super::summary::Summary;
use super::watch::Watch;
use crate::engine::{MoveCounts, TrialBlock, counted_options};
use crate::formula::Type;
use crate::model::Model;
use crate::stats::{Folding, Moments, Sketch};

/// What is known of one column.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum ColumnTally {
    Numbers(Box<NumberTally>),
    /// Of numbers of which a trial may have any number.
    Sketched(Box<Sketch>),
    /// Of zeros and ones: how many there are of each.
    Shares {
        zeros: u64,
        ones: u64,
    },
}

/// The moments and the sketch of a column of numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct NumberTally {
    sums: Folding<Moments>,
    sketch: Sketch,
}

impl ColumnTally {
    /// No values yet of a type, one a trial, from a trial on.
    fn of(ty: &Type, first: u64) -> Self {
        match ty {
            Type::Flag | Type::Label(_) => ColumnTally::Shares { zeros: 0, ones: 0 },
            Type::Number | Type::Unknown => {
                let (sums, sketch) = (Folding::from(first), Sketch::default());
                ColumnTally::Numbers(Box::new(NumberTally { sums, sketch }))
            }
        }
    }

    /// Adds the values that blocks hold for it; `room` is a buffer that is used again.
    fn add(&mut self, from: ColumnSource, blocks: &[TrialBlock], rows: usize, room: &mut Vec<f64>) {
        match self {
            ColumnTally::Numbers(tally) => {
                room.clear();
                for block in blocks {
                    room.extend_from_slice(from.values(block, rows));
                }
                tally.sums.add(room);
                tally.sketch.add_all(room);
            }
            ColumnTally::Sketched(sketch) => {
                blocks.iter().for_each(|block| sketch.add_all(from.values(block, rows)));
            }
            ColumnTally::Shares { zeros, ones } => {
                let wanted = from.label().unwrap_or(1.0);
                for block in blocks {
                    let values = from.values(block, rows);
                    let count = values.iter().map(|value| u64::from(*value == wanted)).sum::<u64>();
                    *ones += count;
                    *zeros += values.len() as u64 - count;
                }
            }
        }
    }

    /// The sketch of its values.
    fn sketch(&self) -> Cow<'_, Sketch> {
        match self {
            ColumnTally::Numbers(tally) => Cow::Borrowed(&tally.sketch),
            ColumnTally::Sketched(sketch) => Cow::Borrowed(sketch),
            ColumnTally::Shares { zeros, ones } => {
                let mut sketch = Sketch::default();
                sketch.add_n(0.0, *zeros);
                sketch.add_n(1.0, *ones);
                Cow::Owned(sketch)
            }
        }
    }

    fn summary(&self) -> ColumnSummary {
        match self {
            ColumnTally::Numbers(tally) => ColumnSummary::of(&tally.sums.value(), &tally.sketch),
            ColumnTally::Sketched(sketch) => ColumnSummary::of_sketch(sketch),
            ColumnTally::Shares { zeros, ones } => {
                ColumnSummary::of(&Moments::of_zeros_and_ones(*zeros, *ones), &self.sketch())
            }
        }
    }

    /// Joins what is known of the trials that follow.
    fn join(&mut self, later: ColumnTally) {
        match (self, later) {
            (ColumnTally::Numbers(own), ColumnTally::Numbers(later)) => {
                own.sums.join(later.sums);
                own.sketch.merge(&later.sketch);
            }
            (ColumnTally::Sketched(own), ColumnTally::Sketched(later)) => own.merge(&later),
            (ColumnTally::Shares { zeros, ones }, ColumnTally::Shares { zeros: no, ones: yes }) => {
                *zeros += no;
                *ones += yes;
            }
            (
                ColumnTally::Numbers(_) | ColumnTally::Sketched(_) | ColumnTally::Shares { .. },
                _,
            ) => {}
        }
    }
}

/// Where the values of a cell come from.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum ColumnSource {
    /// A recorded column at a row; for a label, whether it is this one.
    Series { column: usize, row: usize, label: Option<f64> },
    /// An assumption; for a label, whether it is this one.
    Assumption { column: usize, label: Option<f64> },
    /// An actor's λ times spread of V.
    Spread(usize),
    /// An actor's λ times standard error.
    Error(usize),
    /// How many plays an actor imagined where that was open.
    Thought(usize),
    /// Whether it was still undecided then.
    Undecided(usize),
}

impl ColumnSource {
    /// The values of a block; of a label, its number.
    fn values(self, block: &TrialBlock, rows: usize) -> &[f64] {
        match self {
            ColumnSource::Series { column, row, .. } => block.recorded(column, row, rows),
            ColumnSource::Assumption { column, .. } => block.assumption(column),
            ColumnSource::Spread(actor) => &block.spreads[actor],
            ColumnSource::Error(actor) => &block.errors[actor],
            ColumnSource::Thought(actor) => &block.thoughts[actor],
            ColumnSource::Undecided(actor) => &block.undecided[actor],
        }
    }

    /// The label that is counted.
    fn label(self) -> Option<f64> {
        match self {
            ColumnSource::Series { label, .. } | ColumnSource::Assumption { label, .. } => label,
            ColumnSource::Spread(_)
            | ColumnSource::Error(_)
            | ColumnSource::Thought(_)
            | ColumnSource::Undecided(_) => None,
        }
    }
}

/// Adds up blocks of trials, which must come in trial order.
pub struct Tally<'m> {
    model: &'m Model,
    counts: TallyCounts,
}

impl<'m> Tally<'m> {
    /// An empty tally.
    pub fn new(model: &'m Model) -> Self {
        Tally { model, counts: TallyCounts::from(model, 0) }
    }

    /// Adds blocks.
    pub fn add(&mut self, blocks: &[TrialBlock]) {
        self.counts.add(blocks);
    }

    /// Joins what was counted over the trials that follow.
    pub(super) fn join(&mut self, later: TallyCounts) {
        self.counts.join(later);
    }

    /// How many of the trials added so far ended in each outcome, unresolved last.
    pub fn outcomes(&self) -> &[u64] {
        &self.counts.outcomes
    }

    /// The outcomes of the first trials, as many as are played again at most: see [`Again`](super::Again).
    pub fn firsts(&self) -> &[u32] {
        &self.counts.firsts
    }

    /// The summary of all trials that were added.
    pub fn finish(self) -> Summary {
        self.counts.finish(self.model)
    }
}

/// Plays the trials of a plan and counts them in a tally that holds those before; `take` receives their blocks, in
/// trial order.
///
/// # Errors
///
/// [`Stopped`]; a numerical error is that of the first trial that has one.
pub fn tally_trials<E: Send>(
    tally: &mut Tally<'_>,
    plan: Plan,
    watch: &dyn Watch,
    mut take: impl FnMut(&[TrialBlock]) -> Result<(), E> + Send,
) -> Result<(), Stopped<E>> {
    let model = tally.model;
    let alone = [plan.engine_of(model)];
    let begin = |first| TallyCounts::from(model, first);
    let play = |plan, watch: &dyn Watch, take: &mut Take<'_, TrialBlock, E>| {
        play_side_by_side(&alone, plan, watch, take)
    };
    let counts = gather(plan, watch, &begin, play, |all: &mut TallyCounts, wave| {
        take(&wave[0])?;
        all.add(&wave[0]);
        Ok(())
    })?;
    tally.join(counts);
    Ok(())
}

/// What is counted over trials.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TallyCounts {
    trials: u64,
    /// The outcomes of the first trials.
    firsts: Vec<u32>,
    rows: usize,
    outcomes: Vec<u64>,
    by_input: ByInput,
    moves: MoveCounts,
    assigned: Vec<u64>,
    clamped: Vec<u64>,
    happened: Vec<u64>,
    settled: SettledTally,
    made: MadeTally,
    endings: Endings,
    cells: Vec<(ColumnSource, ColumnTally)>,
}

impl TallyCounts {
    /// Nothing counted yet, from a trial on.
    pub fn from(model: &Model, first: u64) -> Self {
        let steps = model.truth.steps as usize;
        let rows = steps + 1;
        let mut cells = Vec::new();
        for (column, series) in model.series().enumerate() {
            for label in labels(&series.ty) {
                for row in 0..rows {
                    let from = ColumnSource::Series { column, row, label };
                    cells.push((from, ColumnTally::of(&series.ty, first)));
                }
            }
        }
        for (column, assumption) in model.assumptions.iter().enumerate() {
            cells.extend(labels(&assumption.ty).map(|label| {
                (ColumnSource::Assumption { column, label }, ColumnTally::of(&assumption.ty, first))
            }));
        }
        for actor in 0..model.actors.len() {
            let all = [
                ColumnSource::Spread(actor),
                ColumnSource::Error(actor),
                ColumnSource::Thought(actor),
                ColumnSource::Undecided(actor),
            ];
            cells.extend(all.map(|from| (from, ColumnTally::Sketched(Box::default()))));
        }
        TallyCounts {
            trials: 0,
            firsts: Vec::new(),
            rows,
            outcomes: vec![0; model.outcomes.len() + 1],
            by_input: ByInput::new(model),
            moves: MoveCounts::new(counted_options(model).len(), steps),
            assigned: vec![0; model.states.len()],
            clamped: vec![0; model.states.len()],
            happened: vec![0; model.happenings.len()],
            settled: SettledTally::new(model),
            made: MadeTally::new(model, &[]),
            endings: Endings::new(model),
            cells,
        }
    }

    /// Adds blocks.
    pub fn add(&mut self, blocks: &[TrialBlock]) {
        for block in blocks {
            self.trials += block.len as u64;
            let missing = most_draws().saturating_sub(self.firsts.len());
            self.firsts.extend(block.outcomes.iter().take(missing));
            for outcome in &block.outcomes {
                self.outcomes[*outcome as usize] += 1;
            }
            self.by_input.add(block);
            self.moves.add(&block.moves);
            for (index, count) in self.happened.iter_mut().enumerate() {
                *count += block.first_step(index).iter().flatten().count() as u64;
            }
            self.settled.add(block, self.rows);
            self.made.add(block);
            for (sum, count) in self.assigned.iter_mut().zip(&block.assigned) {
                *sum += count;
            }
            for (sum, count) in self.clamped.iter_mut().zip(&block.clamped) {
                *sum += count;
            }
        }
        let rows = self.rows;
        rayon::join(
            || self.endings.add(blocks),
            || {
                let cells = self.cells.par_iter_mut();
                cells.for_each_init(Vec::new, |room, (from, cell)| {
                    cell.add(*from, blocks, rows, room);
                });
            },
        );
    }

    /// The numbers of state and measures that take few values.
    fn few_values(&self, model: &Model) -> Vec<FewValues> {
        let mut few = Vec::new();
        let mut start = 0;
        for info in model.series() {
            let cells = start..start + labels(&info.ty).count() * self.rows;
            start = cells.end;
            if info.ty == Type::Number {
                let sketches: Vec<_> =
                    self.cells[cells].iter().map(|(_, tally)| tally.sketch()).collect();
                let sketches = sketches.iter().map(AsRef::as_ref);
                few.extend(FewValues::of(&info.name, sketches, self.trials));
            }
        }
        few
    }

    /// The summary of all trials that were counted.
    fn finish(self, model: &Model) -> Summary {
        let few_values = self.few_values(model);
        let mut summaries = self.cells.iter().map(|(_, cell)| cell.summary());
        let mut take =
            |count: usize| -> Vec<ColumnSummary> { summaries.by_ref().take(count).collect() };
        let mut series = Vec::new();
        for info in model.series() {
            for label in labels(&info.ty) {
                let name = match label {
                    Some(label) => format!("{}:{}", info.name, model.label(label)),
                    None => info.name.clone(),
                };
                series.push((name, take(self.rows)));
            }
        }
        let mut assumptions = Vec::new();
        for info in &model.assumptions {
            for label in labels(&info.ty) {
                let name = match label {
                    Some(label) => format!("{}:{}", info.name, model.label(label)),
                    None => info.name.clone(),
                };
                assumptions
                    .extend(take(1).pop().map(|summary| (name, info.formula.clone(), summary)));
            }
        }
        let [mut decisiveness, mut coarseness, mut thinking, mut undecided] =
            [const { Vec::new() }; 4];
        for _ in &model.actors {
            let own = [&mut decisiveness, &mut coarseness, &mut thinking, &mut undecided];
            own.into_iter().for_each(|list| list.extend(take(1)));
        }
        let (endings, ends) = self.endings.finish();
        Summary {
            trials: self.trials,
            outcomes: self.outcomes,
            by_input: self.by_input,
            series,
            few_values,
            endings,
            ends,
            assumptions,
            moves: self.moves,
            happened: self.happened,
            settled: self.settled.finish(),
            made: self.made.finish(model, &[]),
            assigned: self.assigned,
            clamped: self.clamped,
            decisiveness,
            coarseness,
            thinking,
            undecided,
        }
    }
}

impl Joinable for TallyCounts {
    fn join(&mut self, later: Self) {
        self.trials += later.trials;
        let missing = most_draws().saturating_sub(self.firsts.len());
        self.firsts.extend(later.firsts.into_iter().take(missing));
        self.by_input.join(&later.by_input);
        self.moves.add(&later.moves);
        for (own, later) in [
            (&mut self.outcomes, &later.outcomes),
            (&mut self.assigned, &later.assigned),
            (&mut self.clamped, &later.clamped),
            (&mut self.happened, &later.happened),
        ] {
            add_counts(own, later);
        }
        self.settled.join(later.settled);
        self.made.join(&later.made);
        self.endings.join(later.endings);
        for ((_, own), (_, later)) in self.cells.iter_mut().zip(later.cells) {
            own.join(later);
        }
    }
}

/// The labels of a type, which are counted one by one; a single `None` for a type of numbers.
fn labels(ty: &Type) -> impl Iterator<Item = Option<f64>> + use<> {
    let labels: Vec<Option<f64>> = match ty {
        Type::Label(labels) => labels.iter().map(|label| Some(f64::from(label.0))).collect(),
        Type::Number | Type::Flag | Type::Unknown => vec![None],
    };
    labels.into_iter()
}
