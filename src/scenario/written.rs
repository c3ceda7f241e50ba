//! What a file writes everywhere: names, formulas and explanations, with their places.

use std::sync::Arc;

use crate::diagnostic::{Span, Spanned};
use crate::formula::ast::Expr;

/// A name and its place in the file.
pub type SpannedName = Spanned<String>;

/// A value that may be a formula: a number, a flag or a formula string.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path of the value, by which its random numbers are addressed: `actors.a.rationality`.
    pub path: String,
    /// The text: what a string holds, or a plain value as it is written.
    pub text: String,
    /// Whether it was written as a string, which may be a label too.
    pub is_text: bool,
    /// The text as a formula. Where it is none, such as a label, the [`Expr`] is broken
    /// and `mistakes` says why.
    pub expr: Expr,
    /// Why the text is no formula, to be reported where a formula is needed.
    pub mistakes: Vec<crate::diagnostic::Diagnostic>,
    /// The place of the value.
    pub span: Span,
    /// The key in an actor's `believes` that put this value here, if one did.
    pub belief: Option<Arc<str>>,
}

/// Explanations, which every table may have.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// What it is, in words.
    pub about: Option<String>,
    /// The source it comes from.
    pub source: Option<String>,
}
