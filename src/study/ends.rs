//! What is read off a trial at its end, beside its outcome.

use serde::{Deserialize, Serialize};

use crate::engine::TrialBlock;
use crate::formula::Type;
use crate::model::Model;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EndKind {
    /// A state variable; for a label, whether it has this value.
    State,
    /// A measure; for a label, whether it has this value.
    Measure,
    /// An actor's utility, by its true wants, in 0..1.
    Utility,
}

impl EndKind {
    /// As it stands in tables.
    pub fn word(self) -> &'static str {
        match self {
            EndKind::State => "state",
            EndKind::Measure => "measure",
            EndKind::Utility => "utility",
        }
    }
}

/// A number that every trial has at its end.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// What kind.
    pub kind: EndKind,
    /// The name: `tension`, `phase:war`, or an actor.
    pub name: String,
    /// The unit, if it has one.
    pub unit: Option<String>,
    column: usize,
    label: Option<f64>,
}

impl End {
    /// Whether two ends ask for the same, in models that may differ.
    pub fn is_same_as(&self, other: &End) -> bool {
        self.kind == other.kind && self.name == other.name
    }

    /// The values of consecutive trials, into `out`.
    pub fn read(&self, model: &Model, leaf: &TrialBlock, out: &mut Vec<f64>) {
        let rows = model.truth.steps as usize + 1;
        let values = match self.kind {
            EndKind::Utility => leaf.utility(self.column),
            _ => leaf.recorded(self.column, rows - 1, rows),
        };
        out.clear();
        match self.label {
            None => out.extend_from_slice(values),
            Some(label) => {
                out.extend(values.iter().map(|value| f64::from(u8::from(*value == label))));
            }
        }
    }
}

/// All of a model: state and measures in file order, then the actors' utilities.
pub fn ends(model: &Model) -> Vec<End> {
    let mut all = Vec::new();
    for (column, info) in model.series().enumerate() {
        let kind = if column < model.states.len() { EndKind::State } else { EndKind::Measure };
        let end = |name, label| End { kind, name, unit: info.unit.clone(), column, label };
        match &info.ty {
            Type::Label(labels) => {
                for label in labels.iter() {
                    let name = format!("{}:{}", info.name, model.label_text(*label));
                    all.push(end(name, Some(f64::from(label.0))));
                }
            }
            _ => all.push(end(info.name.clone(), None)),
        }
    }
    for (column, actor) in model.actors.iter().enumerate() {
        all.push(End {
            kind: EndKind::Utility,
            name: actor.name.clone(),
            unit: None,
            column,
            label: None,
        });
    }
    all
}
