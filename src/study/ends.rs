//! The numbers that are recorded at the end of a trial, besides its outcome.

use serde::{Deserialize, Serialize};

use crate::engine::TrialBlock;
use crate::formula::{ParamId, Type};
use crate::model::Model;

/// The kind of a number at the end of a trial.
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
    /// The word for it in tables.
    pub fn word(self) -> &'static str {
        match self {
            EndKind::State => "state",
            EndKind::Measure => "measure",
            EndKind::Utility => "utility",
        }
    }
}

/// A number that every trial has at its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// Its kind.
    pub kind: EndKind,
    /// The name: `tension`, `phase:war`, or an actor.
    pub name: String,
    /// The unit, if it has one.
    pub unit: Option<String>,
    column: usize,
    label: Option<f64>,
}

impl End {
    /// Whether two ends mean the same number, in models that may differ.
    pub fn is_same_as(&self, other: &End) -> bool {
        self.kind == other.kind && self.name == other.name
    }

    /// The lowest and the highest value, where the file tells: of a variable with a range, a flag,
    /// whether a label has a value, a utility.
    pub fn range(&self, model: &Model) -> Option<(f64, f64)> {
        let series = model.series().nth(self.column).filter(|_| self.kind != EndKind::Utility);
        match series.map(|series| &series.ty) {
            _ if self.label.is_some() => Some((0.0, 1.0)),
            None | Some(Type::Flag) => Some((0.0, 1.0)),
            Some(Type::Number | Type::Label(_) | Type::Unknown) => {
                let (low, high) = (*model.truth.ranges.get(self.column)?)?;
                let end = |id: ParamId| {
                    let rule = model.truth.params.iter().find(|rule| rule.id == id)?;
                    rule.formula.node.constant()
                };
                Some((end(low)?, end(high)?))
            }
        }
    }

    /// Whether its values are 0 and 1: of a flag, or whether a label has a value.
    pub fn is_share(&self, model: &Model) -> bool {
        let series = model.series().nth(self.column).filter(|_| self.kind != EndKind::Utility);
        self.label.is_some() || series.is_some_and(|series| series.ty == Type::Flag)
    }

    /// Writes the values of consecutive trials into `out`.
    pub fn read(&self, leaf: &TrialBlock, out: &mut Vec<f64>) {
        let values = match self.kind {
            EndKind::Utility => leaf.utility(self.column),
            EndKind::State | EndKind::Measure => leaf.last(self.column),
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

/// All ends of a model: state and measures in file order, then the actors' utilities.
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
            Type::Number | Type::Flag | Type::Unknown => all.push(end(info.name.clone(), None)),
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
