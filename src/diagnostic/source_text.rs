//! The text that diagnostics have their places in.

use super::Span;

/// The text of a file and, after it, that of another file, and the words of a command line that put other values into
/// it: one text, so that a place says which of these it is in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceText {
    /// What the file is called in messages.
    pub name: String,
    text: String,
    /// Where each further part begins, and what it is.
    parts: Vec<(usize, PartName)>,
}

/// What a further part of a text is.
#[derive(Clone, Debug, PartialEq)]
enum PartName {
    /// The words of an option, such as `--set`.
    Option(&'static str),
    /// The text of another file.
    File(String),
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
        SourceText { name: name.into(), text: text.into(), parts: Vec::new() }
    }

    /// Adds the words of an option, and returns the place at which they begin.
    pub fn add_option(&mut self, option: &'static str, words: &str) -> usize {
        self.text.push('\n');
        let start = self.text.len();
        self.text.push_str(words);
        self.parts.push((start, PartName::Option(option)));
        start
    }

    /// Says that from a place on, before any options, the text is that of another file; there is a line break before it.
    pub fn begin_file(&mut self, start: usize, name: impl Into<String>) {
        self.parts.insert(0, (start, PartName::File(name.into())));
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

    /// Whether a place is in the words of an option or in another file rather than in the file.
    fn is_further(&self, span: Span) -> bool {
        self.parts.first().is_some_and(|(start, _)| span.start >= *start)
    }

    /// The line of the file on which a place begins, counted from 1; `None` if it is in the words of an
    /// option or in another file.
    pub fn line(&self, span: Span) -> Option<usize> {
        let before = self.text.get(..span.start).filter(|_| !self.is_further(span))?;
        Some(1 + before.bytes().filter(|byte| *byte == b'\n').count())
    }

    /// The name of the file that a place is in; that of the first file if it is in the words of an option.
    pub fn file_name(&self, span: Option<Span>) -> &str {
        let before = |at: Span| self.parts.partition_point(|(start, _)| *start <= at.start);
        match span.and_then(|at| self.parts.get(before(at).checked_sub(1)?)) {
            Some((_, PartName::File(name))) => name,
            Some((_, PartName::Option(_))) | None => &self.name,
        }
    }

    /// The part that a place begins in.
    pub(super) fn part(&self, span: Span) -> TextPart<'_> {
        let after = self.parts.partition_point(|(start, _)| *start <= span.start);
        let Some(own) = after.checked_sub(1) else {
            return TextPart { name: &self.name, text: self.file(), start: 0, first_line: 1 };
        };
        let (start, name) = &self.parts[own];
        let end = self.parts.get(after).map_or(self.text.len(), |(next, _)| next - 1);
        let (name, same) = match name {
            PartName::Option(option) => {
                let same = self.parts[..own].iter().filter(|(_, other)| other == name).count();
                (*option, same)
            }
            PartName::File(file) => (file.as_str(), 0),
        };
        TextPart { name, text: &self.text[*start..end], start: *start, first_line: 1 + same }
    }

    fn file_end(&self) -> usize {
        self.parts.first().map_or(self.text.len(), |(start, _)| start - 1)
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

    #[test]
    fn a_place_may_be_in_another_file() {
        let mut source = SourceText::of_file("a.toml", "x = 1\ny = 2\nz = 3\nw = 4");
        source.begin_file(12, "b.toml");
        let option = source.add_option("--set", "x=3");
        let part = |at| {
            let part = source.part(Span::new(at, at + 1));
            (part.name, part.text, part.first_line)
        };
        assert_eq!(part(6), ("a.toml", "x = 1\ny = 2", 1));
        assert_eq!(part(18), ("b.toml", "z = 3\nw = 4", 1));
        assert_eq!(part(option), ("--set", "x=3", 1));
        assert_eq!(source.line(Span::new(6, 7)), Some(2));
        assert_eq!(source.line(Span::new(18, 19)), None);
        assert_eq!(source.file(), "x = 1\ny = 2");
        let name = |at| source.file_name(Some(Span::new(at, at + 1)));
        assert_eq!([name(6), name(18), name(option)], ["a.toml", "b.toml", "a.toml"]);
        assert_eq!(source.file_name(None), "a.toml");
    }
}
