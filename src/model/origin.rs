//! Where in the file a formula was written, and what put it in place.

use std::sync::Arc;

use super::program::Origin;
use crate::diagnostic::Span;
use crate::scenario::Setting;

/// The lines of a file, and the places of the values that a policy and a world put into it.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// The places of the line breaks.
    breaks: Vec<usize>,
    /// The places of the values, and who set them.
    set: Vec<(Span, Arc<str>)>,
}

impl Origins {
    /// Those of a file in which these settings are in place, each with whose they are, in words.
    pub fn new<'s>(
        text: &str,
        settings: impl IntoIterator<Item = (&'s str, &'s [Setting])>,
    ) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at);
        let mut set = Vec::new();
        for (whose, settings) in settings {
            let whose: Arc<str> = Arc::from(whose);
            set.extend(settings.iter().map(|setting| (setting.node.span, Arc::clone(&whose))));
        }
        Origins { breaks: breaks.collect(), set }
    }

    /// Where the formula at this place was written.
    pub fn of(&self, span: Span) -> Origin {
        let holds = |set: &Span| set.start <= span.start && span.end <= set.end;
        Origin {
            line: Some(1 + self.breaks.partition_point(|at| *at < span.start)),
            set_by: self.set.iter().find(|(set, _)| holds(set)).map(|(_, by)| Arc::clone(by)),
        }
    }
}
