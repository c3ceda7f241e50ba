//! Draws as values.

use super::bounds::{self, ValueBounds};
use super::graph::{DrawKind, Graph, Part, Value};
use crate::distribution::{Composed, Inverse, KnownParameter, NORMAL};
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::formula::One;

impl Graph {
    /// A draw.
    pub fn draw(
        &mut self,
        inverse: &Inverse,
        uniform: Value,
        parameters: Vec<Value>,
        guard: Option<Value>,
    ) -> Value {
        if let Some(composed) = self.composed(inverse, &parameters) {
            let standard = self.standard_normal(uniform);
            return self.compose(&composed, standard, &parameters);
        }
        let known = bounds::draw(inverse.distribution);
        let kind = DrawKind(inverse.clone());
        self.put(Part::Draw(kind, uniform, parameters.into(), guard), known)
    }

    /// The standard normal number of a uniform one.
    pub fn standard_normal(&mut self, uniform: Value) -> Value {
        // No uniform number is so near to an end.
        let known = ValueBounds::between(-40.0, 40.0).positive();
        let kind = DrawKind(Inverse::plain(&NORMAL));
        let parameters = [self.constant(0.0), self.constant(1.0)];
        self.put(Part::Draw(kind, uniform, parameters.into(), None), known)
    }

    /// A draw written out in operations on a standard normal number, if its distribution can be and
    /// enough is known of the parameters.
    fn composed(&self, inverse: &Inverse, parameters: &[Value]) -> Option<Composed> {
        let compose = inverse.distribution.composed?;
        let known: Vec<_> = parameters
            .iter()
            .map(|parameter| {
                let ValueBounds { low, clean: finite, .. } = self.bounds(*parameter);
                KnownParameter { constant: self.constant_of(*parameter), low, finite }
            })
            .collect();
        compose(&known)
    }

    /// Such a draw as a value.
    fn compose(&mut self, composed: &Composed, standard: Value, parameters: &[Value]) -> Value {
        let mut of = |x: &Composed| self.compose(x, standard, parameters);
        match composed {
            Composed::StandardNormal => standard,
            Composed::Parameter(index) => parameters[*index],
            Composed::Constant(x) => self.constant(*x),
            Composed::Sum(pair) => {
                let [x, y] = [of(&pair[0]), of(&pair[1])];
                self.add(x, y)
            }
            Composed::Product(pair) => {
                let [x, y] = [of(&pair[0]), of(&pair[1])];
                self.multiply(x, y)
            }
            Composed::Exp(x) => {
                let x = of(x);
                self.unary(Unary::Function(One::Exp), x)
            }
            Composed::BelowZeroOrNot(pair) => {
                let [below, otherwise] = [of(&pair[0]), of(&pair[1])];
                let zero = self.constant(0.0);
                let is_below = self.binary(Binary::Less, standard, zero);
                self.select(is_below, below, otherwise)
            }
        }
    }
}
