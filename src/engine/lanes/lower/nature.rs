//! Events and branches of chance, as tapes.

use super::compile::{Forms, TapeCompiler, UNIT};
use super::draft::Draft;
use super::graph::Value;
use super::layout::Single;
use super::moment::Moment;
use super::plan::{EventDraw, EventPlan};
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::engine::lanes::machine::tape::Tape;
use crate::engine::perspective::Use;
use crate::formula::Happening;
use crate::model::{Branch, CHANCE_SLACK, Chance, Formula, Limits, PlaceId};

impl TapeCompiler<'_> {
    /// The tapes of an event.
    pub fn event(&mut self, index: usize) -> EventPlan {
        let event = &self.program.events[index];
        let fire = self.fires(event.limits, event.what, event.when.as_ref());
        let (drawn, branches): (EventDraw, &[Branch]) = match &event.chance {
            Chance::Certain => (EventDraw::Certain, &[]),
            Chance::Formula(formula, place) => {
                (EventDraw::Whether(self.comes(formula, *place)), &[])
            }
            Chance::Branches(branches, place) => {
                let mut moment = self.base.clone();
                let acting = self.mask(self.single(Single::Acting));
                let mut draft = self.draft(Single::Acting);
                let chances = self.chances(&mut draft, &mut moment, branches, acting);
                let u = self.graph.uniform(*place, 0);
                let branch = self.drawn_branch(&chances, u);
                draft.output(branch, self.single(Single::Branch));
                (EventDraw::Which(self.finish(draft)), branches)
            }
        };
        let chances = self.known_chances(&event.chance);
        let effects = |branch: usize| branches.get(branch).map_or(&[][..], |b| &b.effects);
        let branches = (0..branches.len().max(1))
            .map(|branch| {
                let groups = [event.effects.as_slice(), effects(branch)];
                self.change_tapes(groups, &[event.what], false, Forms::default())
            })
            .collect();
        EventPlan { what: event.what, fire, drawn, chances, branches }
    }

    /// The tape of the chances of an event, if it is wanted: see [`EventPlan::chances`].
    fn known_chances(&mut self, chance: &Chance) -> Option<Tape> {
        match chance {
            Chance::Certain => None,
            Chance::Formula(formula, _) => self.known_chance(formula),
            Chance::Branches(branches, _) => {
                self.model.known.as_ref().filter(|_| self.truth)?;
                let mut moment = self.base.clone();
                let acting = self.mask(self.single(Single::Acting));
                let mut draft = self.draft(Single::Acting);
                let chances = self.chances(&mut draft, &mut moment, branches, acting);
                for (branch, p) in chances.into_iter().enumerate() {
                    draft.output(p, self.layout.chance(0, branch));
                }
                Some(self.finish(draft))
            }
        }
    }

    /// The tape of a chance of an event or a bargain, if it is wanted.
    pub fn known_chance(&mut self, chance: &Formula) -> Option<Tape> {
        self.model.known.as_ref().filter(|_| self.truth)?;
        let acting = self.mask(self.single(Single::Acting));
        let mut draft = self.draft(Single::Acting);
        let mut moment = self.base.clone();
        let p = self.tested(&mut draft, &mut moment, chance, acting, Use::Act);
        self.expect(&mut draft, p, acting, UNIT);
        draft.output(p, self.layout.chance(0, 0));
        Some(self.finish(draft))
    }

    /// Whether each fact that is known holds, step by step.
    pub fn facts(&mut self) -> Vec<Vec<Tape>> {
        let model = self.model;
        let Some(known) = model.known.as_ref().filter(|_| self.truth) else { return Vec::new() };
        let mut all = Vec::new();
        for step in &known.steps {
            let mut of_step = Vec::new();
            for fact in &step.facts {
                let within = self.mask(self.single(Single::Within));
                let mut draft = self.draft(Single::Within);
                let mut moment = self.base.clone();
                let holds = self.condition(&mut draft, &mut moment, Some(&fact.formula), within);
                draft.output(holds, self.single(Single::Spare));
                of_step.push(self.finish(draft));
            }
            all.push(of_step);
        }
        all
    }

    /// The tape that finds the lanes, for `Acting`, in which an event or a bargain may happen.
    pub fn fires(&mut self, limits: Limits, what: Happening, when: Option<&Formula>) -> Tape {
        let mask = self.mask(self.single(Single::Active));
        let mut draft = self.draft(Single::Active);
        let allowed = self.within_limits(limits, what);
        let may = self.graph.both(mask, allowed);
        let mut moment = self.base.clone();
        let when = self.condition(&mut draft, &mut moment, when, may);
        let fire = self.graph.both(may, when);
        draft.output(fire, self.single(Single::Acting));
        self.finish(draft)
    }

    /// Which of the lanes of `Acting` something comes about in that has this chance, in `Within`.
    pub fn comes(&mut self, chance: &Formula, place: PlaceId) -> Tape {
        let acting = self.mask(self.single(Single::Acting));
        let mut draft = self.draft(Single::Acting);
        let mut moment = self.base.clone();
        let p = self.tested(&mut draft, &mut moment, chance, acting, Use::Act);
        self.expect(&mut draft, p, acting, UNIT);
        let u = self.graph.uniform(place, 0);
        let comes = self.graph.binary(Binary::Less, u, p);
        let comes = self.graph.both(acting, comes);
        draft.output(comes, self.single(Single::Within));
        self.finish(draft)
    }

    /// The chances of branches, and at the end that of no branch.
    pub fn chances(
        &mut self,
        draft: &mut Draft,
        moment: &mut Moment,
        branches: &[Branch],
        mask: Value,
    ) -> Vec<Value> {
        let mut sum = self.graph.constant(0.0);
        let (mut all, mut rest) = (Vec::new(), None);
        for (index, branch) in branches.iter().enumerate() {
            match &branch.p {
                Some(formula) => {
                    let p = self.tested(draft, moment, formula, mask, Use::Act);
                    self.expect(draft, p, mask, UNIT);
                    sum = self.graph.add(sum, p);
                    self.expect(draft, sum, mask, (f64::MIN, 1.0 + CHANCE_SLACK));
                    all.push(p);
                }
                None => {
                    rest = Some(index);
                    all.push(self.graph.constant(0.0));
                }
            }
        }
        let one = self.graph.constant(1.0);
        let left = self.graph.subtract(one, sum);
        let left = self.graph.unary(Unary::NotBelowZero, left);
        let zero = self.graph.constant(0.0);
        match rest {
            Some(index) => {
                all[index] = left;
                all.push(zero);
            }
            None => {
                let slack = self.graph.constant(CHANCE_SLACK);
                let little = self.graph.binary(Binary::LessEqual, left, slack);
                all.push(self.graph.select(little, zero, left));
            }
        }
        all
    }

    /// The branch that comes up, by the inverse CDF in the order written; the number of branches
    /// where none does.
    pub fn drawn_branch(&mut self, chances: &[Value], u: Value) -> Value {
        let count = chances.len() - 1;
        let zero = self.graph.constant(0.0);
        let nothing = self.graph.constant(count as f64);
        // Where the chances add to 1, rounding may leave a gap above the last branch, which it
        // takes.
        let mut last = nothing;
        for (index, p) in chances[..count].iter().enumerate() {
            let possible = self.graph.binary(Binary::Less, zero, *p);
            let this = self.graph.constant(index as f64);
            last = self.graph.select(possible, this, last);
        }
        let none_left = self.graph.binary(Binary::Equal, chances[count], zero);
        let mut branch = self.graph.select(none_left, last, nothing);
        let mut sums = Vec::new();
        let mut below = zero;
        for p in &chances[..count] {
            below = self.graph.add(below, *p);
            sums.push(below);
        }
        for (index, sum) in sums.into_iter().enumerate().rev() {
            let here = self.graph.binary(Binary::Less, u, sum);
            let this = self.graph.constant(index as f64);
            branch = self.graph.select(here, this, branch);
        }
        branch
    }
}
