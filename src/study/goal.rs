//! Goals: what a user wants to reach with a policy.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::engine::TrialBlock;
use crate::formula::normalised;
use crate::model::Model;

/// A goal, whose value says how well a policy does: larger is better.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Goal {
    /// That none of these outcomes occurs: 1 minus their probability.
    Avoid(Vec<String>),
    /// That one of these outcomes occurs: their probability.
    Seek(Vec<String>),
    /// An actor's mean utility at the end.
    Actor(String),
}

/// A name in a goal that a scenario does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// What the name should be: `outcome` or `actor`.
    pub what: &'static str,
    /// The name.
    pub name: String,
    /// The names that the scenario has.
    pub known: Vec<String>,
}

impl FromStr for Goal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = "expected `avoid:OUTCOME`, `seek:OUTCOME` or `actor:ACTOR`; several \
                        outcomes are separated by commas";
        let text = normalised(text);
        let (kind, names) = text.split_once(':').ok_or_else(|| expected.to_owned())?;
        let list: Vec<String> = names.split(',').map(|name| name.trim().to_owned()).collect();
        if list.iter().any(String::is_empty) {
            return Err(expected.to_owned());
        }
        match kind.trim() {
            "avoid" => Ok(Goal::Avoid(list)),
            "seek" => Ok(Goal::Seek(list)),
            "actor" if list.len() == 1 => Ok(Goal::Actor(names.trim().to_owned())),
            _ => Err(expected.to_owned()),
        }
    }
}

impl TryFrom<String> for Goal {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Goal> for String {
    fn from(goal: Goal) -> Self {
        goal.to_string()
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Goal::Avoid(outcomes) => write!(f, "avoid:{}", outcomes.join(",")),
            Goal::Seek(outcomes) => write!(f, "seek:{}", outcomes.join(",")),
            Goal::Actor(actor) => write!(f, "actor:{actor}"),
        }
    }
}

impl Goal {
    /// Checks that a scenario has the outcomes or the actor that the goal names.
    ///
    /// # Errors
    ///
    /// The first name that it does not have.
    pub fn check(&self, model: &Model) -> Result<(), UnknownName> {
        let (what, names, known): (_, &[String], Vec<String>) = match self {
            Goal::Avoid(names) | Goal::Seek(names) => {
                ("outcome", names, model.outcome_ids().map(str::to_owned).collect())
            }
            Goal::Actor(name) => {
                let names = model.actors.iter().map(|actor| actor.name.clone());
                ("actor", std::slice::from_ref(name), names.collect())
            }
        };
        match names.iter().find(|name| !known.contains(name)) {
            Some(name) => Err(UnknownName { what, name: name.clone(), known }),
            None => Ok(()),
        }
    }

    /// How well each of consecutive trials does, for a goal that was checked: 0 or 1, or a utility in
    /// 0..1. Utilities must have been computed for the goal of an actor.
    pub fn read(&self, model: &Model, leaf: &TrialBlock) -> Vec<f64> {
        let reached = |names: &[String], reached: bool| {
            let mut is_named = vec![false; model.outcomes.len() + 1];
            named_outcomes(model, names).for_each(|index| is_named[index] = true);
            let value = |outcome: &u32| f64::from(u8::from(is_named[*outcome as usize] == reached));
            leaf.outcomes.iter().map(value).collect()
        };
        match self {
            Goal::Avoid(names) => reached(names, false),
            Goal::Seek(names) => reached(names, true),
            Goal::Actor(name) => {
                let actor = model.actors.iter().position(|actor| actor.name == *name);
                actor.map_or_else(|| vec![0.0; leaf.len], |actor| leaf.utility(actor).to_vec())
            }
        }
    }

    /// Whether a goal is a probability; it is a mean utility otherwise.
    pub fn is_probability(&self) -> bool {
        match self {
            Goal::Avoid(_) | Goal::Seek(_) => true,
            Goal::Actor(_) => false,
        }
    }
}

/// The indices of the outcomes with these ids, unresolved last.
pub(super) fn named_outcomes(model: &Model, names: &[String]) -> impl Iterator<Item = usize> {
    let ids = model.outcome_ids().enumerate();
    ids.filter(|(_, id)| names.iter().any(|name| name == id)).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_read_as_they_are_written() {
        for text in ["avoid:war", "seek:deal,freeze", "actor:seoul"] {
            assert_eq!(text.parse::<Goal>().expect("a goal").to_string(), text);
        }
        assert_eq!("seek: a , b".parse(), Ok(Goal::Seek(vec!["a".to_owned(), "b".to_owned()])));
        for text in ["war", "avoid:", "seek:a,,b", "actor:a,b", "want:war", ""] {
            assert!(text.parse::<Goal>().is_err(), "{text}");
        }
    }
}
