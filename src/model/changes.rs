//! The differences between two scenario files.

use crate::scenario::tree::{TomlEntry, TomlNode, TomlTable, TomlValue};

/// A key whose value differs between two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChange {
    /// The path of the key, such as `actors.a.wants.peace.weight`.
    pub path: String,
    /// Its value in the first file, as TOML; none where it has none.
    pub old: Option<String>,
    /// Its value in the second file.
    pub new: Option<String>,
}

/// The keys whose values differ between two files: first those of the first file in
/// its order, then those that only the second has. Layout and comments do not count.
/// Where the order of tables matters and differs, one more change gives both orders.
pub(super) fn changes(a: &TomlTable, b: &TomlTable) -> Vec<KeyChange> {
    let mut all = Vec::new();
    tables("", a, b, &mut all);
    all
}

fn tables(path: &str, a: &TomlTable, b: &TomlTable, all: &mut Vec<KeyChange>) {
    for (key, old) in a {
        let path = join(path, key);
        match b.get(key) {
            Some(new) => nodes(&path, &old.node, &new.node, all),
            None => all.push(KeyChange { path, old: Some(shown(&old.node)), new: None }),
        }
    }
    for (key, new) in b.iter().filter(|(key, _)| !a.contains_key(*key)) {
        all.push(KeyChange { path: join(path, key), old: None, new: Some(shown(&new.node)) });
    }
    let common = |of: &TomlTable, other: &TomlTable| -> Vec<String> {
        of.keys().filter(|key| other.contains_key(*key)).cloned().collect()
    };
    let (first, second) = (common(a, b), common(b, a));
    if first != second && ordered(path) {
        let list = |keys: &[String]| Some(keys.join(", "));
        all.push(KeyChange {
            path: format!("{path} (order)"),
            old: list(&first),
            new: list(&second),
        });
    }
}

/// Whether the order of the keys of a table matters.
fn ordered(path: &str) -> bool {
    matches!(path, "actors" | "events" | "bargains" | "calendar" | "outcomes")
        || (path.starts_with("actors.") && path.ends_with(".actions"))
}

fn nodes(path: &str, a: &TomlNode, b: &TomlNode, all: &mut Vec<KeyChange>) {
    match (&a.value, &b.value) {
        (TomlValue::Table(a), TomlValue::Table(b)) => tables(path, a, b, all),
        (TomlValue::Array(old), TomlValue::Array(new)) if path == "outcomes" => {
            outcomes(old, new, all)
        }
        _ => {
            let (old, new) = (shown(a), shown(b));
            if old != new {
                all.push(KeyChange { path: path.to_owned(), old: Some(old), new: Some(new) });
            }
        }
    }
}

/// Compares outcomes by their ids; their order matters too.
fn outcomes(a: &[TomlNode], b: &[TomlNode], all: &mut Vec<KeyChange>) {
    let by_id = |nodes: &[TomlNode]| -> TomlTable {
        let named = nodes.iter().enumerate().map(|(index, node)| {
            let name = match node.name_under("id") {
                Some((id, _)) => id.to_owned(),
                None => index.to_string(),
            };
            (name, TomlEntry { key_span: node.span, node: node.clone(), is_added: false })
        });
        named.collect()
    };
    tables("outcomes", &by_id(a), &by_id(b), all);
}

fn join(path: &str, key: &str) -> String {
    let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let key = if plain && !key.is_empty() { key.to_owned() } else { format!("{key:?}") };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

/// A value as TOML on one line.
fn shown(node: &TomlNode) -> String {
    match &node.value {
        TomlValue::Table(table) => {
            let inner: Vec<String> = table
                .iter()
                .map(|(key, entry)| format!("{} = {}", join("", key), shown(&entry.node)))
                .collect();
            format!("{{ {} }}", inner.join(", "))
        }
        TomlValue::Array(items) => {
            format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
        TomlValue::Text(text) => format!("{text:?}"),
        TomlValue::Whole(number) => number.to_string(),
        TomlValue::Number(number) => format!("{number:?}"),
        TomlValue::Flag(flag) => flag.to_string(),
        TomlValue::Date(date) => date.to_string(),
        TomlValue::TooLarge | TomlValue::Moment => node.value.kind().to_owned(),
    }
}
