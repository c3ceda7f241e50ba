//! Where in a formula a value arises that cannot be used, and why, in words.

use super::eval::{Snapshot, Uniforms};
use super::function::{FUNCTIONS, Meaning};
use super::node::{Binary, Node};
use super::pure::{One, Pure, Two};
use crate::distribution::Distribution;

impl Node {
    /// Why the value in this moment is NaN or infinite: the first part, in the order of evaluation,
    /// that has no finite value though all parts of it have one. `None` where the value is finite.
    ///
    /// `uniforms` must give the same numbers as when the formula was evaluated.
    pub fn accident(&self, snapshot: &Snapshot<'_>, uniforms: &mut dyn Uniforms) -> Option<String> {
        let value = self.eval(snapshot, uniforms);
        if value.is_finite() {
            return None;
        }
        if let Node::Shared(definition) = self {
            return definition.node.accident(snapshot, uniforms);
        }
        let parts = self.evaluated(snapshot, uniforms);
        let inner = parts.iter().find_map(|part| part.accident(snapshot, uniforms));
        inner.or_else(|| {
            let values: Vec<f64> = parts.iter().map(|part| part.eval(snapshot, uniforms)).collect();
            Some(self.why(&values, value))
        })
    }

    /// The parts below this one that are evaluated in this moment: of the two ways of an `if` only
    /// the one that is taken.
    fn evaluated(&self, snapshot: &Snapshot<'_>, uniforms: &mut dyn Uniforms) -> Vec<&Node> {
        match self {
            Node::If(three) => {
                let condition = three.0.eval(snapshot, uniforms);
                if condition.is_nan() {
                    vec![&three.0]
                } else if condition != 0.0 {
                    vec![&three.0, &three.1]
                } else {
                    vec![&three.0, &three.2]
                }
            }
            Node::Binary(op @ (Binary::And | Binary::Or), pair) => {
                let goes_on = if *op == Binary::And { 1.0 } else { 0.0 };
                if pair.0.eval(snapshot, uniforms) == goes_on {
                    vec![&pair.0, &pair.1]
                } else {
                    vec![&pair.0]
                }
            }
            Node::Number(_)
            | Node::Param(_)
            | Node::State(_)
            | Node::Shared(_)
            | Node::Step
            | Node::Last
            | Node::OfDay(..)
            | Node::Happened(_)
            | Node::Count(_)
            | Node::Since(_)
            | Node::Within(..)
            | Node::Accepted(_)
            | Node::Negate(_)
            | Node::Not(_)
            | Node::Binary(..)
            | Node::In(..)
            | Node::Pure(..)
            | Node::Draw(..) => self.children(),
        }
    }

    /// Why this operation on finite values has no finite value.
    fn why(&self, parts: &[f64], value: f64) -> String {
        let shown: Vec<String> = parts.iter().map(|part| exact(*part)).collect();
        let gave = if value.is_nan() { "is not a number" } else { "is too large to hold" };
        match self {
            Node::Binary(Binary::Divide, _) if parts.get(1) == Some(&0.0) => {
                format!("{} is divided by zero", shown[0])
            }
            Node::Binary(op, _) if shown.len() == 2 => {
                format!("{} {} {} {gave}", shown[0], op.sign(), shown[1])
            }
            Node::Pure(Pure::Clamp, _) if parts[1] > parts[2] => swapped(parts[1], parts[2]),
            Node::Pure(Pure::Two(Two::Hazard), _) if !(0.0..=1.0).contains(&parts[0]) => {
                format!("hazard: p is {}, must be from 0 to 1", shown[0])
            }
            Node::Pure(Pure::Two(Two::Hazard), _) if parts[1] < 1.0 => {
                format!("hazard: steps is {}, must be at least 1", shown[1])
            }
            Node::Pure(Pure::Two(Two::Mod), _) if parts[1] == 0.0 => {
                format!("mod: y is {}, must not be 0", shown[1])
            }
            Node::Pure(Pure::One(One::Ln), _) if parts[0] <= 0.0 => {
                format!("ln: x is {}, must be above 0", shown[0])
            }
            Node::Pure(Pure::One(One::Sqrt), _) if parts[0] < 0.0 => {
                format!("sqrt: x is {}, must be at least 0", shown[0])
            }
            Node::Pure(pure, _) => format!("{}({}) {gave}", name(*pure), shown.join(", ")),
            Node::Draw(_, inverse, _) => match unsound(inverse.distribution, parts) {
                Some(wrong) => wrong,
                None => {
                    let drawn = inverse.distribution.written(parts);
                    format!("a draw from {drawn} {gave}")
                }
            },
            Node::Number(_)
            | Node::Param(_)
            | Node::State(_)
            | Node::Shared(_)
            | Node::Step
            | Node::Last
            | Node::OfDay(..)
            | Node::Happened(_)
            | Node::Count(_)
            | Node::Since(_)
            | Node::Within(..)
            | Node::Accepted(_)
            | Node::Negate(_)
            | Node::Not(_)
            | Node::Binary(..)
            | Node::If(_)
            | Node::In(..) => format!("the value {gave}"),
        }
    }
}

/// Which parameter makes no distribution: `normal: sd is -0.5, must be at least 0`. `None` if they
/// make one.
pub(super) fn unsound(distribution: &Distribution, parameters: &[f64]) -> Option<String> {
    let wrong = distribution.unsound(parameters)?;
    let value = exact(wrong.value);
    Some(format!(
        "{}: {} is {value}, must be {}",
        distribution.called(),
        wrong.parameter,
        wrong.must
    ))
}

/// That the bounds of `clamp` are swapped.
pub(super) fn swapped(low: f64, high: f64) -> String {
    format!("clamp: low is {}, must be at most high, which is {}", exact(low), exact(high))
}

/// The name of a function of numbers.
fn name(pure: Pure) -> &'static str {
    let row = FUNCTIONS.iter().find(|function| function.meaning == Meaning::Pure(pure));
    row.map_or("the function", |function| function.name)
}

/// A number with all its digits, since one that is barely beyond a limit must not look as if it kept
/// it; very large and very small ones with an exponent.
pub fn exact(value: f64) -> String {
    if value.is_nan() {
        return "not a number".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "infinite" } else { "minus infinite" }.to_owned();
    }
    let size = value.abs();
    if size != 0.0 && !(1e-5..1e15).contains(&size) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::super::eval::{NoDraws, Snapshot};
    use super::super::node::{Binary, Node, StateId};
    use super::super::pure::{One, Pure};
    use crate::distribution::{Inverse, NORMAL};

    #[test]
    fn the_first_part_without_a_finite_value_is_named() {
        let state = [-0.5, 0.0];
        let now = Snapshot {
            params: &[],
            state: &state,
            counts: &[],
            latest: &[],
            accepted: &[],
            step: 0,
            last: false,
        };
        let x = || Node::State(StateId(0));
        let zero = || Node::State(StateId(1));
        let binary = |op, a, b| Node::Binary(op, Box::new((a, b)));
        let draw = Node::Draw(0, Inverse::new(&NORMAL, None), vec![zero(), x()]);
        let root = Node::Pure(Pure::One(One::Sqrt), vec![x()]);
        let untaken = Node::If(Box::new((zero(), root.clone(), Node::Number(1.0))));
        for (node, why) in [
            (binary(Binary::Add, x(), draw), Some("normal: sd is -0.5, must be at least 0")),
            (binary(Binary::Divide, x(), zero()), Some("-0.5 is divided by zero")),
            (root, Some("sqrt: x is -0.5, must be at least 0")),
            (
                Node::Pure(Pure::Clamp, vec![zero(), Node::Number(7.0), Node::Number(5.0)]),
                Some("clamp: low is 7, must be at most high, which is 5"),
            ),
            (
                binary(Binary::Multiply, Node::Number(1e300), Node::Number(1e10)),
                Some("1e300 * 10000000000 is too large to hold"),
            ),
            (untaken, None),
            (x(), None),
        ] {
            assert_eq!(node.accident(&now, &mut NoDraws).as_deref(), why, "{node:?}");
        }
    }
}
