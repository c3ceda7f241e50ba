//! What policies, worlds, outcomes and moves are called, in the terminal and on the page.

use crate::model::{BASE_WORLD, Model, NO_POLICY};
use crate::report::Played;
use crate::report::phrases::{capital, spaced};
use crate::scenario::ScenarioFile;

/// The titles of what was played. Where the file has none, they are made from names.
pub(crate) struct Titles<'a> {
    /// What was played.
    pub played: &'a Played<'a>,
    /// Makes a text of the file safe for where it is shown.
    pub safe: fn(&str) -> String,
}

impl<'a> Titles<'a> {
    /// Titles for the terminal.
    #[cfg(feature = "cli")]
    pub fn for_terminal(played: &'a Played<'a>) -> Self {
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
        let own = |file: &'a ScenarioFile| {
            file.policies.iter().find(|policy| policy.name.value == name)?.title.as_deref()
        };
        let title = match self.file(scenario).and_then(own) {
            Some(title) => title.to_owned(),
            None if name == NO_POLICY => "No policy".to_owned(),
            None => capital(&spaced(name)),
        };
        match self.played.is_of_two_files() {
            true => (self.safe)(&format!("{scenario}: {title}")),
            false => (self.safe)(&title),
        }
    }

    /// A world of the first scenario.
    pub fn world(&self, name: &str) -> String {
        let worlds = self.played.file.document.scenario().map(|file| file.worlds.as_slice());
        let own = worlds.unwrap_or_default().iter().find(|world| world.name.value == name);
        match own.and_then(|own| own.title.as_deref()) {
            Some(title) => (self.safe)(title),
            None if name == BASE_WORLD => "The world as the file stands".to_owned(),
            None => (self.safe)(&capital(&spaced(name))),
        }
    }

    /// An outcome.
    pub fn outcome(&self, id: &str) -> String {
        (self.safe)(self.played.outcome_title(id))
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

/// A move in words, who does what: `Washington suspends aid`.
pub(crate) fn move_in_words(model: &Model, action: &str) -> String {
    let (actor, own) = action.split_once('.').unwrap_or(("", action));
    let actor = model.actors.iter().find(|known| known.name == actor);
    let does = model.happenings.iter().find(|known| known.name == action);
    let does = spaced(does.map_or(own, |known| &known.title));
    // An action without a title of its own is called after its actor as well.
    let does = does.split_once('.').map_or(does.as_str(), |(_, own)| own);
    format!("{} {does}", actor.map_or("", |actor| actor.title.as_str()))
}
