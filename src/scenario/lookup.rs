//! Finds the value at a path such as `actors.a.wants.peace.weight` as a file has it.

use super::keys::{TOP, ValueKind};
use super::tree::{TomlNode, TomlTable};

/// The keys by which a table that stands for a single value gives it: `{ draw = "…" }` for an
/// assumption, `{ of = "…" }` for a definition or a measure.
fn main_key(path: &str) -> Option<&'static str> {
    let kind = TOP.find(path.split('.').next()?)?.kind;
    let ValueKind::Map(map) = kind else { return None };
    let ValueKind::Short(_, main) = map.kind else { return None };
    Some(main)
}

/// The value at the end of a path that a policy or a world sets; `None` if the file leaves it out.
pub fn find<'t>(table: &'t TomlTable, path: &str) -> Option<&'t TomlNode> {
    let node = in_table(table, path)?;
    match node.value.as_table() {
        Some(own) => own.get(main_key(path)?).map(|entry| &entry.node),
        None => Some(node),
    }
}

fn in_table<'t>(table: &'t TomlTable, path: &str) -> Option<&'t TomlNode> {
    if let Some(entry) = table.get(path) {
        return Some(&entry.node);
    }
    // Pairs and beliefs are keys with dots and commas of their own.
    if let Some((_, entry)) = table.iter().find(|(key, _)| same_pair(key, path)) {
        return Some(&entry.node);
    }
    let parts = path.match_indices('.').map(|(dot, _)| (&path[..dot], &path[dot + 1..]));
    parts.into_iter().find_map(|(word, rest)| in_node(&table.get(word)?.node, rest))
}

fn in_node<'t>(node: &'t TomlNode, path: &str) -> Option<&'t TomlNode> {
    if let Some(table) = node.value.as_table() {
        return in_table(table, path);
    }
    let Some(items) = node.value.as_array() else {
        // A value that stands for a table of which it is the main key.
        return (!path.contains('.')).then_some(node);
    };
    let (word, rest) = path.split_once('.').unwrap_or((path, ""));
    let number = || word.parse::<usize>().ok();
    if rest.is_empty() {
        // The ends of a range are numbered from 0, tables without a name from 1.
        return items.get(number()?);
    }
    let named = |item: &&TomlNode| {
        ["id", "name"].iter().any(|key| item.name_under(key).is_some_and(|name| name.0 == word))
    };
    let item = items.iter().find(named);
    in_node(item.or_else(|| items.get(number()?.checked_sub(1)?))?, rest)
}

/// Whether two texts name the same pair, in whichever order.
pub(super) fn same_pair(one: &str, other: &str) -> bool {
    let pair = |text: &str| -> Option<[String; 2]> {
        let (a, b) = text.split_once(',')?;
        let mut pair = [a.trim().to_owned(), b.trim().to_owned()];
        pair.sort();
        Some(pair)
    };
    one == other || (pair(one).is_some() && pair(one) == pair(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::scenario::tree::parse;

    #[test]
    fn paths_of_every_shape_lead_to_their_value() {
        let text = r#"
            assumptions.cost = { draw = "0 to 1", about = "x" }
            assumptions.short = "0 to 2"
            state.level = { start = 3, range = [4, 5] }
            outcomes = [{ id = "war", when = "6" }]
            correlations = { "a, b" = 0.7 }
            actors.a.believes = { "traits.power" = 8 }
            actors.a.actions.go.chance = [{ name = "fails", p = 0.9 }, { p = 0.1 }]
            measures.m.of = "10"
        "#;
        let table = parse(text, &mut Diagnostics::new());
        let at = |path: &str| find(&table, path).map(|node| &text[node.span.start..node.span.end]);
        for (path, value) in [
            ("assumptions.cost", "\"0 to 1\""),
            ("assumptions.cost.draw", "\"0 to 1\""),
            ("assumptions.short", "\"0 to 2\""),
            ("assumptions.short.draw", "\"0 to 2\""),
            ("state.level.start", "3"),
            ("state.level.range.1", "5"),
            ("outcomes.war.when", "\"6\""),
            ("correlations.a, b", "0.7"),
            ("correlations.b,a", "0.7"),
            ("actors.a.believes.traits.power", "8"),
            ("actors.a.actions.go.chance.fails.p", "0.9"),
            ("actors.a.actions.go.chance.2.p", "0.1"),
            ("measures.m", "\"10\""),
        ] {
            assert_eq!(at(path), Some(value), "{path}");
        }
        for path in ["assumptions.none", "outcomes.peace.when", "state.level", "actors.a.foresight"]
        {
            assert_eq!(at(path), None, "{path}");
        }
    }
}
