//! Decodes the calendar and outcomes.

use super::super::defaults::UNRESOLVED;
use super::super::keys::{CALENDAR_ENTRY, NameRule, OUTCOME};
use super::super::tree::{TomlEntry, TomlNode};
use super::super::types::{CalendarEntry, Outcome, SpannedName};
use super::context::Context;
use super::effects::effects;
use super::names;
use super::reader::Reader;

/// An entry of the calendar.
pub(super) fn calendar_entry(
    cx: &mut Context<'_>,
    name: SpannedName,
    entry: &TomlEntry,
) -> Option<CalendarEntry> {
    let reader =
        Reader::open(cx, &CALENDAR_ENTRY, &entry.node, format!("calendar.{}", name.value))?;
    let effects = effects(cx, &reader, "effects");
    Some(CalendarEntry {
        title: reader.text("title"),
        on: reader.date("on")?,
        effects,
        notes: reader.notes(),
        name,
    })
}

/// An outcome. Its path has its id or, where that is missing, its `number`, counted from 1.
pub(super) fn outcome(cx: &mut Context<'_>, number: usize, node: &TomlNode) -> Option<Outcome> {
    let mut reader = Reader::open(cx, &OUTCOME, node, format!("outcomes.{number}"))?;
    let id = reader.name("id");
    if let Some(id) = &id {
        names::check(cx, "an outcome", NameRule::Ids(&[UNRESOLVED]), &id.value, id.span);
        reader.path = format!("outcomes.{}", id.value);
    }
    let when = reader.formula(cx, "when");
    Some(Outcome {
        id: id?,
        title: reader.text("title"),
        when: when?,
        ends: reader.flag("ends"),
        colour: reader.colour("color"),
        notes: reader.notes(),
    })
}
