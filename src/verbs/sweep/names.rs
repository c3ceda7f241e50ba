//! What the values that are swept are called.

use super::words::SweepWords;
use crate::report::phrases::{capital, spaced};
use crate::report::subject_in_words;
#[cfg(feature = "report")]
use crate::report::words::formula;
use crate::scenario::Notes;
use crate::verbs::titles::quoted;

/// How long what the file says of a value may be to stand in a sentence.
const SHORT: usize = 48;

impl<'a> SweepWords<'a> {
    /// What is swept, for the middle of a sentence: one name for each axis.
    pub fn swept(&self) -> Vec<String> {
        self.paths().into_iter().map(|path| self.named(path)).collect()
    }

    /// What is swept, for the heading of a column or the name of an axis.
    pub fn axes(&self) -> Vec<String> {
        self.paths().into_iter().map(|path| self.axis(path)).collect()
    }

    /// The paths of what is swept.
    fn paths(&self) -> Vec<&'a str> {
        let first = self.tables.sweep.first();
        let both = first.map(|row| [Some(&row.path_1), row.path_2.as_ref()]);
        both.into_iter().flatten().flatten().map(String::as_str).collect()
    }

    /// What the scenario says that an assumption or a variable is about, or that it has no word of it; `None`
    /// for other paths. Besides, its name, and whether it is the start of a variable.
    fn about(&self, path: &'a str) -> Option<(Option<String>, &'a str, &'static str)> {
        let scenario = self.played.file.document.scenario()?;
        let about = |notes: Option<&Notes>| {
            let about = notes.and_then(|notes| notes.about.as_deref());
            about.map(|about| (self.titles.safe)(about.trim_end_matches('.')))
        };
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            ["assumptions", name] | ["assumptions", name, "draw"] => {
                let own = scenario.assumptions.iter().find(|own| own.name.value == *name);
                Some((about(own.map(|own| &own.notes)), name, ""))
            }
            ["state", name, "start"] => {
                let own = scenario.state.iter().find(|own| own.name.value == *name);
                Some((about(own.map(|own| &own.notes)), name, " at the start"))
            }
            _ => None,
        }
    }

    /// A path in the middle of a sentence: what the file says that it is about if that is short, or its name.
    fn named(&self, path: &'a str) -> String {
        match self.about(path) {
            Some((Some(about), _, when)) if about.chars().count() <= SHORT => {
                format!("{}{when}", quoted(&about))
            }
            Some((_, name, when)) => format!("{}{when}", (self.titles.safe)(&spaced(name))),
            None => quoted(&self.subject(path)),
        }
    }

    /// A path as a heading.
    fn axis(&self, path: &'a str) -> String {
        match self.about(path) {
            Some((Some(about), _, when)) => format!("{about}{when}"),
            Some((None, name, when)) => {
                capital(&format!("{}{when}", (self.titles.safe)(&spaced(name))))
            }
            None => self.subject(path),
        }
    }

    fn subject(&self, path: &str) -> String {
        match self.played.file.document.scenario() {
            Some(scenario) => subject_in_words(scenario, path),
            None => (self.titles.safe)(path),
        }
    }

    /// What was swept, and what the file says in its place. `vary` are the words of the question.
    #[cfg(feature = "report")]
    pub fn what_was_swept(&self, vary: &[String]) -> String {
        let document = self.played.file.document;
        let each = self.paths().into_iter().zip(vary).map(|(path, words)| {
            let values = words.split_once('=').map_or("", |(_, values)| values.trim());
            let old = document.written(path).map_or_else(
                || "where the file says nothing".to_owned(),
                |old| format!("in place of {}", formula(old)),
            );
            format!("{} ({}), {old}", self.axis(path), formula(values))
        });
        format!("Swept: {}.", each.collect::<Vec<_>>().join("; "))
    }
}
