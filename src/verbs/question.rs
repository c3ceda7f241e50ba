//! What every question has, whatever its verb.

use std::fmt;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::grid::{Grid, Refusal, ScenarioSource};
use super::options::{DrawOptions, LuckOptions};
use super::verb::Verb;

/// The options of a verb that plays: a flat struct whose fields are named as the options are on the
/// command line.
pub trait Question:
    Clone + fmt::Debug + PartialEq + Default + Serialize + DeserializeOwned
{
    /// The verb that asks it.
    fn verb(self) -> Verb;

    /// How many trials, and on which luck.
    fn luck(&self) -> LuckOptions;

    /// Whether draws of the assumptions are played several times each.
    fn draws(&self) -> DrawOptions {
        DrawOptions::default()
    }

    /// The policies of a settled question, in the order of the tables.
    fn policies(&self) -> &[String];

    /// The worlds of a settled question, in the order of the tables.
    fn worlds(&self) -> &[String];

    /// The second scenario file, where two are compared.
    fn other(&self) -> Option<&Path> {
        None
    }

    /// The same with the second file called so: by its name alone, without folders.
    #[must_use]
    fn with_other_named(self, _file: &str) -> Self {
        self
    }

    /// Settles the question on scenario files, one or two, that have no mistakes: everything left
    /// open is filled in, and every cell compiled.
    ///
    /// # Errors
    ///
    /// Why the question cannot be asked of these files.
    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal>;

    /// How many trials of each policy in each world, or draws of the assumptions.
    fn trials(&self) -> u64 {
        self.luck().trials(self.draws())
    }
}
