//! Where in the file a formula was written, and what put it in place.

use std::sync::Arc;

use super::program::Origin;
use crate::diagnostic::Span;
use crate::scenario::Setting;

/// The lines of a file, by the places of the line breaks.
#[derive(Debug, Default)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        Lines(
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect(),
        )
    }

    /// The line on which a place begins, counted from 1.
    pub fn line(&self, span: Span) -> usize {
        1 + self.0.partition_point(|at| *at < span.start)
    }
}

/// The lines of a file, and the places of the values that a policy and a world put into it.
#[derive(Debug, Default)]
pub(super) struct Origins {
    lines: Lines,
    /// The places of the values, and who set them.
    set: Vec<(Span, Arc<str>)>,
}

impl Origins {
    /// Those of a file in which these settings are in place, each with whose they are, in words.
    pub fn new<'s>(
        text: &str,
        settings: impl IntoIterator<Item = (&'s str, &'s [Setting])>,
    ) -> Self {
        let mut set = Vec::new();
        for (whose, settings) in settings {
            let whose: Arc<str> = Arc::from(whose);
            set.extend(settings.iter().map(|setting| (setting.node.span, Arc::clone(&whose))));
        }
        Origins { lines: Lines::of(text), set }
    }

    /// Where the formula at this place was written.
    pub fn of(&self, span: Span) -> Origin {
        let holds = |set: &Span| set.start <= span.start && span.end <= set.end;
        Origin {
            line: Some(self.lines.line(span)),
            set_by: self.set.iter().find(|(set, _)| holds(set)).map(|(_, by)| Arc::clone(by)),
        }
    }
}
