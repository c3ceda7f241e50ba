//! Collective bargains, as tapes.

use super::bounds::{Depends, LARGEST, ValueBounds};
use super::compile::TapeCompiler;
use super::graph::{Graph, Part, Value};
use super::layout::Single;
use super::plan::{BargainPlan, ChangeTapes};
use crate::engine::bargain::{GIVEN, settle_given};
use crate::engine::lanes::machine::operation::Binary;
use crate::engine::lanes::machine::tape::Tape;
use crate::engine::perspective::Use;
use crate::model::Bargain;
use crate::scenario::{BargainRule, Pick};

impl TapeCompiler<'_> {
    /// The tapes of a bargain.
    pub fn bargain(&mut self, index: usize) -> BargainPlan {
        let program = self.program;
        let bargain = &program.bargains[index];
        let fire = self.fires(bargain.limits, bargain.what, bargain.when.as_ref());
        let comes = bargain.chance.as_ref().map(|(formula, place)| self.comes(formula, *place));
        let settle = self.settlement(bargain);
        let over = bargain.over.0 as usize;
        let chance = bargain.chance.as_ref().and_then(|(formula, _)| self.known_chance(formula));
        let then = self.then(bargain);
        BargainPlan { what: bargain.what, over, fire, comes, chance, settle, then }
    }

    /// The tape that puts the settlement into the variable in the lanes of `Within`, and takes out of
    /// these the lanes without a deal.
    fn settlement(&mut self, bargain: &Bargain) -> Tape {
        let within = self.single(Single::Within);
        let over = bargain.over.0 as usize;
        let mut draft = self.draft(Single::Within);
        let mask = self.mask(within);
        let mut moment = self.base.clone();
        let (low, high) = match self.program.ranges[over] {
            Some((low, high)) => (self.param(low), self.param(high)),
            None => (self.graph.constant(f64::NEG_INFINITY), self.graph.constant(f64::INFINITY)),
        };
        let zero = self.graph.constant(0.0);
        let now = if bargain.rule == BargainRule::Nash { moment.state[over] } else { zero };
        let luck = match bargain.luck {
            Some(place) => self.graph.uniform(place, 0),
            None => zero,
        };
        let mut given = vec![low, high, now, luck];
        debug_assert_eq!(given.len(), GIVEN);
        for party in &bargain.parties {
            for formula in party.formulas() {
                given.push(self.tested(&mut draft, &mut moment, formula, mask, Use::Act));
            }
        }
        let settled = self.graph.settled(bargain.rule, given);
        // Infinite without a deal, NaN where the weights cannot be used.
        self.expect(&mut draft, settled, mask, (f64::MIN, f64::INFINITY));
        let never = self.graph.constant(f64::INFINITY);
        let deal = self.graph.binary(Binary::Less, settled, never);
        let raised = self.graph.binary(Binary::AtLeast, settled, low);
        let kept = self.graph.binary(Binary::AtMost, raised, high);
        let may_fail = match bargain.rule {
            BargainRule::Nash => true,
            BargainRule::Mean | BargainRule::Median => false,
            BargainRule::Condorcet(Pick::Mean | Pick::Draw) => false,
        };
        let new = if may_fail { self.graph.select(deal, kept, moment.state[over]) } else { kept };
        self.expect(&mut draft, new, mask, (-LARGEST, LARGEST));
        draft.blend(new, self.layout.state(over), within);
        if self.truth {
            let never = self.graph.truth(false);
            draft.output(never, self.layout.clamped(over));
        }
        if may_fail {
            let dealt = self.graph.both(mask, deal);
            draft.replace(dealt, within);
        }
        self.finish(draft)
    }

    /// What follows once it is settled. Outcomes that read the variable are tested too.
    fn then(&mut self, bargain: &Bargain) -> ChangeTapes {
        let groups = [bargain.effects.as_slice(), &[]];
        let targets: Vec<usize> =
            bargain.effects.iter().map(|change| change.target.0 as usize).collect();
        let mut touched = targets.clone();
        touched.push(bargain.over.0 as usize);
        let truth = self.truth;
        let mut one = |counted| {
            let noted = [bargain.what];
            self.change_tape(groups, &touched, (&noted, false), (Use::Act, counted, Some(false)))
        };
        let imagined = one(false);
        let real = if truth { one(true) } else { Tape::default() };
        ChangeTapes { real, imagined, targets, ..ChangeTapes::default() }
    }
}

impl Graph {
    /// The settlement of a bargain, as [`Settlement::coded`](crate::engine::bargain::Settlement::coded) has
    /// it: see [`settle_given`] for what is given.
    fn settled(&mut self, rule: BargainRule, given: Vec<Value>) -> Value {
        let constants: Option<Vec<f64>> =
            given.iter().map(|value| self.constant_of(*value)).collect();
        if let Some(constants) = constants {
            let settled = settle_given(rule, &constants, &mut Default::default());
            return self.constant(settled.coded());
        }
        let depends = given.iter().map(|value| self.bounds(*value).depends).max();
        let depends = depends.unwrap_or(Depends::Moment);
        let known = ValueBounds { depends, ..ValueBounds::anything() };
        self.put(Part::Settlement(rule, given.into()), known)
    }
}
