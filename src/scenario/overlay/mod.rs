//! Puts the values of a world, a policy or a belief in place of those in the file.

#[cfg(test)]
mod tests;
mod walk;

use std::sync::Arc;

use super::tree::{TomlNode, TomlTable, TomlValue};
use super::types::{Setting, SpannedName};
use crate::diagnostic::{Code, Diagnostics};
use walk::PathWalk;

pub use walk::Overlaid;

/// A copy of the tree with the settings put in place, in their order.
///
/// A path must lead to a value that the file has, or to an optional number or flag that it
/// leaves out; others are reported and skipped. A new value keeps its place in the
/// file, which is in the setting. A value that is believed is marked with the path,
/// and so is every part of it.
pub fn overlay(
    table: &TomlTable,
    settings: &[Setting],
    how: Overlaid,
    found: &mut Diagnostics,
) -> TomlTable {
    let mut table = table.clone();
    for setting in settings {
        let mut node = setting.node.clone();
        if how == Overlaid::Belief {
            mark(&mut node, &Arc::from(setting.path.value.as_str()));
        }
        if let Err(wrong) = PathWalk::new(&setting.path, node.clone(), how).place(&mut table) {
            let full = if wrong.code == Code::UnknownPath && found.wants_suggestions() {
                full_paths(&table, setting, &node, how)
            } else {
                Vec::new()
            };
            found.push(if full.is_empty() { wrong } else { wrong.instead(&full) });
        }
    }
    table
}

/// The paths that one which leads nowhere may have been short for: a name without the tables around
/// it, or an actor's trait, want or action without the table that holds it.
fn full_paths(table: &TomlTable, setting: &Setting, node: &TomlNode, how: Overlaid) -> Vec<String> {
    let path = setting.path.value.as_str();
    let within = |actor: &str, path: &str| {
        [
            format!("actors.{actor}.{path}"),
            format!("actors.{actor}.traits.{path}"),
            format!("actors.{actor}.wants.{path}"),
            format!("actors.{actor}.wants.{path}.weight"),
            format!("actors.{actor}.actions.{path}"),
            format!("actors.{actor}.actions.{path}.cost"),
        ]
    };
    let mut all = Vec::new();
    if let Some((actor, rest)) = path.strip_prefix("actors.").and_then(|rest| rest.split_once('.'))
    {
        all.extend(within(actor, rest));
    } else {
        all.extend(
            [
                "assumptions",
                "state",
                "define",
                "measures",
                "events",
                "actors",
                "outcomes",
                "scenario",
            ]
            .map(|head| format!("{head}.{path}")),
        );
        all.extend([
            format!("state.{path}.start"),
            format!("events.{path}.chance"),
            format!("outcomes.{path}.when"),
            format!("calendar.{path}.on"),
        ]);
        if let Some((actor, rest)) = path.split_once('.') {
            all.extend(within(actor, rest));
        }
        let actors = table.get("actors").and_then(|entry| entry.node.value.as_table());
        for actor in actors.into_iter().flat_map(|table| table.keys()) {
            all.extend(within(actor, path));
        }
    }
    all.retain(|full| may_lead(table, full));
    if all.is_empty() {
        return all;
    }
    let mut trial = table.clone();
    all.retain(|full| {
        let full = SpannedName::new(full.clone(), setting.path.span);
        PathWalk::new(&full, node.clone(), how).place(&mut trial).is_ok()
    });
    all
}

/// Whether all tables on the way to the end of a path are there. That is quickly seen, and most paths
/// that are tried lead nowhere.
fn may_lead(table: &TomlTable, path: &str) -> bool {
    let mut words = path.split('.');
    let Some(entry) = words.next().and_then(|first| table.get(first)) else { return false };
    let (mut node, mut next) = (&entry.node, words.next());
    while let Some(word) = next {
        next = words.next();
        match &node.value {
            TomlValue::Table(_) => match node.value.under(word) {
                Some(inner) => node = inner,
                // A number that is left out may be set.
                None => return next.is_none(),
            },
            // A value without a table of its own, or a list whose items go by their names.
            TomlValue::Text(_)
            | TomlValue::Whole(_)
            | TomlValue::TooLarge
            | TomlValue::Number(_)
            | TomlValue::Flag(_)
            | TomlValue::Date(_)
            | TomlValue::Moment
            | TomlValue::Array(_) => return true,
        }
    }
    true
}

/// Marks a value and all its parts as believed.
fn mark(node: &mut TomlNode, belief: &Arc<str>) {
    node.belief = Some(Arc::clone(belief));
    match &mut node.value {
        TomlValue::Array(items) => items.iter_mut().for_each(|item| mark(item, belief)),
        TomlValue::Table(table) => {
            table.values_mut().for_each(|entry| mark(&mut entry.node, belief));
        }
        TomlValue::Text(_)
        | TomlValue::Whole(_)
        | TomlValue::TooLarge
        | TomlValue::Number(_)
        | TomlValue::Flag(_)
        | TomlValue::Date(_)
        | TomlValue::Moment => {}
    }
}
