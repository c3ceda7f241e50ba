//! Levers: every single move, forced and forbidden.

use serde::{Deserialize, Serialize};

use crate::formula::Happening;
use crate::model::{Forced, Model};

/// What a lever does to a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pull {
    /// The move is made the first time it is open.
    Forced,
    /// The move may not be made at all.
    Forbidden,
}

impl Pull {
    /// The word for it in tables.
    pub fn word(self) -> &'static str {
        match self {
            Pull::Forced => "forced",
            Pull::Forbidden => "forbidden",
        }
    }
}

/// A single move that its actor does not choose freely: it is forced or forbidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lever {
    /// The index of the actor whose move it is.
    pub actor: usize,
    /// The move.
    pub what: Happening,
    /// Whether it is forced or forbidden.
    pub pull: Pull,
}

impl Lever {
    /// The move's name: `actor.action`.
    pub fn action<'m>(&self, model: &'m Model) -> &'m str {
        &model.happening(self.what).name
    }

    /// The lever's name, which tables show as the policy: `forced:a.attack`.
    pub fn name(&self, model: &Model) -> String {
        format!("{}:{}", self.pull.word(), self.action(model))
    }

    /// The model with this lever pulled, in addition to its policy. All actors foresee it.
    pub fn pulled(&self, model: &Model) -> Model {
        let mut model = model.clone();
        model.policy = self.name(&model);
        let rules = &mut model.rules;
        rules.secret = false;
        match self.pull {
            Pull::Forced => {
                rules.forced.push(Forced { what: self.what, from: 0, to: u32::MAX, times: 1 });
            }
            Pull::Forbidden => {
                rules.forbidden.resize(model.happenings.len(), false);
                rules.forbidden[self.what.0 as usize] = true;
            }
        }
        model
    }
}

/// All levers of a model: every action of every actor, whatever the item of its menu, forced and forbidden, but
/// not what its policy forbids already.
pub fn levers(model: &Model) -> Vec<Lever> {
    let mut all = Vec::new();
    for (actor, program) in model.truth.actors.iter().enumerate() {
        for action in &program.actions {
            // The items of a menu are one action.
            let is_next = all.last().is_some_and(|lever: &Lever| lever.what == action.what);
            if is_next || model.rules.forbids([action.what]) {
                continue;
            }
            for pull in [Pull::Forced, Pull::Forbidden] {
                all.push(Lever { actor, what: action.what, pull });
            }
        }
    }
    all
}
