//! Decodes the menu of an action: its names, and the values of each.

use super::super::keys::NameRule;
use super::super::menu::Menu;
use super::super::tree::TomlEntry;
use super::context::Context;
use super::reader::Reader;
use super::{menu_values, names};
use crate::diagnostic::Spanned;

/// The menu of an action, if it has one.
pub(super) fn menu(cx: &mut Context<'_>, action: &Reader<'_>) -> Option<Menu> {
    let entry = action.get("menu")?;
    match menu_values::read(&entry.node) {
        Ok(menu) => {
            for (name, _) in &menu.names {
                names::check(cx, "a value of a menu", NameRule::Values, &name.value, name.span);
            }
            Some(menu)
        }
        Err(wrong) => {
            wrong.into_iter().for_each(|wrong| cx.report(wrong));
            // The names are known all the same, without values.
            let table = entry.node.value.as_table()?;
            let name = |(name, entry): (&String, &TomlEntry)| {
                (Spanned::new(name.clone(), entry.key_span), Vec::new())
            };
            Some(Menu { names: table.iter().map(name).collect() })
        }
    }
}
