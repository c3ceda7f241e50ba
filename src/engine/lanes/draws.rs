//! Draws as values.

use super::bounds::{self, ValueBounds};
use super::graph::{DrawKind, Graph, Part, Value};
use super::operation::{Binary, Unary};
use crate::formula::{Distribution, Inverse, One};
use crate::numeric::quantile::{self, Spread};

impl Graph {
    /// A draw.
    pub fn draw(
        &mut self,
        inverse: &Inverse,
        uniform: Value,
        parameters: Vec<Value>,
        guard: Option<Value>,
    ) -> Value {
        if let Some(value) = self.normal_draw(inverse.distribution, uniform, &parameters) {
            return value;
        }
        let known = bounds::draw(inverse.distribution);
        let kind = DrawKind(inverse.clone());
        self.put(Part::Draw(kind, uniform, parameters.into(), guard), known)
    }

    /// The standard normal number of a uniform one.
    pub fn standard_normal(&mut self, uniform: Value) -> Value {
        // No uniform number is so near to an end.
        let known = ValueBounds::between(-40.0, 40.0).positive();
        let kind = DrawKind(Inverse::plain(Distribution::Normal));
        let parameters = [self.constant(0.0), self.constant(1.0)];
        self.put(Part::Draw(kind, uniform, parameters.into(), None), known)
    }

    /// A draw that is made of a standard normal number, in the operations of its inverse, where its
    /// parameters are known to make a distribution.
    fn normal_draw(
        &mut self,
        distribution: Distribution,
        uniform: Value,
        parameters: &[Value],
    ) -> Option<Value> {
        let &[first, second] = parameters else { return None };
        let (left, right) = (self.bounds(first), self.bounds(second));
        let (lo, hi) = (self.constant_of(first), self.constant_of(second));
        match distribution {
            Distribution::Normal | Distribution::Lognormal
                if left.clean && right.clean && right.low >= 0.0 =>
            {
                let z = self.standard_normal(uniform);
                let away = self.multiply(second, z);
                let normal = self.add(first, away);
                let is_log = distribution == Distribution::Lognormal;
                Some(if is_log { self.unary(Unary::Function(One::Exp), normal) } else { normal })
            }
            Distribution::LoToHi => {
                let Spread { sigma, z_95 } = quantile::spread(lo?, hi?)?;
                let z = self.standard_normal(uniform);
                let (zero, sigma) = (self.constant(0.0), self.constant(sigma));
                let (to_low, to_high) = (self.constant(z_95), self.constant(-z_95));
                let is_low = self.binary(Binary::Less, z, zero);
                let end = self.select(is_low, first, second);
                let shift = self.select(is_low, to_low, to_high);
                let away = self.add(z, shift);
                let log = self.multiply(sigma, away);
                let grown = self.unary(Unary::Function(One::Exp), log);
                Some(self.multiply(end, grown))
            }
            _ => None,
        }
    }
}
