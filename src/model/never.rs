//! Warns of conditions that can never hold.

use super::moves::short;
use super::names::{ActionMenu, NameTable};
use super::possible::PossibleValues;
use super::program::{Action, Formula, Program};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::formula::{Binary, Node, Type};
use crate::scenario::{ScenarioFile, Source};

/// Warns of conditions of events, bargains, actions and outcomes that are false whatever happens.
pub(super) fn never_holds(
    scenario: &ScenarioFile,
    program: &Program,
    names: &NameTable,
    found: &mut Diagnostics,
) {
    let types: Vec<Type> = names.states.values().map(|(_, ty)| ty.clone()).collect();
    let mut known = PossibleValues::of(program, &types);
    let events = scenario.events.iter().zip(&program.events);
    let events = events.map(|(written, event)| (written.when.as_ref(), event.when.as_ref()));
    let bargains = scenario.bargains.iter().zip(&program.bargains);
    let bargains =
        bargains.map(|(written, bargain)| (written.when.as_ref(), bargain.when.as_ref()));
    let actions = actions(scenario, program, &mut known, names, found);
    let outcomes = scenario.outcomes.iter().zip(&program.outcomes);
    let outcomes = outcomes.map(|(written, outcome)| (Some(&written.when), Some(&outcome.when)));
    for (written, compiled) in events.chain(bargains).chain(actions).chain(outcomes) {
        if let (Some(written), Some(compiled)) = (written, compiled) {
            check(written, compiled, &mut known, names, found);
        }
    }
}

/// The conditions of actions, of an action with a menu that of its first item, if it holds for no item.
/// Values of menus with which alone it never holds are reported.
fn actions<'a>(
    scenario: &'a ScenarioFile,
    program: &'a Program,
    known: &mut PossibleValues,
    names: &NameTable,
    found: &mut Diagnostics,
) -> Vec<(Option<&'a Source>, Option<&'a Formula>)> {
    let mut all = Vec::new();
    for (actor, compiled) in scenario.actors.iter().zip(&program.actors) {
        let mut options = compiled.actions.iter().peekable();
        for action in &actor.actions {
            let Some(first) = options.next() else { break };
            let mut own = vec![first];
            while let Some(next) = options.next_if(|next| next.what == first.what) {
                own.push(next);
            }
            let can_hold = |option: &&Action| {
                option.when.as_ref().is_none_or(|when| !known.is_never(&when.node))
            };
            let open: Vec<bool> = own.iter().map(can_hold).collect();
            if !open.contains(&true) {
                all.push((action.when.as_ref(), first.when.as_ref()));
                continue;
            }
            let path = format!("{}.{}", actor.name.value, action.name.value);
            if let (Some(menu), Some(when)) = (names.menus.get(&path), &action.when) {
                closed_values(menu, &open, when, found);
            }
        }
    }
    all
}

/// Reports values of a menu with which its action is never open. A pair of values that is never open is
/// meant to be left out, since nothing else can leave it out.
fn closed_values(menu: &ActionMenu, open: &[bool], when: &Source, found: &mut Diagnostics) {
    for (index, name) in menu.names.iter().enumerate() {
        let is_open = |value: f64| {
            let mut items = menu.items.iter().zip(open);
            items.any(|(item, open)| *open && item.values[index] == value)
        };
        let mut closed: Vec<f64> = Vec::new();
        for item in &menu.items {
            let value = item.values[index];
            if !is_open(value) && !closed.contains(&value) {
                closed.push(value);
            }
        }
        if closed.is_empty() {
            continue;
        }
        let shown: Vec<String> = closed.iter().map(|value| short(*value)).collect();
        let message = format!("the condition never holds with {name} = {}", shown.join(", "));
        found.push(
            Diagnostic::new(Code::ClosedMenuValue, when.span, message)
                .label("is false whatever happens")
                .hint(match closed.as_slice() {
                    [_] => "take the value off the menu, or let the condition hold with it",
                    _ => "take these values off the menu, or let the condition hold with them",
                }),
        );
    }
}

fn check(
    written: &Source,
    compiled: &Formula,
    known: &mut PossibleValues,
    names: &NameTable,
    found: &mut Diagnostics,
) {
    let is_off = written.text.trim() == "false";
    if is_off || !known.is_never(&compiled.node) {
        return;
    }
    let wrong = Diagnostic::new(Code::ConstantWhen, written.span, "a condition that never holds")
        .label("is false whatever happens");
    found.push(match reason(&compiled.node, known, names) {
        Some(reason) => wrong.hint(reason),
        None => wrong,
    });
}

/// What the value lies between that makes a condition false, in words.
fn reason(node: &Node, known: &mut PossibleValues, names: &NameTable) -> Option<String> {
    match node {
        Node::Shared(definition) => reason(&definition.node, known, names),
        Node::Binary(Binary::And, pair) => {
            let part = if known.is_never(&pair.0) { &pair.0 } else { &pair.1 };
            if known.is_never(part) { reason(part, known, names) } else { None }
        }
        Node::Binary(
            Binary::Equal
            | Binary::NotEqual
            | Binary::Less
            | Binary::LessEqual
            | Binary::Greater
            | Binary::GreaterEqual,
            pair,
        ) => told(&pair.0, known, names).or_else(|| told(&pair.1, known, names)),
        Node::In(x, _) => told(x, known, names),
        Node::Number(_)
        | Node::Param(_)
        | Node::State(_)
        | Node::Step
        | Node::Last
        | Node::OfDay(..)
        | Node::Happened(_)
        | Node::Count(_)
        | Node::Since(_)
        | Node::Within(..)
        | Node::Accepted(_)
        | Node::Negate(_)
        | Node::Not(_)
        | Node::Binary(..)
        | Node::If(_)
        | Node::Pure(..)
        | Node::Draw(..) => told(node, known, names),
    }
}

/// Between what a variable, an assumption or the time lies, in words.
fn told(node: &Node, known: &mut PossibleValues, names: &NameTable) -> Option<String> {
    let (name, ty) = match node {
        Node::State(id) => {
            let (name, (_, ty)) = names.states.get_index(id.0 as usize)?;
            (name.as_str(), ty.clone())
        }
        Node::Param(id) => {
            let path = names.params.get_index(id.0 as usize)?;
            (path.strip_prefix("assumptions.").unwrap_or(path), names.param_type(*id))
        }
        Node::Step => ("t", Type::Number),
        Node::OfDay(part, _) => (part.name(), Type::Number),
        Node::Number(_)
        | Node::Shared(_)
        | Node::Last
        | Node::Happened(_)
        | Node::Count(_)
        | Node::Since(_)
        | Node::Within(..)
        | Node::Accepted(_)
        | Node::Negate(_)
        | Node::Not(_)
        | Node::Binary(..)
        | Node::If(_)
        | Node::In(..)
        | Node::Pure(..)
        | Node::Draw(..) => return None,
    };
    let value = known.of_node(node);
    match ty {
        Type::Label(_) => {
            let values = value.values?;
            let labels = values.iter().map(|label| {
                let label = crate::formula::LabelId(*label as u32);
                format!("'{}'", names.label_text(label))
            });
            Some(format!("`{name}` is only ever {}", labels.collect::<Vec<_>>().join(", ")))
        }
        Type::Flag => Some(format!("`{name}` is always {}", value.low == 1.0)),
        Type::Number if value.low == value.high => {
            Some(format!("`{name}` is always {}", short(value.low)))
        }
        Type::Number if value.low.is_infinite() && value.high.is_infinite() => None,
        Type::Number if value.high.is_infinite() => {
            Some(format!("`{name}` is never below {}", short(value.low)))
        }
        Type::Number if value.low.is_infinite() => {
            Some(format!("`{name}` is never above {}", short(value.high)))
        }
        Type::Number => {
            Some(format!("`{name}` is from {} to {}", short(value.low), short(value.high)))
        }
        Type::Unknown => None,
    }
}
