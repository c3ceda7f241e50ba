//! What is known to have happened: the table `[record]`.

use jiff::civil::Date;

use super::written::{Notes, Source, SpannedName};
use crate::diagnostic::{Span, Spanned};

/// What is known of the first steps of the run.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// How far it is known: to the end of the step in which this falls.
    pub until: RecordedTime,
    /// The actors, events and bargains of which everything is listed.
    pub complete: Vec<SpannedName>,
    /// What happened.
    pub entries: Vec<RecordedEntry>,
    /// Explanations.
    pub notes: Notes,
}

/// A time as the file writes it: a day, or in a scenario without dates a step.
#[derive(Clone, Debug)]
pub enum RecordedTime {
    /// A day.
    Day(Spanned<Date>),
    /// A step, from 0.
    Step(Spanned<u32>),
}

/// Something that is known to have happened.
#[derive(Clone, Debug)]
pub struct RecordedEntry {
    /// When it happened.
    pub on: RecordedTime,
    /// What happened.
    pub what: RecordedFact,
    /// The place in the file.
    pub span: Span,
    /// Explanations.
    pub notes: Notes,
}

/// What an entry of a record says.
#[derive(Clone, Debug)]
pub enum RecordedFact {
    /// An actor made a move.
    Move {
        /// The action, `actor.action`, or an item of its menu, `actor.action[x=0.5]`.
        action: SpannedName,
        /// The name of the branch that came up, if it is known.
        branch: Option<SpannedName>,
        /// Whether the proposal was accepted, if it is known.
        accepted: Option<bool>,
    },
    /// An event or a bargain came about.
    Happening {
        /// Its name.
        name: SpannedName,
        /// The name of the branch that came up, if it is known.
        branch: Option<SpannedName>,
    },
    /// A flag that is true at the end of the step.
    Fact(Source),
}

impl RecordedTime {
    /// The place in the file.
    pub fn span(&self) -> Span {
        match self {
            RecordedTime::Day(day) => day.span,
            RecordedTime::Step(step) => step.span,
        }
    }
}
