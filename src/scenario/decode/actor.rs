//! Decodes actors and their wants.

use super::super::defaults::FORESIGHT;
use super::super::keys::{ACTOR, WANT};
use super::super::tree::TomlEntry;
use super::super::types::{Actor, SpannedName, Want, WantForm};
use super::action::action;
use super::context::Context;
use super::policy::settings;
use super::reader::Reader;
use super::source::formula;
use crate::diagnostic::{Code, Diagnostic};

/// An actor.
pub(super) fn actor(cx: &mut Context<'_>, name: SpannedName, entry: &TomlEntry) -> Option<Actor> {
    let reader = Reader::open(cx, &ACTOR, &entry.node, format!("actors.{}", name.value))?;
    let mut traits = Vec::new();
    for (name, entry) in reader.entries(cx, "traits") {
        let path = format!("{}.{}", reader.path_of("traits"), name.value);
        if let Some(source) = formula(cx, &entry.node, path) {
            traits.push((name, source));
        }
    }
    let path = reader.path_of("wants");
    let wants = reader.entries(cx, "wants");
    ranks(cx, &name, &wants);
    let wants =
        wants.into_iter().filter_map(|(name, entry)| want(cx, &path, name, entry)).collect();
    let path = reader.path_of("actions");
    let actions = reader.entries(cx, "actions");
    let actions =
        actions.into_iter().filter_map(|(name, entry)| action(cx, &path, name, entry)).collect();
    Some(Actor {
        title: reader.text("title"),
        rationality: reader.formula(cx, "rationality"),
        foresight: reader.whole("foresight").unwrap_or(FORESIGHT),
        patience: reader.formula(cx, "patience"),
        risk: reader.formula(cx, "risk"),
        imaginations: reader.imaginations("imaginations"),
        minds: reader.whole("minds"),
        plans_ahead: plans_ahead(cx, &reader),
        must_act: reader.flag("must_act"),
        traits,
        believes: settings(cx, &reader, "believes"),
        wants,
        actions,
        notes: reader.notes(),
        name,
    })
}

/// Reports wants of which some have a rank and others do not.
fn ranks(cx: &mut Context<'_>, actor: &SpannedName, wants: &[(SpannedName, &TomlEntry)]) {
    let key = |want: &TomlEntry, key: &str| want.node.value.as_table()?.get(key).cloned();
    // A want that has both, or in which a key is misspelt, has a message of its own.
    let has_both = |want: &TomlEntry| {
        key(want, "rank").is_some() && key(want, "weight").is_some_and(|weight| !weight.is_added)
    };
    if wants.iter().any(|(_, want)| has_both(want)) {
        return;
    }
    let is_known = |want: &TomlEntry| {
        let table = want.node.value.as_table();
        table.is_some_and(|table| table.keys().all(|name| WANT.find(name).is_some()))
    };
    let find = |is_ranked: bool| {
        let mut all = wants.iter().filter(|(_, want)| is_known(want));
        all.find(|(_, want)| key(want, "rank").is_some() == is_ranked)
    };
    let (Some((ranked, with)), Some((plain, without))) = (find(true), find(false)) else { return };
    let (place, label) = match key(without, "weight") {
        Some(weight) => (weight.key_span, format!("`{}` has a weight", plain.value)),
        None => (plain.span, format!("`{}` has no rank", plain.value)),
    };
    let rank = key(with, "rank").map_or(ranked.span, |rank| rank.key_span);
    let message = format!("`{}` has wants with a rank and wants without", actor.value);
    cx.report(
        Diagnostic::new(Code::MixedRanks, place, message)
            .label(label)
            .also(rank, format!("`{}` has a rank", ranked.value))
            .hint(
                "give every want of an actor a `rank`, or none: their weights are drawn together",
            ),
    );
}

/// Whether an actor plans ahead, which needs foresight.
fn plans_ahead(cx: &mut Context<'_>, reader: &Reader<'_>) -> bool {
    let Some(entry) = reader.get("plans_ahead").filter(|_| reader.flag("plans_ahead")) else {
        return false;
    };
    let diagnostic = Diagnostic::new(
        Code::KeysClash,
        entry.key_span,
        "`plans_ahead` of an actor that does not look ahead",
    )
    .label("needs a `foresight` of 1 or more")
    .hint("its later moves look as far ahead as its `foresight` says: `foresight = 2`");
    match (reader.get("foresight"), reader.whole::<u32>("foresight")) {
        (None, _) => cx.report(diagnostic),
        (Some(foresight), Some(0)) => {
            cx.report(diagnostic.also(foresight.node.span, "looks no step ahead"));
        }
        // What cannot be read was reported.
        (Some(_), _) => {}
    }
    true
}

fn want(cx: &mut Context<'_>, path: &str, name: SpannedName, entry: &TomlEntry) -> Option<Want> {
    let reader = Reader::open(cx, &WANT, &entry.node, format!("{path}.{}", name.value))?;
    let of = reader.formula(cx, "of");
    let [best, worst, ideal, reach] =
        ["best", "worst", "ideal", "reach"].map(|key| reader.formula(cx, key));
    let given = ["best", "worst", "ideal", "reach"].map(|key| reader.get(key).is_some());
    let form = match given {
        [true, true, false, false] => {
            best.zip(worst).map(|(best, worst)| WantForm::Between { best, worst })
        }
        [false, false, true, true] => {
            ideal.zip(reach).map(|(ideal, reach)| WantForm::Around { ideal, reach })
        }
        _ => {
            let has = match given {
                [false, false, false, false] => "none of them",
                [true, false, false, false] => "`best` without `worst`",
                [false, true, false, false] => "`worst` without `best`",
                [false, false, true, false] => "`ideal` without `reach`",
                [false, false, false, true] => "`reach` without `ideal`",
                _ => "keys of both",
            };
            let message =
                format!("the want `{}` does not say what is good: it has {has}", name.value);
            cx.report(
                Diagnostic::new(Code::WantForm, name.span, message)
                    .label("expected `best` and `worst`, or `ideal` and `reach`"),
            );
            None
        }
    };
    let (curve, weight) = (reader.formula(cx, "curve"), reader.formula(cx, "weight"));
    // A rank that is not one was reported, and any will do to find further mistakes.
    let rank = reader.get("rank").map(|_| reader.whole("rank").unwrap_or(1));
    Some(Want { of: of?, form: form?, curve, weight, rank, notes: reader.notes(), name })
}
