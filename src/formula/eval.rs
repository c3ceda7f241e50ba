//! What a formula gives in a moment of a trial.
//!
//! Accidents travel as NaN: a comparison, `and`, `if` or `min` that meets one
//! gives NaN in turn, so that whoever uses the formula sees it, while a branch
//! that was not taken harms nobody.

use super::Pure;
use super::node::{Binary, Happening, Node};
use crate::numeric::{self, kernels};

/// What `since(x)` gives while x has not happened.
pub const NEVER: f64 = 1_000_000.0;

/// A moment of a trial, as formulas see it.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// The numbers of the trial, by [`super::ParamId`].
    pub params: &'a [f64],
    /// The variables, by [`super::StateId`].
    pub state: &'a [f64],
    /// How often each [`Happening`] happened.
    pub counts: &'a [u32],
    /// The step in which each happened last; means nothing while it has not.
    pub latest: &'a [u32],
    /// Whether a proposal of it was ever accepted.
    pub accepted: &'a [bool],
    /// The step.
    pub step: u32,
    /// Whether it is the last one.
    pub last: bool,
}

/// Where draws get their uniform numbers from.
pub trait Uniforms {
    /// The uniform number, in 0..1, of the draw with this number.
    fn uniform(&mut self, number: u16) -> f64;
}

/// For formulas that make no draws.
#[derive(Clone, Copy, Debug)]
pub struct NoDraws;

impl Uniforms for NoDraws {
    fn uniform(&mut self, _: u16) -> f64 {
        f64::NAN
    }
}

impl Node {
    /// The value of a formula without draws.
    pub fn value(&self, scene: &Snapshot<'_>) -> f64 {
        self.eval(scene, &mut NoDraws)
    }

    /// The value in this scene, with draws from `luck`.
    pub fn eval(&self, scene: &Snapshot<'_>, luck: &mut dyn Uniforms) -> f64 {
        match self {
            Node::Number(number) => *number,
            Node::Param(id) => scene.params[id.0 as usize],
            Node::State(id) => scene.state[id.0 as usize],
            Node::Shared(definition) => definition.node.eval(scene, luck),
            Node::Step => f64::from(scene.step),
            Node::Last => flag(scene.last),
            Node::Happened(x) => flag(scene.counts[x.0 as usize] > 0),
            Node::Count(x) => f64::from(scene.counts[x.0 as usize]),
            Node::Since(x) => since(scene, *x),
            Node::Within(x, n) => {
                let n = n.eval(scene, luck);
                if n.is_nan() {
                    return n;
                }
                flag(scene.counts[x.0 as usize] > 0 && since(scene, *x) < n)
            }
            Node::Accepted(x) => flag(scene.accepted[x.0 as usize]),
            Node::Negate(x) => -x.eval(scene, luck),
            Node::Not(x) => 1.0 - x.eval(scene, luck),
            Node::Binary(Binary::And, pair) => {
                let left = pair.0.eval(scene, luck);
                if left == 1.0 { pair.1.eval(scene, luck) } else { left }
            }
            Node::Binary(Binary::Or, pair) => {
                let left = pair.0.eval(scene, luck);
                if left == 0.0 { pair.1.eval(scene, luck) } else { left }
            }
            Node::Binary(op, pair) => {
                binary(*op, pair.0.eval(scene, luck), pair.1.eval(scene, luck))
            }
            Node::If(three) => {
                let condition = three.0.eval(scene, luck);
                if condition.is_nan() {
                    condition
                } else if condition != 0.0 {
                    three.1.eval(scene, luck)
                } else {
                    three.2.eval(scene, luck)
                }
            }
            Node::In(x, list) => {
                let x = x.eval(scene, luck);
                let mut found = 0.0;
                for item in list {
                    let same = binary(Binary::Equal, x, item.eval(scene, luck));
                    if same.is_nan() {
                        return same;
                    }
                    found = if same == 1.0 { 1.0 } else { found };
                }
                found
            }
            Node::Pure(Pure::Min, list) => fold(list, scene, luck, kernels::min),
            Node::Pure(Pure::Max, list) => fold(list, scene, luck, kernels::max),
            Node::Pure(Pure::Clamp, list) => {
                let x = list[0].eval(scene, luck);
                let low = list[1].eval(scene, luck);
                let high = list[2].eval(scene, luck);
                kernels::min(kernels::max(x, low), high)
            }
            Node::Pure(Pure::One(function), list) => function.of(list[0].eval(scene, luck)),
            Node::Pure(Pure::Two(function), list) => {
                let x = list[0].eval(scene, luck);
                function.of(x, list[1].eval(scene, luck))
            }
            Node::Draw(number, inverse, list) => {
                let u = luck.uniform(*number);
                let mut few = [0.0; 3];
                if list.len() <= few.len() {
                    for (slot, item) in few.iter_mut().zip(list) {
                        *slot = item.eval(scene, luck);
                    }
                    inverse.quantile(u, &few[..list.len()])
                } else {
                    let many: Vec<f64> = list.iter().map(|item| item.eval(scene, luck)).collect();
                    inverse.quantile(u, &many)
                }
            }
        }
    }
}

fn flag(truth: bool) -> f64 {
    f64::from(u8::from(truth))
}

fn since(scene: &Snapshot<'_>, x: Happening) -> f64 {
    let at = x.0 as usize;
    if scene.counts[at] == 0 { NEVER } else { f64::from(scene.step - scene.latest[at]) }
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
    scene: &Snapshot<'_>,
    luck: &mut dyn Uniforms,
    join: fn(f64, f64) -> f64,
) -> f64 {
    let mut all = list[0].eval(scene, luck);
    for item in &list[1..] {
        all = join(all, item.eval(scene, luck));
    }
    all
}
