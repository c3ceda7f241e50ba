//! Parts of a formula that are constant, computed once when it is read.

use super::eval::Snapshot;
use super::node::{Binary, Node};

/// What formulas that are constant are evaluated in: they read nothing.
pub(super) const NOWHEN: Snapshot<'static> = Snapshot {
    params: &[],
    state: &[],
    counts: &[],
    latest: &[],
    accepted: &[],
    step: 0,
    last: false,
};

/// Replaces a constant part by its value. A part without a finite value is left as it is, since it
/// may stand in a branch that is never taken.
pub(super) fn fold(node: Node) -> Node {
    match &node {
        Node::If(three) => match three.0.constant() {
            Some(1.0) => three.1.clone(),
            Some(0.0) => three.2.clone(),
            _ => node,
        },
        Node::Binary(op @ (Binary::And | Binary::Or), pair) => {
            let decides = if *op == Binary::And { 0.0 } else { 1.0 };
            match pair.0.constant() {
                Some(c) if c == decides => Node::Number(c),
                Some(c) if c == 1.0 - decides => pair.1.clone(),
                _ => node,
            }
        }
        Node::Negate(_) | Node::Not(_) | Node::Binary(..) | Node::In(..) | Node::Pure(..)
            if node.children().iter().all(|child| child.constant().is_some()) =>
        {
            let value = node.value(&NOWHEN);
            if value.is_finite() { Node::Number(value) } else { node }
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
        | Node::Draw(..) => node,
    }
}
