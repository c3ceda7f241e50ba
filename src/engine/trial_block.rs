//! What a block of trials gives: columns, one row a trial, and counts.

use serde::{Deserialize, Serialize};

use super::reused_numbers::{NumberStore, ReusedNumbers};
use crate::model::Model;

/// How many trials a block has. Sums are folded block by block, so this number is
/// part of what makes results the same to the byte.
pub const TRIALS_PER_BLOCK: u64 = 1024;

/// How many trials are best asked for at once: enough that the work for a block counts for little,
/// and few enough that what is computed of them stays near the processor.
pub const TRIALS_AT_ONCE: u64 = 256;

/// How many blocks of [`TRIALS_PER_BLOCK`] trials there are for each in which [`Recording::Course`]
/// records how decided choices were.
const SAMPLED: u64 = 16;

/// What is recorded of trials besides how they ended. It changes nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recording {
    /// State and measures at the start and at the end of each step, and how decided each choice was.
    #[default]
    Everything,
    /// State and measures at the start and at the end of each step. How decided choices were is recorded in a
    /// sample only: in the first 1,024 of every 16,384 trials.
    Course,
    /// State and measures at the end of the trial.
    End,
}

impl Recording {
    /// How many rows of state and measures there are in a trial of so many steps.
    pub fn rows(self, steps: u32) -> usize {
        match self {
            Recording::Everything | Recording::Course => steps as usize + 1,
            Recording::End => 1,
        }
    }

    /// Whether it is recorded how decided the choices of a trial were.
    pub fn notes_choices(self, trial: u64) -> bool {
        match self {
            Recording::Everything => true,
            Recording::Course => (trial / TRIALS_PER_BLOCK).is_multiple_of(SAMPLED),
            Recording::End => false,
        }
    }
}

/// The results of consecutive trials. Every list of rows is in trial order.
#[derive(Clone, Debug, Default)]
pub struct TrialBlock {
    /// The first trial.
    pub first: u64,
    /// How many trials there are.
    pub len: usize,
    /// The outcome of each trial: a position in the model's outcomes, or their
    /// number where none held.
    pub outcomes: Vec<u32>,
    /// The step in which each trial ended.
    pub end_steps: Vec<u32>,
    /// The assumptions of each trial: column `c` of trial `i` is at
    /// `c * len + i`.
    pub assumptions: Vec<f64>,
    /// The uniform numbers behind what is drawn once per trial, after correlation: that of input `c`
    /// of [`Model::inputs`] in trial `i` is at `c * len + i`.
    pub inputs: Vec<f64>,
    /// How many rows of state and measures are recorded: see [`Recording`].
    pub rows: usize,
    /// What is recorded of state and measures: column `c` (state, then measures) at row `r` of trial
    /// `i` is at `(c * rows + r) * len + i`.
    pub series: ReusedNumbers,
    /// Every actor's utility at the end, by its true wants, in 0..1: actor by
    /// actor, trial by trial. Empty unless asked for.
    pub utilities: Vec<f64>,
    /// The step in which each happening first happened, or none; by happening,
    /// then trial.
    pub firsts: Vec<Option<u32>>,
    /// Counts of moves.
    pub moves: MoveCounts,
    /// How often the action of each window was taken inside it; by window, then trial. The windows
    /// are those of the moves that the policy forces, then those that were asked for.
    pub in_windows: Vec<u32>,
    /// How often each variable was assigned and clamped.
    pub assigned: Vec<u64>,
    /// Assignments that were clamped.
    pub clamped: Vec<u64>,
    /// For each actor, λ times the spread of V over its options, at each choice
    /// among several, in the trials in which [`Recording::notes_choices`].
    pub spreads: Vec<Vec<f64>>,
    /// For each actor, λ times the standard error of V(best) − V(second), at
    /// each choice that was imagined, in the same trials.
    pub errors: Vec<Vec<f64>>,
    /// For each actor, how many plays it imagined for each choice and vote in which it could have
    /// imagined more or fewer.
    pub thoughts: Vec<Vec<f64>>,
    /// 1 for each of these in which it was still undecided after as many plays as it may imagine,
    /// else 0.
    pub undecided: Vec<Vec<f64>>,
}

/// Counts of moves by option and step.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct MoveCounts {
    /// How many steps there are.
    pub steps: usize,
    /// How often each option was open: row by row of [`counted_options`], then step.
    pub available: Vec<u64>,
    /// How often it was chosen.
    pub taken: Vec<u64>,
    /// How often it was accepted.
    pub accepted: Vec<u64>,
}

/// An option that moves are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedOption {
    /// The actor.
    pub actor: usize,
    /// Its track.
    pub track: usize,
    /// The action, or to hold.
    pub action: Option<usize>,
}

/// Every option of every actor: track by track, actions in file order, holding
/// last.
pub fn counted_options(model: &Model) -> Vec<CountedOption> {
    let mut rows = Vec::new();
    for (actor, program) in model.truth.actors.iter().enumerate() {
        for (track, on) in program.tracks.iter().enumerate() {
            let row = |action| CountedOption { actor, track, action };
            rows.extend(on.actions.iter().map(|action| row(Some(*action))));
            rows.push(row(None));
        }
    }
    rows
}

impl MoveCounts {
    /// Room for so many options and steps.
    pub fn new(rows: usize, steps: usize) -> Self {
        let zeros = vec![0; rows * steps];
        MoveCounts { steps, available: zeros.clone(), taken: zeros.clone(), accepted: zeros }
    }

    /// Adds other counts to these.
    pub fn add(&mut self, other: &MoveCounts) {
        let sum = |into: &mut Vec<u64>, from: &[u64]| {
            for (a, b) in into.iter_mut().zip(from) {
                *a += b;
            }
        };
        sum(&mut self.available, &other.available);
        sum(&mut self.taken, &other.taken);
        sum(&mut self.accepted, &other.accepted);
    }
}

impl TrialBlock {
    /// Room for `len` trials from `first` on. What is recorded of state and measures may be any numbers
    /// at first.
    pub(super) fn new(
        model: &Model,
        first: u64,
        len: usize,
        recording: Recording,
        store: &NumberStore,
    ) -> Self {
        let steps = model.truth.steps as usize;
        let rows = recording.rows(model.truth.steps);
        let columns = model.states.len() + model.measures.len();
        TrialBlock {
            first,
            len,
            outcomes: vec![0; len],
            end_steps: vec![0; len],
            assumptions: vec![0.0; model.assumptions.len() * len],
            inputs: Vec::new(),
            rows,
            series: store.list(columns * rows * len),
            utilities: Vec::new(),
            firsts: vec![None; model.happenings.len() * len],
            moves: MoveCounts::new(counted_options(model).len(), steps),
            in_windows: Vec::new(),
            assigned: vec![0; model.states.len()],
            clamped: vec![0; model.states.len()],
            spreads: vec![Vec::new(); model.actors.len()],
            errors: vec![Vec::new(); model.actors.len()],
            thoughts: vec![Vec::new(); model.actors.len()],
            undecided: vec![Vec::new(); model.actors.len()],
        }
    }

    /// How many bytes of memory it takes, about.
    pub fn bytes(&self) -> u64 {
        let noted = [&self.spreads, &self.errors, &self.thoughts, &self.undecided];
        let noted: usize = noted.into_iter().flatten().map(Vec::len).sum();
        let wide = self.assumptions.len() + self.inputs.len() + self.series.len();
        let wide = wide + self.utilities.len() + noted + 3 * self.moves.taken.len();
        let narrow = self.outcomes.len() + self.end_steps.len() + self.in_windows.len();
        // A step that may be none takes as much as a wide number.
        8 * (wide + self.firsts.len()) as u64 + 4 * narrow as u64
    }

    /// The values of an assumption, one a trial.
    pub fn assumption(&self, column: usize) -> &[f64] {
        &self.assumptions[column * self.len..(column + 1) * self.len]
    }

    /// The uniform numbers of an input, one a trial.
    pub fn input(&self, column: usize) -> &[f64] {
        &self.inputs[column * self.len..(column + 1) * self.len]
    }

    /// The values of a recorded column at a row, one a trial, where all rows are recorded: so many.
    pub fn recorded(&self, column: usize, row: usize, rows: usize) -> &[f64] {
        debug_assert_eq!(self.rows, rows, "rows that were not recorded");
        let at = (column * rows + row) * self.len;
        &self.series[at..at + self.len]
    }

    /// The values of a recorded column at the end, one a trial.
    pub fn last(&self, column: usize) -> &[f64] {
        self.recorded(column, self.rows - 1, self.rows)
    }

    /// The final utilities of an actor, one a trial.
    pub fn utility(&self, actor: usize) -> &[f64] {
        &self.utilities[actor * self.len..(actor + 1) * self.len]
    }

    /// How often the action of a window was taken inside it, one number a trial.
    pub fn in_window(&self, window: usize) -> &[u32] {
        &self.in_windows[window * self.len..(window + 1) * self.len]
    }

    /// The first step of a happening, one a trial.
    pub fn first_step(&self, happening: usize) -> &[Option<u32>] {
        &self.firsts[happening * self.len..(happening + 1) * self.len]
    }
}
