//! The value of a formula in one moment of a trial.
//!
//! A numerical accident, such as a division by zero, is NaN. A comparison, `and`, `if` or `min` that
//! is given a NaN gives NaN in turn, so the accident reaches whoever uses the formula. An accident
//! in a branch that is not taken has no effect.

use super::Pure;
use super::node::{Binary, Happening, Node};
use crate::numeric::{self, kernels};

/// The value of `since(x)` as long as x has not happened.
pub const NEVER: f64 = 1_000_000.0;

/// All that a formula can read in one moment of a trial.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// The numbers that are drawn or computed once per trial, by [`super::ParamId`].
    pub params: &'a [f64],
    /// The variables of the state, by [`super::StateId`].
    pub state: &'a [f64],
    /// How often each [`Happening`] happened.
    pub counts: &'a [u32],
    /// The step in which each happened last; without meaning for what has not happened yet.
    pub latest: &'a [u32],
    /// Whether a proposal of each was ever accepted.
    pub accepted: &'a [bool],
    /// The number of the step, from zero.
    pub step: u32,
    /// Whether this is the last step.
    pub last: bool,
}

/// Gives the uniform random numbers that the draws of a formula need.
pub trait Uniforms {
    /// The uniform number, strictly between zero and one, for the draw at this position among the
    /// draws of the formula.
    fn uniform(&mut self, number: u16) -> f64;
}

/// Stands in where a formula makes no draws; it gives NaN.
#[derive(Clone, Copy, Debug)]
pub struct NoDraws;

impl Uniforms for NoDraws {
    fn uniform(&mut self, _: u16) -> f64 {
        f64::NAN
    }
}

impl Node {
    /// The value of a formula without draws.
    pub fn value(&self, snapshot: &Snapshot<'_>) -> f64 {
        self.eval(snapshot, &mut NoDraws)
    }

    /// The value in this moment, with draws made from these uniform numbers.
    pub fn eval(&self, snapshot: &Snapshot<'_>, uniforms: &mut dyn Uniforms) -> f64 {
        match self {
            Node::Number(number) => *number,
            Node::Param(id) => snapshot.params[id.0 as usize],
            Node::State(id) => snapshot.state[id.0 as usize],
            Node::Shared(definition) => definition.node.eval(snapshot, uniforms),
            Node::Step => f64::from(snapshot.step),
            Node::Last => flag(snapshot.last),
            Node::OfDay(_, values) => values[snapshot.step as usize],
            Node::Happened(x) => flag(snapshot.counts[x.0 as usize] > 0),
            Node::Count(x) => f64::from(snapshot.counts[x.0 as usize]),
            Node::Since(x) => since(snapshot, *x),
            Node::Within(x, n) => {
                let n = n.eval(snapshot, uniforms);
                if n.is_nan() {
                    return n;
                }
                flag(snapshot.counts[x.0 as usize] > 0 && since(snapshot, *x) < n)
            }
            Node::Accepted(x) => flag(snapshot.accepted[x.0 as usize]),
            Node::Negate(x) => -x.eval(snapshot, uniforms),
            Node::Not(x) => 1.0 - x.eval(snapshot, uniforms),
            Node::Binary(Binary::And, pair) => {
                let left = pair.0.eval(snapshot, uniforms);
                if left == 1.0 { pair.1.eval(snapshot, uniforms) } else { left }
            }
            Node::Binary(Binary::Or, pair) => {
                let left = pair.0.eval(snapshot, uniforms);
                if left == 0.0 { pair.1.eval(snapshot, uniforms) } else { left }
            }
            Node::Binary(op, pair) => {
                binary(*op, pair.0.eval(snapshot, uniforms), pair.1.eval(snapshot, uniforms))
            }
            Node::If(three) => {
                let condition = three.0.eval(snapshot, uniforms);
                if condition.is_nan() {
                    condition
                } else if condition != 0.0 {
                    three.1.eval(snapshot, uniforms)
                } else {
                    three.2.eval(snapshot, uniforms)
                }
            }
            Node::In(x, list) => {
                let x = x.eval(snapshot, uniforms);
                let mut found = 0.0;
                for item in list {
                    let same = binary(Binary::Equal, x, item.eval(snapshot, uniforms));
                    if same.is_nan() {
                        return same;
                    }
                    found = if same == 1.0 { 1.0 } else { found };
                }
                found
            }
            Node::Pure(Pure::Min, list) => fold(list, snapshot, uniforms, kernels::min),
            Node::Pure(Pure::Max, list) => fold(list, snapshot, uniforms, kernels::max),
            Node::Pure(Pure::Clamp, list) => {
                let x = list[0].eval(snapshot, uniforms);
                let low = list[1].eval(snapshot, uniforms);
                let high = list[2].eval(snapshot, uniforms);
                // Bounds that are swapped leave no number between them.
                if low > high { f64::NAN } else { kernels::min(kernels::max(x, low), high) }
            }
            Node::Pure(Pure::One(function), list) => function.of(list[0].eval(snapshot, uniforms)),
            Node::Pure(Pure::Two(function), list) => {
                let x = list[0].eval(snapshot, uniforms);
                function.of(x, list[1].eval(snapshot, uniforms))
            }
            Node::Draw(number, inverse, list) => {
                let u = uniforms.uniform(*number);
                let mut few = [0.0; 3];
                if list.len() <= few.len() {
                    for (slot, item) in few.iter_mut().zip(list) {
                        *slot = item.eval(snapshot, uniforms);
                    }
                    inverse.quantile(u, &few[..list.len()])
                } else {
                    let many: Vec<f64> =
                        list.iter().map(|item| item.eval(snapshot, uniforms)).collect();
                    inverse.quantile(u, &many)
                }
            }
        }
    }
}

fn flag(truth: bool) -> f64 {
    f64::from(u8::from(truth))
}

fn since(snapshot: &Snapshot<'_>, x: Happening) -> f64 {
    let at = x.0 as usize;
    if snapshot.counts[at] == 0 { NEVER } else { f64::from(snapshot.step - snapshot.latest[at]) }
}

fn binary(op: Binary, x: f64, y: f64) -> f64 {
    let compare = |truth: bool| if x.is_nan() || y.is_nan() { f64::NAN } else { flag(truth) };
    match op {
        Binary::Add => x + y,
        Binary::Subtract => x - y,
        Binary::Multiply => x * y,
        Binary::Divide => x / y,
        Binary::Power => numeric::pow(x, y),
        Binary::Equal => compare(x == y),
        Binary::NotEqual => compare(x != y),
        Binary::Less => compare(x < y),
        Binary::LessEqual => compare(x <= y),
        Binary::Greater => compare(x > y),
        Binary::GreaterEqual => compare(x >= y),
        Binary::And => {
            if x == 1.0 {
                y
            } else {
                x
            }
        }
        Binary::Or => {
            if x == 0.0 {
                y
            } else {
                x
            }
        }
    }
}

fn fold(
    list: &[Node],
    snapshot: &Snapshot<'_>,
    uniforms: &mut dyn Uniforms,
    join: fn(f64, f64) -> f64,
) -> f64 {
    let mut all = list[0].eval(snapshot, uniforms);
    for item in &list[1..] {
        all = join(all, item.eval(snapshot, uniforms));
    }
    all
}
