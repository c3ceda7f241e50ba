//! A value that a command line sets: `assumptions.cost = 0.5`.

use super::tree::{TomlNode, TomlValue, parse};
use super::types::Setting;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, Spanned};

/// The path and the value of words such as `assumptions.cost=0.1 to 0.9`, which stand at byte `start`
/// of the text; nothing if they give none, which is reported.
///
/// The value is one of TOML: a number, `true`, a text in quotes, a list. What is none is a text all the
/// same, so that formulas and labels need no quotes.
pub fn setting(words: &str, start: usize, found: &mut Diagnostics) -> Option<Setting> {
    let spanned = |part: &str| {
        let trimmed = part.trim();
        let lead = part.len() - part.trim_start().len();
        (trimmed.to_owned(), lead, trimmed.len())
    };
    let whole = Span::new(start, start + words.len());
    let missing = |what: &str, path: &str| {
        Diagnostic::new(Code::Toml, whole, what).label(format!("expected `{path}=VALUE`"))
    };
    let Some((before, after)) = words.split_once('=') else {
        let path = words.trim();
        let path = if path.is_empty() { "PATH" } else { path };
        found.push(missing("a path without a value", path));
        return None;
    };
    let (path, lead, length) = spanned(before);
    if path.is_empty() {
        found.push(missing("a value without a path", "PATH"));
        return None;
    }
    let path = Spanned::new(path, Span::new(start + lead, start + lead + length));
    let (value, lead, _) = spanned(after);
    if value.is_empty() {
        found.push(missing("a path without a value", &path.value));
        return None;
    }
    let node = value_of(&value, start + before.len() + 1 + lead, found)?;
    Some(Setting { path, node })
}

/// The value that the words at byte `start` write; nothing for a list that cannot be read, which is
/// reported.
fn value_of(words: &str, start: usize, found: &mut Diagnostics) -> Option<TomlNode> {
    const KEY: &str = "v=";
    let mut own = Diagnostics::new();
    let table = parse(&format!("{KEY}{words}"), &mut own);
    let shift = |span: Span| {
        let at = |byte: usize| start + byte.saturating_sub(KEY.len()).min(words.len());
        Span::new(at(span.start), at(span.end))
    };
    // Brackets begin no formula; whole numbers that are too large are one value all the same.
    let is_list = words.starts_with(['[', '{']);
    let is_value = own.iter().all(|item| is_list || item.code == Code::NotWhole);
    if !is_value || table.len() > 1 {
        let value = TomlValue::Text(words.to_owned());
        return Some(TomlNode { value, span: Span::new(start, start + words.len()), belief: None });
    }
    for item in own.iter() {
        found.push(Diagnostic { span: item.span.map(shift), ..item.clone() });
    }
    let is_broken = own.iter().any(|item| item.code != Code::NotWhole);
    let entry = table.into_iter().next().filter(|_| !is_broken);
    entry.map(|(_, entry)| shifted(entry.node, &shift))
}

/// The value with its places, and those of its parts, moved.
fn shifted(node: TomlNode, shift: &impl Fn(Span) -> Span) -> TomlNode {
    let value = match node.value {
        TomlValue::Array(items) => {
            TomlValue::Array(items.into_iter().map(|item| shifted(item, shift)).collect())
        }
        TomlValue::Table(mut table) => {
            for entry in table.values_mut() {
                entry.key_span = shift(entry.key_span);
                let node = TomlNode { value: TomlValue::Moment, ..entry.node.clone() };
                entry.node = shifted(std::mem::replace(&mut entry.node, node), shift);
            }
            TomlValue::Table(table)
        }
        plain @ (TomlValue::Text(_)
        | TomlValue::Whole(_)
        | TomlValue::TooLarge
        | TomlValue::Number(_)
        | TomlValue::Flag(_)
        | TomlValue::Date(_)
        | TomlValue::Moment) => plain,
    };
    TomlNode { value, span: shift(node.span), belief: node.belief }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> (Option<(String, String)>, Vec<&'static str>) {
        let mut found = Diagnostics::new();
        let set = setting(words, 100, &mut found);
        let shown = set.map(|set| {
            let at = |span: Span| words[span.start - 100..span.end - 100].to_owned();
            assert_eq!(at(set.path.span), set.path.value);
            (format!("{:?}", set.node.value), at(set.node.span))
        });
        (shown, found.iter().map(|item| item.code.id()).collect())
    }

    #[test]
    fn a_value_is_one_of_toml_or_else_a_text() {
        for (words, value, written) in [
            ("a.b=0.5", "Number(0.5)", "0.5"),
            ("a.b = 3 ", "Whole(3)", "3"),
            ("a=true", "Flag(true)", "true"),
            ("a='war'", "Text(\"war\")", "'war'"),
            ("a=\"0 to 1\"", "Text(\"0 to 1\")", "\"0 to 1\""),
            ("a = 0.1 to 0.9", "Text(\"0.1 to 0.9\")", "0.1 to 0.9"),
            ("a=war", "Text(\"war\")", "war"),
            ("a=x == 'war'", "Text(\"x == 'war'\")", "x == 'war'"),
            ("a='war' == x", "Text(\"'war' == x\")", "'war' == x"),
            ("c.x, y=-0.5", "Number(-0.5)", "-0.5"),
            ("a=1\nb=2", "Text(\"1\\nb=2\")", "1\nb=2"),
            ("ä=é", "Text(\"é\")", "é"),
        ] {
            let known = Some((value.to_owned(), written.to_owned()));
            assert_eq!(read(words), (known, vec![]), "{words}");
        }
        let (list, found) = read("a=[ 0, '1 to 2' ]");
        assert!(list.is_some_and(|(_, written)| written == "[ 0, '1 to 2' ]") && found.is_empty());
    }

    #[test]
    fn what_is_missing_or_cannot_be_read_is_reported() {
        for words in ["a.b", "", "=3", "a=", " a = "] {
            assert_eq!(read(words), (None, vec!["E001"]), "{words}");
        }
        assert_eq!(read("a=[0, 1").1, ["E001"]);
        assert_eq!(read("a=99999999999999999999").1, ["E104"]);
    }
}
