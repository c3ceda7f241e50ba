//! Decodes what is known to have happened.

use super::super::keys::RECORD_ENTRY;
use super::super::menu::split_item;
use super::super::record::{Recorded, RecordedEntry, RecordedFact};
use super::super::tree::TomlNode;
use super::super::types::{Action, Actor, Bargain, Branch, Chance, Event, SpannedName};
use super::context::Context;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};

/// What a record can tell of.
pub(super) struct Recordable<'a> {
    pub events: &'a [Event],
    pub bargains: &'a [Bargain],
    pub actors: &'a [Actor],
}

impl<'a> Recordable<'a> {
    fn event(&self, name: &str) -> Option<&'a Event> {
        self.events.iter().find(|event| event.name.value == name)
    }

    fn is_bargain(&self, name: &str) -> bool {
        self.bargains.iter().any(|bargain| bargain.name.value == name)
    }

    /// An action said `actor.action`, with or without an item of its menu.
    fn action(&self, path: &str) -> Option<&'a Action> {
        let (actor, action) = split_item(path).0.split_once('.')?;
        let actor = self.actors.iter().find(|own| own.name.value == actor)?;
        actor.actions.iter().find(|own| own.name.value == action)
    }

    /// The names of events and bargains.
    fn happenings(&self) -> impl Iterator<Item = &'a str> {
        let events = self.events.iter().map(|event| event.name.value.as_str());
        events.chain(self.bargains.iter().map(|bargain| bargain.name.value.as_str()))
    }
}

/// `[record]`; `None` where it does not say how far it is known.
pub(super) fn record(
    cx: &mut Context<'_>,
    reader: &Reader<'_>,
    named: &Recordable<'_>,
) -> Option<Recorded> {
    let complete = reader.names(cx, "complete");
    for name in &complete {
        let is_known = cx.known.actors.contains_key(name.value.as_str())
            || named.happenings().any(|own| own == name.value);
        if !is_known {
            let actors: Vec<&str> = cx.known.actors.keys().copied().collect();
            let shown = name.value.escape_debug();
            cx.report(
                Diagnostic::new(
                    Code::UnknownHappening,
                    name.span,
                    format!("there is no actor, event or bargain `{shown}`"),
                )
                .label("expected an actor, an event or a bargain")
                .about(format!("happening {}", name.value))
                .nearest(&name.value, actors.into_iter().chain(named.happenings())),
            );
        }
    }
    let entries = reader.items(cx, "entries").iter();
    let entries: Vec<_> = entries.filter_map(|node| entry(cx, reader, node, named)).collect();
    Some(Recorded { until: reader.moment("until")?, complete, entries, notes: reader.notes() })
}

fn entry(
    cx: &mut Context<'_>,
    record: &Reader<'_>,
    node: &TomlNode,
    named: &Recordable<'_>,
) -> Option<RecordedEntry> {
    let reader = Reader::open(cx, &RECORD_ENTRY, node, record.path_of("entries"))?;
    let fact = reader.formula(cx, "fact");
    let what = match (reader.get("did"), reader.get("fact")) {
        (Some(did), Some(other)) => {
            cx.report(
                Diagnostic::new(
                    Code::KeysClash,
                    other.key_span,
                    "`did` and `fact` cannot stand together",
                )
                .label("expected one of the two")
                .also(did.key_span, "said here"),
            );
            None
        }
        (None, None) => {
            cx.report(
                Diagnostic::new(Code::MissingKey, node.span, "an entry of a record says nothing")
                    .label("expected `did` or `fact`"),
            );
            None
        }
        (None, Some(_)) => fact.map(RecordedFact::Fact),
        (Some(_), None) => done(cx, &reader, named),
    };
    Some(RecordedEntry {
        on: reader.moment("on")?,
        what: what?,
        span: node.span,
        notes: reader.notes(),
    })
}

/// What an entry says was done.
fn done(cx: &mut Context<'_>, reader: &Reader<'_>, named: &Recordable<'_>) -> Option<RecordedFact> {
    let did = reader.name("did")?;
    let branch = reader.name("branch");
    let accepted = reader.get("accepted").is_some().then(|| reader.flag("accepted"));
    let is_move = did.value.contains('.');
    if !is_move && (named.event(&did.value).is_some() || named.is_bargain(&did.value)) {
        let branches = match named.event(&did.value).and_then(|event| event.chance.as_ref()) {
            Some(Chance::Branches(branches, _)) => branches.as_slice(),
            Some(Chance::Formula(_)) | None => &[],
        };
        check_branch(cx, &did, branch.as_ref(), branches);
        if accepted.is_some() {
            not_proposal(cx, reader, &did);
        }
        return Some(RecordedFact::Happening { name: did, branch });
    }
    let path = match cx.known.move_named(&did.value, did.span) {
        Ok(path) => path,
        Err(_) if !is_move => {
            let shown = did.value.escape_debug();
            let message = format!("there is no event or bargain `{shown}`");
            cx.report(
                Diagnostic::new(Code::UnknownHappening, did.span, message)
                    .label("expected an event, a bargain, or an action as `actor.action`")
                    .about(format!("happening {}", did.value))
                    .nearest(&did.value, named.happenings()),
            );
            return None;
        }
        Err(wrong) => {
            cx.report(wrong);
            return None;
        }
    };
    if let Some(action) = named.action(&path) {
        let branches = match &action.chance {
            Some(Chance::Branches(branches, _)) => branches.as_slice(),
            Some(Chance::Formula(_)) | None => &[],
        };
        check_branch(cx, &did, branch.as_ref(), branches);
        if accepted.is_some() && action.consent.is_none() {
            not_proposal(cx, reader, &did);
        }
    }
    Some(RecordedFact::Move { action: SpannedName { value: path, ..did }, branch, accepted })
}

fn check_branch(
    cx: &mut Context<'_>,
    did: &SpannedName,
    branch: Option<&SpannedName>,
    branches: &[Branch],
) {
    let Some(branch) = branch else { return };
    let names = branches.iter().map(|own| own.name.value.as_str());
    if names.clone().any(|name| name == branch.value) {
        return;
    }
    let message =
        format!("`{}` has no branch `{}`", did.value.escape_debug(), branch.value.escape_debug());
    let expected = match branches {
        [] => "it has no branches".to_owned(),
        _ => format!("expected {}", super::reader::list(&names.clone().collect::<Vec<_>>())),
    };
    cx.report(
        Diagnostic::new(Code::UnknownBranch, branch.span, message)
            .label(expected)
            .nearest(&branch.value, names),
    );
}

fn not_proposal(cx: &mut Context<'_>, reader: &Reader<'_>, did: &SpannedName) {
    let Some(entry) = reader.get("accepted") else { return };
    let message = format!("`{}` asks for no consent", did.value.escape_debug());
    cx.report(
        Diagnostic::new(Code::NotProposal, entry.key_span, message)
            .label("nobody can accept or refuse it")
            .hint("leave `accepted` out"),
    );
}
