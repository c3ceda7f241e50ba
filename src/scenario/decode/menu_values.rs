//! Reads the values of a menu as a file says them.

use super::super::decimal::{Decimal, evenly_spaced};
use super::super::keys::MAX_MENU_ITEMS;
use super::super::menu::Menu;
use super::super::tree::{TomlEntry, TomlNode, TomlValue};
use crate::diagnostic::{Code, Diagnostic, Spanned};

/// How values are written, for messages.
const FORMS: &str = "expected `[0.3, 0.5, 0.7]` or \"0.3 to 0.7 in 5\"";

/// Reads what stands under `menu`.
///
/// # Errors
///
/// All that is wrong with it.
pub(super) fn read(node: &TomlNode) -> Result<Menu, Vec<Diagnostic>> {
    let wrong = |code, message: String, label: &str| {
        Err(vec![Diagnostic::new(code, node.span, message).label(label)])
    };
    let TomlValue::Table(table) = &node.value else {
        let message =
            format!("`menu` is a table of names and their values, not {}", node.value.kind());
        return wrong(Code::WrongKind, message, "expected `{ x = [0.3, 0.5, 0.7] }`");
    };
    if !(1..=2).contains(&table.len()) {
        let message = format!("a menu has one or two names, not {}", table.len());
        return wrong(Code::MenuItems, message, "expected one or two names with their values");
    }
    let mut names = Vec::new();
    let mut mistakes = Vec::new();
    for (name, entry) in table {
        match values(name, entry) {
            Ok(values) => names.push((Spanned::new(name.clone(), entry.key_span), values)),
            Err(wrong) => mistakes.push(wrong),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let items = names.iter().map(|(_, values): &(_, Vec<f64>)| values.len()).product::<usize>();
    if items > MAX_MENU_ITEMS {
        let label = format!("at most {MAX_MENU_ITEMS} fit");
        return wrong(Code::MenuItems, format!("the menu has {items} items"), &label);
    }
    Ok(Menu { names })
}

/// The values of a name of a menu, which are distinct.
fn values(name: &str, entry: &TomlEntry) -> Result<Vec<f64>, Diagnostic> {
    let name = name.escape_debug();
    let wrong = |node: &TomlNode, code, message: String| Diagnostic::new(code, node.span, message);
    let node = &entry.node;
    let mut values = Vec::new();
    match &node.value {
        TomlValue::Array(items) => {
            for item in items {
                let value = match &item.value {
                    TomlValue::Whole(whole) => *whole as f64,
                    TomlValue::Number(number) if number.is_finite() => *number,
                    TomlValue::Number(_) => {
                        let message = format!("the values of `{name}` are finite numbers");
                        return Err(
                            wrong(item, Code::WrongKind, message).label("expected a finite number")
                        );
                    }
                    other => {
                        let message = format!(
                            "the values of `{name}` are plain numbers, not {}",
                            other.kind()
                        );
                        return Err(
                            wrong(item, Code::WrongKind, message).label("expected a number")
                        );
                    }
                };
                // A zero has no sign here.
                let value = value + 0.0;
                if values.contains(&value) {
                    let message = format!("{value} is twice among the values of `{name}`");
                    let label = "expected every value once";
                    return Err(wrong(item, Code::MenuItems, message).label(label));
                }
                values.push(value);
            }
        }
        TomlValue::Text(text) => {
            let Some((low, high, count)) = spread(text) else {
                let message = format!("`{}` are no values", text.escape_debug());
                return Err(wrong(node, Code::MenuItems, message).label(FORMS));
            };
            let most = MAX_MENU_ITEMS as u64;
            if !(2..=most).contains(&count) {
                let message = match count {
                    0 => format!("`{name}` cannot have no values"),
                    1 => format!("`{name}` cannot have only one value"),
                    u64::MAX => format!("`{name}` cannot have so many values"),
                    count => format!("`{name}` cannot have {count} values"),
                };
                let label = format!("expected 2 to {most} values");
                return Err(wrong(node, Code::MenuItems, message).label(label));
            }
            if low.value() == high.value() {
                let message = format!("the values of `{name}` begin where they end");
                return Err(wrong(node, Code::MenuItems, message).label("expected two numbers"));
            }
            let Some(spaced) = evenly_spaced(low, high, count) else {
                let message = "the two numbers have too many digits".to_owned();
                return Err(wrong(node, Code::MenuItems, message).label("expected fewer digits"));
            };
            values = spaced;
        }
        other => {
            let message =
                format!("the values of `{name}` are a list or a text, not {}", other.kind());
            return Err(wrong(node, Code::WrongKind, message).label(FORMS));
        }
    }
    if values.len() < 2 {
        let message = format!(
            "`{name}` has {} to choose from",
            match values.len() {
                0 => "no value",
                _ => "only one value",
            }
        );
        let wrong = wrong(node, Code::MenuItems, message).label("expected at least two values");
        return Err(match values.as_slice() {
            [value] => wrong.hint(format!("without a choice, write {value} where `{name}` stands")),
            _ => wrong,
        });
    }
    Ok(values)
}

/// The ends and the count of `0.3 to 0.7 in 5`; the largest count for one that no number can hold.
fn spread(text: &str) -> Option<(Decimal, Decimal, u64)> {
    let (ends, count) = text.split_once(" in ")?;
    let (low, high) = ends.split_once(" to ")?;
    let count = count.trim();
    if count.is_empty() || !count.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let count = count.parse().unwrap_or(u64::MAX);
    Some((Decimal::read(low)?, Decimal::read(high)?, count))
}
