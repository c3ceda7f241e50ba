//! A description of what was played, which tables, terminal, charts and page share.

use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::engine::counted_options;
use crate::formula::Happening;
use crate::model::{Document, HOLD, Model};
use crate::store::FileRecord;

/// A scenario file of a question, under the first policy in the first world.
#[derive(Clone, Copy, Debug)]
pub struct PlayedFile<'a> {
    /// The text and its tables.
    pub document: &'a Document,
    /// The compiled scenario, from which names and titles are read.
    pub model: &'a Model,
    /// What the scenario is called in tables: see [`table_names`].
    pub name: &'a str,
    /// The file's entry in the manifest.
    pub record: &'a FileRecord,
    /// The warnings of the file.
    pub found: &'a Diagnostics,
}

/// What was played, and for which question.
#[derive(Clone, Copy, Debug)]
pub struct Played<'a> {
    /// The scenario.
    pub file: PlayedFile<'a>,
    /// The other scenario, where two files are compared.
    pub other: Option<PlayedFile<'a>>,
    /// The policies, in the order of the tables.
    pub policies: &'a [String],
    /// The worlds, in the order of the tables.
    pub worlds: &'a [String],
    /// The ids of the outcomes that were asked about; empty where none was named.
    pub outcomes: &'a [String],
    /// The names of the variables and measures that were asked about; empty where none was named.
    pub measures: &'a [String],
    /// The seed.
    pub seed: u64,
    /// How many trials were played of each policy in each world; with repeats, how many draws of
    /// the assumptions.
    pub trials: u64,
    /// How many times each draw of the assumptions was played, where that was asked for.
    pub repeats: Option<u16>,
    /// The version of Démarche that played.
    pub version: &'a str,
    /// Warnings about the results, in addition to those of the files.
    pub warnings: &'a [String],
    /// The tables and scenario files of the run folder.
    pub tables: &'a [String],
    /// The command that asks the same question again.
    pub command: &'a str,
}

impl<'a> Played<'a> {
    /// The compiled scenario of the first file.
    pub fn model(&self) -> &'a Model {
        self.file.model
    }

    /// All files: one, or the two that are compared.
    pub fn files(&self) -> impl Iterator<Item = PlayedFile<'a>> {
        [self.file].into_iter().chain(self.other)
    }

    /// The index of an outcome among those of the first file, unresolved last.
    pub fn outcome(&self, id: &str) -> Option<usize> {
        position_of(self.model(), id)
    }

    /// Whether any of the files has an outcome.
    pub fn has_outcome(&self, id: &str) -> bool {
        self.files().any(|file| position_of(file.model, id).is_some())
    }

    /// The title of an outcome of any of the files; its id if no file has it.
    pub fn outcome_title<'t>(&self, id: &'t str) -> &'t str
    where
        'a: 't,
    {
        let mut all = self.files();
        all.find_map(|file| position_of(file.model, id).map(|at| file.model.outcome_title(at)))
            .unwrap_or(id)
    }

    /// Whether two files are compared.
    pub fn is_of_two_files(&self) -> bool {
        self.other.is_some()
    }
}

fn position_of(model: &Model, id: &str) -> Option<usize> {
    model.outcome_ids().position(|own| own == id)
}

/// An action's name without its actor's.
pub fn action_name(model: &Model, what: Happening) -> &str {
    let name = model.happening(what).name.as_str();
    name.split_once('.').map_or(name, |(_, action)| action)
}

/// What an option is called in tables.
#[derive(Clone, Debug)]
pub struct OptionName {
    /// The actor.
    pub actor: String,
    /// Its track.
    pub track: String,
    /// The action, or `hold` for taking none.
    pub action: String,
    /// The item of the action's menu, if it has one.
    pub item: Option<String>,
}

/// The names of a model's options in tables, in the order of [`counted_options`].
pub fn option_names(model: &Model) -> Vec<OptionName> {
    let names = counted_options(model).into_iter().map(|option| {
        let actor = &model.truth.actors[option.actor];
        let action = option.action.map(|action| &actor.actions[action]);
        OptionName {
            actor: model.actors[option.actor].name.clone(),
            track: actor.tracks[option.track].name.to_string(),
            action: action.map_or(HOLD, |action| action_name(model, action.what)).to_owned(),
            item: action.and_then(|action| Some(action.item.as_ref()?.name.to_string())),
        }
    });
    names.collect()
}

/// The full name of an action, or of one item of its menu: `a.propose[x=0.5]`.
pub fn full_name(action: &str, item: Option<&str>) -> String {
    match item {
        Some(item) => format!("{action}[{item}]"),
        None => action.to_owned(),
    }
}

/// The names of the copies of the scenario files in a run folder.
pub const SCENARIO_COPIES: [&str; 2] = ["scenario.toml", "scenario-b.toml"];

/// The names of scenario files in tables: the file's name without its ending. If two files have the
/// same name, `-b` is added to the second.
pub fn table_names<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for path in paths {
        let stem = path.file_stem();
        let stem = stem.map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy());
        let again = names.iter().any(|name| **name == *stem);
        names.push(if again { format!("{stem}-b") } else { stem.into_owned() });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_of_one_name_are_told_apart() {
        let names = table_names([Path::new("old/crisis.toml"), Path::new("new/crisis.toml")]);
        assert_eq!(names, ["crisis", "crisis-b"]);
        assert_eq!(table_names([Path::new("..")]), ["scenario"]);
    }
}
