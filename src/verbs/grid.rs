//! What is played for a question: a model for each scenario, policy and world.

use crate::diagnostic::{Diagnostics, no_such};
use crate::model::{Document, KeyChange, Model};
use crate::study::ObservedCase;

/// A scenario file that a question is asked of.
#[derive(Clone, Debug)]
pub struct ScenarioSource {
    /// The text and its tables.
    pub document: Document,
    /// The warnings of the file, which has no mistakes.
    pub found: Diagnostics,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What the file is called, without folders.
    pub file: String,
    /// What the scenario is called in tables.
    pub name: String,
}

/// A scenario under a policy in a world, as tables name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellName {
    /// The scenario.
    pub scenario: String,
    /// The policy, or the name of a lever.
    pub policy: String,
    /// The world.
    pub world: String,
}

/// The cells of a question: what is played, with common random numbers.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// What each cell is called.
    pub names: Vec<CellName>,
    /// The model of each cell.
    pub models: Vec<Model>,
    /// Which cells are compared: the indices of a baseline and of another cell.
    pub pairs: Vec<(usize, usize)>,
    /// The keys in which two files differ, where two files are compared.
    pub changes: Option<Vec<KeyChange>>,
    /// What happened in reality in each cell, where that is scored.
    pub observed: Vec<ObservedCase>,
}

/// Why a question cannot be asked of a scenario.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// A scenario has mistakes.
    Mistakes {
        /// The index of the file.
        source: usize,
        /// All mistakes in it.
        found: Diagnostics,
    },
    /// Values that the question puts into a scenario make mistakes: the scenario with the values, and the
    /// mistakes in it, once for each value that is told.
    Values(Vec<(Document, Diagnostics)>),
    /// The question does not fit the scenario; the message says why, and what would fit.
    Question(String),
}

/// Refuses a question about an outcome that a model does not have.
pub(super) fn has_outcome(model: &Model, outcome: &str) -> Result<(), Refusal> {
    if model.outcome_ids().any(|id| id == outcome) {
        return Ok(());
    }
    let known: Vec<&str> = model.outcome_ids().collect();
    Err(Refusal::Question(no_such("outcome", outcome, known.into_iter())))
}

impl Grid {
    /// Adds the cell of a policy in a world, compiled from one of the files.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn add(
        &mut self,
        sources: &[ScenarioSource],
        source: usize,
        policy: &str,
        world: &str,
    ) -> Result<usize, Refusal> {
        let model = model(sources, source, policy, world)?;
        let scenario = sources[source].name.clone();
        let name = CellName { scenario, policy: policy.to_owned(), world: world.to_owned() };
        Ok(self.push(name, model))
    }

    /// Adds a cell and returns its index.
    pub fn push(&mut self, name: CellName, model: Model) -> usize {
        self.names.push(name);
        self.models.push(model);
        self.models.len() - 1
    }
}

impl CellName {
    /// The line of a message that says in which cell a numerical error happened.
    pub fn under(&self) -> String {
        format!("\n  under    {}, policy {}, world {}", self.scenario, self.policy, self.world)
    }
}

/// Compiles one of the files under a policy in a world.
///
/// # Errors
///
/// What is wrong with the file.
pub fn model(
    sources: &[ScenarioSource],
    source: usize,
    policy: &str,
    world: &str,
) -> Result<Model, Refusal> {
    let compiled = sources[source].document.model(policy, world);
    compiled.map_err(|found| Refusal::Mistakes { source, found })
}

/// The names asked for, each once, or all names if none was asked for; `first` comes first.
///
/// # Errors
///
/// A name that is not known.
pub fn chosen(
    what: &str,
    asked: &[String],
    known: &[&str],
    first: Option<&str>,
) -> Result<Vec<String>, Refusal> {
    for name in first.into_iter().chain(asked.iter().map(String::as_str)) {
        if !known.contains(&name) {
            return Err(Refusal::Question(no_such(what, name, known.iter().copied())));
        }
    }
    let mut names: Vec<String> = first.into_iter().map(str::to_owned).collect();
    let all = known.iter().map(|name| (*name).to_owned());
    let wanted: Vec<String> = if asked.is_empty() { all.collect() } else { asked.to_vec() };
    for name in wanted {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}
