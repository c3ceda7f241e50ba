//! Divisions by a constant zero.

use super::ast::BinaryOp;
use super::node::Node;
use super::pure::{Pure, Two};

/// What is wrong with a formula that divides by a constant zero whenever it is evaluated. What stands
/// behind a condition may be meant never to be evaluated.
pub(super) fn divides_by_zero(node: &Node) -> Option<(&'static str, &'static str)> {
    let is_zero = |node: &Node| node.constant() == Some(0.0);
    match node {
        Node::Binary(BinaryOp::Divide, pair) if is_zero(&pair.1) => {
            Some(("a division by zero", "the divisor is always 0"))
        }
        Node::Pure(Pure::Two(Two::Mod), list) if list.get(1).is_some_and(is_zero) => {
            Some(("a remainder of a division by zero", "mod: y is always 0, must not be 0"))
        }
        Node::Binary(BinaryOp::And | BinaryOp::Or, pair) => divides_by_zero(&pair.0),
        Node::If(three) => divides_by_zero(&three.0),
        // A definition is a formula of its own, in which it was reported.
        Node::Shared(_) => None,
        Node::Number(_)
        | Node::Param(_)
        | Node::State(_)
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
        | Node::Draw(..) => node.children().into_iter().find_map(divides_by_zero),
    }
}
