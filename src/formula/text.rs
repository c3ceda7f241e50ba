//! The text of a formula, and where it stands in its file.

use crate::diagnostic::Span;

/// Formula text and where it stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The formula.
    pub text: &'a str,
    /// The place of its first character, if the file holds the text letter by
    /// letter; `None` where escapes stand between the two.
    pub offset: Option<usize>,
    /// The place of the whole value.
    pub whole: Span,
}

impl Text<'_> {
    /// The place in the file of the bytes `start..end` of the formula.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        match self.offset {
            Some(offset) => Span::new(offset + start, offset + end),
            None => self.whole,
        }
    }
}
