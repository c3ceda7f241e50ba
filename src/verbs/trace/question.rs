//! The question of `trace`, and the model whose trial is told.

use serde::{Deserialize, Serialize};

#[cfg(feature = "cli")]
use crate::engine::MAX_TRIALS;
use crate::engine::Sampling;
use crate::format::{count, counted};
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::verbs::grid::{Grid, Refusal, ScenarioSource, has_outcome};
use crate::verbs::options::{LuckOptions, SettingOptions};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;
#[cfg(feature = "cli")]
use crate::verbs::whole_number::whole_in;

/// The question of `trace`: how one trial of a run went, step by step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct TraceQuestion {
    /// The number of the trial, as in the table that `run --trials csv` writes: from 0
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", conflicts_with_all = ["outcome", "typical"],
        value_parser = whole_in::<u64>(0..=MAX_TRIALS - 1)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trial: Option<u64>,
    /// Tell a trial that ended in this outcome; needs --typical
    #[cfg_attr(feature = "cli", arg(long, value_name = "OUTCOME",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outcome: Option<String>,
    /// Of the trials with the outcome, tell the one in which most nearly the same things happened as in the others
    #[cfg_attr(feature = "cli", arg(long, requires = "outcome"))]
    #[serde(default)]
    pub typical: bool,
    /// Also play so many fresh futures after each step, and tell the odds of each outcome as they changed
    #[cfg_attr(feature = "cli", arg(long, value_name = "FUTURES",
        value_parser = whole_in::<u64>(1..=10_000)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub odds: Option<u64>,
    /// Also tell the same trial under this other policy, and where the two part
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub against: Option<String>,
    /// The policy in force
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, default_value = NO_POLICY))]
    pub policy: String,
    /// The world that holds
    #[cfg_attr(feature = "cli", arg(long, value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument, default_value = BASE_WORLD))]
    pub world: String,
    /// How what is drawn once per trial is spread over the trials, as in the run that the trial is of
    #[cfg_attr(feature = "cli", arg(long, value_name = "WAY", value_enum,
          default_value_t = Sampling::Random))]
    #[serde(skip_serializing_if = "Sampling::is_default", default)]
    pub sampling: Sampling,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many trials the run has, and its seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Default for TraceQuestion {
    fn default() -> Self {
        TraceQuestion {
            trial: None,
            outcome: None,
            typical: false,
            odds: None,
            against: None,
            policy: NO_POLICY.to_owned(),
            world: BASE_WORLD.to_owned(),
            sampling: Sampling::default(),
            set: SettingOptions::default(),
            luck: LuckOptions::default(),
        }
    }
}

impl Question for TraceQuestion {
    fn verb(self) -> Verb {
        Verb::Trace(self)
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

    /// One trial is played, unless a typical one has to be found among all.
    fn trials(&self) -> u64 {
        if self.typical { self.luck.trials(self.draws()) } else { 1 }
    }

    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let refused = |why: String| Err(Refusal::Question(why));
        let mut grid = Grid::default();
        grid.add(sources, 0, &self.policy, &self.world)?;
        if let Some(against) = &self.against {
            if *against == self.policy {
                return refused(format!(
                    "the trial is told under `{against}` anyway\n  --against names another policy than \
                     --policy, which is `{NO_POLICY}` unless it is given"
                ));
            }
            grid.add(sources, 0, against, &self.world)?;
        }
        let model = &grid.models[0];
        let luck = self.luck.settled(model.trials, self.draws());
        let trials = luck.trials(self.draws());
        match (self.trial, &self.outcome, self.typical) {
            (Some(trial), ..) if trial >= trials => {
                return refused(format!(
                    "there is no trial {}: the run has {}, from 0 to {}\n  with -n {} it has that trial too",
                    count(trial),
                    counted(trials, "trial"),
                    count(trials - 1),
                    trial + 1
                ));
            }
            (Some(_), ..) => {}
            (None, Some(outcome), true) => {
                has_outcome(model, outcome)?;
            }
            (None, Some(outcome), false) => {
                return refused(format!(
                    "`--outcome {outcome}` does not say which of its trials to tell\n  --typical tells the one \
                     that is most like the others; --trial N tells one by its number"
                ));
            }
            (None, None, _) => {
                return refused(
                    "which trial is to be told?\n  --trial N tells one by its number, from 0, and --outcome \
                     NAME --typical one that is typical of an outcome"
                        .to_owned(),
                );
            }
        }
        Ok((TraceQuestion { luck, ..self.clone() }, grid))
    }
}
