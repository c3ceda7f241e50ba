//! The question of `why`, and the model whose trials are played on.

use serde::{Deserialize, Serialize};

use crate::engine::{LuckSplit, MomentSample, most_moments};
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::verbs::grid::{Grid, Refusal, ScenarioSource, has_outcome};
use crate::verbs::options::{LuckOptions, SettingOptions};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;

/// How many moments of a trial are looked at at most if nothing else is said: looking at more takes far longer than
/// playing the trial, and leaves no time for other trials.
const LOOKED_AT: u64 = 256;
/// The largest number of moments of which one is looked at.
const MOST_APART: u32 = 10_000;

/// How finely luck is told apart, if not moment by moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum ToldApart {
    /// A step is one moment: when it was settled, but not by whose luck
    Step,
    /// Moments of a step that follow each other and are the same luck are one
    Source,
}

/// The question of `why`: by whose luck, and when, it was settled how trials end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct WhyQuestion {
    /// The policy in force
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, default_value = NO_POLICY))]
    pub policy: String,
    /// The world that holds
    #[cfg_attr(feature = "cli", arg(long, value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument, default_value = BASE_WORLD))]
    pub world: String,
    /// The outcome to tell of first [default: the one that is most open]
    #[cfg_attr(feature = "cli", arg(long, value_name = "OUTCOME",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outcome: Option<String>,
    /// Tell luck apart less finely, which takes less time [default: every moment
    /// by itself]
    #[cfg_attr(feature = "cli", arg(long, value_name = "WHAT", value_enum))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<ToldApart>,
    /// Look at one in so many moments of each trial, which takes less time
    /// [default: so many that at most 256 are looked at]
    #[cfg_attr(feature = "cli", arg(long, value_name = "MOMENTS",
        value_parser = crate::verbs::whole_number::whole_in::<u32>(1..=u64::from(MOST_APART))))]
    #[serde(rename = "one-in", skip_serializing_if = "Option::is_none", default)]
    pub one_in: Option<u32>,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many trials to play, and with which seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Default for WhyQuestion {
    fn default() -> Self {
        WhyQuestion {
            policy: NO_POLICY.to_owned(),
            world: BASE_WORLD.to_owned(),
            outcome: None,
            by: None,
            one_in: None,
            set: SettingOptions::default(),
            luck: LuckOptions::default(),
        }
    }
}

impl Question for WhyQuestion {
    fn verb(self) -> Verb {
        Verb::Why(self)
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

    fn outcomes(&self) -> &[String] {
        self.outcome.as_slice()
    }

    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let mut grid = Grid::default();
        grid.add(sources, 0, &self.policy, &self.world)?;
        let model = &grid.models[0];
        if let Some(outcome) = &self.outcome {
            has_outcome(model, outcome)?;
        }
        let luck = self.luck.settled(model.trials, self.draws());
        let moments = most_moments(model, self.split());
        let enough = u32::try_from(moments.div_ceil(LOOKED_AT)).unwrap_or(MOST_APART);
        let one_in = self.one_in.or((enough > 1).then_some(enough.min(MOST_APART)));
        Ok((WhyQuestion { luck, one_in, ..self.clone() }, grid))
    }
}

impl WhyQuestion {
    /// How finely luck is told apart.
    fn split(&self) -> LuckSplit {
        match self.by {
            None => LuckSplit::Moments,
            Some(ToldApart::Source) => LuckSplit::Sources,
            Some(ToldApart::Step) => LuckSplit::Steps,
        }
    }

    /// Which moments are asked about, of a settled question.
    pub(super) fn sample(&self) -> MomentSample {
        MomentSample { split: self.split(), one_in: self.one_in.unwrap_or(1) }
    }

    /// How many moments are looked at, in words; nothing where it is all of them.
    #[cfg(any(feature = "cli", feature = "report"))]
    pub(super) fn looked_at(&self) -> String {
        match self.one_in.unwrap_or(1) {
            1 => String::new(),
            one_in => {
                let one_in = crate::format::count(u64::from(one_in));
                format!(", one moment in {one_in} looked at")
            }
        }
    }
}
