//! A description of what was played, which tables, terminal, charts and page share.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::engine::counted_options;
use crate::format::{counted, one_line};
use crate::formula::Happening;
use crate::model::{Document, HOLD, Model};
use crate::store::{DistinctNames, FileRecord};

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
#[derive(Clone, Debug)]
pub struct Played<'a> {
    /// The scenario.
    pub file: PlayedFile<'a>,
    /// The other scenario, where two files are compared.
    pub other: Option<PlayedFile<'a>>,
    /// The further scenarios, where many are played, each by itself.
    pub further: Vec<PlayedFile<'a>>,
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

    /// All files: one, the two that are compared, or many.
    pub fn files(&self) -> impl Iterator<Item = PlayedFile<'a>> {
        [self.file].into_iter().chain(self.other).chain(self.further.iter().copied())
    }

    /// How many scenarios were played, each by itself: those of a comparison count as one.
    pub fn scenarios(&self) -> u64 {
        1 + self.further.len() as u64
    }

    /// The title of what was played: that of the scenario, or how many there are.
    pub fn title(&self) -> String {
        match self.scenarios() {
            1 => self.model().title.clone(),
            many => counted(many, "scenario"),
        }
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

/// The names of the copies of one scenario file, or of two, in a run folder.
const SCENARIO_COPIES: [&str; 2] = ["scenario.toml", "scenario-b.toml"];

/// The names of the copies of the scenario files in a run folder, from their names in tables: where there
/// are more than two, they are in a folder of their own and keep their names.
pub fn scenario_copies<N: AsRef<str>>(names: &[N]) -> Vec<String> {
    if names.len() <= SCENARIO_COPIES.len() {
        return SCENARIO_COPIES.iter().take(names.len()).map(|&copy| copy.to_owned()).collect();
    }
    let mut distinct = DistinctNames::default();
    names.iter().map(|name| format!("scenarios/{}.toml", distinct.next(name.as_ref()))).collect()
}

/// The names of scenario files in tables: the file's name without its ending. To a name that is taken `-b`
/// is added, and if that is taken too, `-c` and so on; from the 27th on, a number.
pub fn table_names<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    // What was tried of a name is taken, and need not be tried again.
    let mut tried: BTreeMap<String, u64> = BTreeMap::new();
    let mut name_of = |path: &Path| {
        let stem = path.file_stem().map(|stem| one_line(&stem.to_string_lossy()));
        let stem = stem.filter(|stem| !stem.is_empty()).unwrap_or_else(|| "scenario".to_owned());
        let tried = tried.entry(stem.clone()).or_default();
        loop {
            let name = match *tried {
                0 => stem.clone(),
                few @ 1..26 => format!("{stem}-{}", char::from(b'a' + few as u8)),
                many => format!("{stem}-{}", many + 1),
            };
            *tried += 1;
            if taken.insert(name.clone()) {
                return name;
            }
        }
    };
    paths.into_iter().map(&mut name_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_of_one_name_are_told_apart() {
        let names = table_names([Path::new("old/crisis.toml"), Path::new("new/crisis.toml")]);
        assert_eq!(names, ["crisis", "crisis-b"]);
        assert_eq!(table_names([Path::new("..")]), ["scenario"]);
        let many = table_names(std::iter::repeat_n(Path::new("case.toml"), 28));
        assert_eq!(
            [&many[0], &many[2], &many[25], &many[27]],
            ["case", "case-c", "case-z", "case-28"]
        );
    }

    #[test]
    fn copies_of_many_files_keep_their_names() {
        assert_eq!(scenario_copies(&["a"]), ["scenario.toml"]);
        assert_eq!(scenario_copies(&["a", "b"]), ["scenario.toml", "scenario-b.toml"]);
        let many = scenario_copies(&["one", "two", "two-b"]);
        assert_eq!(many, ["scenarios/one.toml", "scenarios/two.toml", "scenarios/two-b.toml"]);
    }
}
