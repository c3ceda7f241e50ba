//! What the inputs of a model are called in words.

use std::borrow::Cow;

use crate::model::Input;
use crate::report::{Played, subject_in_words};
use crate::scenario::ScenarioFile;

/// What the inputs of a model are called for a reader.
pub(super) struct ShownInputs<'a> {
    inputs: Vec<Input>,
    file: Option<Cow<'a, ScenarioFile>>,
}

impl<'a> ShownInputs<'a> {
    /// The names of what was played.
    pub fn of(played: &Played<'a>) -> Self {
        let model = played.model();
        let file = played.file.document.scenario_under(&model.policy, &model.world);
        ShownInputs { inputs: model.inputs(), file }
    }

    /// The name of an assumption, and in the words of the file what is drawn elsewhere.
    pub fn shown(&self, name: &str) -> String {
        let input = self.inputs.iter().find(|input| input.name == name);
        let elsewhere = input.filter(|input| !input.path.starts_with("assumptions."));
        match (elsewhere, self.file.as_deref()) {
            (Some(input), Some(file)) => {
                let words = subject_in_words(file, &input.path);
                match input.number {
                    0 => words,
                    number => format!("{words} [{}]", number + 1),
                }
            }
            (None, _) | (_, None) => name.to_owned(),
        }
    }
}
