//! The text that diagnostics have their places in.

use super::Span;

/// The text of a file and, after it, the words of a command line that put other values into it: one
/// text, so that a place says which of the two it is in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceText {
    /// What the file is called in messages.
    pub name: String,
    text: String,
    /// Where the words of each option begin, and which option it is, such as `--set`.
    options: Vec<(usize, &'static str)>,
}

/// A part of a [`SourceText`]: the file, or the words of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextPart<'t> {
    /// What a message calls it: the name of the file, or the option.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
    /// Where it begins.
    pub start: usize,
    /// The number of its first line: 1 for a file; for the words of an option which one of the same
    /// name it is.
    pub first_line: usize,
}

impl SourceText {
    /// The text of a file.
    pub fn of_file(name: impl Into<String>, text: impl Into<String>) -> Self {
        SourceText { name: name.into(), text: text.into(), options: Vec::new() }
    }

    /// Adds the words of an option, and returns the place at which they begin.
    pub fn add_option(&mut self, option: &'static str, words: &str) -> usize {
        self.text.push('\n');
        let start = self.text.len();
        self.text.push_str(words);
        self.options.push((start, option));
        start
    }

    /// All of the text.
    pub fn whole(&self) -> &str {
        &self.text
    }

    /// The text of the file alone.
    pub fn file(&self) -> &str {
        &self.text[..self.file_end()]
    }

    /// The text at a place; nothing if there is none.
    pub fn at(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Whether a place is in the words of an option rather than in the file.
    pub fn is_in_option(&self, span: Span) -> bool {
        self.options.first().is_some_and(|(start, _)| span.start >= *start)
    }

    /// The line of the file on which a place begins, counted from 1; `None` if it is in the words of an
    /// option.
    pub fn line(&self, span: Span) -> Option<usize> {
        let before = self.text.get(..span.start).filter(|_| !self.is_in_option(span))?;
        Some(1 + before.bytes().filter(|byte| *byte == b'\n').count())
    }

    /// The part that a place begins in.
    pub(super) fn part(&self, span: Span) -> TextPart<'_> {
        let after = self.options.partition_point(|(start, _)| *start <= span.start);
        let Some(own) = after.checked_sub(1) else {
            return TextPart { name: &self.name, text: self.file(), start: 0, first_line: 1 };
        };
        let (start, name) = self.options[own];
        let end = self.options.get(after).map_or(self.text.len(), |(next, _)| next - 1);
        let same = self.options[..own].iter().filter(|(_, other)| *other == name).count();
        TextPart { name, text: &self.text[start..end], start, first_line: 1 + same }
    }

    fn file_end(&self) -> usize {
        self.options.first().map_or(self.text.len(), |(start, _)| start - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_in_the_file_or_in_an_option() {
        let mut source = SourceText::of_file("a.toml", "x = 1\ny = 2");
        let first = source.add_option("--set", "x=3");
        let second = source.add_option("--set", "y=é");
        assert_eq!(source.file(), "x = 1\ny = 2");
        let part = |at| {
            let part = source.part(Span::new(at, at + 1));
            (part.name, part.text, part.first_line)
        };
        assert_eq!(part(7), ("a.toml", "x = 1\ny = 2", 1));
        assert_eq!(part(first + 2), ("--set", "x=3", 1));
        assert_eq!(part(second), ("--set", "y=é", 2));
        assert_eq!(source.line(Span::new(6, 7)), Some(2));
        assert_eq!(source.line(Span::new(second, second + 1)), None);
        assert_eq!(source.at(Span::new(second + 2, second + 4)), "é");
    }
}
