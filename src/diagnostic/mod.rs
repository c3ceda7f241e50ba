//! What is wrong with an input, where, and what was expected instead.
//!
//! A stage that reads what a person wrote does not stop at the first mistake: it
//! pushes a [`Diagnostic`] into a list, [`Diagnostics`], and goes on. [`render`]
//! draws the list, with the lines of the file and the words underlined.

mod code;
mod list;
mod nearest;
mod render;
mod source_text;
mod span;

pub use crate::format::{count as grouped, listed, one_line, sets_direction};
pub use code::{Code, Severity};
pub use list::{Diagnostic, Diagnostics};
pub use nearest::{nearest, no_such};
pub use render::{Paint, render};
pub use source_text::SourceText;
pub use span::{Span, Spanned};
