//! The text of a formula, and where it stands in its file.

use jiff::civil::Date;

use crate::diagnostic::Span;

/// The day that a text names as `2024-06-01`, and in no other way: a time of day that nothing reads
/// would otherwise be dropped without a word.
pub(crate) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let is_day = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_day { text.parse().ok() } else { None }
}

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

impl<'a> Text<'a> {
    /// The part of the formula at this place of the file; `None` where the file does not hold it
    /// letter by letter.
    pub(super) fn slice(&self, span: Span) -> Option<&'a str> {
        let offset = self.offset?;
        self.text.get(span.start.checked_sub(offset)?..span.end.checked_sub(offset)?)
    }

    /// The place in the file of the bytes `start..end` of the formula.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        match self.offset {
            Some(offset) => Span::new(offset + start, offset + end),
            None => self.whole,
        }
    }
}
