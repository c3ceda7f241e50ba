//! The question of `levers`, and the cells that are played for it.

use serde::{Deserialize, Serialize};

use crate::model::{BASE_WORLD, Model, NO_POLICY};
use crate::study::levers;
use crate::verbs::grid::{CellName, Grid, Refusal, ScenarioSource, chosen};
use crate::verbs::options::{LuckOptions, SettingOptions};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;

/// The question of `levers`: every single move, forced and forbidden, with common random numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct LeverQuestion {
    /// The policy in force while each move is forced or forbidden
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, default_value = NO_POLICY))]
    pub policy: String,
    /// A world to try the moves in; may be given several times [default: base]
    #[cfg_attr(feature = "cli", arg(long = "world", value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(rename = "world", default)]
    pub worlds: Vec<String>,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many trials to play, and with which seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Default for LeverQuestion {
    fn default() -> Self {
        LeverQuestion {
            policy: NO_POLICY.to_owned(),
            worlds: Vec::new(),
            set: SettingOptions::default(),
            luck: LuckOptions::default(),
        }
    }
}

impl Question for LeverQuestion {
    fn verb(self) -> Verb {
        Verb::Levers(self)
    }

    fn luck(&self) -> LuckOptions {
        self.luck
    }

    fn settings(&self) -> &[String] {
        &self.set.settings
    }

    fn policies(&self) -> &[String] {
        std::slice::from_ref(&self.policy)
    }

    fn worlds(&self) -> &[String] {
        &self.worlds
    }

    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let source = &sources[0];
        let base = [BASE_WORLD.to_owned()];
        let asked = if self.worlds.is_empty() { &base } else { self.worlds.as_slice() };
        let worlds = chosen("world", asked, &source.document.worlds(), None)?;
        let mut grid = Grid::default();
        for world in &worlds {
            let plain = grid.add(sources, 0, &self.policy, world)?;
            // The moves are those of the first world: worlds change numbers, not actors.
            for lever in levers(&grid.models[0]) {
                let with: Model = lever.pulled(&grid.models[plain]);
                let (scenario, policy) = (source.name.clone(), with.policy.clone());
                let at = grid.push(CellName { scenario, policy, world: world.clone() }, with);
                grid.pairs.push((plain, at));
            }
        }
        if grid.pairs.is_empty() {
            return Err(Refusal::Question(format!(
                "{} has no moves to force or forbid: none of its actors has an action",
                source.document.source.name
            )));
        }
        let luck = self.luck.settled(grid.models[0].trials, self.draws());
        Ok((LeverQuestion { worlds, luck, ..self.clone() }, grid))
    }
}
