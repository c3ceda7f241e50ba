//! Decodes actions.

use super::super::defaults::MAIN_TRACK;
use super::super::keys::ACTION;
use super::super::tree::TomlEntry;
use super::super::types::{Action, SpannedName};
use super::chance::{limits, of_action};
use super::consent::consent;
use super::context::Context;
use super::effects::effects;
use super::menu::menu;
use super::reader::Reader;

/// An action of the actor at `path`.
pub(super) fn action(
    cx: &mut Context<'_>,
    path: &str,
    name: SpannedName,
    entry: &TomlEntry,
) -> Option<Action> {
    let reader = Reader::open(cx, &ACTION, &entry.node, format!("{path}.{}", name.value))?;
    let landing = effects(cx, &reader, "effects");
    Some(Action {
        title: reader.text("title"),
        track: reader.text("track").unwrap_or_else(|| MAIN_TRACK.to_owned()),
        menu: menu(cx, &reader),
        when: reader.formula(cx, "when"),
        cost: reader.formula(cx, "cost"),
        limits: limits(&reader),
        chance: of_action(cx, &reader, &landing),
        consent: consent(cx, &reader),
        refused: effects(cx, &reader, "refused"),
        effects: landing,
        notes: reader.notes(),
        name,
    })
}
