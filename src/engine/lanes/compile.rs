//! A program into a [`Plan`]: formulas into values, values into tapes.

use super::graph::{Column, Graph, Value};
use super::known::{Depends, Known, LARGEST};
use super::layout::{Layout, Single};
use super::moment::{Lowering, Moment, Numbers};
use super::operation::{Binary, Unary};
use super::plan::{CalendarPlan, Leaf, Number, Param, Plan};
use super::reads::Reads;
use super::tape::{Draft, Hoisted};
use crate::engine::view::Use;
use crate::formula::{Happening, Node, ParamId, Type};
use crate::model::{ActorId, Change, Formula, Limits, Model, Program, Want, WantForm};
use crate::scenario::Assign;

/// A program that is put together from more values is left to the reference interpreter.
pub(super) const MOST_VALUES: usize = 400_000;

/// Bounds of a number that is none of the accidents.
pub(super) const FINITE: (f64, f64) = (-f64::MAX, f64::MAX);

/// What is known of a once-per-trial number.
#[derive(Clone, Copy, Debug)]
enum Settled {
    Constant(f64),
    Between(f64, f64),
}

/// The once-per-trial numbers of a program.
#[derive(Debug)]
pub(super) struct Params {
    known: Vec<Settled>,
}

impl Numbers for Params {
    fn param(&mut self, graph: &mut Graph, id: u32) -> Value {
        match self.known[id as usize] {
            Settled::Constant(x) => graph.constant(x),
            Settled::Between(low, high) => graph.param(id, low, high),
        }
    }
}

impl Params {
    /// The numbers of the truth, or those of a mind with the truth's behind them.
    fn of(model: &Model, mind: Option<&Program>) -> Self {
        let count = model.params.len();
        let mut known = vec![Settled::Between(-LARGEST, LARGEST); count];
        for rule in &model.truth.params {
            known[rule.id.0 as usize] = settled(&rule.formula, rule.limits);
        }
        if let Some(mind) = mind {
            known.extend_from_within(..);
            for rule in &mind.params {
                known[rule.id.0 as usize] = settled(&rule.formula, rule.limits);
            }
        }
        Params { known }
    }
}

fn settled(formula: &Formula, limits: (f64, f64)) -> Settled {
    if let Some(x) = formula.node.constant() {
        return Settled::Constant(x);
    }
    let (mut low, mut high) = (limits.0.max(-LARGEST), limits.1.min(LARGEST));
    if let Node::Draw(_, distribution, list) = &formula.node {
        let parameters: Option<Vec<f64>> = list.iter().map(Node::constant).collect();
        if let Some((least, most)) = parameters.and_then(|p| reach(*distribution, &p)) {
            (low, high) = (low.max(least), high.min(most));
        }
    }
    Settled::Between(low, high)
}

/// Between what a distribution's draws lie, a little widened.
pub(super) fn reach(
    distribution: crate::formula::Distribution,
    parameters: &[f64],
) -> Option<(f64, f64)> {
    let least = distribution.quantile(f64::MIN_POSITIVE, parameters);
    let most = distribution.quantile(1.0 - f64::EPSILON / 2.0, parameters);
    let slack = 1e-6 * (most - least);
    let sound = least.is_finite() && most.is_finite() && slack >= 0.0;
    sound.then_some((least - slack, most + slack))
}

/// Which forms of a [`Leaf`] are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Forms {
    pub landing: bool,
    pub weighed: bool,
}

/// Puts a program's formulas together.
pub(super) struct Compiler<'a> {
    pub model: &'a Model,
    pub program: &'a Program,
    pub layout: &'a Layout,
    kept: &'a Reads,
    /// Whether it is the truth's program.
    truth: bool,
    pub graph: Graph,
    pub hoisted: Hoisted,
    numbers: Params,
    /// The moment as the columns have it.
    pub base: Moment,
    /// What each outcome that ends a trial reads.
    endings: Vec<(usize, Reads)>,
}

impl<'a> Compiler<'a> {
    /// One for the truth, or for what an actor believes. Columns from `first` on are free.
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
        let base = base(model, program, layout, &mut graph, &mut numbers);
        let endings = program
            .outcomes
            .iter()
            .enumerate()
            .filter(|(_, outcome)| outcome.ends)
            .map(|(index, outcome)| (index, Reads::of(&outcome.when.node)))
            .collect();
        Compiler {
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

    /// The whole program.
    ///
    /// Also gives the first column that is free behind it; `None` where the program is too large.
    pub fn plan(mut self) -> Option<(Plan, u32)> {
        let start = self.start();
        let ends = self.ends_alone();
        let outcome = self.outcome();
        let measures = self.measures();
        let calendar = self.calendar();
        let events = (0..self.program.events.len()).map(|index| self.event(index)).collect();
        let laws = {
            let program = self.program;
            self.leaf([&program.laws, &[]], None, false, Forms::default())
        };
        let mut actors = Vec::new();
        for who in 0..self.program.actors.len() {
            actors.push(self.actor(who));
            if self.size() > MOST_VALUES {
                return None;
            }
        }
        let settled: Vec<Column> = self.hoisted.list.iter().map(|(_, column)| *column).collect();
        let trial = self.trial();
        let params = self
            .hoisted
            .list
            .iter()
            .filter_map(|(value, column)| match self.graph.part(*value) {
                super::graph::Part::Param(id) => {
                    let known = self.graph.known(*value);
                    Some(Param { id: *id, column: *column, low: known.low, high: known.high })
                }
                _ => None,
            })
            .collect();
        let next = self.hoisted.next;
        let plan = Plan {
            params,
            trial,
            settled,
            start,
            ends,
            outcome,
            measures,
            calendar,
            events,
            laws,
            actors,
        };
        Some((plan, next))
    }

    /// How many values were put together.
    pub fn size(&self) -> usize {
        self.graph.len()
    }

    pub fn single(&self, which: Single) -> Column {
        self.layout.single(which)
    }

    /// A flag column as a value.
    pub fn mask(&mut self, column: Column) -> Value {
        self.graph.column(column, Known::flag())
    }

    pub fn draft(&self, need: Single) -> Draft {
        Draft::new(self.single(need))
    }

    pub fn finish(&mut self, draft: Draft) -> super::tape::Tape {
        draft.finish(&self.graph, &mut self.hoisted, Depends::Moment)
    }

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

    pub fn lower(&mut self, moment: &mut Moment, formula: &Formula, how: Use) -> Value {
        let draws = formula.draws.map(|places| how.of(places));
        Lowering::formula(&mut self.graph, &mut self.numbers, moment, draws, &formula.node)
    }

    /// Asks for a test of a value that may be an accident.
    pub fn expect(
        &mut self,
        draft: &mut Draft,
        value: Value,
        mask: Value,
        (low, high): (f64, f64),
    ) {
        let known = self.graph.known(value);
        if !(known.clean && known.low >= low && known.high <= high) {
            draft.test(value, Some(mask), self.single(Single::Suspect), (low, high));
        }
    }

    /// A formula whose value must be a number.
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

    /// A condition; none always holds.
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

    /// The new values of variables, clamped.
    pub fn changed(
        &mut self,
        draft: &mut Draft,
        before: &mut Moment,
        groups: [&[Change]; 2],
        (mask, how, counted): (Value, Use, bool),
    ) -> Vec<(usize, Value)> {
        let mut values = Vec::new();
        for change in groups.into_iter().flatten() {
            let value = self.tested(draft, before, &change.formula, mask, how);
            let state = change.target.0 as usize;
            let old = before.state[state];
            let new = match change.operator {
                Assign::Set => value,
                Assign::Add => self.graph.add(old, value),
                Assign::Subtract => self.graph.subtract(old, value),
                Assign::Multiply => self.graph.multiply(old, value),
                Assign::Divide => self.graph.divide(old, value),
            };
            self.expect(draft, new, mask, FINITE);
            let kept = self.clamped(draft, state, new, mask, counted);
            values.push((state, kept));
        }
        values
    }

    /// A value as the variable takes it.
    fn clamped(
        &mut self,
        draft: &mut Draft,
        state: usize,
        value: Value,
        mask: Value,
        counted: bool,
    ) -> Value {
        let Some((low, high)) = self.program.ranges[state] else {
            if self.model.states[state].series.ty == Type::Number {
                self.expect(draft, value, mask, (-LARGEST, LARGEST));
            }
            if counted {
                let never = self.graph.truth(false);
                draft.output(never, self.layout.clamped(state));
            }
            return value;
        };
        let (low, high) = (self.param(low), self.param(high));
        if counted {
            let below = self.graph.binary(Binary::Less, value, low);
            let above = self.graph.binary(Binary::Less, high, value);
            let either = self.graph.binary(Binary::Or, below, above);
            draft.output(either, self.layout.clamped(state));
        }
        let raised = self.graph.binary(Binary::AtLeast, value, low);
        let kept = self.graph.binary(Binary::AtMost, raised, high);
        self.expect(draft, kept, mask, (-LARGEST, LARGEST));
        kept
    }

    /// Something that is done.
    pub fn leaf(
        &mut self,
        groups: [&[Change]; 2],
        what: Option<Happening>,
        accepted: bool,
        forms: Forms,
    ) -> Leaf {
        let targets: Vec<usize> =
            groups.into_iter().flatten().map(|change| change.target.0 as usize).collect();
        let one = |this: &mut Self, how, counted, ends| {
            this.leaf_tape(groups, &targets, (what, accepted), (how, counted, ends))
        };
        let imagined = one(self, Use::Act, false, Some(false));
        let real =
            if self.truth { one(self, Use::Act, true, Some(false)) } else { Default::default() };
        let landing =
            if forms.landing { one(self, Use::Act, false, Some(true)) } else { Default::default() };
        let weighed =
            if forms.weighed { one(self, Use::Weigh, false, None) } else { Default::default() };
        Leaf { real, imagined, landing, weighed, targets }
    }

    /// `ends`: which outcomes to test, all of those that end a trial or those that the change can
    /// bring about.
    fn leaf_tape(
        &mut self,
        groups: [&[Change]; 2],
        targets: &[usize],
        (what, accepted): (Option<Happening>, bool),
        (how, counted, ends): (Use, bool, Option<bool>),
    ) -> super::tape::Tape {
        let within = self.single(Single::Within);
        let mut draft = Draft::new(within);
        let mask = self.mask(within);
        let mut moment = self.base.clone();
        let values = self.changed(&mut draft, &mut moment, groups, (mask, how, counted));
        for (state, value) in &values {
            draft.blend(*value, self.layout.state(*state), within);
        }
        moment.assign(&values);
        if let Some(what) = what {
            self.marked(&mut draft, &mut moment, what, accepted, within);
        }
        if let Some(every) = ends {
            let which = self.which_ends(every, targets, what);
            self.ends(&mut draft, &mut moment, &which, mask, within);
        }
        self.finish(draft)
    }

    /// Notes that something happened, as far as anyone asks.
    fn marked(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        what: Happening,
        accepted: bool,
        within: Column,
    ) {
        let at = what.0 as usize;
        moment.mark(&mut self.graph, what);
        if accepted {
            moment.accept(&mut self.graph, what);
        }
        if self.kept.latest.contains(&at) {
            draft.blend(moment.latest[at], self.layout.latest(what), within);
        }
        if self.kept.counts.contains(&at) {
            draft.blend(moment.counts[at], self.layout.count(what), within);
        }
        if accepted && self.kept.accepted.contains(&at) {
            draft.blend(moment.accepted[at], self.layout.accepted(what), within);
        }
    }

    fn which_ends(&self, every: bool, targets: &[usize], what: Option<Happening>) -> Vec<usize> {
        self.endings
            .iter()
            .filter(|(_, reads)| every || reads.touched_by(targets, what))
            .map(|(index, _)| *index)
            .collect()
    }

    /// The first of some outcomes that holds, below zero if none.
    fn first_of(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        which: &[usize],
        mask: Value,
        otherwise: f64,
    ) -> Value {
        let program = self.program;
        let conditions: Vec<Value> = which
            .iter()
            .map(|index| self.tested(draft, moment, &program.outcomes[*index].when, mask, Use::Act))
            .collect();
        let mut first = self.graph.constant(otherwise);
        for (index, condition) in which.iter().zip(conditions).rev() {
            let this = self.graph.constant(*index as f64);
            first = self.graph.select(condition, this, first);
        }
        first
    }

    fn ends(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        which: &[usize],
        mask: Value,
        within: Column,
    ) {
        if which.is_empty() {
            return;
        }
        let first = self.first_of(draft, moment, which, mask, -1.0);
        let zero = self.graph.constant(0.0);
        let goes_on = self.graph.binary(Binary::Less, first, zero);
        draft.blend(first, self.single(Single::Ended), within);
        draft.blend(goes_on, self.single(Single::Active), within);
    }

    fn start(&mut self) -> super::tape::Tape {
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

    fn ends_alone(&mut self) -> super::tape::Tape {
        let within = self.single(Single::Within);
        let mut draft = Draft::new(within);
        let mask = self.mask(within);
        let which = self.which_ends(true, &[], None);
        let mut moment = self.base.clone();
        self.ends(&mut draft, &mut moment, &which, mask, within);
        self.finish(draft)
    }

    fn outcome(&mut self) -> super::tape::Tape {
        let within = self.single(Single::Within);
        let mut draft = Draft::new(within);
        let mask = self.mask(within);
        let which: Vec<usize> = (0..self.program.outcomes.len()).collect();
        let mut moment = self.base.clone();
        let first = self.first_of(&mut draft, &mut moment, &which, mask, which.len() as f64);
        draft.output(first, self.single(Single::Ending));
        self.finish(draft)
    }

    fn measures(&mut self) -> super::tape::Tape {
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
        let inside = entries.filter(|entry| (0..i64::from(program.steps)).contains(&entry.step));
        inside
            .map(|entry| CalendarPlan {
                step: entry.step,
                what: entry.what,
                leaf: self.leaf([&entry.effects, &[]], Some(entry.what), false, Forms::default()),
            })
            .collect()
    }

    /// Reckons what is read of the trial.
    fn trial(&mut self) -> super::tape::Tape {
        let mut draft = self.draft(Single::Within);
        for (value, column) in self.hoisted.list.clone() {
            if !matches!(self.graph.part(value), super::graph::Part::Param(_)) {
                draft.output(value, column);
            }
        }
        draft.finish(&self.graph, &mut self.hoisted, Depends::Trial)
    }

    /// The utility of a moment to an actor.
    pub fn utility(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        who: usize,
        mask: Value,
    ) -> Value {
        let actor = &self.program.actors[who];
        let mut sum = self.graph.constant(0.0);
        if actor.wants.is_empty() {
            return sum;
        }
        let mut weights = self.graph.constant(0.0);
        for want in &actor.wants {
            let weight = self.param(want.weight);
            weights = self.graph.add(weights, weight);
            if self.graph.constant_of(weight) == Some(0.0) {
                continue;
            }
            let satisfaction = self.satisfaction(draft, moment, want, mask);
            let part = self.graph.multiply(weight, satisfaction);
            let more = self.graph.add(sum, part);
            sum = if self.graph.known(weight).low > 0.0 || self.graph.known(satisfaction).clean {
                more
            } else {
                self.graph.select(weight, more, sum)
            };
        }
        let utility = self.graph.divide(sum, weights);
        let risk = self.param(actor.risk);
        let bent = if self.graph.constant_of(risk) == Some(0.0) {
            utility
        } else {
            let against = self.graph.unary(Unary::Negate, risk);
            let scaled = self.graph.multiply(against, utility);
            let above = self.graph.unary(Unary::ExpM1, scaled);
            let below = self.graph.unary(Unary::ExpM1, against);
            let bent = self.graph.divide(above, below);
            if self.graph.constant_of(risk).is_some() {
                bent
            } else {
                self.graph.select(risk, bent, utility)
            }
        };
        self.expect(draft, bent, mask, FINITE);
        bent
    }

    fn satisfaction(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        want: &Want,
        mask: Value,
    ) -> Value {
        let mut x = self.tested(draft, moment, &want.of, mask, Use::Act);
        if self.graph.known(x).flag {
            x = self.graph.spread(x);
        }
        let curve = self.param(want.curve);
        let bend = |this: &mut Self, v: Value| {
            if this.graph.constant_of(curve) == Some(1.0) {
                v
            } else {
                this.graph.binary(Binary::Power, v, curve)
            }
        };
        let value = match want.form {
            WantForm::Between { best, worst } => {
                let (best, worst) = (self.param(best), self.param(worst));
                let differ = self.graph.binary(Binary::NotEqual, best, worst);
                self.expect(draft, differ, mask, (1.0, 1.0));
                let (above, width) =
                    (self.graph.subtract(x, worst), self.graph.subtract(best, worst));
                let share = self.graph.divide(above, width);
                let share = self.graph.unary(Unary::Share, share);
                bend(self, share)
            }
            WantForm::Around { ideal, reach } => {
                let (ideal, reach) = (self.param(ideal), self.param(reach));
                let away = self.graph.subtract(x, ideal);
                let away = self.graph.unary(Unary::Abs, away);
                let distance = self.graph.divide(away, reach);
                let bent = bend(self, distance);
                let one = self.graph.constant(1.0);
                let left = self.graph.subtract(one, bent);
                self.graph.unary(Unary::NotBelowZero, left)
            }
        };
        self.expect(draft, value, mask, FINITE);
        value
    }
}

/// The moment as the columns have it.
fn base(
    model: &Model,
    program: &Program,
    layout: &Layout,
    graph: &mut Graph,
    numbers: &mut Params,
) -> Moment {
    // A mind may believe in another range than the one that a variable was kept in.
    let mut truth = Params::of(model, None);
    let steps = f64::from(program.steps);
    let state = (0..model.states.len())
        .map(|index| {
            let known = match &model.states[index].series.ty {
                Type::Flag => Known::flag(),
                Type::Label(_) => Known::between(0.0, model.labels.len() as f64).positive(),
                _ => {
                    let own = range(program, index, graph, numbers);
                    let kept = range(&model.truth, index, graph, &mut truth);
                    Known::between(own.0.min(kept.0), own.1.max(kept.1))
                }
            };
            graph.column(layout.state(index), known)
        })
        .collect();
    let happenings = || (0..model.happenings.len()).map(|index| Happening(index as u32));
    let latest = happenings()
        .map(|what| graph.column(layout.latest(what), Known::between(-1.0, steps).positive()))
        .collect();
    let counts = happenings()
        .map(|what| graph.column(layout.count(what), Known::between(0.0, 1e12).positive()))
        .collect();
    let accepted =
        happenings().map(|what| graph.column(layout.accepted(what), Known::flag())).collect();
    let step = graph.column(layout.single(Single::Step), Known::between(0.0, steps).positive());
    let last = graph.column(layout.single(Single::Last), Known::flag());
    Moment::new([state, latest, counts, accepted], step, last)
}

/// Between what a variable is kept.
fn range(program: &Program, state: usize, graph: &mut Graph, numbers: &mut Params) -> (f64, f64) {
    let Some((low, high)) = program.ranges[state] else { return (-LARGEST, LARGEST) };
    let (low, high) = (numbers.param(graph, low.0), numbers.param(graph, high.0));
    let (low, high) = (graph.known(low), graph.known(high));
    let sound = |known: Known| known.clean && known.low >= -LARGEST && known.high <= LARGEST;
    if sound(low) && sound(high) { (low.low, high.high) } else { (-LARGEST, LARGEST) }
}

/// A probability's numbers, for tests of chances.
pub(super) const UNIT: (f64, f64) = (0.0, 1.0);
