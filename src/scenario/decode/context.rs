//! What every decoder needs: the text, the names in the file, and the list of mistakes.

use std::cell::Cell;

use indexmap::IndexMap;

use super::super::defaults::HOLD;
use super::super::menu::{Menu, split_item};
use super::super::tree::{TomlTable, TomlValue};
use super::{menu_item, menu_values};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

/// What all decoders of a file share.
pub(super) struct Context<'a> {
    /// The text of the file.
    pub text: &'a str,
    /// The mistakes found so far.
    pub found: &'a mut Diagnostics,
    /// The names that other places of the file may refer to.
    pub known: FileNames<'a>,
    /// How many steps a trial has, if the file says so.
    pub steps: Option<u32>,
}

impl Context<'_> {
    /// Reports a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Reports that more stands in a place than is read.
    pub fn report_too_many(&mut self, span: Span, message: String, most: usize) {
        self.report(
            Diagnostic::new(Code::TooLarge, span, message).label(format!("at most {most} fit")),
        );
    }
}

/// The names in a file, even those of things with mistakes in them, so that one mistake does not
/// cause others.
pub(super) struct FileNames<'a> {
    /// The variables of `[state]`, and the labels of those that have any.
    pub state: IndexMap<&'a str, Option<Vec<&'a str>>>,
    /// What other names of values stand for, in words.
    others: IndexMap<&'a str, &'static str>,
    /// The actors and their actions.
    pub actors: IndexMap<&'a str, Vec<&'a str>>,
    /// The menus of actions, by `actor.action`; `None` for one with a mistake.
    menus: IndexMap<String, Option<Menu>>,
    /// The ids of the outcomes.
    pub outcomes: Vec<&'a str>,
    /// For how many more mistakes the nearest name is looked for. Nobody reads more hints, and the
    /// search takes long.
    suggestions: Cell<usize>,
}

impl<'a> FileNames<'a> {
    /// Gathers the names of a file.
    pub fn of(file: &'a TomlTable) -> Self {
        let labels = |variable: &'a TomlValue| {
            // A text alone may be meant as a label, which is reported where it stands.
            if variable.as_text().is_some() {
                return Some(Vec::new());
            }
            let items = variable.under("labels")?.value.as_array()?;
            Some(items.iter().filter_map(|item| item.value.as_text()).collect())
        };
        let actions = |actor: &'a TomlValue| {
            let actions = actor.under("actions").and_then(|node| node.value.as_table());
            actions.into_iter().flat_map(|table| table.keys()).map(String::as_str).collect()
        };
        let mut menus = IndexMap::new();
        for (actor, value) in entries(file, "actors") {
            let actions = value.under("actions").and_then(|node| node.value.as_table());
            for (action, entry) in actions.into_iter().flatten() {
                if let Some(menu) = entry.node.value.under("menu") {
                    menus.insert(format!("{actor}.{action}"), menu_values::read(menu).ok());
                }
            }
        }
        let others = [
            ("assumptions", "an assumption, which does not change within a trial"),
            ("define", "a definition, which is computed"),
            ("measures", "a measure, which is computed"),
        ];
        let others = others
            .into_iter()
            .flat_map(|(table, what)| entries(file, table).map(move |(name, _)| (name, what)));
        let outcomes = file.get("outcomes").and_then(|entry| entry.node.value.as_array());
        let ids = outcomes.unwrap_or_default().iter().filter_map(|item| item.name_under("id"));
        FileNames {
            state: entries(file, "state").map(|(name, value)| (name, labels(value))).collect(),
            actors: entries(file, "actors").map(|(name, value)| (name, actions(value))).collect(),
            menus,
            others: others.collect(),
            outcomes: ids.map(|(id, _)| id).collect(),
            suggestions: Cell::new(100),
        }
    }

    /// Whether the nearest name is still to be looked for.
    fn may_suggest(&self) -> bool {
        let left = self.suggestions.get();
        self.suggestions.set(left.saturating_sub(1));
        left > 0
    }

    /// The labels of a variable, if it has any.
    pub fn labels(&self, variable: &str) -> Option<&[&'a str]> {
        self.state.get(variable)?.as_deref()
    }

    /// What is wrong with `name` as a variable of `[state]`.
    pub fn check_state(&self, name: &str, span: Span) -> Result<(), Diagnostic> {
        if self.state.contains_key(name) {
            return Ok(());
        }
        let suggest = self.may_suggest();
        let wrong = Diagnostic::new(Code::UnknownState, span, format!("[state] has no `{name}`"))
            .label("expected a variable of [state]")
            .about(format!("name {name}"));
        Err(match self.others.get(name) {
            Some(what) => wrong.hint(format!("`{name}` is {what}")),
            None => wrong.nearest(name, self.state.keys().copied().filter(|_| suggest)),
        })
    }

    /// What is wrong with `name` as an actor.
    pub fn check_actor(&self, name: &str, span: Span) -> Result<(), Diagnostic> {
        if self.actors.contains_key(name) {
            return Ok(());
        }
        Err(Diagnostic::new(Code::UnknownActor, span, format!("there is no actor `{name}`"))
            .label("expected an actor")
            .about(format!("actor {name}"))
            .nearest(name, self.actors.keys().copied()))
    }

    /// The full names of the items of an action's menu; none without a menu that can be read.
    pub fn items(&self, action: &str) -> Vec<String> {
        let menu = self.menus.get(action).into_iter().flatten();
        let names = |menu: &Menu| {
            let items = menu.items();
            let names = items.iter().map(|item| format!("{action}[{}]", menu.item_name(item)));
            names.collect::<Vec<_>>()
        };
        menu.flat_map(names).collect()
    }

    /// The full name of an action, said `actor.action`, or of one item of its menu, said
    /// `actor.action[x=0.5]`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn move_named(&self, path: &str, span: Span) -> Result<String, Diagnostic> {
        if let Some((action, _)) = path.split_once('[')
            && !path.ends_with(']')
        {
            self.check_action(action.trim_end(), span)?;
            let message = format!("`{}` has no closing bracket", path.escape_debug());
            return Err(Diagnostic::new(Code::UnknownItem, span, message)
                .label("expected `]` at its end")
                .hint(format!("write `{}]`", path.escape_debug())));
        }
        let (action, item) = split_item(path);
        self.check_action(action, span)?;
        let Some(item) = item else { return Ok(action.to_owned()) };
        let Some(menu) = self.menus.get(action) else {
            return Err(Diagnostic::new(
                Code::UnknownItem,
                span,
                format!("`{action}` has no menu"),
            )
            .label("expected `actor.action`")
            .hint(format!("write `{action}`")));
        };
        // What is wrong with the menu itself is reported with it.
        let Some(menu) = menu else { return Ok(action.to_owned()) };
        let name = |item: &[f64]| format!("{action}[{}]", menu.item_name(item));
        if let Some(found) = menu.find(item) {
            return Ok(name(&found));
        }
        Err(menu_item::no_such_item(menu, action, item, span))
    }

    /// What is wrong with `path` as an action, said `actor.action`.
    fn check_action(&self, path: &str, span: Span) -> Result<(), Diagnostic> {
        let suggest = match path.split_once('.') {
            Some((actor, action)) => {
                let known = self.actors.get(actor);
                !known.is_some_and(|actions| actions.contains(&action)) && self.may_suggest()
            }
            None => self.may_suggest(),
        };
        let full = |actor: &str| {
            if !suggest {
                return Vec::new();
            }
            let actor_actions = self.actors.get(actor).into_iter().flatten();
            actor_actions.map(|action| format!("{actor}.{action}")).collect::<Vec<_>>()
        };
        let wrong = |code, message: String, known: Vec<String>| {
            Err(Diagnostic::new(code, span, message)
                .label("expected `actor.action`")
                .about(match path.split_once('.') {
                    Some((actor, _)) if code == Code::UnknownActor => format!("actor {actor}"),
                    _ => format!("happening {path}"),
                })
                .nearest(path, known.iter().map(String::as_str)))
        };
        let Some((actor, action)) = path.split_once('.') else {
            let known = self.actors.keys().flat_map(|actor| full(actor));
            let known: Vec<_> = known.filter(|name| name.ends_with(&format!(".{path}"))).collect();
            let wrong = Diagnostic::new(
                Code::UnknownAction,
                span,
                format!("`{path}` names no actor and action"),
            )
            .label("expected `actor.action`");
            return Err(match known.first() {
                Some(name) => wrong.hint(format!("did you mean `{name}`?")),
                None => wrong,
            });
        };
        match self.actors.get(actor) {
            None => {
                let known = self.actors.keys().flat_map(|actor| full(actor)).collect();
                wrong(Code::UnknownActor, format!("there is no actor `{actor}`"), known)
            }
            Some(actions) if actions.contains(&action) => Ok(()),
            Some(_) => {
                let message = format!("`{actor}` has no action `{action}`");
                wrong(Code::UnknownAction, message, full(actor)).map_err(|wrong| match action {
                    HOLD => wrong.hint("holding is always open, unless `must_act = true`"),
                    _ => wrong,
                })
            }
        }
    }
}

/// The entries of the table that `file` has under `key`.
fn entries<'a>(file: &'a TomlTable, key: &str) -> impl Iterator<Item = (&'a str, &'a TomlValue)> {
    let table = file.get(key).and_then(|entry| entry.node.value.as_table());
    let entries = table.into_iter().flatten();
    entries.map(|(name, entry)| (name.as_str(), &entry.node.value))
}
