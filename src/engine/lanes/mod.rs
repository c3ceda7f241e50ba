//! The lanes: trials side by side, a column of numbers for everything that differs between them.
//! The same trials as those of [`super::Reference`], bit for bit, many times as fast.
//!
//! A [`ProgramPlan`](lower::plan::ProgramPlan) holds a program as straight-line tapes over columns:
//! formulas become values of a [`Graph`](lower::graph::Graph), in which what is shared stands once, and
//! values become [`Tape`](machine::tape::Tape)s. What differs between lanes (whose turn it is, what was
//! chosen, which trials are over) is a column of zeros and ones. What an actor imagines is played
//! by the same code in a frame of its own, in which every lane is one option of one trial in one
//! imagined play.
//!
//! A value that might be a numerical error is only noted here. The reference interpreter then plays
//! that trial and decides.

mod ahead;
mod forks;
mod known;
pub(super) mod lower;
pub(super) mod machine;
mod random;
mod run;

use std::sync::{Arc, Mutex};

pub(super) use ahead::LaneThinker;
pub(super) use known::{KnownLanes, Suspicious};
use lower::compile::{MOST_VALUES, TapeCompiler};
use lower::layout::Layout;
use lower::plan::ProgramPlan;
use lower::settle::Settling;
use machine::columns::ColumnId;
use machine::cpu::Cpu;
pub use machine::cpu::Path;
use machine::jit::{Machine, MachineWriter};
use run::play::RuledProgram;
use run::scratch::Scratch;

use super::address::AddressKeys;
use super::reused_numbers::NumberStore;
use super::sampling::{GivenNumbers, InputNumbers, Sampling};
use super::trial_block::{Recording, counted_options};
use crate::formula::{DayPart, Happening};
use crate::model::{ActorId, Forced, Model};

/// How many imagined lanes are played side by side: few enough that what they read and write stays
/// in the nearest cache.
const CHUNK: usize = 256;

/// A model with more columns than this is left to the reference interpreter.
const MOST_COLUMNS: usize = 50_000;

/// Room for formulas nested as deep as the language allows.
const STACK_BYTES: usize = 256 << 20;

/// Plays trials of a model under a seed, side by side.
#[derive(Debug)]
pub struct Lanes<'m> {
    model: &'m Model,
    seed: u64,
    keys: AddressKeys,
    input_numbers: InputNumbers,
    play: u16,
    utilities: bool,
    recording: Recording,
    /// The actions that are counted inside windows, those that the policy forces first.
    windows: Vec<Forced>,
    cpu: Cpu,
    machine: Option<Machine>,
    chunk: usize,
    layout: Layout,
    settling: Settling,
    /// The truth's plan, then one for each actor that takes something else to be true.
    plans: Vec<ProgramPlan>,
    /// The plan of what each actor takes to be true.
    minds: Vec<usize>,
    /// The columns that a play carries on from the moment it begins in.
    carried: Vec<ColumnId>,
    /// The columns that what is settled once per trial stands in.
    settled: Vec<ColumnId>,
    /// All columns that tell lanes apart within a step.
    copied: Vec<ColumnId>,
    /// Columns from here on are temporary ones of tapes.
    temporaries: u32,
    /// How many columns a frame has.
    columns: usize,
    steps: u32,
    /// How many steps an imagined play has at most.
    horizon: u32,
    /// The month and the year in which each step begins, if formulas read them.
    days: Vec<(DayPart, Arc<[f64]>)>,
    rows: Vec<Vec<usize>>,
    spares: Mutex<Vec<Scratch>>,
    /// The memory of what was recorded.
    recorded: NumberStore,
}

impl<'m> Lanes<'m> {
    /// The lanes for a model and a seed, or `None` for a model that is too large for them.
    pub fn new(model: &'m Model, seed: u64) -> Option<Self> {
        // Formulas may be nested deeper than the caller's stack allows.
        let with_room = std::thread::Builder::new().stack_size(STACK_BYTES);
        std::thread::scope(|scope| {
            let compiling = with_room.spawn_scoped(scope, || Lanes::compile(model, seed));
            compiling.ok()?.join().ok().flatten()
        })
    }

    fn compile(model: &'m Model, seed: u64) -> Option<Self> {
        let layout = Layout::of(model);
        let kept = lower::reads::of_model(model);
        let mut next = layout.end(model.measures.len());
        if next as usize > MOST_COLUMNS {
            return None;
        }
        let programs = std::iter::once(&model.truth).chain(model.minds.iter().flatten());
        if programs.map(lower::ranking::size).sum::<usize>() > MOST_VALUES {
            return None;
        }
        let believers =
            (0..model.actors.len() as u32).map(ActorId).filter(|who| model.believes(*who));
        let mut minds = vec![0; model.actors.len()];
        let mut plans = Vec::new();
        for mind in std::iter::once(None).chain(believers.map(Some)) {
            let compiler = TapeCompiler::new(model, mind, &layout, &kept, next);
            let (plan, free) = compiler.plan()?;
            next = free;
            if let Some(who) = mind {
                minds[who.index()] = plans.len();
            }
            plans.push(plan);
        }
        let (mut settling, next) = Settling::of(model, &layout, &plans, &minds, next);
        let mut temporaries = 0;
        for tape in plans.iter_mut().flat_map(ProgramPlan::tapes).chain([&mut settling.tape]) {
            tape.settle(next);
            temporaries = temporaries.max(tape.temporaries);
        }
        let columns = (next + temporaries) as usize;
        if columns > MOST_COLUMNS {
            return None;
        }
        let happening = |what: &usize| Happening(*what as u32);
        let carried: Vec<ColumnId> = (0..layout.states)
            .map(|state| layout.state(state))
            .chain(kept.latest.iter().map(happening).map(|what| layout.latest(what)))
            .chain(kept.counts.iter().map(happening).map(|what| layout.count(what)))
            .chain(kept.accepted.iter().map(happening).map(|what| layout.accepted(what)))
            .chain((0..layout.forced).map(|rule| layout.before(rule)))
            .collect();
        let mut settled: Vec<ColumnId> =
            plans.iter().flat_map(|plan| plan.settled.iter().copied()).collect();
        settled.sort_unstable();
        settled.dedup();
        let mut copied: Vec<ColumnId> = layout.within_step().collect();
        copied.extend(carried.iter().chain(&settled));
        copied.sort_unstable();
        copied.dedup();
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); model.actors.len()];
        for (index, row) in counted_options(model).iter().enumerate() {
            let tracks = &mut rows[row.actor];
            if tracks.len() == row.track {
                tracks.push(index);
            }
        }
        let days = DayPart::ALL.into_iter().zip(&kept.days);
        let days = days.filter_map(|(part, values)| Some((part, values.clone()?))).collect();
        let mut lanes = Lanes {
            model,
            seed,
            keys: AddressKeys::new(model, seed),
            input_numbers: InputNumbers::random(),
            play: 0,
            utilities: false,
            recording: Recording::default(),
            windows: model.rules.forced.clone(),
            cpu: Cpu::new(Path::best()),
            machine: None,
            temporaries: next,
            chunk: CHUNK,
            layout,
            settling,
            plans,
            minds,
            carried,
            settled,
            copied,
            columns,
            steps: model.truth.steps,
            horizon: model.truth.horizon,
            days,
            rows,
            spares: Mutex::default(),
            recorded: NumberStore::default(),
        };
        lanes.decode();
        Some(lanes)
    }

    /// Puts all tapes into the form in which the processor carries them out.
    fn decode(&mut self) {
        let mut writer = self.cpu.writer();
        let tapes = self.plans.iter_mut().flat_map(ProgramPlan::tapes);
        for tape in tapes.chain([&mut self.settling.tape]) {
            let stretches = writer.as_mut().map(|writer| writer.stretches(tape, self.temporaries));
            tape.calls = self.cpu.decode(&tape.code, stretches.unwrap_or_default());
        }
        self.machine = writer.and_then(MachineWriter::finish);
    }

    /// The model that is played.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The same trials with fresh luck: see [`super::Reference::repeat`].
    #[must_use]
    pub fn repeat(self, play: u16) -> Self {
        Lanes { play, ..self }
    }

    /// Spreads what is drawn once per trial over the trials in another way: see
    /// [`super::Reference::sampled`].
    #[must_use]
    pub fn sampled(self, sampling: Sampling, given: GivenNumbers) -> Self {
        let input_numbers = InputNumbers::new(self.model, &self.keys, sampling, given);
        Lanes { input_numbers, ..self }
    }

    /// Also computes every actor's utility at the end of each trial.
    #[must_use]
    pub fn with_utilities(self) -> Self {
        Lanes { utilities: true, ..self }
    }

    /// Records this of the trials: see [`super::Reference::recording`].
    #[must_use]
    pub fn recording(self, recording: Recording) -> Self {
        Lanes { recording, ..self }
    }

    /// Also counts how often these actions are taken inside their windows: see
    /// [`super::Reference::counting`].
    #[must_use]
    pub fn counting(mut self, windows: &[Forced]) -> Self {
        self.windows.extend_from_slice(windows);
        self
    }

    /// Takes another path through the processor, if the machine has it.
    #[must_use]
    pub fn on(mut self, path: Path) -> Self {
        self.cpu = Cpu::new(path);
        self.decode();
        self
    }

    /// Plays so many imagined lanes side by side, at least one.
    #[must_use]
    pub fn in_chunks(self, chunk: usize) -> Self {
        Lanes { chunk: chunk.max(1), ..self }
    }

    /// The world as an actor takes it to be.
    fn mind(&self, who: usize) -> RuledProgram<'_> {
        let rules = &self.model.rules;
        RuledProgram { plan: &self.plans[self.minds[who]], rules: (!rules.secret).then_some(rules) }
    }
}
