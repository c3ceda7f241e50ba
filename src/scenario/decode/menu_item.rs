//! What is wrong with an item of a menu as `forbid` and `force` name it.

use super::super::menu::{Menu, given};
use crate::diagnostic::{Code, Diagnostic, Span, listed};

/// How many values of a name a message lists.
const SHOWN: usize = 8;

/// What is wrong with `item`, such as `x=0.5`, which names no item of the menu of an action.
pub(super) fn no_such_item(menu: &Menu, action: &str, item: &str, span: Span) -> Diagnostic {
    let names: Vec<&str> = menu.names.iter().map(|(name, _)| name.value.as_str()).collect();
    let shown = item.escape_debug();
    let wrong = |message: String| Diagnostic::new(Code::UnknownItem, span, message);
    let example = |values: &[f64]| format!("`{action}[{}]`", menu.item_label(values));
    let written = given(item).unwrap_or_default();
    let numbers: Vec<(&str, f64)> =
        written.iter().filter_map(|(name, value)| Some((*name, value.parse().ok()?))).collect();
    let near = menu.nearest(&numbers);
    let quoted = |names: &[&str]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        listed(&quoted)
    };
    if let Some((stranger, _)) = written.iter().find(|(name, _)| !names.contains(name)) {
        let stranger = stranger.escape_debug().to_string();
        return wrong(format!("the menu of `{action}` has no `{stranger}`"))
            .label(format!("expected {}", quoted(&names)))
            .nearest(&stranger, names.iter().copied())
            .hint(format!("an item is written {}", example(&near)));
    }
    let is_given = |name: &&str| written.iter().any(|(own, _)| own == name);
    if !written.is_empty() && !names.iter().all(is_given) {
        let missing: Vec<&str> = names.iter().copied().filter(|name| !is_given(name)).collect();
        return wrong(format!("`{action}[{shown}]` has no value for {}", quoted(&missing)))
            .label(format!("expected values for all names: {}", listed(&names)))
            .hint(format!("write {}", example(&near)));
    }
    if written.len() > names.len() {
        return wrong(format!("`{action}[{shown}]` has two values for one name"))
            .label("expected every name once")
            .hint(format!("write {}", example(&near)));
    }
    if written.is_empty() || numbers.len() < written.len() {
        return wrong(format!("`[{shown}]` is no item of a menu"))
            .label("expected each name with a number behind `=`")
            .hint(format!("an item is written {}", example(&near)));
    }
    let of_name = |(index, name): (usize, &&str)| {
        let values = menu.value_labels(index);
        let more = if values.len() > SHOWN { ", …" } else { "" };
        format!("{name} of {}{more}", values[..values.len().min(SHOWN)].join(", "))
    };
    let expected: Vec<String> = names.iter().enumerate().map(of_name).collect();
    wrong(format!("the menu of `{action}` has no item `{shown}`"))
        .label(format!("expected {}", expected.join(" and ")))
        .hint(format!("did you mean {}?", example(&near)))
}
