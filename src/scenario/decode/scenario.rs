//! Decodes the whole file.

use super::super::keys::{FORMAT, TOP, ValueKind};
use super::super::tree::{TomlEntry, TomlNode, TomlTable};
use super::super::types::{Actor, Correlation, Notes, Order, ScenarioFile, SpannedName, StepUnit};
use super::context::{Context, FileNames};
use super::names::{check_menus, check_shared, check_twice};
use super::reader::Reader;
use super::source::formula;
use super::{actor, bargain, chance, ending, observed, policy, record, values};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

/// Decodes the tree of the file `text`, which may have been overlaid.
///
/// Every mistake is pushed to `found`, and what is broken is left out of the
/// scenario. `None` if the text is no TOML at all, or says nothing.
pub fn decode(table: &TomlTable, text: &str, found: &mut Diagnostics) -> Option<ScenarioFile> {
    if table.is_empty() {
        if !found.has_errors() {
            found.push(
                Diagnostic::of_file(Code::Version, "the file says nothing: it is no scenario yet")
                    .hint(format!("begin it with `format = {FORMAT}` and [scenario]")),
            );
        }
        return None;
    }
    let mut context = Context { text, found, known: FileNames::of(table), steps: None };
    let cx = &mut context;
    let top = Reader::of_table(cx, &TOP, table, None, "");
    let run = nested(cx, &top, "scenario");
    cx.steps = run.as_ref().and_then(|run| run.whole("steps"));

    let assumptions = decoded(cx, &top, "assumptions", values::assumption);
    let state = decoded(cx, &top, "state", values::state);
    let define = decoded(cx, &top, "define", values::define);
    let measures = decoded(cx, &top, "measures", values::measure);
    let laws = decoded(cx, &top, "laws", values::law);
    let events = decoded(cx, &top, "events", chance::event);
    let before = cx.found.count(Severity::Error);
    let actors = decoded(cx, &top, "actors", actor::actor);
    let sound = cx.found.count(Severity::Error) == before;
    let refers = bargain::BargainContext { state: &state, actors: &actors, sound };
    let bargains =
        decoded(cx, &top, "bargains", |cx, name, entry| bargain::bargain(cx, name, entry, &refers));
    let calendar = decoded(cx, &top, "calendar", ending::calendar_entry);
    let outcomes = top.items(cx, "outcomes").iter().enumerate();
    let outcomes: Vec<_> =
        outcomes.filter_map(|(at, node)| ending::outcome(cx, at + 1, node)).collect();
    check_twice(cx, Code::NameTwice, "outcomes", outcomes.iter().map(|outcome| &outcome.id));
    let policies = decoded(cx, &top, "policies", policy::policy);
    let worlds = decoded(cx, &top, "worlds", policy::world);
    let correlations = decoded(cx, &top, "correlations", correlation);
    let record = nested(cx, &top, "record");
    let named = record::Recordable { events: &events, bargains: &bargains, actors: &actors };
    let record = record.and_then(|reader| record::record(cx, &reader, &named));
    let observed = nested(cx, &top, "observed");
    let observed = observed.map(|reader| observed::observed(cx, &reader));

    let values = ["assumptions", "state", "define", "measures"].map(|key| written(&top, key));
    let values = values.concat();
    let happenings = ["events", "bargains", "calendar"].map(|key| written(&top, key)).concat();
    check_twice(cx, Code::NameTwice, "values", &values);
    check_twice(cx, Code::NameTwice, "happenings", &happenings);
    check_shared(cx, &values, &happenings);
    let menus = actors.iter().flat_map(|actor| &actor.actions).filter_map(|own| own.menu.as_ref());
    check_menus(cx, &values, menus.flat_map(|menu| &menu.names).map(|(name, _)| name));

    Some(ScenarioFile {
        title: run.as_ref().and_then(|run| run.text("title")),
        notes: notes(cx, &top, run.as_ref()),
        start: run.as_ref().and_then(|run| run.date("start")),
        step: run.as_ref().and_then(|run| run.word("step")).and_then(step_unit),
        means_dates: run
            .as_ref()
            .is_some_and(|run| run.get("start").is_some() || run.get("step").is_some()),
        steps: cx.steps.unwrap_or(0),
        steps_are_broken: cx.steps.is_none(),
        order: match run.as_ref().and_then(|run| run.word("order")) {
            Some("random") => Order::Random,
            _ => Order::Listed,
        },
        trials: run.as_ref().and_then(|run| run.whole("trials")),
        imaginations: run.as_ref().and_then(|run| run.imaginations("imaginations")),
        minds: run.as_ref().and_then(|run| run.whole("minds")),
        unseen_end: run.as_ref().is_some_and(|run| run.flag("unseen_end")),
        assumptions,
        state,
        define,
        measures,
        laws,
        events,
        bargains,
        tracks: tracks(&actors),
        actors,
        calendar,
        outcomes,
        policies,
        worlds,
        correlations,
        record,
        observed,
    })
}

/// The decoded entries of a table of named things.
fn decoded<T>(
    cx: &mut Context<'_>,
    top: &Reader<'_>,
    key: &str,
    one: impl Fn(&mut Context<'_>, SpannedName, &TomlEntry) -> Option<T>,
) -> Vec<T> {
    let entries = top.entries(cx, key);
    entries.into_iter().filter_map(|(name, entry)| one(cx, name, entry)).collect()
}

/// A table of the file with keys of its own.
fn nested<'a>(cx: &mut Context<'_>, top: &Reader<'a>, key: &str) -> Option<Reader<'a>> {
    let ValueKind::Table(keys) = TOP.find(key)?.kind else { return None };
    let node: &'a TomlNode = &top.get(key)?.node;
    Reader::open(cx, keys, node, key)
}

/// The names in a table, even those of things with mistakes in them.
fn written(top: &Reader<'_>, key: &str) -> Vec<SpannedName> {
    let table = top.get(key).and_then(|entry| entry.node.value.as_table());
    let names = table.into_iter().flatten();
    names.map(|(name, entry)| SpannedName::new(name.clone(), entry.key_span)).collect()
}

fn step_unit(word: &str) -> Option<StepUnit> {
    Some(match word {
        "day" => StepUnit::Day,
        "week" => StepUnit::Week,
        "month" => StepUnit::Month,
        "quarter" => StepUnit::Quarter,
        "year" => StepUnit::Year,
        _ => return None,
    })
}

/// `about` and `source` of the scenario as a whole, at the top of the file or in `[scenario]`.
fn notes(cx: &mut Context<'_>, top: &Reader<'_>, run: Option<&Reader<'_>>) -> Notes {
    for key in ["about", "source"] {
        let both = run.and_then(|run| run.get(key)).zip(top.get(key));
        if let Some((inner, outer)) = both {
            let message = format!("`{key}` of the whole is said twice");
            cx.report(
                Diagnostic::new(Code::KeysClash, inner.key_span, message)
                    .label("said again here")
                    .also(outer.key_span, "said here"),
            );
        }
    }
    let (outer, inner) = (top.notes(), run.map(Reader::notes).unwrap_or_default());
    Notes { about: inner.about.or(outer.about), source: inner.source.or(outer.source) }
}

/// The tracks in order of their first appearance.
fn tracks(actors: &[Actor]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for action in actors.iter().flat_map(|actor| &actor.actions) {
        if !out.contains(&action.track) {
            out.push(action.track.clone());
        }
    }
    out
}

fn correlation(cx: &mut Context<'_>, key: SpannedName, entry: &TomlEntry) -> Option<Correlation> {
    let parts: Vec<_> = key.value.split(',').map(str::trim).collect();
    let pair = match parts[..] {
        [one, other] if !one.is_empty() && !other.is_empty() => (one.to_owned(), other.to_owned()),
        _ => {
            let message = format!("`{}` does not name two assumptions", key.value.escape_debug());
            cx.report(
                Diagnostic::new(Code::CorrelationKey, key.span, message)
                    .label("expected two names: \"one, other\""),
            );
            return None;
        }
    };
    let value = formula(cx, &entry.node, format!("correlations.{}, {}", pair.0, pair.1))?;
    Some(Correlation { pair, key_span: key.span, value })
}
