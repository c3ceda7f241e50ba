//! Decodes collective bargains.

use indexmap::IndexMap;

use super::super::bargain::{BargainRule, Pick};
use super::super::defaults::POWER;
use super::super::keys::BARGAIN;
use super::super::tree::{TomlEntry, TomlNode};
use super::super::types::{Actor, Bargain, Party, Source, SpannedName, StateVariable, WantForm};
use super::chance::limits;
use super::context::Context;
use super::effects::effects;
use super::reader::Reader;
use super::source::formula;
use crate::diagnostic::{Code, Diagnostic, Span, listed};
use crate::formula::ast::ExprKind;

/// What bargains refer to.
pub(super) struct BargainContext<'a> {
    /// The variables of `[state]` that could be read.
    pub state: &'a [StateVariable],
    /// The actors that could be read.
    pub actors: &'a [Actor],
    /// Whether nothing is wrong with the actors. Else what they seem to lack may be what is broken.
    pub sound: bool,
}

/// A bargain.
pub(super) fn bargain(
    cx: &mut Context<'_>,
    name: SpannedName,
    entry: &TomlEntry,
    known: &BargainContext<'_>,
) -> Option<Bargain> {
    let path = format!("bargains.{}", name.value);
    let reader = Reader::open(cx, &BARGAIN, &entry.node, path)?;
    let over = over(cx, &reader, known);
    let rule = rule(cx, &reader);
    let given = ["position", "salience", "power"].map(|key| numbers(cx, &reader, key));
    let parties = match &over {
        Some(over) => parties(cx, &name, &reader, over, given, known),
        None => Vec::new(),
    };
    let when = reader.formula(cx, "when");
    let chance = reader.formula(cx, "chance");
    let effects = effects(cx, &reader, "effects");
    Some(Bargain {
        title: reader.text("title"),
        over: over?,
        parties,
        rule: rule?,
        when,
        chance,
        limits: limits(&reader),
        effects,
        notes: reader.notes(),
        name,
    })
}

/// The variable that is settled.
fn over(
    cx: &mut Context<'_>,
    reader: &Reader<'_>,
    known: &BargainContext<'_>,
) -> Option<SpannedName> {
    let over = reader.name("over")?;
    if let Err(wrong) = cx.known.check_state(&over.value, over.span) {
        cx.report(wrong);
        return None;
    }
    // A variable with a mistake of its own was reported.
    let variable = known.state.iter().find(|variable| variable.name.value == over.value)?;
    if variable.range.is_none() {
        let message = format!("`{}` has no range", over.value);
        let wrong = Diagnostic::new(Code::BargainRange, over.span, message)
            .label("expected a variable with a range, between whose ends the actors bargain")
            .also(variable.name.span, "declared here");
        let shown = match &variable.labels {
            Some(_) => "a bargain is over how much: labels have no middle".to_owned(),
            None => format!("write `{} = {{ start = …, range = [0, 1] }}`", over.value),
        };
        cx.report(wrong.hint(shown));
        return None;
    }
    Some(over)
}

/// The rule; without one, or with a word that is none, nothing, which was reported.
fn rule(cx: &mut Context<'_>, reader: &Reader<'_>) -> Option<BargainRule> {
    let pick = reader.get("pick");
    let rule = match reader.word("rule")? {
        "mean" => BargainRule::Mean,
        "median" => BargainRule::Median,
        "nash" => BargainRule::Nash,
        _ => BargainRule::Condorcet(match reader.word("pick") {
            Some("draw") => Pick::Draw,
            _ => Pick::Mean,
        }),
    };
    if let (Some(pick), Some(written)) = (pick, reader.get("rule"))
        && reader.word("pick") == Some("draw")
        && !matches!(rule, BargainRule::Condorcet(_))
    {
        cx.report(
            Diagnostic::new(Code::KeysClash, pick.key_span, "a draw without `rule = \"pce\"`")
                .label("only an election has probabilities to draw by")
                .also(written.node.span, "this rule has one result"),
        );
    }
    Some(rule)
}

/// What stands under a key that takes a table and is none.
fn not_table<'a>(reader: &Reader<'a>, key: &str) -> Option<&'a TomlNode> {
    let node = &reader.get(key)?.node;
    node.value.as_table().is_none().then_some(node)
}

/// The numbers that a table gives to actors.
fn numbers(
    cx: &mut Context<'_>,
    reader: &Reader<'_>,
    key: &str,
) -> IndexMap<String, (Span, Option<Source>)> {
    let path = reader.path_of(key);
    let mut all = IndexMap::new();
    if let Some(node) = not_table(reader, key) {
        let actor = cx.known.actors.keys().next().copied().unwrap_or("a");
        let written = cx.text.get(node.span.start..node.span.end).unwrap_or("…");
        let message = format!("`{key}` is a table, not {}", node.value.kind());
        let hint = format!("write `{key} = {{ {actor} = {written} }}`, and so for each actor");
        cx.report(
            Diagnostic::new(Code::WrongKind, node.span, message)
                .label("expected a table with a number for each actor")
                .hint(hint),
        );
        return all;
    }
    for (actor, entry) in reader.entries(cx, key) {
        if let Err(wrong) = cx.known.check_actor(&actor.value, actor.span) {
            cx.report(wrong);
            continue;
        }
        let source = formula(cx, &entry.node, format!("{path}.{}", actor.value));
        all.insert(actor.value, (actor.span, source));
    }
    all
}

/// The actors at the table: those of `among`, or all who have an ideal.
fn parties(
    cx: &mut Context<'_>,
    name: &SpannedName,
    reader: &Reader<'_>,
    over: &SpannedName,
    given: [IndexMap<String, (Span, Option<Source>)>; 3],
    known: &BargainContext<'_>,
) -> Vec<Party> {
    let seated: Vec<(&Actor, Option<Span>)> = match reader.get("among") {
        Some(_) => named(cx, reader, known),
        None => {
            let all = known.actors.iter();
            all.filter(|actor| ideals(actor, over).next().is_some()).map(|a| (a, None)).collect()
        }
    };
    if seated.is_empty() {
        if reader.get("among").is_none() && known.sound {
            let message = format!("nobody bargains over `{}`", over.value);
            cx.report(
                Diagnostic::new(Code::BargainParty, name.span, message)
                    .label(format!("no actor has a want of `ideal` with `of = \"{}\"`", over.value))
                    .hint("say who bargains: `among = [\"a\", \"b\"]`, with `position` and `salience`"),
            );
        }
        return Vec::new();
    }
    let is_seated = |actor: &str| seated.iter().any(|(seat, _)| seat.name.value == actor);
    for (key, table) in ["position", "salience", "power"].into_iter().zip(&given) {
        for (actor, (span, _)) in table {
            // An actor that could not be read may be meant to bargain.
            if is_seated(actor) || !known.actors.iter().any(|known| known.name.value == *actor) {
                continue;
            }
            let message = format!("a {key} for `{actor}`, who does not bargain");
            cx.report(
                Diagnostic::new(Code::BargainParty, *span, message)
                    .label("expected one of those who do")
                    .nearest(actor, seated.iter().map(|(seat, _)| seat.name.value.as_str()))
                    .hint(match reader.get("among") {
                        Some(_) => "add it to `among`, or leave this out",
                        None => "say who bargains with `among`, or leave this out",
                    }),
            );
        }
    }
    let [mut positions, mut saliences, mut powers] = given;
    // What is broken was reported, and may give every number that seems to be missing.
    let is_broken = |key: &str| not_table(reader, key).is_some();
    let mut all = Vec::new();
    let mut powerless: Vec<(&Actor, Option<Span>)> = Vec::new();
    for (actor, span) in seated {
        let of = |table: &mut IndexMap<String, (Span, Option<Source>)>| {
            table.get_mut(&actor.name.value).map(|(_, source)| source.take())
        };
        let [position, salience, power] = [of(&mut positions), of(&mut saliences), of(&mut powers)];
        let mut wants = ideals(actor, over);
        let (want, second) = (wants.next(), wants.next());
        let has = [
            position.is_some() || is_broken("position"),
            salience.is_some() || is_broken("salience"),
        ];
        let at = Seat { name, over, actor, span };
        let is_trait = actor.traits.iter().any(|(name, _)| name.value == POWER);
        let has_power = power.is_some() || is_broken("power") || is_trait;
        if !has_power {
            powerless.push((actor, span));
        }
        let lacks = at.lacks(cx, has, want.zip(second), want.is_some(), known.sound);
        if has_power && !lacks {
            all.push(Party {
                actor: actor.name.value.clone(),
                want: want.map(|name| name.value.clone()),
                position: position.flatten(),
                salience: salience.flatten(),
                power: power.flatten(),
            });
        }
    }
    if known.sound && !powerless.is_empty() {
        cx.report(no_power(name, &powerless));
    }
    all
}

/// That some actors have no power: one message, since one slip has left it out.
fn no_power(text: &SpannedName, actors: &[(&Actor, Option<Span>)]) -> Diagnostic {
    let quoted: Vec<String> =
        actors.iter().map(|(actor, _)| format!("`{}`", actor.name.value)).collect();
    let have = if actors.len() == 1 { "has" } else { "have" };
    let place = if let [(_, span)] = actors { *span } else { None };
    let (text, span) = (&text.value, place.unwrap_or(text.span));
    let message = format!("{} {have} no power in the bargain `{text}`", listed(&quoted));
    let numbers: Vec<String> =
        actors.iter().map(|(actor, _)| format!("{} = 1", actor.name.value)).collect();
    let wrong = Diagnostic::new(Code::BargainParty, span, message);
    let numbers = numbers.join(", ");
    match actors {
        [(actor, _)] => wrong
            .label(format!("it has no trait `{POWER}`"))
            .also(actor.name.span, "the actor")
            .hint(format!(
                "write `traits = {{ {POWER} = 1 }}` there, or `power = {{ {numbers} }}` in \
                 [bargains.{text}]"
            )),
        _ => wrong.label(format!("they have no trait `{POWER}`")).hint(format!(
            "write `traits = {{ {POWER} = 1 }}` for each, or `power = {{ {numbers} }}` in \
             [bargains.{text}]"
        )),
    }
}

/// The actors of `among` that could be read.
fn named<'a>(
    cx: &mut Context<'_>,
    reader: &Reader<'_>,
    known: &BargainContext<'a>,
) -> Vec<(&'a Actor, Option<Span>)> {
    let names = reader.names(cx, "among");
    let is_empty_list =
        |entry: &TomlEntry| entry.node.value.as_array().is_some_and(|items| items.is_empty());
    if let Some(entry) = reader.get("among").filter(|entry| is_empty_list(entry)) {
        cx.report(
            Diagnostic::new(Code::BargainParty, entry.node.span, "a bargain among nobody")
                .label("expected one actor or more"),
        );
    }
    let mut all: Vec<(&Actor, Option<Span>)> = Vec::new();
    for name in names {
        if let Err(wrong) = cx.known.check_actor(&name.value, name.span) {
            cx.report(wrong);
            continue;
        }
        let Some(actor) = known.actors.iter().find(|actor| actor.name.value == name.value) else {
            continue;
        };
        match all.iter().find(|(seat, _)| seat.name.value == name.value) {
            Some((_, first)) => {
                let message = format!("`{}` bargains twice", name.value);
                let wrong = Diagnostic::new(Code::BargainParty, name.span, message)
                    .label("named again here");
                cx.report(match first {
                    Some(first) => wrong.also(*first, "first named here"),
                    None => wrong,
                });
            }
            None => all.push((actor, Some(name.span))),
        }
    }
    all
}

/// The wants of an actor that are about the variable alone and have an ideal.
fn ideals<'a>(actor: &'a Actor, over: &SpannedName) -> impl Iterator<Item = &'a SpannedName> {
    let of = over.value.clone();
    let about =
        move |source: &Source| matches!(&source.expr.kind, ExprKind::Name(name) if *name == of);
    let wants = actor.wants.iter().filter(|want| matches!(want.form, WantForm::Around { .. }));
    wants.filter(move |want| about(&want.of)).map(|want| &want.name)
}

/// An actor at the table of a bargain.
struct Seat<'a> {
    name: &'a SpannedName,
    over: &'a SpannedName,
    actor: &'a Actor,
    /// Where `among` names it.
    span: Option<Span>,
}

impl Seat<'_> {
    /// Reports what the file neither gives nor has a default for, and says whether there is anything.
    fn lacks(
        &self,
        cx: &mut Context<'_>,
        [position, salience]: [bool; 2],
        two: Option<(&SpannedName, &SpannedName)>,
        has_want: bool,
        sound: bool,
    ) -> bool {
        let actor = &self.actor.name.value;
        let at = self.span.unwrap_or(self.name.span);
        let text = &self.name.value;
        let mut lacks = false;
        let missing: Vec<&str> = [("position", position), ("salience", salience)]
            .into_iter()
            .filter_map(|(key, given)| (!given).then_some(key))
            .collect();
        if !missing.is_empty() && (two.is_some() || !has_want) {
            lacks = true;
            let keys = missing.join(" and no ");
            let message = format!("`{actor}` has no {keys} in the bargain `{text}`");
            let wrong = Diagnostic::new(Code::BargainParty, at, message);
            let write: Vec<String> =
                missing.iter().map(|key| format!("`{key} = {{ {actor} = … }}`")).collect();
            let hint = format!("write {} in [bargains.{text}]", write.join(" and "));
            let wrong = match two {
                Some((first, second)) => wrong
                    .label(format!(
                        "two of its wants are of `{}`: which is meant?",
                        self.over.value
                    ))
                    .also(first.span, "one of them")
                    .also(second.span, "the other"),
                None => wrong
                    .label(format!("it has no want of `ideal` with `of = \"{}\"`", self.over.value))
                    .also(self.actor.name.span, "the actor"),
            };
            if sound {
                cx.report(wrong.hint(hint));
            }
        }
        lacks
    }
}
