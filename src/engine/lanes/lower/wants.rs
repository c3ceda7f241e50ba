//! What an actor wants, as values.

use super::compile::{FINITE, TapeCompiler};
use super::draft::Draft;
use super::graph::Value;
use super::moment::Moment;
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::engine::perspective::Use;
use crate::formula::One;
use crate::model::{Want, WantForm};

impl TapeCompiler<'_> {
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
            sum = if self.graph.bounds(weight).low > 0.0 || self.graph.bounds(satisfaction).clean {
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
        if self.graph.bounds(x).flag {
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
                let away = self.graph.unary(Unary::Function(One::Abs), away);
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
