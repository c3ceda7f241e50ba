//! What inputs, groups and results are called in charts, page and terminal.

use std::borrow::Cow;

use crate::model::{Input, Model};
use crate::report::phrases::capital;
use crate::report::words::title;
use crate::report::{Played, subject_in_words};
use crate::scenario::ScenarioFile;

/// The names of what was played, in the words of the file, made safe for the page.
pub(super) struct InputNames<'a> {
    model: &'a Model,
    inputs: Vec<Input>,
    file: Option<Cow<'a, ScenarioFile>>,
}

impl<'a> InputNames<'a> {
    /// The names of what was played.
    pub fn new(played: &Played<'a>) -> Self {
        let model = played.model();
        InputNames {
            model,
            inputs: model.inputs(),
            file: played.file.document.scenario_under(&model.policy, &model.world),
        }
    }

    /// The input of this name; `None` for a group.
    fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name == name)
    }

    /// What a single input is, in the words of the file; `None` where these only repeat its name.
    pub fn about(&self, name: &str) -> Option<String> {
        let input = self.input(name)?;
        let words = subject_in_words(self.file.as_deref()?, &input.path);
        Some(match input.number {
            0 => words,
            number => format!("{words} [{}]", number + 1),
        })
    }

    /// What an input or a group is called. `members` is what tables have as its input.
    pub fn shown(&self, members: &str, group: Option<&str>) -> String {
        if let Some(actor) = self.actor(members, group) {
            return self.actor_title(actor);
        }
        match (self.input(members), group) {
            (Some(_), _) => self.about(members).unwrap_or_else(|| title(members)),
            (None, Some(group)) => title(&format!("{group}: {members}")),
            (None, None) => title(members),
        }
    }

    /// The actor that a group stands for: it has its name, and all members are drawn for it.
    pub fn actor(&self, members: &str, group: Option<&str>) -> Option<usize> {
        let own = self.actor_of(members)?;
        (group == Some(self.model.actors[own].name.as_str())).then_some(own)
    }

    /// The actor that all members of a row are drawn for.
    pub fn actor_of(&self, members: &str) -> Option<usize> {
        let own: Vec<&Input> = match self.input(members) {
            Some(input) => vec![input],
            None => members.split(", ").filter_map(|name| self.input(name)).collect(),
        };
        let first = own.first()?.actor?;
        own.iter().all(|input| input.actor == Some(first)).then_some(first.index())
    }

    /// The title of an actor.
    pub fn actor_title(&self, actor: usize) -> String {
        title(&self.model.actors[actor].title)
    }

    /// Whether the scenario has actors, and nothing is drawn for any of them.
    pub fn no_actor_is_drawn(&self) -> bool {
        !self.model.actors.is_empty() && self.inputs.iter().all(|input| input.actor.is_none())
    }

    /// Whether some inputs are correlated.
    pub fn are_correlated(&self) -> bool {
        self.inputs.iter().any(|input| input.correlated.is_some())
    }

    /// How many inputs there are.
    pub fn count(&self) -> u64 {
        self.inputs.len() as u64
    }

    /// What a result is called: an outcome's title, or what the file says of a number.
    pub fn target(&self, of: &str) -> String {
        let outcome = self.model.outcome_ids().position(|id| id == of);
        if let Some(outcome) = outcome {
            return title(self.model.outcome_title(outcome));
        }
        if let Some(actor) = of.strip_prefix("utility.") {
            let own = self.model.actors.iter().find(|own| own.name == actor);
            return title(&format!("Utility of {}", own.map_or(actor, |own| &own.title)));
        }
        let (path, label) = of.split_once(':').map_or((of, None), |(path, l)| (path, Some(l)));
        let words = self.file.as_deref().map(|file| subject_in_words(file, path));
        let words = words.map_or_else(|| title(path), |words| capital(&words));
        match label {
            Some(label) => title(&format!("{words}: {label}")),
            None => words,
        }
    }

    /// Whether a result is an outcome.
    pub fn is_outcome(&self, of: &str) -> bool {
        self.model.outcome_ids().any(|id| id == of)
    }
}
