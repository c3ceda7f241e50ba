//! Where in the file a formula was written, and what put it in place.

use std::sync::Arc;

use super::program::Origin;
use crate::diagnostic::{SourceText, Span};
use crate::scenario::Setting;

/// The lines of a file, by the places of the line breaks.
#[derive(Debug, Default)]
pub(super) struct Lines {
    breaks: Vec<usize>,
    /// Where the file ends.
    end: usize,
}

impl Lines {
    /// Those of a file.
    pub fn of(source: &SourceText) -> Self {
        let file = source.file();
        let breaks = file.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines { breaks: breaks.map(|(at, _)| at).collect(), end: file.len() }
    }

    /// The line on which a place begins, counted from 1; `None` for one that is in an option of the
    /// command line.
    pub fn line(&self, span: Span) -> Option<usize> {
        let line = 1 + self.breaks.partition_point(|at| *at < span.start);
        (span.start <= self.end).then_some(line)
    }
}

/// The lines of a file, and the places of the values that a policy, a world and a command line put
/// into it.
#[derive(Debug, Default)]
pub(super) struct Origins {
    lines: Lines,
    /// The places of the values, and who set them.
    set: Vec<(Span, Arc<str>)>,
}

impl Origins {
    /// Those of a file in which these settings are in place, each with whose they are, in words.
    pub fn new<'s>(
        source: &SourceText,
        settings: impl IntoIterator<Item = (String, &'s [Setting])>,
    ) -> Self {
        let mut set = Vec::new();
        for (whose, settings) in settings {
            let whose: Arc<str> = Arc::from(whose);
            set.extend(settings.iter().map(|setting| (setting.node.span, Arc::clone(&whose))));
        }
        Origins { lines: Lines::of(source), set }
    }

    /// Where the formula at this place was written.
    pub fn of(&self, span: Span) -> Origin {
        let holds = |set: &Span| set.start <= span.start && span.end <= set.end;
        Origin {
            line: self.lines.line(span),
            set_by: self.set.iter().find(|(set, _)| holds(set)).map(|(_, by)| Arc::clone(by)),
        }
    }
}
