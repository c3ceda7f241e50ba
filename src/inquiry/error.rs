//! Why a question has no answer.

use std::fmt;

use super::drawn::drawn;
use crate::diagnostic::{Diagnostics, Paint};
use crate::model::Document;
use crate::store::StoreError;
use crate::verbs::{Halt, Refusal, ScenarioSource};

/// Why a question has no answer.
///
/// Printed, it says what is wrong in lines made for people: mistakes of a scenario are drawn with the
/// lines they stand in.
#[derive(Debug)]
#[non_exhaustive]
pub enum InquiryError {
    /// Scenarios have mistakes, or values that the question puts into them make some: each scenario
    /// with what was found.
    Mistakes(Vec<(Document, Diagnostics)>),
    /// A file cannot be read, or the question does not fit it; the message says why.
    Question(String),
    /// Several things, of several files.
    Several(Vec<InquiryError>),
    /// Playing stopped.
    Halted(Halt),
    /// A file of a run folder could not be written or read.
    Store(StoreError),
}

impl InquiryError {
    /// That a question does not fit its files, which may not be the only thing that is wrong.
    pub(crate) fn refused(refusal: Refusal, sources: &[ScenarioSource]) -> Self {
        match refusal {
            Refusal::Mistakes { source, found } => {
                InquiryError::Mistakes(vec![(sources[source].document.clone(), found)])
            }
            Refusal::Values(wrong) => InquiryError::Mistakes(wrong),
            Refusal::Question(why) => InquiryError::Question(why),
        }
    }

    /// One error for all of several.
    pub(super) fn all(mut errors: Vec<InquiryError>) -> Self {
        match errors.len() {
            1 => errors.remove(0),
            _ => InquiryError::Several(errors),
        }
    }

    /// The single things that are wrong, in their order: none of them is [`InquiryError::Several`].
    pub fn each(self) -> Vec<InquiryError> {
        match self {
            InquiryError::Several(errors) => {
                errors.into_iter().flat_map(InquiryError::each).collect()
            }
            InquiryError::Mistakes(_)
            | InquiryError::Question(_)
            | InquiryError::Halted(_)
            | InquiryError::Store(_) => vec![self],
        }
    }

    /// Whether someone who watched asked for it to stop.
    pub fn is_interrupted(&self) -> bool {
        matches!(self, InquiryError::Halted(Halt::Interrupted))
    }
}

impl fmt::Display for InquiryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |texts: Vec<String>, between| texts.join(between);
        match self {
            InquiryError::Mistakes(found) => {
                let texts = found.iter().map(|(document, own)| drawn(document, own, Paint::Plain));
                f.write_str(joined(texts.collect(), "\n").trim_end())
            }
            InquiryError::Question(why) => f.write_str(why),
            InquiryError::Several(errors) => {
                f.write_str(&joined(errors.iter().map(ToString::to_string).collect(), "\n"))
            }
            InquiryError::Halted(halt) => halt.fmt(f),
            InquiryError::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for InquiryError {}

impl From<Halt> for InquiryError {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Store(error) => InquiryError::Store(error),
            Halt::Interrupted | Halt::Other(_) => InquiryError::Halted(halt),
        }
    }
}

impl From<StoreError> for InquiryError {
    fn from(error: StoreError) -> Self {
        InquiryError::Store(error)
    }
}
