//! Formulas written out from their syntax trees.

use std::mem::discriminant;

use demarche::formula::ast::{Expr, ExprKind, UnaryOp};

/// The formula that has this tree, with brackets around everything that has parts.
pub fn printed(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(number) => format!("{number:?}"),
        ExprKind::Flag(flag) => flag.to_string(),
        ExprKind::Text(text) => {
            let quote = if text.contains('\'') { '"' } else { '\'' };
            format!("{quote}{text}{quote}")
        }
        ExprKind::Name(name) => name.clone(),
        ExprKind::Field(actor, name) => format!("{actor}.{name}"),
        ExprKind::MenuValue(actor, action, name) => format!("{actor}.{action}.{name}"),
        ExprKind::Unary(UnaryOp::Negate, x) => format!("-{}", part(x)),
        ExprKind::Unary(UnaryOp::Not, x) => format!("not {}", part(x)),
        ExprKind::Binary(op, x, y) => format!("{} {} {}", part(x), op.sign(), part(y)),
        ExprKind::To(low, high) => format!("{} to {}", part(low), part(high)),
        ExprKind::In(x, items) => format!("{} in ({})", part(x), list(items)),
        ExprKind::If(condition, yes, no) => {
            format!("if {} then {} else {}", part(condition), part(yes), part(no))
        }
        ExprKind::Call(name, _, arguments) => format!("{name}({})", list(arguments)),
        ExprKind::Broken => unreachable!("a formula without mistakes is whole"),
    }
}

fn part(expr: &Expr) -> String {
    if expr.children().is_empty() { printed(expr) } else { format!("({})", printed(expr)) }
}

fn list(items: &[Expr]) -> String {
    items.iter().map(printed).collect::<Vec<_>>().join(", ")
}

/// Whether two trees are the same but for the places of their parts.
pub fn is_same(one: &Expr, other: &Expr) -> bool {
    let heads = match (&one.kind, &other.kind) {
        (ExprKind::Number(one), ExprKind::Number(other)) => one.to_bits() == other.to_bits(),
        (ExprKind::Unary(one, _), ExprKind::Unary(other, _)) => one == other,
        (ExprKind::Binary(one, _, _), ExprKind::Binary(other, _, _)) => one == other,
        (ExprKind::Call(one, _, _), ExprKind::Call(other, _, _)) => one == other,
        (one, other) if has_parts(one) => discriminant(one) == discriminant(other),
        (one, other) => one == other,
    };
    let (parts, others) = (one.children(), other.children());
    heads
        && parts.len() == others.len()
        && parts.iter().zip(others).all(|(part, other)| is_same(part, other))
}

/// Whether a form holds other formulas, whose places are part of it.
fn has_parts(kind: &ExprKind) -> bool {
    matches!(kind, ExprKind::In(..) | ExprKind::If(..) | ExprKind::To(..))
}
