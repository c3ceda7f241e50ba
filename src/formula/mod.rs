//! Formulas: the small language in which a scenario file says anything that is
//! not a plain number.
//!
//! [`parse`] turns text into a syntax tree. [`resolve`] looks up its names in a [`Scope`] and checks
//! its types, which gives a tree of [`Node`]s. [`Node::eval`] computes its value for one trial; the
//! engine's lanes compile it into straight-line code for many trials at once.

mod accident;
mod advice;
pub mod ast;
mod day_part;
mod eval;
mod fold;
mod function;
mod leaves;
mod lexer;
mod node;
mod normal_form;
mod parser;
mod past;
mod pasted;
mod pure;
mod resolve;
mod scope;
mod text;
mod types;
mod zero_division;

pub use accident::exact;
pub use day_part::DayPart;
pub use eval::{NEVER, NoDraws, Snapshot, Uniforms};
pub use function::{FUNCTIONS, Function, Signature};
pub(crate) use lexer::{is_word_part, is_word_start};
pub use node::{Binary, Definition, Extent, Happening, Node, ParamId, StateId};
pub use normal_form::normalised;
pub(crate) use parser::is_reserved;
pub use parser::{MAX_DEPTH, parse};
pub(crate) use pasted::strange;
pub use pure::{One, Pure, Two};
pub use resolve::resolve;
pub use scope::{Access, BUILT_IN, Binding, FullNames, Scope};
pub use text::Text;
pub(crate) use text::day;
pub use types::{LabelId, Labels, Type};
