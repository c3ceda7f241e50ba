//! Adds up blocks of trials in the summary of a run.

use rayon::prelude::*;

use super::endings::Endings;
use super::few_values::FewValues;
use super::folded::Folded;
use super::made::MadeTally;
use super::percentiles::ColumnSummary;
use super::rests_on::ByInput;
use super::summary::Summary;
use crate::engine::{MoveCounts, TrialBlock, counted_options};
use crate::formula::Type;
use crate::model::Model;
use crate::stats::Sketch;

/// The moments and the sketch of one column of numbers.
#[derive(Clone, Debug, Default)]
struct ColumnTally {
    sums: Folded,
    sketch: Sketch,
}

impl ColumnTally {
    /// Adds the values that blocks hold for it; `room` is a buffer that is used again.
    fn add(&mut self, from: ColumnSource, blocks: &[TrialBlock], rows: usize, room: &mut Vec<f64>) {
        room.clear();
        for block in blocks {
            let (values, label) = match from {
                ColumnSource::Series { column, row, label } => {
                    (block.recorded(column, row, rows), label)
                }
                ColumnSource::Assumption { column, label } => (block.assumption(column), label),
                ColumnSource::Spread(actor) => (block.spreads[actor].as_slice(), None),
                ColumnSource::Error(actor) => (block.errors[actor].as_slice(), None),
                ColumnSource::Thought(actor) => (block.thoughts[actor].as_slice(), None),
                ColumnSource::Undecided(actor) => (block.undecided[actor].as_slice(), None),
            };
            let start = room.len();
            match label {
                None => room.extend_from_slice(values),
                Some(label) => {
                    room.extend(values.iter().map(|v| f64::from(u8::from(*v == label))));
                }
            }
            self.sums.add(&room[start..]);
        }
        self.sketch.add_all(room);
    }

    fn summary(self) -> ColumnSummary {
        ColumnSummary::of(&self.sums.moments(), &self.sketch)
    }
}

/// Where the values of a cell come from.
#[derive(Clone, Copy)]
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

/// Adds up blocks of trials, which must come in trial order.
pub struct Tally<'m> {
    model: &'m Model,
    trials: u64,
    rows: usize,
    outcomes: Vec<u64>,
    by_input: ByInput,
    moves: MoveCounts,
    assigned: Vec<u64>,
    clamped: Vec<u64>,
    happened: Vec<u64>,
    made: MadeTally,
    endings: Endings,
    cells: Vec<(ColumnSource, ColumnTally)>,
}

impl<'m> Tally<'m> {
    /// An empty tally.
    pub fn new(model: &'m Model) -> Self {
        let steps = model.truth.steps as usize;
        let rows = steps + 1;
        let mut cells = Vec::new();
        for (column, series) in model.series().enumerate() {
            for label in labels(&series.ty) {
                for row in 0..rows {
                    cells.push(ColumnSource::Series { column, row, label });
                }
            }
        }
        for (column, assumption) in model.assumptions.iter().enumerate() {
            cells.extend(
                labels(&assumption.ty).map(|label| ColumnSource::Assumption { column, label }),
            );
        }
        for actor in 0..model.actors.len() {
            cells.extend([
                ColumnSource::Spread(actor),
                ColumnSource::Error(actor),
                ColumnSource::Thought(actor),
                ColumnSource::Undecided(actor),
            ]);
        }
        Tally {
            model,
            trials: 0,
            rows,
            outcomes: vec![0; model.outcomes.len() + 1],
            by_input: ByInput::new(model),
            moves: MoveCounts::new(counted_options(model).len(), steps),
            assigned: vec![0; model.states.len()],
            clamped: vec![0; model.states.len()],
            happened: vec![0; model.happenings.len()],
            made: MadeTally::new(model, &[]),
            endings: Endings::new(model),
            cells: cells.into_iter().map(|from| (from, ColumnTally::default())).collect(),
        }
    }

    /// Adds blocks.
    pub fn add(&mut self, blocks: &[TrialBlock]) {
        for block in blocks {
            self.trials += block.len as u64;
            for outcome in &block.outcomes {
                self.outcomes[*outcome as usize] += 1;
            }
            self.by_input.add(block);
            self.moves.add(&block.moves);
            for (index, count) in self.happened.iter_mut().enumerate() {
                *count += block.first_step(index).iter().flatten().count() as u64;
            }
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

    /// How many of the trials added so far ended in each outcome, unresolved last.
    pub fn outcomes(&self) -> &[u64] {
        &self.outcomes
    }

    /// The numbers of state and measures that take few values.
    fn few_values(&self) -> Vec<FewValues> {
        let mut few = Vec::new();
        let mut start = 0;
        for info in self.model.series() {
            let cells = start..start + labels(&info.ty).count() * self.rows;
            start = cells.end;
            if info.ty == Type::Number {
                let sketches = self.cells[cells].iter().map(|(_, tally)| &tally.sketch);
                few.extend(FewValues::of(&info.name, sketches, self.trials));
            }
        }
        few
    }

    /// The summary of all trials that were added.
    pub fn finish(self) -> Summary {
        let model = self.model;
        let few_values = self.few_values();
        let mut summaries = self.cells.into_iter().map(|(_, cell)| cell.summary());
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
            made: self.made.finish(),
            assigned: self.assigned,
            clamped: self.clamped,
            decisiveness,
            coarseness,
            thinking,
            undecided,
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
