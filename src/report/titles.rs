//! What policies, worlds and moves of a scenario are called. The first functions give a text as the file
//! has it; those that end in `_title` make it safe for a page.

use super::page::words::title;
use super::phrases::{capital, spaced};
use crate::model::{BASE_WORLD, Model, NO_POLICY};
use crate::scenario::ScenarioFile;

/// The name of a policy in words: its title, or its name as a person writes it.
pub fn policy_in_words(scenario: Option<&ScenarioFile>, name: &str) -> String {
    let mut policies = scenario.into_iter().flat_map(|scenario| &scenario.policies);
    let own = policies.find(|policy| policy.name.value == name);
    match own.and_then(|policy| policy.title.as_deref()) {
        Some(title) => title.to_owned(),
        None if own.is_none() && name == NO_POLICY => "No policy".to_owned(),
        None => spaced_title(name),
    }
}

/// The name of a world in words.
pub fn world_in_words(scenario: Option<&ScenarioFile>, name: &str) -> String {
    let mut worlds = scenario.into_iter().flat_map(|scenario| &scenario.worlds);
    let own = worlds.find(|world| world.name.value == name);
    match own.and_then(|world| world.title.as_deref()) {
        Some(title) => title.to_owned(),
        None if own.is_none() && name == BASE_WORLD => "The world as the file stands".to_owned(),
        None => spaced_title(name),
    }
}

/// A move in words, who does what: `Washington suspends aid`.
pub(crate) fn move_in_words(model: &Model, action: &str) -> String {
    let (actor, own) = action.split_once('.').unwrap_or(("", action));
    let actor = model.actors.iter().find(|known| known.name == actor);
    let does = model.happenings.iter().find(|known| known.name == action);
    let does = spaced(does.map_or(own, |known| &known.title));
    format!("{} {does}", actor.map_or("", |actor| actor.title.as_str()))
}

/// What a policy is called.
pub fn policy_title(scenario: &ScenarioFile, name: &str) -> String {
    title(&policy_in_words(Some(scenario), name))
}

/// What a world is called.
pub fn world_title(scenario: &ScenarioFile, name: &str) -> String {
    title(&world_in_words(Some(scenario), name))
}

/// A name of the file as a title: `cost_of_war` is `Cost of war`.
pub(crate) fn spaced_title(name: &str) -> String {
    capital(&spaced(name))
}
