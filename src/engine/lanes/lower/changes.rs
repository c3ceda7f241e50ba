//! Groups of changes, as tapes: the new values of variables, what is noted of the past, and whether
//! the trial ends.

use super::bounds::LARGEST;
use super::compile::{FINITE, Forms, TapeCompiler};
use super::draft::Draft;
use super::graph::Value;
use super::layout::Single;
use super::moment::Moment;
use super::plan::ChangeTapes;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::operation::Binary;
use crate::engine::lanes::machine::tape::Tape;
use crate::engine::perspective::Use;
use crate::formula::{Happening, Type};
use crate::model::Change;
use crate::scenario::Assign;

impl TapeCompiler<'_> {
    /// The new values of the variables that a group of changes assigns, clamped to their ranges.
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

    /// A value clamped to the range of the variable that takes it.
    pub fn clamped(
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

    /// The tapes of a group of changes that are made together.
    pub fn change_tapes(
        &mut self,
        groups: [&[Change]; 2],
        happenings: &[Happening],
        accepted: bool,
        forms: Forms,
    ) -> ChangeTapes {
        let targets: Vec<usize> =
            groups.into_iter().flatten().map(|change| change.target.0 as usize).collect();
        let one = |this: &mut Self, how, counted, ends| {
            this.change_tape(groups, &targets, (happenings, accepted), (how, counted, ends))
        };
        let imagined = one(self, Use::Act, false, Some(false));
        let real =
            if self.truth { one(self, Use::Act, true, Some(false)) } else { Default::default() };
        let landing =
            if forms.landing { one(self, Use::Act, false, Some(true)) } else { Default::default() };
        let weighed =
            if forms.weighed { one(self, Use::Weigh, false, None) } else { Default::default() };
        ChangeTapes { real, imagined, landing, weighed, targets }
    }

    /// One tape of a group of changes. `ends` says which of the outcomes that end a trial it tests:
    /// all, or those that the changes can bring about.
    pub fn change_tape(
        &mut self,
        groups: [&[Change]; 2],
        targets: &[usize],
        (happenings, accepted): (&[Happening], bool),
        (how, counted, ends): (Use, bool, Option<bool>),
    ) -> Tape {
        let within = self.single(Single::Within);
        let mut draft = Draft::new(within);
        let mask = self.mask(within);
        let mut moment = self.base.clone();
        let values = self.changed(&mut draft, &mut moment, groups, (mask, how, counted));
        for (state, value) in &values {
            draft.blend(*value, self.layout.state(*state), within);
        }
        moment.assign(&values);
        for what in happenings {
            self.marked(&mut draft, &mut moment, *what, accepted, within);
        }
        if let Some(every) = ends {
            let which = self.which_ends(every, targets, happenings);
            self.ends(&mut draft, &mut moment, &which, mask, within);
        }
        self.finish(draft)
    }

    /// Notes that something happened, as far as some formula reads it.
    fn marked(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        what: Happening,
        accepted: bool,
        within: ColumnId,
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

    /// The outcomes that end a trial and must be tested after changes: all, or those that changes of
    /// these variables and something that happened can bring about.
    pub fn which_ends(
        &self,
        every: bool,
        targets: &[usize],
        happenings: &[Happening],
    ) -> Vec<usize> {
        self.endings
            .iter()
            .filter(|(_, reads)| every || reads.touched_by(targets, happenings))
            .map(|(index, _)| *index)
            .collect()
    }

    /// The first of some outcomes that holds; `otherwise` where none does.
    pub fn first_of(
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

    /// Ends the trial in lanes in which one of some outcomes holds.
    pub fn ends(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        which: &[usize],
        mask: Value,
        within: ColumnId,
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
}
