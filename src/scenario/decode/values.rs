//! Decodes assumptions, state, definitions, measures and laws.

use super::super::keys::{
    ASSUMPTION, DEFINE_ENTRY, MAX_LABELS, MEASURE, STATE_VARIABLE, TableSchema, ValueKind,
};
use super::super::tree::{TomlEntry, TomlNode, TomlValue};
use super::super::types::{
    Assign, Assumption, Define, Law, Measure, Notes, Source, SpannedName, StateVariable,
};
use super::context::Context;
use super::effects::split;
use super::names::{check_text, check_twice};
use super::reader::Reader;
use super::source::{broken, formula, formula_or_label, range_end};
use crate::diagnostic::{Code, Diagnostic, Span, Spanned, sets_direction};

/// A value written by itself, or as a table with `key` and more.
fn short<'a>(
    cx: &mut Context<'_>,
    keys: &'static TableSchema,
    key: &str,
    node: &'a TomlNode,
    path: String,
) -> Option<(Source, Option<Reader<'a>>)> {
    // What is broken keeps its name, so that formulas that read it are not called wrong.
    let TomlValue::Table(_) = &node.value else {
        let source = formula(cx, node, path.clone());
        return Some((source.unwrap_or_else(|| broken(node, path)), None));
    };
    let reader = Reader::open(cx, keys, node, path.clone())?;
    let source = reader.get(key).and_then(|entry| formula(cx, &entry.node, path.clone()));
    Some((source.unwrap_or_else(|| broken(node, path)), Some(reader)))
}

fn notes(reader: &Option<Reader<'_>>) -> Notes {
    reader.as_ref().map(Reader::notes).unwrap_or_default()
}

fn unit(reader: &Option<Reader<'_>>) -> Option<String> {
    reader.as_ref()?.text("unit")
}

/// An assumption.
pub(super) fn assumption(
    cx: &mut Context<'_>,
    name: SpannedName,
    entry: &TomlEntry,
) -> Option<Assumption> {
    let path = format!("assumptions.{}", name.value);
    let (draw, reader) = short(cx, &ASSUMPTION, "draw", &entry.node, path)?;
    let group = reader.as_ref().and_then(|reader| reader.text("group"));
    Some(Assumption { name, draw, group, notes: notes(&reader), unit: unit(&reader) })
}

/// A name for a formula.
pub(super) fn define(cx: &mut Context<'_>, name: SpannedName, entry: &TomlEntry) -> Option<Define> {
    let path = format!("define.{}", name.value);
    let (of, reader) = short(cx, &DEFINE_ENTRY, "of", &entry.node, path)?;
    Some(Define { name, of, notes: notes(&reader) })
}

/// A formula that is recorded.
pub(super) fn measure(
    cx: &mut Context<'_>,
    name: SpannedName,
    entry: &TomlEntry,
) -> Option<Measure> {
    let path = format!("measures.{}", name.value);
    let (of, reader) = short(cx, &MEASURE, "of", &entry.node, path)?;
    Some(Measure { name, of, unit: unit(&reader), notes: notes(&reader) })
}

/// The law of a variable of `[state]`.
pub(super) fn law(cx: &mut Context<'_>, target: SpannedName, entry: &TomlEntry) -> Option<Law> {
    let is_known = match cx.known.check_state(&target.value, target.span) {
        Ok(()) => true,
        Err(wrong) => {
            cx.report(wrong);
            false
        }
    };
    let node = &entry.node;
    let is_effect = match &node.value {
        TomlValue::Text(text) => !matches!(split(text), Ok((Assign::Set, _))),
        _ => false,
    };
    if is_effect {
        let name = &target.value;
        cx.report(
            Diagnostic::new(Code::BadOperator, node.span, "a law starts with an operator")
                .label("expected the next value as a formula")
                .hint(format!("name the variable itself: \"{name} + …\"")),
        );
        return None;
    }
    let formula = formula(cx, node, format!("laws.{}", target.value))?;
    is_known.then_some(Law { target, formula })
}

/// A variable of `[state]`.
pub(super) fn state(
    cx: &mut Context<'_>,
    name: SpannedName,
    entry: &TomlEntry,
) -> Option<StateVariable> {
    let node = &entry.node;
    match &node.value {
        TomlValue::Table(_) => {}
        TomlValue::Whole(_) | TomlValue::TooLarge | TomlValue::Number(_) | TomlValue::Flag(_) => {
            let path = format!("state.{}.start", name.value);
            let start = formula(cx, node, path.clone()).unwrap_or_else(|| broken(node, path));
            return Some(plain_state(name, start));
        }
        other => {
            let message = format!("a state variable cannot be {} alone", other.kind());
            let wrong = Diagnostic::new(Code::WrongKind, node.span, message)
                .label("expected a number, true, false or a table");
            let written = cx.text.get(node.span.start..node.span.end).unwrap_or("…");
            let fits = written.chars().count() <= 40 && !written.contains('\n');
            let written = if fits { written } else { "…" };
            cx.report(if other.as_text().is_some() {
                wrong
                    .hint(format!("a label: `{{ start = {written}, labels = [{written}, …] }}`"))
                    .hint(format!("a formula: `{{ start = {written} }}`"))
            } else {
                wrong.hint(format!("write `{} = {{ start = … }}`", name.value))
            });
            let start = broken(node, format!("state.{}.start", name.value));
            return Some(plain_state(name, start));
        }
    }
    let reader = Reader::open(cx, &STATE_VARIABLE, node, format!("state.{}", name.value))?;
    let path = reader.path_of("start");
    let start = match reader.get("start") {
        Some(entry) if reader.get("labels").is_some() => formula_or_label(cx, &entry.node, path),
        Some(entry) => formula(cx, &entry.node, path),
        None => None,
    };
    let range =
        reader.get("range").and_then(|entry| range(cx, &entry.node, &reader.path_of("range")));
    let labels = reader.get("labels").map(|entry| labels(cx, &reader, entry.node.span));
    Some(StateVariable {
        start: start.unwrap_or_else(|| broken(node, reader.path_of("start"))),
        range,
        labels,
        unit: reader.text("unit"),
        notes: reader.notes(),
        name,
    })
}

/// A variable of which only the start is known.
fn plain_state(name: SpannedName, start: Source) -> StateVariable {
    let notes = Notes::default();
    StateVariable { name, start, range: None, labels: None, unit: None, notes }
}

fn range(cx: &mut Context<'_>, node: &TomlNode, path: &str) -> Option<Spanned<(Source, Source)>> {
    match &node.value {
        TomlValue::Array(ends) if ends.len() == 2 => {
            let low = range_end(cx, &ends[0], format!("{path}.0"));
            let high = range_end(cx, &ends[1], format!("{path}.1"));
            Some(Spanned::new((low?, high?), node.span))
        }
        _ => {
            cx.report(
                Diagnostic::new(Code::WrongKind, node.span, "a range has two ends")
                    .label("expected an array: [0, 1]")
                    .hint("an open end is `inf` or `-inf`"),
            );
            None
        }
    }
}

fn labels(cx: &mut Context<'_>, reader: &Reader<'_>, span: Span) -> Spanned<Vec<SpannedName>> {
    let names = reader.names(cx, "labels");
    // A blank is a label like any other, if an odd one.
    let is_blank = |name: &&SpannedName| !name.value.is_empty() && name.value.trim().is_empty();
    for name in names.iter().filter(|name| !is_blank(name)) {
        if let Err(wrong) = check_text("labels", &name.value, name.span, ValueKind::Name) {
            cx.report(wrong);
        }
        // Other control characters no text may hold.
        let is_hidden = |c: &char| matches!(c, '\n' | '\r' | '\t') || sets_direction(*c);
        if let Some(hidden) = name.value.chars().find(is_hidden) {
            let message = format!("a label holds the character {}", hidden.escape_default());
            let wrong = Diagnostic::new(Code::BadText, name.span, message);
            cx.report(wrong.label("expected one line, without marks that set its direction"));
        }
    }
    if names.is_empty() {
        cx.report(
            Diagnostic::new(Code::LabelSet, span, "a variable without labels to take")
                .label(format!("expected one label to {MAX_LABELS}")),
        );
    }
    check_twice(cx, Code::LabelSet, "labels", &names);
    Spanned::new(names, span)
}
