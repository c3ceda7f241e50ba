//! Values that a command line sets.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::scenario::tree::TomlTable;
use crate::scenario::{Overlaid, Setting, lookup, overlay};

/// A value that a command line sets, as if it stood in the file.
#[derive(Clone, Debug)]
pub struct GivenSetting {
    /// The path and the value.
    pub setting: Setting,
    /// What the file says in its place, without the quotation marks of a formula; `None` if it leaves
    /// the value out.
    pub replaced: Option<String>,
    option: &'static str,
    words: String,
}

impl GivenSetting {
    /// A value that the words of an option set.
    pub(super) fn new(
        option: &'static str,
        words: &str,
        setting: Setting,
        replaced: Option<String>,
    ) -> Self {
        GivenSetting { setting, replaced, option, words: words.to_owned() }
    }

    /// The path and the value as the command line writes them: `assumptions.cost=0.5`.
    pub fn written(&self) -> &str {
        &self.words
    }

    /// The option with its words: `--set assumptions.cost=0.5`.
    pub fn words(&self) -> String {
        format!("{} {}", self.option, self.words)
    }

    /// Whether these tables still have the value in its place: a world or a policy may have put another
    /// one there.
    pub(super) fn is_in(&self, table: &TomlTable) -> bool {
        let there = lookup::find(table, &self.setting.path.value);
        there.is_some_and(|node| node.span == self.setting.node.span)
    }
}

/// The tables with the new values in place, of which none may replace another one that was given.
pub(super) fn put_in_place(
    table: &TomlTable,
    old: &[GivenSetting],
    new: &[GivenSetting],
    found: &mut Diagnostics,
) -> TomlTable {
    let mut table = table.clone();
    let mut placed: Vec<&GivenSetting> = old.iter().collect();
    for own in new {
        table = overlay(&table, std::slice::from_ref(&own.setting), Overlaid::Set, found);
        for first in placed.extract_if(.., |first| !first.is_in(&table)) {
            let path = own.setting.path.value.escape_debug();
            found.push(
                Diagnostic::new(
                    Code::NameTwice,
                    own.setting.path.span,
                    format!("`{path}` is given twice"),
                )
                .label("given again here")
                .also(first.setting.path.span, "first given here"),
            );
        }
        placed.extend(own.is_in(&table).then_some(own));
    }
    table
}
