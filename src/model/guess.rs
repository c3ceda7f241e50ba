//! What can be told of a formula before its names are settled.

use indexmap::IndexMap;

use super::order::{Item, asks_the_past};
use crate::formula::ast::{BinaryOp, Expr, ExprKind, UnaryOp};

/// What a formula seems to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number.
    Number,
    /// A flag.
    Flag,
    /// A label.
    Label,
}

/// The type a formula has if nothing is wrong with it. Variables need their
/// types before formulas can be settled, and `start` formulas before that.
pub(super) fn shape(expr: &Expr, items: &IndexMap<String, Item<'_>>, fuel: u32) -> Shape {
    let Some(fuel) = fuel.checked_sub(1) else { return Shape::Number };
    match &expr.kind {
        ExprKind::Flag(_) | ExprKind::In(..) | ExprKind::Unary(UnaryOp::Not, _) => Shape::Flag,
        ExprKind::Text(_) => Shape::Label,
        ExprKind::Binary(op, ..) => match op {
            BinaryOp::Add
            | BinaryOp::Subtract
            | BinaryOp::Multiply
            | BinaryOp::Divide
            | BinaryOp::Power => Shape::Number,
            _ => Shape::Flag,
        },
        ExprKind::If(_, yes, no) => {
            let (a, b) = (shape(yes, items, fuel), shape(no, items, fuel));
            if a == b { a } else { Shape::Number }
        }
        ExprKind::Call(name, _, arguments) => match name.as_str() {
            "bernoulli" | "happened" | "within" | "accepted" => Shape::Flag,
            "discrete" => arguments.first().map_or(Shape::Number, |x| shape(x, items, fuel)),
            _ => Shape::Number,
        },
        ExprKind::Name(name) => {
            items.get(name).map_or(Shape::Number, |item| shape(&item.source.expr, items, fuel))
        }
        _ => Shape::Number,
    }
}

/// Whether a formula can be settled once per trial: it reads neither the state
/// nor the time nor the past, directly or through definitions, and every name
/// in it is known.
pub(super) fn is_once(expr: &Expr, items: &IndexMap<String, Item<'_>>, fuel: u32) -> bool {
    let Some(fuel) = fuel.checked_sub(1) else { return false };
    match &expr.kind {
        ExprKind::Broken => false,
        ExprKind::Name(name) => match items.get(name) {
            Some(item) => is_once(&item.source.expr, items, fuel),
            None => name == "pi",
        },
        ExprKind::Field(actor, name) => items.contains_key(&format!("{actor}.{name}")),
        ExprKind::Call(function, ..) if asks_the_past(function) => false,
        _ => expr.children().into_iter().all(|child| is_once(child, items, fuel)),
    }
}
