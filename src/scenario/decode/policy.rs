//! Decodes policies and worlds.

use super::super::defaults::FORCE_TIMES;
use super::super::keys::{FORCE, MAX_ENTRIES, POLICY, WORLD};
use super::super::menu::split_item;
use super::super::tree::{TomlEntry, TomlNode, TomlTable, TomlValue};
use super::super::types::{Force, Policy, Setting, SpannedName, World};
use super::context::Context;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Span, Spanned};

/// A policy.
pub(super) fn policy(cx: &mut Context<'_>, name: SpannedName, entry: &TomlEntry) -> Option<Policy> {
    let reader = Reader::open(cx, &POLICY, &entry.node, format!("policies.{}", name.value))?;
    let mut forbid = Vec::new();
    for action in reader.names(cx, "forbid") {
        match cx.known.move_named(&action.value, action.span) {
            Ok(value) => forbid.push(SpannedName { value, ..action }),
            Err(wrong) => cx.report(wrong),
        }
    }
    let items = reader.items(cx, "force");
    let force: Vec<_> = items.iter().filter_map(|item| force(cx, &reader, item)).collect();
    for forced in &force {
        check_forbidden(cx, &forced.action, &forbid);
    }
    Some(Policy {
        title: reader.text("title"),
        forbid,
        force,
        set: settings(cx, &reader, "set"),
        secret: reader.flag("secret"),
        notes: reader.notes(),
        name,
    })
}

/// Reports a forced action that is forbidden, by itself or with all items of its menu.
fn check_forbidden(cx: &mut Context<'_>, forced: &SpannedName, forbid: &[SpannedName]) {
    let whole = split_item(&forced.value).0;
    let is_forced = |own: &&SpannedName| own.value == forced.value || own.value == whole;
    let items = if forced.value == whole { cx.known.items(whole) } else { Vec::new() };
    let by_items = items.iter().map(|item| forbid.iter().find(|own| own.value == *item));
    let by_items: Option<Vec<&SpannedName>> = by_items.collect();
    let (message, first) = match (forbid.iter().find(is_forced), by_items.as_deref()) {
        (Some(first), _) => (format!("`{}` is both forced and forbidden", forced.value), first),
        (None, Some([first, ..])) => {
            (format!("`{}` is forced, but all its items are forbidden", forced.value), *first)
        }
        (None, _) => return,
    };
    cx.report(
        Diagnostic::new(Code::ForbidForced, forced.span, message)
            .label("forced here")
            .also(first.span, "forbidden here"),
    );
}

/// A world.
pub(super) fn world(cx: &mut Context<'_>, name: SpannedName, entry: &TomlEntry) -> Option<World> {
    let reader = Reader::open(cx, &WORLD, &entry.node, format!("worlds.{}", name.value))?;
    Some(World {
        title: reader.text("title"),
        set: settings(cx, &reader, "set"),
        notes: reader.notes(),
        name,
    })
}

fn force(cx: &mut Context<'_>, policy: &Reader<'_>, node: &TomlNode) -> Option<Force> {
    if let TomlValue::Text(action) = &node.value {
        let message = "a forced action is a table, not a string";
        cx.report(
            Diagnostic::new(Code::WrongKind, node.span, message)
                .label("expected a table")
                .hint(format!("write `{{ action = \"{}\" }}`", action.escape_debug())),
        );
        return None;
    }
    let reader = Reader::open(cx, &FORCE, node, policy.path_of("force"))?;
    let (from, to) = (reader.whole("from").unwrap_or(0), reader.whole::<u32>("to"));
    let place = |key: &str| reader.get(key).map_or(node.span, |entry| entry.node.span);
    if let Some(to) = to
        && from > to
    {
        let message = format!("the window from step {from} to step {to} ends before it starts");
        cx.report(
            Diagnostic::new(Code::ForceWindow, place("to"), message)
                .label(format!("expected {from} or more"))
                .also(place("from"), "starts here"),
        );
    } else if let Some(steps) = cx.steps {
        check_inside(cx, steps, "from", Some(from), place("from"));
        check_inside(cx, steps, "to", to.filter(|_| from < steps), place("to"));
    }
    let action = reader.name("action")?;
    let value = match cx.known.move_named(&action.value, action.span) {
        Ok(value) => value,
        Err(wrong) => {
            cx.report(wrong);
            return None;
        }
    };
    Some(Force {
        action: SpannedName { value, ..action },
        from,
        to,
        times: reader.whole("times").unwrap_or(FORCE_TIMES),
        span: node.span,
    })
}

/// Warns of a window that reaches beyond the run.
fn check_inside(cx: &mut Context<'_>, steps: u32, key: &str, step: Option<u32>, span: Span) {
    let Some(step) = step.filter(|step| *step >= steps) else { return };
    let message = format!("step {step} is outside the run");
    let label = match steps.checked_sub(1) {
        Some(last) => format!("`{key}` can be 0 to {last}"),
        None => "the run has no steps".to_owned(),
    };
    cx.report(Diagnostic::new(Code::ForceOutside, span, message).label(label));
}

/// Paths and the values to put there. Whether a path leads anywhere is checked when it is
/// followed.
pub(super) fn settings(cx: &mut Context<'_>, reader: &Reader<'_>, key: &str) -> Vec<Setting> {
    let Some(entry) = reader.get(key) else { return Vec::new() };
    let TomlValue::Table(table) = &entry.node.value else {
        let message = format!("`{key}` is a table, not {}", entry.node.value.kind());
        cx.report(
            Diagnostic::new(Code::WrongKind, entry.node.span, message)
                .label("expected paths and values")
                .hint(format!("write `{key} = {{ \"assumptions.x\" = 0.5 }}`")),
        );
        return Vec::new();
    };
    if table.len() > MAX_ENTRIES {
        let message = format!("`{key}` has {} entries", table.len());
        cx.report_too_many(entry.node.span, message, MAX_ENTRIES);
    }
    let mut out = Vec::new();
    for (path, entry) in table.iter().take(MAX_ENTRIES) {
        if let TomlValue::Table(inner) = &entry.node.value {
            let wrong = Diagnostic::new(
                Code::PathNotValue,
                entry.key_span,
                format!("`{}` leads to a table", path.escape_debug()),
            )
            .label("expected the path of a single value");
            cx.report(match unquoted(path, inner) {
                Some(path) => wrong.hint(format!("put the path in quotes: \"{path}\"")),
                None => wrong,
            });
            continue;
        }
        let path = Spanned::new(path.clone(), entry.key_span);
        out.push(Setting { path, node: entry.node.clone() });
    }
    out
}

/// The path that was probably meant, if it was written without quotes: TOML takes its dots
/// for tables within tables.
fn unquoted(first: &str, table: &TomlTable) -> Option<String> {
    let mut path = first.to_owned();
    let mut table = table;
    loop {
        let (key, entry) = table.first()?;
        path = format!("{path}.{key}");
        match entry.node.value.as_table() {
            Some(inner) => table = inner,
            None => return Some(path),
        }
    }
}
