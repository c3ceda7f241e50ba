//! The question of `update`, and the models whose odds are revised.

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{BASE_WORLD, KnownPast, Model, NO_POLICY};
use crate::verbs::forecaster::FEWEST_PARTICLES;
use crate::verbs::grid::{Grid, Refusal, ScenarioSource, chosen};
use crate::verbs::options::{LuckOptions, SettingOptions};
use crate::verbs::question::Question;
use crate::verbs::verb::Verb;

/// What stands for all worlds.
const ALL: &str = "all";

/// The question of `update`: how odds, assumptions and worlds are revised by what is known to have happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct UpdateQuestion {
    /// A file that holds the record, for a scenario that has none
    #[cfg_attr(feature = "cli", arg(long, value_name = "FILE"))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<String>,
    /// Take the record to be known only up to here: a day, or a step [default: its
    /// own `until`]
    #[cfg_attr(feature = "cli", arg(long, value_name = "WHEN"))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<String>,
    /// The policy in force
    #[cfg_attr(feature = "cli", arg(long, value_name = "POLICY",
        value_parser = crate::verbs::options::name_argument, default_value = NO_POLICY))]
    pub policy: String,
    /// A world that may hold, or all; may be given several times [default: base]
    #[cfg_attr(feature = "cli", arg(long = "world", value_name = "WORLD",
        value_parser = crate::verbs::options::name_argument))]
    #[serde(rename = "world", default)]
    pub worlds: Vec<String>,
    /// Other values in place of the file's
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub set: SettingOptions,
    /// How many particles to play, and with which seed
    #[cfg_attr(feature = "cli", command(flatten))]
    #[serde(flatten)]
    pub luck: LuckOptions,
}

impl Default for UpdateQuestion {
    fn default() -> Self {
        UpdateQuestion {
            record: None,
            until: None,
            policy: NO_POLICY.to_owned(),
            worlds: Vec::new(),
            set: SettingOptions::default(),
            luck: LuckOptions::default(),
        }
    }
}

impl Question for UpdateQuestion {
    fn verb(self) -> Verb {
        Verb::Update(self)
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

    fn record(&self) -> Option<&Path> {
        self.record.as_deref().map(Path::new)
    }

    fn with_record_inside(self) -> Self {
        UpdateQuestion { record: None, ..self }
    }

    fn settle(&self, sources: &[ScenarioSource]) -> Result<(Self, Grid), Refusal> {
        let known = sources[0].document.worlds();
        let worlds = match self.worlds.as_slice() {
            [] => vec![BASE_WORLD.to_owned()],
            [one] if one == ALL && !known.contains(&ALL) => chosen("world", &[], &known, None)?,
            some => chosen("world", some, &known, None)?,
        };
        let mut grid = Grid::default();
        for world in &worlds {
            grid.add(sources, 0, &self.policy, world)?;
        }
        let model = &grid.models[0];
        self.past(model)?;
        let luck = self.luck.settled(model.trials, self.draws());
        let settled = UpdateQuestion { luck, worlds, ..self.clone() };
        if settled.trials() < FEWEST_PARTICLES {
            return Err(Refusal::Question(format!(
                "{} particles are too few: at least {FEWEST_PARTICLES} are needed, two for each of 16 batches",
                settled.trials()
            )));
        }
        Ok((settled, grid))
    }
}

impl UpdateQuestion {
    /// What is known of a model's past, as far as it is asked for.
    ///
    /// # Errors
    ///
    /// Why nothing is, or not so far.
    pub(super) fn past(&self, model: &Model) -> Result<KnownPast, Refusal> {
        let Some(known) = &model.known else {
            return Err(Refusal::Question(
                "the scenario has no [record]: write one, or name a file that has it with --record"
                    .to_owned(),
            ));
        };
        let Some(until) = &self.until else { return Ok(known.clone()) };
        let last = known.steps.len() as u32;
        let step = match (until.parse::<u32>(), until.parse::<Date>(), model.dates) {
            (Ok(step), _, _) => i64::from(step),
            (_, Ok(day), Some(dates)) => dates.step_of(day),
            (_, Ok(_), None) => {
                return Err(Refusal::Question(format!(
                    "--until {until}: the scenario has no dates, so a step is needed, 0 to {}",
                    last.saturating_sub(1)
                )));
            }
            (Err(_), Err(_), _) => {
                return Err(Refusal::Question(format!(
                    "--until {until}: neither a day, such as 2024-03-31, nor a step"
                )));
            }
        };
        match u32::try_from(step).ok().filter(|step| *step < last) {
            Some(step) => Ok(known.shorter(step + 1)),
            None => Err(Refusal::Question(format!(
                "--until {until}: the record tells of the first {last} steps alone{}",
                match model.dates.and_then(|dates| dates.last_day(last)) {
                    Some(day) => format!(", to {day}"),
                    None => String::new(),
                }
            ))),
        }
    }
}
