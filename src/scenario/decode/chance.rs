//! Decodes chances, and the events in which they stand.

use std::collections::HashMap;

use super::super::keys::{BRANCH, EVENT, MAX_BRANCHES};
use super::super::tree::{TomlEntry, TomlNode, TomlValue};
use super::super::types::{Branch, Chance, Effect, Event, Limits, SpannedName};
use super::context::Context;
use super::effects::effects;
use super::names::check_twice;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Span, Spanned};

/// An event.
pub(super) fn event(cx: &mut Context<'_>, name: SpannedName, entry: &TomlEntry) -> Option<Event> {
    let reader = Reader::open(cx, &EVENT, &entry.node, format!("events.{}", name.value))?;
    let effects = effects(cx, &reader, "effects");
    let chance = match reader.get("chance").map(|entry| &entry.node) {
        Some(TomlNode { value: TomlValue::Array(items), span, .. }) => {
            branches(cx, &reader, items, *span, &effects)
        }
        _ => reader.formula(cx, "chance").map(Chance::Formula),
    };
    Some(Event {
        title: reader.text("title"),
        when: reader.formula(cx, "when"),
        chance,
        limits: limits(&reader),
        effects,
        notes: reader.notes(),
        name,
    })
}

/// The chance of an action, which must be a list of branches.
pub(super) fn of_action(
    cx: &mut Context<'_>,
    reader: &Reader<'_>,
    effects: &[Effect],
) -> Option<Chance> {
    let node = &reader.get("chance")?.node;
    if let TomlValue::Array(items) = &node.value {
        return branches(cx, reader, items, node.span, effects);
    }
    let message = format!("an action's `chance` is a list of branches, not {}", node.value.kind());
    cx.report(
        Diagnostic::new(Code::ActionChance, node.span, message)
            .label("expected an array of branches")
            .hint("write `chance = [{ name = \"works\", p = 0.5, effects = { … } }]`"),
    );
    None
}

/// `every` and `once`.
pub(super) fn limits(reader: &Reader<'_>) -> Limits {
    Limits { every: reader.whole("every"), once: reader.flag("once") }
}

fn branches(
    cx: &mut Context<'_>,
    reader: &Reader<'_>,
    items: &[TomlNode],
    span: Span,
    common: &[Effect],
) -> Option<Chance> {
    if items.is_empty() {
        cx.report(
            Diagnostic::new(Code::WrongKind, span, "a chance without branches")
                .label("expected one branch or more"),
        );
        return None;
    }
    if items.len() > MAX_BRANCHES {
        let message = format!("a chance of {} branches", items.len());
        cx.report_too_many(span, message, MAX_BRANCHES);
    }
    let path = reader.path_of("chance");
    let everywhere: HashMap<&str, Span> =
        common.iter().map(|effect| (effect.target.value.as_str(), effect.target.span)).collect();
    let mut out = Vec::new();
    let mut rest: Option<Span> = None;
    for (at, item) in items.iter().take(MAX_BRANCHES).enumerate() {
        let name = match item.name_under("name") {
            Some((name, span)) => Spanned::new(name.to_owned(), span),
            None => Spanned::new((at + 1).to_string(), item.span),
        };
        let path = format!("{path}.{}", name.value);
        let Some(reader) = Reader::open(cx, &BRANCH, item, path) else { continue };
        if reader.get("p").is_none() {
            if let Some(first) = rest {
                cx.report(
                    Diagnostic::new(Code::TwoRests, item.span, "two branches without `p`")
                        .label("only one can take what the others leave")
                        .also(first, "this one does already"),
                );
            }
            rest = rest.or(Some(item.span));
        }
        let effects = effects(cx, &reader, "effects");
        check_set_twice(cx, &everywhere, &effects);
        out.push(Branch {
            p: reader.formula(cx, "p"),
            effects,
            notes: reader.notes(),
            span: item.span,
            name,
        });
    }
    check_twice(cx, Code::NameTwice, "branches", out.iter().map(|branch| &branch.name));
    Some(Chance::Branches(out, span))
}

/// Reports variables that both an action or event and one of its branches change: since
/// both changes happen at once, the variable would have two values.
fn check_set_twice(cx: &mut Context<'_>, common: &HashMap<&str, Span>, branch: &[Effect]) {
    for effect in branch {
        let name = &effect.target.value;
        if let Some(first) = common.get(name.as_str()) {
            let message = format!("`{name}` is changed by the effects and by a branch");
            cx.report(
                Diagnostic::new(Code::SetTwice, effect.target.span, message)
                    .label("both would land together")
                    .also(*first, "changed here for every branch"),
            );
        }
    }
}
