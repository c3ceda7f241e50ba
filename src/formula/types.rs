//! The three types of the language.

use std::sync::Arc;

/// A label, as the number that stands for it in every column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelId(pub u32);

/// The labels that a value can take, in the order of the file.
pub type Labels = Arc<[LabelId]>;

/// The type of the value of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A number.
    Number,
    /// True or false; counts as 1 or 0 where a number is wanted.
    Flag,
    /// One of these labels.
    Label(Labels),
    /// Something that was reported as wrong already.
    Unknown,
}

impl Type {
    /// The type in words: "a number".
    pub fn shown(&self) -> &'static str {
        match self {
            Type::Number => "a number",
            Type::Flag => "a flag",
            Type::Label(_) => "a label",
            Type::Unknown => "something unknown",
        }
    }

    /// Whether the value may stand where a number is wanted.
    pub fn is_number(&self) -> bool {
        matches!(self, Type::Number | Type::Flag | Type::Unknown)
    }

    /// Whether the value may stand where a flag is wanted.
    pub fn is_flag(&self) -> bool {
        matches!(self, Type::Flag | Type::Unknown)
    }

    /// The type of a value that is one of two, or `None` if they do not mix.
    pub fn join(&self, other: &Type) -> Option<Type> {
        match (self, other) {
            (Type::Unknown, _) | (_, Type::Unknown) => Some(Type::Unknown),
            (Type::Flag, Type::Flag) => Some(Type::Flag),
            (Type::Label(a), Type::Label(b)) => {
                let mut all = a.to_vec();
                all.extend(b.iter().filter(|label| !a.contains(label)));
                Some(Type::Label(all.into()))
            }
            (a, b) if a.is_number() && b.is_number() => Some(Type::Number),
            _ => None,
        }
    }
}
