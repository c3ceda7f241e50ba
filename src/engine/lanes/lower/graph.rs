//! Values that depend on each other, each once: the common form of all formulas of a program.
//!
//! A value that is put together twice from the same parts is the same value, so what several
//! formulas share is computed once. What is constant is computed here. Every value has bounds,
//! so that tests that cannot fail are left out.

use indexmap::IndexMap;

use super::bounds::{self, Depends, ValueBounds};
use crate::distribution::Inverse;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::formula::One;
use crate::model::{ChoicePlaceId, PlaceId};
use crate::scenario::BargainRule;

/// A value, by its position in the [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::engine) struct Value(pub u32);

/// How a value is computed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::engine::lanes) enum Part {
    /// A constant, by its bits.
    Constant(u64),
    /// A number of the trial.
    Param(u32),
    /// A column of the frame.
    Column(ColumnId),
    /// A uniform number of a place.
    Uniform(PlaceId, u16),
    /// A Gumbel number of an option.
    Gumbel(ChoicePlaceId),
    /// An operation on one value.
    Unary(Unary, Value),
    /// An operation on two.
    Binary(Binary, Value, Value),
    /// The second where the first is not zero, else the third.
    Select(Value, Value, Value),
    /// A draw: the distribution, its uniform number and parameters; only where the guard, if there
    /// is one, is not zero.
    Draw(DrawKind, Value, Box<[Value]>, Option<Value>),
    /// The settlement of a bargain by a rule, of what is given of it.
    Settlement(BargainRule, Box<[Value]>),
}

/// A distribution as part of the key of a value: two draws are the same value only if they are from
/// the same distribution.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::engine::lanes) struct DrawKind(pub Inverse);

/// An operation on a choice among more values than this is not moved into the choice.
const MOST_RUNGS: u8 = 16;

/// The values of a program.
#[derive(Debug, Default)]
pub(in crate::engine) struct Graph {
    parts: IndexMap<Part, ValueBounds>,
}

impl Graph {
    /// How a value is computed.
    pub(in crate::engine::lanes) fn part(&self, value: Value) -> &Part {
        self.parts.get_index(value.0 as usize).expect("values are positions in the graph").0
    }

    /// The bounds of a value.
    pub(in crate::engine::lanes) fn bounds(&self, value: Value) -> ValueBounds {
        self.parts[value.0 as usize]
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// The constant that a value is, if it is one.
    pub fn constant_of(&self, value: Value) -> Option<f64> {
        let Part::Constant(bits) = self.part(value) else { return None };
        Some(f64::from_bits(*bits))
    }

    /// The value that is computed in this way, which is added unless it is there already.
    pub(in crate::engine::lanes) fn put(&mut self, part: Part, known: ValueBounds) -> Value {
        let (index, _) = self.parts.insert_full(part, known);
        Value(index as u32)
    }

    /// A constant.
    pub fn constant(&mut self, x: f64) -> Value {
        self.put(Part::Constant(x.to_bits()), ValueBounds::constant(x))
    }

    /// A flag that is always true or never.
    pub fn truth(&mut self, truth: bool) -> Value {
        self.constant(f64::from(u8::from(truth)))
    }

    /// A number of the trial, within these limits.
    pub fn param(&mut self, id: u32, low: f64, high: f64) -> Value {
        self.put(Part::Param(id), ValueBounds::between(low, high).per_trial())
    }

    /// A column with these bounds.
    pub(in crate::engine::lanes) fn column(
        &mut self,
        column: ColumnId,
        known: ValueBounds,
    ) -> Value {
        self.put(Part::Column(column), known)
    }

    /// A uniform number.
    pub fn uniform(&mut self, place: PlaceId, number: u16) -> Value {
        self.put(Part::Uniform(place, number), ValueBounds::between(0.0, 1.0).positive())
    }

    /// A Gumbel number: of a uniform number with 53 bits it lies well within these bounds.
    pub fn gumbel(&mut self, place: ChoicePlaceId) -> Value {
        self.put(Part::Gumbel(place), ValueBounds::between(-10.0, 50.0))
    }

    /// The condition and the two values of a choice, made in each moment, between values that are
    /// settled once per trial. An operation on the choice is better done on those, once per trial.
    fn ladder(&self, value: Value) -> Option<(Value, Value, Value)> {
        let Part::Select(condition, then, otherwise) = *self.part(value) else { return None };
        (self.bounds(value).ladder > 0).then_some((condition, then, otherwise))
    }

    /// A flag as a choice between one and zero.
    pub fn spread(&mut self, flag: Value) -> Value {
        let (one, zero) = (self.constant(1.0), self.constant(0.0));
        self.select(flag, one, zero)
    }

    /// An operation on one value.
    pub fn unary(&mut self, op: Unary, a: Value) -> Value {
        let known = self.bounds(a);
        if let Some(x) = self.constant_of(a) {
            return self.constant(op.of(x));
        }
        if let Some((condition, then, otherwise)) = self.ladder(a) {
            let (then, otherwise) = (self.unary(op, then), self.unary(op, otherwise));
            return self.select(condition, then, otherwise);
        }
        let idle = match op {
            Unary::Function(One::Abs) => known.low >= 0.0 && !known.negative_zero && known.clean,
            Unary::Share => known.clean && known.low >= 0.0 && known.high <= 1.0,
            Unary::NotBelowZero => known.clean && known.low >= 0.0 && !known.negative_zero,
            Unary::Negate | Unary::Not | Unary::Function(_) | Unary::ExpM1 | Unary::NormalShare => {
                false
            }
        };
        if idle { a } else { self.put(Part::Unary(op, a), bounds::unary(op, known)) }
    }

    /// An operation on two values.
    pub fn binary(&mut self, op: Binary, a: Value, b: Value) -> Value {
        let (left, right) = (self.bounds(a), self.bounds(b));
        let op = if left.clean && right.clean { op.plain() } else { op };
        if let (Some(x), Some(y)) = (self.constant_of(a), self.constant_of(b)) {
            return self.constant(op.of(x, y));
        }
        if let Some(same) = self.simpler(op, a, b).or_else(|| self.rearranged(op, a, b)) {
            return same;
        }
        if right.depends <= Depends::Trial
            && let Some((condition, then, otherwise)) = self.ladder(a)
        {
            let (then, otherwise) = (self.binary(op, then, b), self.binary(op, otherwise, b));
            return self.select(condition, then, otherwise);
        }
        if left.depends <= Depends::Trial
            && let Some((condition, then, otherwise)) = self.ladder(b)
        {
            let (then, otherwise) = (self.binary(op, a, then), self.binary(op, a, otherwise));
            return self.select(condition, then, otherwise);
        }
        self.put(Part::Binary(op, a, b), bounds::binary(op, left, right))
    }

    /// A value that is the same to the bit and needs no operation.
    #[expect(clippy::wildcard_enum_match_arm, reason = "an operation not named here is done")]
    fn simpler(&mut self, op: Binary, a: Value, b: Value) -> Option<Value> {
        let (left, right) = (self.bounds(a), self.bounds(b));
        let (x, y) = (self.constant_of(a), self.constant_of(b));
        let is = |c: Option<f64>, what: f64| c.is_some_and(|c| c.to_bits() == what.to_bits());
        let vanishes = |other: ValueBounds| other.clean && other.low >= 0.0 && !other.negative_zero;
        match op {
            Binary::Add if is(x, 0.0) && !right.negative_zero => Some(b),
            Binary::Add if is(y, 0.0) && !left.negative_zero => Some(a),
            Binary::Add if is(x, -0.0) => Some(b),
            Binary::Subtract if is(y, 0.0) => Some(a),
            Binary::Multiply if is(x, 1.0) => Some(b),
            Binary::Multiply if is(y, 1.0) => Some(a),
            Binary::Multiply if is(x, 0.0) && vanishes(right) => Some(a),
            Binary::Multiply if is(y, 0.0) && vanishes(left) => Some(b),
            Binary::Divide if is(y, 1.0) => Some(a),
            Binary::And if is(x, 0.0) => Some(a),
            Binary::And if is(x, 1.0) => Some(b),
            Binary::And if is(y, 1.0) && left.flag => Some(a),
            Binary::Or if is(x, 1.0) => Some(a),
            Binary::Or if is(x, 0.0) => Some(b),
            Binary::Or if is(y, 0.0) && left.flag => Some(a),
            Binary::AtLeast if left.clean && left.low >= right.high => Some(a),
            Binary::AtMost if left.clean && left.high <= right.low => Some(a),
            Binary::Less if left.high < right.low && left.clean && right.clean => {
                Some(self.constant(1.0))
            }
            Binary::Less if left.low >= right.high && left.clean && right.clean => {
                Some(self.constant(0.0))
            }
            _ => None,
        }
    }

    /// A value that is the same to the bit and takes fewer or quicker operations. (A NaN
    /// stays NaN.)
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "an operation not named here stays as it is"
    )]
    fn rearranged(&mut self, op: Binary, a: Value, b: Value) -> Option<Value> {
        let (x, y) = (self.constant_of(a), self.constant_of(b));
        match op {
            // A sign changes nothing about rounding.
            Binary::Divide if y == Some(-1.0) => Some(self.unary(Unary::Negate, a)),
            Binary::Multiply if y == Some(-1.0) => Some(self.unary(Unary::Negate, a)),
            Binary::Multiply if x == Some(-1.0) => Some(self.unary(Unary::Negate, b)),
            Binary::Multiply => {
                let (k, negated) = match (x, y, self.negated(a), self.negated(b)) {
                    (Some(k), _, _, Some(negated)) => (k, negated),
                    (_, Some(k), Some(negated), _) => (k, negated),
                    _ => return None,
                };
                let k = self.constant(-k);
                Some(self.multiply(k, negated))
            }
            Binary::Add => {
                if let Some(negated) = self.negated(b) {
                    return Some(self.subtract(a, negated));
                }
                if let Some(negated) = self.negated(a) {
                    return Some(self.subtract(b, negated));
                }
                let (inner, other) = match (self.without_sign(a), self.without_sign(b)) {
                    (Some(inner), None) => (inner, b),
                    (None, Some(inner)) => (inner, a),
                    _ => return None,
                };
                if self.bounds(a).depends.max(self.bounds(b).depends) <= Depends::Trial {
                    return None;
                }
                let other = self.zero_without_sign(other)?;
                Some(self.add(inner, other))
            }
            Binary::Subtract => {
                if let Some(negated) = self.negated(b) {
                    return Some(self.add(a, negated));
                }
                let never_zero =
                    |known: ValueBounds| known.clean && (known.low > 0.0 || known.high < 0.0);
                if never_zero(self.bounds(b))
                    && let Some(inner) = self.without_sign(a)
                {
                    return Some(self.subtract(inner, b));
                }
                // So that subtracting and adding constants are one operation.
                let k = y.filter(|k| *k != 0.0 && x.is_none())?;
                let k = self.constant(-k);
                Some(self.add(a, k))
            }
            _ => None,
        }
    }

    /// What a value is the negative of.
    fn negated(&self, value: Value) -> Option<Value> {
        let Part::Unary(Unary::Negate, inner) = *self.part(value) else { return None };
        Some(inner)
    }

    /// What is added to zero in a sum with zero, which only makes a negative zero positive.
    fn without_sign(&self, value: Value) -> Option<Value> {
        let is_zero = |side: Value| self.constant_of(side).is_some_and(|x| x.to_bits() == 0);
        let Part::Binary(Binary::Add, a, b) = *self.part(value) else { return None };
        if is_zero(a) { Some(b) } else { is_zero(b).then_some(a) }
    }

    /// The same value without negative zeros, where that takes no operation in each moment.
    fn zero_without_sign(&mut self, value: Value) -> Option<Value> {
        let known = self.bounds(value);
        if known.clean && !known.negative_zero {
            return Some(value);
        }
        if known.depends <= Depends::Trial {
            let zero = self.constant(0.0);
            return Some(self.add(zero, value));
        }
        let (condition, then, otherwise) = self.ladder(value)?;
        let (then, otherwise) = (self.zero_without_sign(then)?, self.zero_without_sign(otherwise)?);
        Some(self.select(condition, then, otherwise))
    }

    /// The value `then` where the condition holds, else `otherwise`.
    pub fn select(&mut self, condition: Value, then: Value, otherwise: Value) -> Value {
        if then == otherwise {
            return then;
        }
        if let Some(c) = self.constant_of(condition) {
            return if c != 0.0 { then } else { otherwise };
        }
        let all = [self.bounds(condition), self.bounds(then), self.bounds(otherwise)];
        let rungs =
            |known: ValueBounds| if known.depends <= Depends::Trial { 1 } else { known.ladder };
        let (first, second) = (rungs(all[1]), rungs(all[2]));
        let whole = first > 0 && second > 0 && all[0].depends == Depends::Moment;
        let ladder = if whole && first + second <= MOST_RUNGS { first + second } else { 0 };
        let known = ValueBounds { ladder, ..bounds::select(all) };
        self.put(Part::Select(condition, then, otherwise), known)
    }

    /// Whether both flags hold; neither may be NaN.
    pub fn both(&mut self, a: Value, b: Value) -> Value {
        self.binary(Binary::And, a, b)
    }

    /// Whether a flag does not hold.
    pub fn not(&mut self, a: Value) -> Value {
        self.unary(Unary::Not, a)
    }

    /// `a + b`
    pub fn add(&mut self, a: Value, b: Value) -> Value {
        self.binary(Binary::Add, a, b)
    }

    /// `a - b`
    pub fn subtract(&mut self, a: Value, b: Value) -> Value {
        self.binary(Binary::Subtract, a, b)
    }

    /// `a * b`
    pub fn multiply(&mut self, a: Value, b: Value) -> Value {
        self.binary(Binary::Multiply, a, b)
    }

    /// `a / b`
    pub fn divide(&mut self, a: Value, b: Value) -> Value {
        self.binary(Binary::Divide, a, b)
    }

    /// The values that a value is made of.
    pub fn operands(&self, value: Value, visit: &mut dyn FnMut(Value)) {
        match self.part(value) {
            Part::Constant(_)
            | Part::Param(_)
            | Part::Column(_)
            | Part::Uniform(..)
            | Part::Gumbel(_) => {}
            Part::Unary(_, a) => visit(*a),
            Part::Binary(_, a, b) => {
                visit(*a);
                visit(*b);
            }
            Part::Select(a, b, c) => {
                visit(*a);
                visit(*b);
                visit(*c);
            }
            Part::Settlement(_, given) => given.iter().for_each(|x| visit(*x)),
            Part::Draw(_, uniform, parameters, guard) => {
                visit(*uniform);
                parameters.iter().for_each(|p| visit(*p));
                guard.iter().for_each(|g| visit(*g));
            }
        }
    }
}
