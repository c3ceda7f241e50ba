//! Puts the values of a world, a policy or a belief in place of those in the file.

#[cfg(test)]
mod tests;
mod walk;

use std::sync::Arc;

use super::tree::{TomlNode, TomlTable, TomlValue};
use super::types::Setting;
use crate::diagnostic::Diagnostics;
use walk::PathWalk;

pub use walk::Overlaid;

/// A copy of the tree with the settings put in place, in their order.
///
/// A path must lead to a value that the file has, or to an optional number that it
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
        if let Err(wrong) = PathWalk::new(&setting.path, node, how).place(&mut table) {
            found.push(wrong);
        }
    }
    table
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
