//! What the page has to know of the scenario to draw itself.

use serde::Serialize;

use super::control::ControlGroup;
use super::controls::controls;
use super::open_file::ReadFile;
use super::played_outcomes::MOST_LIVE;
use crate::chart::OutcomeName;
use crate::model::Model;
use crate::report::{outcome_names, policy_in_words, world_in_words};
use crate::verbs::TRIALS;

/// A scenario as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ScenarioDescribed {
    file: String,
    version: String,
    title: String,
    about: Option<String>,
    outcomes: Vec<OutcomeDescribed>,
    policies: Vec<OverlayDescribed>,
    worlds: Vec<OverlayDescribed>,
    trials: u64,
    most_trials: u64,
    has_record: bool,
    groups: Vec<ControlGroup>,
}

/// An outcome with the colour that it has in charts.
#[derive(Clone, Debug, Serialize)]
struct OutcomeDescribed {
    id: String,
    title: String,
    about: Option<String>,
    colour: String,
}

/// A policy or a world.
#[derive(Clone, Debug, Serialize)]
struct OverlayDescribed {
    id: String,
    title: String,
    about: Option<String>,
}

impl ScenarioDescribed {
    /// A file that has no mistakes, with the model of no policy in the base world.
    pub fn of(file: &ReadFile, model: &Model) -> Self {
        let document = &file.document;
        let scenario = document.scenario();
        let own_outcomes = scenario.map(|own| own.outcomes.as_slice()).unwrap_or_default();
        let outcome = |own: &OutcomeName| OutcomeDescribed {
            id: own.id.clone(),
            title: own.label.clone(),
            about: own_outcomes
                .iter()
                .find(|known| known.id.value == own.id)
                .and_then(|known| known.notes.about.clone()),
            colour: own.colour.to_string(),
        };
        let policies = scenario.map(|own| own.policies.as_slice()).unwrap_or_default();
        let policy = |name: &str| OverlayDescribed {
            id: name.to_owned(),
            title: policy_in_words(scenario, name),
            about: policies
                .iter()
                .find(|own| own.name.value == name)
                .and_then(|own| own.notes.about.clone()),
        };
        let worlds = scenario.map(|own| own.worlds.as_slice()).unwrap_or_default();
        let world = |name: &str| OverlayDescribed {
            id: name.to_owned(),
            title: world_in_words(scenario, name),
            about: worlds
                .iter()
                .find(|own| own.name.value == name)
                .and_then(|own| own.notes.about.clone()),
        };
        ScenarioDescribed {
            file: file.text.file_name(),
            version: file.version.clone(),
            title: model.title.clone(),
            about: scenario.and_then(|own| own.notes.about.clone()),
            outcomes: outcome_names(model).iter().map(outcome).collect(),
            policies: document.policies().into_iter().map(policy).collect(),
            worlds: document.worlds().into_iter().map(world).collect(),
            trials: model.trials.unwrap_or(TRIALS),
            most_trials: MOST_LIVE,
            has_record: scenario.is_some_and(|own| own.record.is_some()),
            groups: controls(document, model),
        }
    }
}
