//! Which names and texts are allowed.

use std::collections::HashMap;

use super::super::defaults::HOLD;
use super::super::keys::{MAX_TEXT, NameRule, ValueKind};
use super::super::types::SpannedName;
use super::context::Context;
use crate::diagnostic::{Code, Diagnostic, Span, one_line};
use crate::formula::{BUILT_IN, FUNCTIONS, is_reserved, is_word_part, is_word_start};

/// Reports what is wrong with the name of a thing.
pub(super) fn check(cx: &mut Context<'_>, what: &str, rule: NameRule, name: &str, span: Span) {
    if let Err(wrong) = judge(what, rule, name, span) {
        cx.report(wrong);
    }
}

fn judge(what: &str, rule: NameRule, name: &str, span: Span) -> Result<(), Diagnostic> {
    let shown = shown(name);
    let wrong =
        |code, message: String, label: &str| Err(Diagnostic::new(code, span, message).label(label));
    let is_id = match rule {
        NameRule::Elsewhere | NameRule::Pairs => return Ok(()),
        NameRule::Ids(_) => true,
        NameRule::Values | NameRule::Words | NameRule::Actions => false,
    };
    let fits = |c: char| is_word_part(c) || (is_id && c == '-');
    if name.len() > MAX_TEXT {
        let label = format!("at most {MAX_TEXT} bytes fit");
        return wrong(Code::BadName, format!("the name of {what} is too long"), &label);
    }
    if !name.starts_with(is_word_start) || !name.chars().all(fits) {
        let label = if is_id {
            "expected letters, digits, `_` and `-`, a letter first"
        } else {
            "expected letters, digits and `_`, a letter first"
        };
        let message = format!("`{shown}` cannot be the name of {what}");
        let better = mended(name, fits);
        return wrong(Code::BadName, message, label).map_err(|wrong| match better {
            Some(better) => wrong.hint(format!("write `{better}`")),
            None => wrong,
        });
    }
    let taken = |message: &str| {
        wrong(Code::BadName, format!("`{name}` {message}"), "expected another name")
    };
    if is_reserved(name) && !is_id {
        return taken("is a word of formulas and cannot be a name");
    }
    // Such a file may be older than the word, so it is told how to go on.
    let renamed = |taken: Result<(), Diagnostic>| {
        let how = format!("rename it here and in the formulas that read it: `{name}_value`");
        taken.map_err(|wrong| wrong.hint(how))
    };
    match rule {
        NameRule::Values if BUILT_IN.contains(&name) => {
            renamed(taken("already means something in formulas"))
        }
        NameRule::Values if FUNCTIONS.iter().any(|function| function.name == name) => {
            renamed(taken("is a function and cannot be the name of a value"))
        }
        NameRule::Actions if name == HOLD => wrong(
            Code::NameTwice,
            format!("every actor can `{HOLD}` already"),
            "expected another name",
        ),
        NameRule::Ids(words) if words.contains(&name) => wrong(
            Code::NameTwice,
            format!("{what} called `{name}` always exists already"),
            "expected another name",
        ),
        NameRule::Values
        | NameRule::Words
        | NameRule::Actions
        | NameRule::Ids(_)
        | NameRule::Elsewhere
        | NameRule::Pairs => Ok(()),
    }
}

/// A name as messages show it: on one line.
pub(super) fn shown(name: &str) -> String {
    if name.chars().any(char::is_control) {
        name.escape_debug().to_string()
    } else {
        name.to_owned()
    }
}

/// The name with `_` for every character that is not allowed.
fn mended(name: &str, fits: impl Fn(char) -> bool) -> Option<String> {
    let name = name.trim();
    if name.is_empty() || name.len() > 100 {
        return None;
    }
    let mended: String = name.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    Some(if mended.starts_with(is_word_start) { mended } else { format!("_{mended}") })
}

/// Checks a text for people.
pub(super) fn check_text(
    key: &str,
    words: &str,
    span: Span,
    kind: ValueKind,
) -> Result<(), Diagnostic> {
    let wrong = |code, message: String, label: String| {
        Err(Diagnostic::new(code, span, message).label(label))
    };
    if !matches!(kind, ValueKind::Text) && one_line(words).is_empty() {
        return wrong(Code::EmptyText, format!("`{key}` is empty"), "expected words".into());
    }
    let length = words.chars().count();
    if length > MAX_TEXT {
        let message = format!("`{key}` has {length} characters");
        return wrong(Code::BadText, message, format!("at most {MAX_TEXT} fit"));
    }
    let unix = words.replace("\r\n", "\n");
    match unix.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        Some(control) => {
            let message =
                format!("`{key}` holds the control character {}", control.escape_default());
            wrong(Code::BadText, message, "only line ends and tabs may stand here".into())
        }
        None => Ok(()),
    }
}

/// Reports names that stand for two things of a kind, which messages call `what`.
pub(super) fn check_twice<'n>(
    cx: &mut Context<'_>,
    code: Code,
    what: &str,
    names: impl IntoIterator<Item = &'n SpannedName>,
) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for name in names {
        if let Some(span) = first.get(name.value.as_str()) {
            let message = format!("two {what} are called `{}`", name.value.escape_debug());
            cx.report(
                Diagnostic::new(code, name.span, message)
                    .label("used again here")
                    .also(*span, "first used here"),
            );
        } else {
            first.insert(&name.value, name.span);
        }
    }
}

/// Warns of events, bargains and calendar entries with the name of a value.
pub(super) fn check_shared(
    cx: &mut Context<'_>,
    values: &[SpannedName],
    happenings: &[SpannedName],
) {
    for (name, value) in in_both(happenings, values) {
        let message = format!("`{}` is both something that happens and a value", name.value);
        cx.report(
            Diagnostic::new(Code::SameName, name.span, message)
                .label("happened(…) means this one")
                .also(value, "a formula means this one"),
        );
    }
}

/// Reports names of menus that are those of a value.
pub(super) fn check_menus<'n>(
    cx: &mut Context<'_>,
    values: &[SpannedName],
    names: impl IntoIterator<Item = &'n SpannedName>,
) {
    for (name, value) in in_both(names, values) {
        let message = format!("`{}` is both a value and a name of a menu", name.value);
        cx.report(
            Diagnostic::new(Code::NameTwice, name.span, message)
                .label("expected another name")
                .also(value, "already the name of a value"),
        );
    }
}

/// Those names that are values too, each with the place of the value.
fn in_both<'n>(
    names: impl IntoIterator<Item = &'n SpannedName>,
    values: &[SpannedName],
) -> Vec<(&'n SpannedName, Span)> {
    let values: HashMap<&str, Span> =
        values.iter().map(|name| (name.value.as_str(), name.span)).collect();
    let names = names.into_iter();
    names.filter_map(|name| Some((name, *values.get(name.value.as_str())?))).collect()
}
