//! The question of `run`, and the model that is played for it.

use serde::{Deserialize, Serialize};

use crate::engine::{MOST_DIMENSIONS, Sampling};
use crate::format::{count, counted};
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::store::TrialFormat;
use crate::verbs::grid::{Grid, Refusal, ScenarioSource};
use crate::verbs::options::{
    DrawOptions, LuckOptions, MOST_TRIALS, SamplingOptions, SettingOptions,
};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;

/// The question of `run`: one policy in one world, played many times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct RunQuestion {
    /// The policy in force
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, default_value = NO_POLICY))]
    pub policy: String,
    /// The world that holds
    #[cfg_attr(feature = "cli", arg(long, value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument, default_value = BASE_WORLD))]
    pub world: String,
    /// Also write a table with one row per trial
    #[cfg_attr(feature = "cli", arg(long, value_name = "FORMAT"))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trials: Option<TrialFormat>,
    /// How many draws of the assumptions to play, and how many times each
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub draws: DrawOptions,
    /// When enough was played, and how trials are spread
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub sampling: SamplingOptions,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many trials to play, and with which seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Default for RunQuestion {
    fn default() -> Self {
        RunQuestion {
            policy: NO_POLICY.to_owned(),
            world: BASE_WORLD.to_owned(),
            trials: None,
            draws: DrawOptions::default(),
            sampling: SamplingOptions::default(),
            set: SettingOptions::default(),
            luck: LuckOptions::default(),
        }
    }
}

impl Question for RunQuestion {
    fn verb(self) -> Verb {
        Verb::Run(self)
    }

    fn luck(&self) -> LuckOptions {
        self.luck
    }

    fn draws(&self) -> DrawOptions {
        self.draws
    }

    fn trial_format(&self) -> Option<TrialFormat> {
        self.trials
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
        let draws = self.draws.settled();
        let SamplingOptions { precision, sampling } = self.sampling;
        if precision.is_some() && sampling != Sampling::Random {
            return Err(Refusal::Question(
                "--precision needs random trials: its intervals suppose that trials are independent of \
                 each other; leave --sampling out"
                    .to_owned(),
            ));
        }
        let inputs = grid.models[0].inputs().len();
        if sampling == Sampling::Sobol && inputs > MOST_DIMENSIONS {
            return Err(Refusal::Question(format!(
                "{} are drawn once per trial, and a Sobol sequence has {} dimensions; use --sampling \
                 stratified",
                counted(inputs as u64, "number"),
                count(MOST_DIMENSIONS as u64)
            )));
        }
        let of_file = grid.models[0].trials;
        let luck = self.luck.settled(precision.map(|_| MOST_TRIALS).or(of_file), draws);
        Ok((RunQuestion { draws, luck, ..self.clone() }, grid))
    }
}
