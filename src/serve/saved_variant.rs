//! A state of the controls as a policy or a world of the file: the text with one table more, all else as it was.

use serde::Deserialize;
use toml_edit::{DocumentMut, InlineTable, Item, Table, Value};

use super::changed_lines::common;

/// What a state is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SavedAs {
    Policy,
    World,
}

/// The table that is added to a file.
#[derive(Clone, Debug)]
pub(super) struct NewTable<'t> {
    pub saved_as: SavedAs,
    pub name: &'t str,
    pub title: &'t str,
    /// The policy or world that the state had, which the new one repeats; `None` if it had none.
    pub from: Option<&'t str>,
    /// Values in place of the file's, as `--set` takes them.
    pub set: Vec<&'t str>,
}

impl SavedAs {
    /// The table of the file that holds those of its kind.
    fn key(self) -> &'static str {
        match self {
            SavedAs::Policy => "policies",
            SavedAs::World => "worlds",
        }
    }

    /// What it is, in words.
    pub fn word(self) -> &'static str {
        match self {
            SavedAs::Policy => "policy",
            SavedAs::World => "world",
        }
    }
}

/// The text of a file with a table more.
///
/// # Errors
///
/// If the text is no TOML, or the name is taken, as a sentence.
pub(super) fn with_table(text: &str, new: &NewTable<'_>) -> Result<String, String> {
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let before = document.to_string();
    let (key, word) = (new.saved_as.key(), new.saved_as.word());
    let tables = document.entry(key).or_insert_with(|| {
        let mut tables = Table::new();
        tables.set_implicit(true);
        Item::Table(tables)
    });
    let is_inline = tables.is_inline_table();
    let Some(tables) = tables.as_table_like_mut() else {
        return Err(format!("`{key}` is no table"));
    };
    if tables.contains_key(new.name) {
        return Err(format!("there is a {word} called `{}` already", new.name));
    }
    let mut own = new.from.and_then(|from| tables.get(from)).map(copied).unwrap_or_default();
    own.insert("title", toml_edit::value(new.title));
    let set = own.entry("set").or_insert_with(|| toml_edit::value(InlineTable::new()));
    if let Some(set) = set.as_table_like_mut() {
        for words in &new.set {
            let Some((path, value)) = words.split_once('=') else { continue };
            // What the repeated policy or world sets itself stays in force.
            if !set.contains_key(path.trim()) {
                set.insert(path.trim(), Item::Value(value_of(value.trim())));
            }
        }
        if set.is_empty() {
            own.remove("set");
        }
    }
    let own =
        if is_inline { Item::Value(own.into_inline_table().into()) } else { Item::Table(own) };
    tables.insert(new.name, own);
    Ok(inserted(text, &before, &document.to_string()))
}

/// A table as a plain one, without the comments and the place of the one it is copied from.
fn copied(item: &Item) -> Table {
    let mut table = match item {
        Item::Table(table) => table.clone(),
        Item::Value(Value::InlineTable(table)) => table.clone().into_table(),
        Item::Value(_) | Item::ArrayOfTables(_) | Item::None => Table::new(),
    };
    place_anywhere(&mut table);
    table
}

fn place_anywhere(table: &mut Table) {
    table.set_position(None);
    table.decor_mut().clear();
    table.set_implicit(false);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => place_anywhere(inner),
            Item::ArrayOfTables(array) => array.iter_mut().for_each(place_anywhere),
            Item::Value(_) | Item::None => {}
        }
    }
}

/// A value as `--set` reads it: one of TOML, or else a text.
fn value_of(words: &str) -> Value {
    words.parse::<Value>().map_or_else(|_| Value::from(words), |value| value.decorated(" ", ""))
}

/// The change from `before` to `after` made in a text of which `before` is the same with its line ends put straight.
fn inserted(text: &str, before: &str, after: &str) -> String {
    if text == before {
        return after.to_owned();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let (first, last) = common(&old, &new);
    let own: Vec<&str> = text.split_inclusive('\n').collect();
    if own.len() != old.len() {
        return after.to_owned();
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let added = new[first..new.len() - last].iter().map(|line| format!("{line}{end}"));
    let mut whole: String = own[..first].concat();
    if !whole.is_empty() && !whole.ends_with('\n') {
        whole.push_str(end);
    }
    whole.extend(added);
    whole + &own[own.len() - last..].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "format = 1 # the first\n[scenario]\nsteps = 1\n\n# Calm.\n[policies.calm]\n\
                        title = \"Calm\"\nforbid = [\"a.go\"] # never\nset = { \"assumptions.x\" = 2 }\n\n\
                        [[outcomes]]\nid = \"yes\"\nwhen = \"true\"\n";

    fn new<'t>(from: Option<&'t str>, set: &[&'t str]) -> NewTable<'t> {
        NewTable {
            saved_as: SavedAs::Policy,
            name: "mine",
            title: "My \"own\"",
            from,
            set: set.to_vec(),
        }
    }

    #[test]
    fn a_table_is_added_behind_its_kind_and_nothing_else_changes() {
        let set = [
            "assumptions.x=0.5",
            "actors.a.plan=beta(2, 3)",
            "state.phase.start='war'",
            "state.on.start=true",
        ];
        let text = with_table(FILE, &new(None, &set)).expect("it can be added");
        let at = text.find("[policies.mine]").expect("it is there");
        assert!(
            text.find("[policies.calm]") < Some(at) && Some(at) < text.find("[[outcomes]]"),
            "{text}"
        );
        for line in FILE.lines() {
            assert!(text.lines().any(|own| own == line), "{line} is lost in {text}");
        }
        let read: toml::Table = toml::from_str(&text).expect("TOML");
        let own = &read["policies"]["mine"];
        assert_eq!(own["title"].as_str(), Some("My \"own\""));
        assert_eq!(own["set"]["assumptions.x"].as_float(), Some(0.5));
        assert_eq!(own["set"]["actors.a.plan"].as_str(), Some("beta(2, 3)"));
        assert_eq!(own["set"]["state.phase.start"].as_str(), Some("war"));
        assert_eq!(own["set"]["state.on.start"].as_bool(), Some(true));
    }

    #[test]
    fn what_the_policy_of_the_state_does_is_repeated_and_stays_in_force() {
        let text = with_table(FILE, &new(Some("calm"), &["assumptions.x=9", "assumptions.y=3"]));
        let read: toml::Table = toml::from_str(&text.expect("it can be added")).expect("TOML");
        let own = &read["policies"]["mine"];
        assert_eq!(own["forbid"][0].as_str(), Some("a.go"));
        assert_eq!(own["set"]["assumptions.x"].as_integer(), Some(2));
        assert_eq!(own["set"]["assumptions.y"].as_integer(), Some(3));
    }

    #[test]
    fn a_file_without_policies_gets_some_and_line_ends_stay() {
        let plain = "format = 1\r\n# note\r\n[scenario]\r\nsteps = 1\r\n";
        let text = with_table(plain, &new(None, &["assumptions.x=1"])).expect("it can be added");
        assert!(text.starts_with(plain), "{text:?}");
        assert!(text.replace("\r\n", "").find('\n').is_none(), "{text:?}");
        let bare = with_table("format = 1", &new(None, &["assumptions.x=1"])).expect("added");
        assert!(bare.starts_with("format = 1\n"), "{bare:?}");
        assert!(toml::from_str::<toml::Table>(&bare).is_ok(), "{bare:?}");
    }

    #[test]
    fn names_that_are_taken_and_policies_written_in_one_line_are_met() {
        let taken = NewTable { name: "calm", ..new(None, &[]) };
        assert!(with_table(FILE, &taken).unwrap_err().contains("called `calm` already"));
        let inline = "policies = { calm = { title = \"Calm\" } }\n";
        let text = with_table(inline, &new(None, &["assumptions.x=1"])).expect("it can be added");
        let read: toml::Table = toml::from_str(&text).expect("TOML");
        assert_eq!(read["policies"]["mine"]["set"]["assumptions.x"].as_integer(), Some(1));
    }
}
