//! What policies and worlds of a scenario file are called.

use super::page::words::{spaced, title};
use super::phrases::capital;
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::scenario::ScenarioFile;

/// What a policy is called.
pub fn policy_title(scenario: &ScenarioFile, name: &str) -> String {
    let own = scenario.policies.iter().find(|policy| policy.name.value == name);
    match own {
        Some(policy) => policy.title.as_deref().map_or_else(|| capital(&spaced(name)), title),
        None if name == NO_POLICY => "No policy".to_owned(),
        None => title(name),
    }
}

/// What a world is called.
pub fn world_title(scenario: &ScenarioFile, name: &str) -> String {
    let own = scenario.worlds.iter().find(|world| world.name.value == name);
    match own {
        Some(world) => world.title.as_deref().map_or_else(|| capital(&spaced(name)), title),
        None if name == BASE_WORLD => "The world as the file stands".to_owned(),
        None => title(name),
    }
}
