//! What can go wrong, as one type.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Paint, no_such, render};
use crate::engine::NumericalError;
use crate::model::Document;
use crate::store::StoreError;
use crate::study::Stopped;

/// The most mistakes that are drawn; all are kept.
const SHOWN: usize = 100;

/// Why a scenario could not be read, played or asked.
///
/// What it holds is private, so that it can grow; the methods that begin with `is` tell the kinds
/// apart that a program may want to treat differently. Printed, it says what is wrong in lines made
/// for people: mistakes of a scenario are drawn with the lines of the file they stand in.
///
/// ```
/// let mistake = demarche::Scenario::parse("format = 1\n[scenario]\nstepps = 3").unwrap_err();
/// assert!(mistake.is_mistake());
/// assert!(mistake.to_string().contains("did you mean `steps`?"));
/// let places: Vec<_> = mistake.diagnostics().map(|found| found.code.id()).collect();
/// assert!(places.contains(&"E101"));
/// ```
#[derive(Debug)]
pub struct Error(Box<Cause>);

/// What went wrong.
#[derive(Debug)]
enum Cause {
    /// A file could not be read.
    Reading { path: PathBuf, cause: io::Error },
    /// The scenario has mistakes.
    Mistakes { drawn: String, found: Diagnostics },
    /// There is no such name; the message says which there are.
    Name(String),
    /// Something was asked for that there cannot be; the message says why.
    Request(String),
    /// A formula gave a value that cannot be used.
    Numerical(Box<NumericalError>),
    /// Someone who watched the run asked for it to stop.
    Interrupted,
    /// Threads could not be started.
    Threads(String),
    /// A file of a run folder could not be written or read.
    Store(StoreError),
}

impl Error {
    /// Every mistake that was found in the scenario, in the order of the file, and what it warns of
    /// besides; nothing unless [`Error::is_mistake`].
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let found = match &*self.0 {
            Cause::Mistakes { found, .. } => Some(found),
            Cause::Reading { .. }
            | Cause::Name(_)
            | Cause::Request(_)
            | Cause::Numerical(_)
            | Cause::Interrupted
            | Cause::Threads(_)
            | Cause::Store(_) => None,
        };
        found.into_iter().flat_map(Diagnostics::iter)
    }

    /// Whether the scenario has mistakes, so that its author has to change it.
    pub fn is_mistake(&self) -> bool {
        matches!(*self.0, Cause::Mistakes { .. })
    }

    /// Whether a policy, world, outcome or column was asked for that there is not.
    pub fn is_unknown_name(&self) -> bool {
        matches!(*self.0, Cause::Name(_))
    }

    /// Whether a formula gave a value that cannot be used, such as NaN or a chance above 1, in the
    /// course of a trial.
    pub fn is_numerical(&self) -> bool {
        matches!(*self.0, Cause::Numerical(_))
    }

    /// Whether someone who watched the run asked for it to stop.
    pub fn is_interrupted(&self) -> bool {
        matches!(*self.0, Cause::Interrupted)
    }

    pub(super) fn reading(path: &Path, cause: io::Error) -> Self {
        Error(Box::new(Cause::Reading { path: path.to_owned(), cause }))
    }

    pub(super) fn mistakes(document: &Document, found: Diagnostics) -> Self {
        let first = found.first(SHOWN);
        let mut drawn = render(&first, &document.source, Paint::Plain);
        let hidden = found.iter().count() - first.iter().count();
        if hidden > 0 {
            drawn.push_str(&format!("... and {hidden} more"));
        }
        drawn.truncate(drawn.trim_end().len());
        Error(Box::new(Cause::Mistakes { drawn, found }))
    }

    /// That there is no such name among those known.
    pub(super) fn name<'a>(
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Self {
        Error(Box::new(Cause::Name(no_such(what, name, known))))
    }

    pub(super) fn request(why: impl Into<String>) -> Self {
        Error(Box::new(Cause::Request(why.into())))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Cause::Reading { path, cause } => write!(f, "cannot read {}: {cause}", path.display()),
            Cause::Mistakes { drawn, .. } => f.write_str(drawn),
            Cause::Name(message) | Cause::Request(message) => f.write_str(message),
            Cause::Numerical(error) => error.fmt(f),
            Cause::Interrupted => f.write_str("interrupted"),
            Cause::Threads(reason) => write!(f, "cannot start threads: {reason}"),
            Cause::Store(error) => error.fmt(f),
        }
    }
}

// No `source`: what is printed of an error says all that its cause does, and whoever prints both
// would say it twice.
impl std::error::Error for Error {}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Error(Box::new(Cause::Store(error)))
    }
}

impl From<NumericalError> for Error {
    fn from(error: NumericalError) -> Self {
        Error(Box::new(Cause::Numerical(Box::new(error))))
    }
}

impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl<E: Into<Error>> From<Stopped<E>> for Error {
    fn from(stopped: Stopped<E>) -> Self {
        match stopped {
            Stopped::Accident { accident, .. } => (*accident).into(),
            Stopped::Interrupted => Error(Box::new(Cause::Interrupted)),
            Stopped::Threads(reason) => Error(Box::new(Cause::Threads(reason))),
            Stopped::Part(reason) => Error::request(reason),
            Stopped::Sink(error) => error.into(),
        }
    }
}
