//! The trait of all questions, whatever their verb.

use std::fmt;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::grid::{Grid, Refusal, ScenarioSource};
use super::options::{DrawOptions, LuckOptions};
use super::verb::Verb;
use crate::store::TrialFormat;

/// A question: the options of a verb that plays trials, as a flat struct whose fields have the names
/// of the options on the command line.
pub trait Question:
    Clone + fmt::Debug + PartialEq + Default + Serialize + DeserializeOwned
{
    /// The verb that asks this question, with the question in it.
    fn verb(self) -> Verb;

    /// How many trials to play, and with which seed.
    fn luck(&self) -> LuckOptions;

    /// How many draws of the assumptions to play, and how many times each, if that is asked for.
    fn draws(&self) -> DrawOptions {
        DrawOptions::default()
    }

    /// The values that are set in place of those of the files, such as `assumptions.cost=0.5`.
    fn settings(&self) -> &[String];

    /// Whether the constant preferences of actors are replaced by draws around them.
    fn varies_preferences(&self) -> bool {
        false
    }

    /// The policies of a settled question, in the order of the tables.
    fn policies(&self) -> &[String];

    /// The worlds of a settled question, in the order of the tables.
    fn worlds(&self) -> &[String];

    /// The ids of the outcomes that it is about, where it names any.
    fn outcomes(&self) -> &[String] {
        &[]
    }

    /// The names of the variables and measures that it is about, where it names any.
    fn measures(&self) -> &[String] {
        &[]
    }

    /// The further scenario files, besides the first: the second of two that are compared, or any number.
    fn others(&self) -> &[String] {
        &[]
    }

    /// The same question with these names of the further files, without folders.
    #[must_use]
    fn with_others_named(self, _files: Vec<String>) -> Self {
        self
    }

    /// The file that has the record, where it is not that of the scenario.
    fn record(&self) -> Option<&Path> {
        None
    }

    /// The format of the table of single trials, where one is asked for.
    fn trial_format(&self) -> Option<TrialFormat> {
        None
    }

    /// The same question of a scenario that has the record in it.
    #[must_use]
    fn with_record_inside(self) -> Self {
        self
    }

    /// Whether it is asked of any number of files, each by itself, and of folders of them.
    fn is_of_many(&self) -> bool {
        false
    }

    /// Why the question cannot be asked of a file, whatever the others are, in a few words.
    fn refuses(&self, _source: &ScenarioSource) -> Option<String> {
        None
    }

    /// Completes the question for its scenario files, which must not have mistakes: fills in
    /// every option that was not given, and compiles the model of every cell. Such a question is
    /// called settled.
    ///
    /// # Errors
    ///
    /// Why the question cannot be asked of these files.
    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal>;

    /// How many trials are played of each policy in each world; with repeats, how many draws of the
    /// assumptions.
    fn trials(&self) -> u64 {
        self.luck().trials(self.draws())
    }
}
