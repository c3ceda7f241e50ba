//! The parts of a formula whose value can be that of the whole.

use super::ast::{Expr, ExprKind};
use super::function::Function;
use crate::distribution::Gives;

impl Expr {
    /// Calls `visit` for each part whose value the formula as a whole may have: of an `if` both ways,
    /// of a draw among values all of them, and else the formula itself.
    pub fn leaves<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        match &self.kind {
            ExprKind::If(_, yes, no) => {
                yes.leaves(visit);
                no.leaves(visit);
            }
            ExprKind::Call(name, _, arguments)
                if Function::find(name).is_some_and(|function| function.gives == Gives::Value) =>
            {
                arguments.iter().step_by(2).for_each(|value| value.leaves(visit));
            }
            ExprKind::Number(_)
            | ExprKind::Flag(_)
            | ExprKind::Text(_)
            | ExprKind::Name(_)
            | ExprKind::Field(..)
            | ExprKind::MenuValue(..)
            | ExprKind::Unary(..)
            | ExprKind::Binary(..)
            | ExprKind::In(..)
            | ExprKind::Call(..)
            | ExprKind::To(..)
            | ExprKind::Broken => visit(self),
        }
    }
}
