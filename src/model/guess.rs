//! What can be said of a formula before its names are resolved.

use indexmap::IndexMap;

use super::order::{NamedFormula, NamedKind, asks_the_past};
use crate::distribution::Gives;
use crate::formula::Function;
use crate::formula::ast::{BinaryOp, Expr, ExprKind, UnaryOp};

/// The type that a formula seems to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number.
    Number,
    /// A flag.
    Flag,
    /// A label.
    Label,
}

/// The type a formula has if nothing is wrong with it. Formulas can only be
/// resolved once variables have types, and the type of a variable is that of its
/// `start`, so it has to be guessed.
pub(super) fn shape(expr: &Expr, items: &IndexMap<String, NamedFormula<'_>>) -> Shape {
    shape_of(expr, items, &mut Memo::new(), FUEL)
}

/// What was found for each name, so that a chain of definitions in which each
/// reads the one before twice is not walked through exponentially often.
type Memo<'e, T> = IndexMap<&'e str, T>;

/// How deep formulas are looked into, through definitions too.
const FUEL: u32 = 500;

fn shape_of<'e>(
    expr: &'e Expr,
    items: &IndexMap<String, NamedFormula<'e>>,
    known: &mut Memo<'e, Shape>,
    fuel: u32,
) -> Shape {
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
            BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::Less
            | BinaryOp::LessEqual
            | BinaryOp::Greater
            | BinaryOp::GreaterEqual
            | BinaryOp::And
            | BinaryOp::Or => Shape::Flag,
        },
        ExprKind::If(_, yes, no) => {
            let a = shape_of(yes, items, known, fuel);
            let b = shape_of(no, items, known, fuel);
            if a == b { a } else { Shape::Number }
        }
        ExprKind::Call(name, _, arguments) => {
            match Function::find(name).map(|function| function.gives) {
                Some(Gives::Flag) => Shape::Flag,
                Some(Gives::Value) => match arguments.first() {
                    Some(first) => shape_of(first, items, known, fuel),
                    None => Shape::Number,
                },
                Some(Gives::Number) | None => Shape::Number,
            }
        }
        ExprKind::Name(name) => {
            if let Some(shape) = known.get(name.as_str()) {
                return *shape;
            }
            known.insert(name, Shape::Number);
            let Some(item) = items.get(name) else { return Shape::Number };
            let shape = shape_of(&item.source.expr, items, known, fuel);
            known.insert(name, shape);
            shape
        }
        ExprKind::Number(_)
        | ExprKind::Field(..)
        | ExprKind::MenuValue(..)
        | ExprKind::Unary(UnaryOp::Negate, _)
        | ExprKind::To(..)
        | ExprKind::Broken => Shape::Number,
    }
}

/// Whether a formula can be evaluated once per trial: neither it nor a definition
/// that it reads depends on the state, the time or the past, and every name in it
/// is known.
pub(super) fn is_once(expr: &Expr, items: &IndexMap<String, NamedFormula<'_>>) -> bool {
    is_once_within(expr, items, &mut Memo::new(), FUEL)
}

fn is_once_within<'e>(
    expr: &'e Expr,
    items: &IndexMap<String, NamedFormula<'e>>,
    known: &mut Memo<'e, bool>,
    fuel: u32,
) -> bool {
    let Some(fuel) = fuel.checked_sub(1) else { return false };
    match &expr.kind {
        ExprKind::Broken | ExprKind::MenuValue(..) => false,
        ExprKind::Name(name) => {
            if let Some(once) = known.get(name.as_str()) {
                return *once;
            }
            known.insert(name, false);
            let once = match items.get(name) {
                Some(NamedFormula { kind: NamedKind::Assumption | NamedKind::Trait, .. }) => true,
                Some(item) => is_once_within(&item.source.expr, items, known, fuel),
                None => name == "pi",
            };
            known.insert(name, once);
            once
        }
        ExprKind::Field(actor, name) => items.contains_key(&format!("{actor}.{name}")),
        ExprKind::Call(function, ..) if asks_the_past(function) => false,
        ExprKind::Number(_)
        | ExprKind::Flag(_)
        | ExprKind::Text(_)
        | ExprKind::Unary(..)
        | ExprKind::Binary(..)
        | ExprKind::In(..)
        | ExprKind::If(..)
        | ExprKind::Call(..)
        | ExprKind::To(..) => {
            expr.children().into_iter().all(|part| is_once_within(part, items, known, fuel))
        }
    }
}
