//! A program into a [`ProgramPlan`]: formulas into values, values into tapes.

use super::bounds::{Depends, LARGEST, ValueBounds};
use super::draft::{Draft, Hoisted};
use super::graph::{Graph, Part, Value};
use super::layout::{Layout, Single};
use super::moment::{Lowering, Moment, Numbers};
use super::params::Params;
use super::plan::{CalendarPlan, Number, Param, ProgramPlan};
use super::reads::Reads;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::operation::Binary;
use crate::engine::lanes::machine::tape::Tape;
use crate::engine::perspective::Use;
use crate::formula::{DayPart, Happening, ParamId, Type};
use crate::model::{ActorId, Formula, Limits, Model, Program};

/// A program that is put together from more values is left to the reference interpreter.
pub(in crate::engine::lanes) const MOST_VALUES: usize = 400_000;

/// The bounds of every finite number.
pub(in crate::engine::lanes) const FINITE: (f64, f64) = (-f64::MAX, f64::MAX);

/// Which forms of [`ChangeTapes`](super::plan::ChangeTapes) are needed beside the others.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine::lanes) struct Forms {
    pub landing: bool,
    pub weighed: bool,
}

/// Turns the formulas of a program into values and tapes.
pub(in crate::engine::lanes) struct TapeCompiler<'a> {
    pub model: &'a Model,
    pub program: &'a Program,
    pub layout: &'a Layout,
    pub kept: &'a Reads,
    /// Whether the program is the truth, and not what an actor believes.
    pub truth: bool,
    pub graph: Graph,
    pub hoisted: Hoisted,
    numbers: Params,
    /// The moment as it stands in the columns of a frame.
    pub base: Moment,
    /// What each outcome that ends a trial reads.
    pub endings: Vec<(usize, Reads)>,
}

impl<'a> TapeCompiler<'a> {
    /// A compiler for the truth, or for what an actor believes. Columns from `first` on are free.
    pub fn new(
        model: &'a Model,
        mind: Option<ActorId>,
        layout: &'a Layout,
        kept: &'a Reads,
        first: u32,
    ) -> Self {
        let believed = mind.map(|who| model.mind(who));
        let program = believed.unwrap_or(&model.truth);
        let mut graph = Graph::default();
        let mut numbers = Params::of(model, believed);
        let base = base(model, program, (layout, kept), &mut graph, &mut numbers);
        let endings = program
            .outcomes
            .iter()
            .enumerate()
            .filter(|(_, outcome)| outcome.ends)
            .map(|(index, outcome)| (index, Reads::of(&outcome.when.node)))
            .collect();
        TapeCompiler {
            model,
            program,
            layout,
            kept,
            truth: believed.is_none(),
            graph,
            hoisted: Hoisted::from(first),
            numbers,
            base,
            endings,
        }
    }

    /// The tapes of the whole program, and the first column that is free behind those it uses;
    /// `None` where the program is too large.
    pub fn plan(mut self) -> Option<(ProgramPlan, u32)> {
        let start = self.start();
        let ends = self.ends_alone();
        let outcome = self.outcome();
        let measures = self.measures();
        let facts = self.facts();
        let calendar = self.calendar();
        let events = (0..self.program.events.len()).map(|index| self.event(index)).collect();
        let bargains = (0..self.program.bargains.len()).map(|index| self.bargain(index)).collect();
        let laws = {
            let program = self.program;
            self.change_tapes([&program.laws, &[]], &[], false, Forms::default())
        };
        let mut actors = Vec::new();
        for who in 0..self.program.actors.len() {
            actors.push(self.actor(who));
            if self.size() > MOST_VALUES {
                return None;
            }
        }
        let settled: Vec<ColumnId> = self.hoisted.list.iter().map(|(_, column)| *column).collect();
        let trial = self.trial();
        let params = self
            .hoisted
            .list
            .iter()
            .filter_map(|(value, column)| {
                let Part::Param(id) = self.graph.part(*value) else { return None };
                let known = self.graph.bounds(*value);
                Some(Param { id: *id, column: *column, low: known.low, high: known.high })
            })
            .collect();
        let next = self.hoisted.next;
        let plan = ProgramPlan {
            params,
            trial,
            settled,
            start,
            ends,
            outcome,
            measures,
            facts,
            calendar,
            events,
            bargains,
            laws,
            actors,
        };
        Some((plan, next))
    }

    /// How many values were put together.
    pub fn size(&self) -> usize {
        self.graph.len()
    }

    /// The column that is the only one of its kind.
    pub fn single(&self, which: Single) -> ColumnId {
        self.layout.single(which)
    }

    /// A flag column as a value.
    pub fn mask(&mut self, column: ColumnId) -> Value {
        self.graph.column(column, ValueBounds::flag())
    }

    /// An empty tape, whose random numbers are needed where a column is not zero.
    pub fn draft(&self, need: Single) -> Draft {
        Draft::new(self.single(need))
    }

    /// A finished tape that is run in each moment.
    pub fn finish(&mut self, draft: Draft) -> Tape {
        draft.finish(&self.graph, &mut self.hoisted, Depends::Moment)
    }

    /// A number settled once per trial.
    pub fn param(&mut self, id: ParamId) -> Value {
        self.numbers.param(&mut self.graph, id.0)
    }

    /// A number settled once per trial, to be read by the engine itself.
    pub fn number(&mut self, id: ParamId) -> Number {
        let value = self.param(id);
        match self.graph.constant_of(value) {
            Some(x) => Number::Constant(x),
            None => Number::Column(self.hoisted.column(value)),
        }
    }

    /// The value of a formula in a moment.
    pub fn lower(&mut self, moment: &mut Moment, formula: &Formula, how: Use) -> Value {
        let draws = formula.draws.map(|places| how.of(places));
        Lowering::formula(&mut self.graph, &mut self.numbers, moment, draws, &formula.node)
    }

    /// Adds a test to a tape that a value lies within bounds, unless it is known to.
    pub fn expect(
        &mut self,
        draft: &mut Draft,
        value: Value,
        mask: Value,
        (low, high): (f64, f64),
    ) {
        let known = self.graph.bounds(value);
        if !(known.clean && known.low >= low && known.high <= high) {
            draft.test(value, Some(mask), self.single(Single::Suspect), (low, high));
        }
    }

    /// The value of a formula, with a test that it is finite.
    pub fn tested(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        formula: &Formula,
        mask: Value,
        how: Use,
    ) -> Value {
        let value = self.lower(moment, formula, how);
        self.expect(draft, value, mask, FINITE);
        value
    }

    /// A condition as a flag. A missing condition always holds.
    pub fn condition(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        condition: Option<&Formula>,
        mask: Value,
    ) -> Value {
        match condition {
            Some(formula) => self.tested(draft, moment, formula, mask, Use::Act),
            None => self.graph.truth(true),
        }
    }

    /// Whether something may happen again by its own limits.
    pub fn within_limits(&mut self, limits: Limits, what: Happening) -> Value {
        let latest = self.base.latest[what.0 as usize];
        let zero = self.graph.constant(0.0);
        let never = self.graph.binary(Binary::Less, latest, zero);
        if limits.once {
            return never;
        }
        let Some(every) = limits.every else { return self.graph.truth(true) };
        let since = self.graph.subtract(self.base.step, latest);
        let every = self.graph.constant(f64::from(every));
        let again = self.graph.binary(Binary::LessEqual, every, since);
        self.graph.binary(Binary::Or, never, again)
    }

    fn start(&mut self) -> Tape {
        let mut draft = self.draft(Single::Within);
        let mask = self.mask(self.single(Single::Within));
        for (state, start) in self.program.starts.iter().enumerate() {
            let value = self.param(*start);
            let kept = self.clamped(&mut draft, state, value, mask, true);
            draft.output(kept, self.layout.state(state));
        }
        // A range whose ends are formulas may turn out swapped.
        for (low, high) in self.program.ranges.iter().flatten() {
            let (low, high) = (self.param(*low), self.param(*high));
            let sound = self.graph.binary(Binary::LessEqual, low, high);
            self.expect(&mut draft, sound, mask, (1.0, 1.0));
        }
        self.finish(draft)
    }

    fn ends_alone(&mut self) -> Tape {
        let within = self.single(Single::Within);
        let mut draft = Draft::new(within);
        let mask = self.mask(within);
        let which = self.which_ends(true, &[], &[]);
        let mut moment = self.base.clone();
        self.ends(&mut draft, &mut moment, &which, mask, within);
        self.finish(draft)
    }

    fn outcome(&mut self) -> Tape {
        let within = self.single(Single::Within);
        let mut draft = Draft::new(within);
        let mask = self.mask(within);
        let which: Vec<usize> = (0..self.program.outcomes.len()).collect();
        let mut moment = self.base.clone();
        let first = self.first_of(&mut draft, &mut moment, &which, mask, which.len() as f64);
        draft.output(first, self.single(Single::Ending));
        self.finish(draft)
    }

    fn measures(&mut self) -> Tape {
        let within = self.single(Single::Within);
        let mut draft = Draft::new(within);
        let mask = self.mask(within);
        let mut moment = self.base.clone();
        let program = self.program;
        for (index, measure) in program.measures.iter().enumerate() {
            let value = self.tested(&mut draft, &mut moment, measure, mask, Use::Act);
            draft.output(value, self.layout.measure(index));
        }
        self.finish(draft)
    }

    fn calendar(&mut self) -> Vec<CalendarPlan> {
        let program = self.program;
        let entries = program.calendar.iter();
        let inside = entries.filter(|entry| (0..i64::from(program.horizon)).contains(&entry.step));
        inside
            .map(|entry| CalendarPlan {
                step: entry.step,
                what: entry.what,
                tapes: self.change_tapes(
                    [&entry.effects, &[]],
                    &[entry.what],
                    false,
                    Forms::default(),
                ),
            })
            .collect()
    }

    /// The tape that computes what depends on the numbers of the trial alone.
    fn trial(&mut self) -> Tape {
        let mut draft = self.draft(Single::Within);
        for (value, column) in self.hoisted.list.clone() {
            if !matches!(self.graph.part(value), Part::Param(_)) {
                draft.output(value, column);
            }
        }
        draft.finish(&self.graph, &mut self.hoisted, Depends::Trial)
    }
}

/// The moment as it stands in the columns of a frame.
fn base(
    model: &Model,
    program: &Program,
    (layout, kept): (&Layout, &Reads),
    graph: &mut Graph,
    numbers: &mut Params,
) -> Moment {
    // An actor may believe in another range than that in which a variable is really kept.
    let mut truth = Params::of(model, None);
    let steps = f64::from(program.horizon);
    let state = (0..model.states.len())
        .map(|index| {
            let known = match &model.states[index].series.ty {
                Type::Flag => ValueBounds::flag(),
                Type::Label(_) => ValueBounds::between(0.0, model.labels.len() as f64).positive(),
                Type::Number | Type::Unknown => {
                    let own = range(program, index, graph, numbers);
                    let kept = range(&model.truth, index, graph, &mut truth);
                    ValueBounds::between(own.0.min(kept.0), own.1.max(kept.1))
                }
            };
            graph.column(layout.state(index), known)
        })
        .collect();
    let happenings = || (0..model.happenings.len()).map(|index| Happening(index as u32));
    let latest = happenings()
        .map(|what| graph.column(layout.latest(what), ValueBounds::between(-1.0, steps).positive()))
        .collect();
    let counts = happenings()
        .map(|what| graph.column(layout.count(what), ValueBounds::between(0.0, 1e12).positive()))
        .collect();
    let accepted =
        happenings().map(|what| graph.column(layout.accepted(what), ValueBounds::flag())).collect();
    let step =
        graph.column(layout.single(Single::Step), ValueBounds::between(0.0, steps).positive());
    let last = graph.column(layout.single(Single::Last), ValueBounds::flag());
    let mut days = |part: DayPart| {
        let (low, high) = match &kept.days[part as usize] {
            Some(values) => (
                values.iter().copied().fold(f64::INFINITY, f64::min),
                values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ),
            None => (0.0, 0.0),
        };
        let column = layout.day_part(part);
        graph.column(column, ValueBounds::between(low, high).positive())
    };
    let [month, year] = DayPart::ALL.map(&mut days);
    Moment::new([state, latest, counts, accepted], [step, last, month, year])
}

/// The widest range in which a variable can lie.
fn range(program: &Program, state: usize, graph: &mut Graph, numbers: &mut Params) -> (f64, f64) {
    let Some((low, high)) = program.ranges[state] else { return (-LARGEST, LARGEST) };
    let (low, high) = (numbers.param(graph, low.0), numbers.param(graph, high.0));
    let (low, high) = (graph.bounds(low), graph.bounds(high));
    let sound = |known: ValueBounds| known.clean && known.low >= -LARGEST && known.high <= LARGEST;
    if sound(low) && sound(high) { (low.low, high.high) } else { (-LARGEST, LARGEST) }
}

/// The bounds of a probability.
pub(in crate::engine::lanes) const UNIT: (f64, f64) = (0.0, 1.0);
