//! What policies, worlds, outcomes and moves are called, in the terminal and on the page.

use crate::model::Model;
use crate::report::Played;
use crate::report::phrases::spaced;
use crate::report::titles::{move_in_words, policy_in_words, world_in_words};
use crate::scenario::ScenarioFile;

/// The titles of what was played. Where the file has none, they are made from names.
#[derive(Clone, Copy)]
pub(crate) struct Titles<'a> {
    /// What was played.
    pub played: &'a Played<'a>,
    /// Makes a text of the file safe for where it is shown.
    pub safe: fn(&str) -> String,
}

impl<'a> Titles<'a> {
    /// Titles as they are, for the terminal and for charts.
    pub fn plain(played: &'a Played<'a>) -> Self {
        Titles { played, safe: str::to_owned }
    }

    /// Titles for the page.
    #[cfg(feature = "report")]
    pub fn for_page(played: &'a Played<'a>) -> Self {
        Titles { played, safe: crate::report::words::title }
    }

    fn file(&self, scenario: &str) -> Option<&'a ScenarioFile> {
        let file = self.played.files().find(|file| file.name == scenario)?;
        file.document.scenario()
    }

    /// A policy of a scenario; with the scenario's name, where there are two.
    pub fn policy(&self, scenario: &str, name: &str) -> String {
        let title = policy_in_words(self.file(scenario), name);
        match self.played.is_of_two_files() {
            true => (self.safe)(&format!("{scenario}: {title}")),
            false => (self.safe)(&title),
        }
    }

    /// A world of the first scenario.
    pub fn world(&self, name: &str) -> String {
        (self.safe)(&world_in_words(self.played.file.document.scenario(), name))
    }

    /// An outcome.
    pub fn outcome(&self, id: &str) -> String {
        (self.safe)(self.played.outcome_title(id))
    }

    /// An actor.
    pub fn actor(&self, name: &str) -> String {
        let known = self.played.model().actors.iter().find(|own| own.name == name);
        (self.safe)(known.map_or(name, |own| own.title.as_str()))
    }

    /// Something that happens; an action without its actor.
    pub fn happening(&self, name: &str) -> String {
        let known = self.played.model().happenings.iter().find(|own| own.name == name);
        let title = known.map_or(name, |own| own.title.as_str());
        let bare = title.strip_prefix(name.split_once('.').map_or("", |(actor, _)| actor));
        let bare = bare.and_then(|rest| rest.strip_prefix('.')).unwrap_or(title);
        (self.safe)(&spaced(bare))
    }

    /// A move: who does what.
    pub fn action(&self, name: &str) -> String {
        let has = |model: &Model| model.happenings.iter().any(|own| own.name == name);
        let model = self.played.files().map(|file| file.model).find(|model| has(model));
        (self.safe)(&move_in_words(model.unwrap_or(self.played.model()), name))
    }
}

/// A title in quotation marks, for use in a sentence.
pub(crate) fn quoted(title: &str) -> String {
    format!("“{title}”")
}

/// The same, with quotation marks in the title made single ones.
#[cfg(feature = "report")]
pub(crate) fn said(title: &str) -> String {
    quoted(&title.replace('“', "‘").replace('”', "’"))
}
