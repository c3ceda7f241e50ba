//! The question of `discover`, and the model that is played for it.

use serde::{Deserialize, Serialize};

use crate::format::{count, counted};
use crate::model::{AssumptionInfo, BASE_WORLD, Model, NO_POLICY};
use crate::verbs::grid::{Grid, Refusal, ScenarioSource, has_outcome};
use crate::verbs::options::{LuckOptions, SettingOptions};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;
#[cfg(feature = "cli")]
use crate::verbs::whole_number::whole_in;

/// How many values of inputs are kept at most: 2 GiB of them.
const MOST_VALUES: u64 = 1 << 28;

/// The question of `discover`: the assumptions under which an outcome is frequent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct DiscoverQuestion {
    /// The outcome whose conditions are looked for
    #[cfg_attr(feature = "cli", arg(long, value_name = "OUTCOME",
        value_parser = crate::verbs::options::name_argument))]
    pub outcome: String,
    /// The policy in force
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, default_value = NO_POLICY))]
    pub policy: String,
    /// The world that holds
    #[cfg_attr(feature = "cli", arg(long, value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument, default_value = BASE_WORLD))]
    pub world: String,
    /// How many sets of conditions to look for at most, each among the trials that meet none of those before
    #[cfg_attr(feature = "cli", arg(long, value_name = "BOXES", default_value_t = 1,
        value_parser = whole_in::<u64>(1..=20)))]
    pub boxes: u64,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many trials to play, and with which seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Default for DiscoverQuestion {
    fn default() -> Self {
        DiscoverQuestion {
            outcome: String::new(),
            policy: NO_POLICY.to_owned(),
            world: BASE_WORLD.to_owned(),
            boxes: 1,
            set: SettingOptions::default(),
            luck: LuckOptions::default(),
        }
    }
}

impl Question for DiscoverQuestion {
    fn verb(self) -> Verb {
        Verb::Discover(self)
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
        std::slice::from_ref(&self.world)
    }

    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let mut grid = Grid::default();
        grid.add(sources, 0, &self.policy, &self.world)?;
        let model = &grid.models[0];
        has_outcome(model, &self.outcome)?;
        if inputs(model).next().is_none() {
            return Err(Refusal::Question(format!(
                "{} draws nothing once per trial, so its trials do not differ in their assumptions: there \
                 are no conditions to find\n  an assumption varies if it is given as a range, such as \
                 `x = \"0.2 to 0.8\"`",
                sources[0].name
            )));
        }
        let luck = self.luck.settled(model.trials, self.draws());
        let (trials, columns) = (luck.trials(self.draws()), inputs(model).count() as u64);
        if trials.saturating_mul(columns) > MOST_VALUES {
            return Err(Refusal::Question(format!(
                "-n {} asks to keep {} of each trial: at most {} can be kept, so -n is at most {}",
                count(trials),
                counted(columns, "number"),
                count(MOST_VALUES),
                count(MOST_VALUES / columns)
            )));
        }
        Ok((DiscoverQuestion { luck, ..self.clone() }, grid))
    }
}

/// The assumptions, and other numbers drawn once per trial, that can differ from trial to trial, with
/// their positions among all assumptions.
pub(super) fn inputs(model: &Model) -> impl Iterator<Item = (usize, &AssumptionInfo)> {
    model.assumptions.iter().enumerate().filter(|(_, info)| model.varies(info.param))
}
