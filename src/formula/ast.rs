//! The syntax tree of a formula, before its names and types are resolved.

use crate::diagnostic::Span;

/// A formula or a part of one, with its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms a formula can take.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `0.3` or `30%`.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// `'war'`.
    Text(String),
    /// `tension`.
    Name(String),
    /// `a.power`: a trait, or an action inside `happened(…)` and the like.
    Field(String, String),
    /// `actor.action.name`: what an action was taken with, by a name of its menu.
    MenuValue(String, String, String),
    /// `-x` or `not x`.
    Unary(UnaryOp, Box<Expr>),
    /// `x + y`, `x and y`, `x < y`, …
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `x in (a, b)`.
    In(Box<Expr>, Vec<Expr>),
    /// `if c then x else y`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `f(x, y)`; the span is the function's name.
    Call(String, Span, Vec<Expr>),
    /// `lo to hi`.
    To(Box<Expr>, Box<Expr>),
    /// Something that could not be read and was reported.
    Broken,
}

/// Operators before their operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-x`
    Negate,
    /// `not x`
    Not,
}

/// Operators between their operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `x + y`
    Add,
    /// `x - y`
    Subtract,
    /// `x * y`
    Multiply,
    /// `x / y`
    Divide,
    /// `x ^ y`
    Power,
    /// `x == y`
    Equal,
    /// `x != y`
    NotEqual,
    /// `x < y`
    Less,
    /// `x <= y`
    LessEqual,
    /// `x > y`
    Greater,
    /// `x >= y`
    GreaterEqual,
    /// `x and y`
    And,
    /// `x or y`
    Or,
}

impl BinaryOp {
    /// The operator as written.
    pub fn sign(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply => "*",
            BinaryOp::Divide => "/",
            BinaryOp::Power => "^",
            BinaryOp::Equal => "==",
            BinaryOp::NotEqual => "!=",
            BinaryOp::Less => "<",
            BinaryOp::LessEqual => "<=",
            BinaryOp::Greater => ">",
            BinaryOp::GreaterEqual => ">=",
            BinaryOp::And => "and",
            BinaryOp::Or => "or",
        }
    }
}

impl Expr {
    /// A formula that could not be read.
    pub fn broken(span: Span) -> Self {
        Expr { kind: ExprKind::Broken, span }
    }

    /// The parts directly below this one.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Unary(_, x) => vec![x],
            ExprKind::Binary(_, x, y) | ExprKind::To(x, y) => vec![x, y],
            ExprKind::In(x, list) => std::iter::once(&**x).chain(list).collect(),
            ExprKind::If(c, x, y) => vec![c, x, y],
            ExprKind::Call(_, _, arguments) => arguments.iter().collect(),
            ExprKind::Number(_)
            | ExprKind::Flag(_)
            | ExprKind::Text(_)
            | ExprKind::Name(_)
            | ExprKind::Field(..)
            | ExprKind::MenuValue(..)
            | ExprKind::Broken => Vec::new(),
        }
    }
}
