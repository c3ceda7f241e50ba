//! Decodes effects: which variables change, and how.

use super::super::keys::EFFECT_MAP;
use super::super::tree::{TomlEntry, TomlValue};
use super::super::types::{Assign, Effect, Source, SpannedName};
use super::context::Context;
use super::reader::{Reader, entries};
use super::source::{formula_or_label, of_text, offset_of};
use crate::diagnostic::{Code, Diagnostic, Span};

/// The effects under `key`; those on unknown variables are reported and left out.
pub(super) fn effects(cx: &mut Context<'_>, reader: &Reader<'_>, key: &str) -> Vec<Effect> {
    let Some(entry) = reader.get(key) else { return Vec::new() };
    let path = reader.path_of(key);
    let mut out = Vec::new();
    for (target, entry) in entries(cx, &EFFECT_MAP, key, entry) {
        if let Err(wrong) = cx.known.check_state(&target.value, target.span) {
            cx.report(wrong);
        } else if let Some(effect) = effect(cx, target, entry, &path) {
            out.push(effect);
        }
    }
    out
}

fn effect(
    cx: &mut Context<'_>,
    target: SpannedName,
    entry: &TomlEntry,
    path: &str,
) -> Option<Effect> {
    let node = &entry.node;
    let path = format!("{path}.{}", target.value);
    let labels = cx.known.labels(&target.value);
    let is_labelled = labels.is_some();
    let is_label = match &node.value {
        TomlValue::Text(text) => labels.is_some_and(|labels| labels.contains(&text.as_str())),
        _ => false,
    };
    let (operator, mut value) = match &node.value {
        TomlValue::Text(text) if !is_label => {
            let at = offset_of(cx.text, node.span, text);
            let (operator, rest) = match split(text) {
                Ok(parts) => parts,
                Err((length, hint)) => {
                    let trimmed = text.trim_start();
                    let skipped = text.len() - trimmed.len();
                    let span =
                        at.map_or(node.span, |at| Span::new(at + skipped, at + skipped + length));
                    let message = format!("`{}` is not an operator", &trimmed[..length]);
                    cx.report(
                        Diagnostic::new(Code::BadOperator, span, message)
                            .label("expected +=, -=, *=, /= or the new value alone")
                            .hint(hint),
                    );
                    return None;
                }
            };
            if operator == Assign::Set {
                (operator, formula_or_label(cx, node, path)?)
            } else {
                let start = text.len() - rest.trim_start().len();
                (operator, of_text(node, path, rest.trim(), at.map(|at| at + start)))
            }
        }
        _ => (Assign::Set, formula_or_label(cx, node, path)?),
    };
    if !is_labelled {
        report(cx, &mut value);
    }
    Some(Effect { target, operator, value })
}

/// Reports why the value of a variable without labels is no formula.
fn report(cx: &mut Context<'_>, value: &mut Source) {
    for mistake in value.mistakes.drain(..) {
        cx.found.push(mistake);
    }
}

/// The operator that an effect starts with, and the rest of its text. If it starts with
/// signs that are no operator: how many bytes they take, and a hint.
pub(super) fn split(text: &str) -> Result<(Assign, &str), (usize, String)> {
    let trimmed = text.trim_start();
    for (sign, operator) in [
        ("+=", Assign::Add),
        ("-=", Assign::Subtract),
        ("*=", Assign::Multiply),
        ("/=", Assign::Divide),
    ] {
        if let Some(rest) = trimmed.strip_prefix(sign) {
            return Ok((operator, rest));
        }
    }
    let length = trimmed.find(|c| !"+-*/^%=:|&<>!~?".contains(c)).unwrap_or(trimmed.len());
    let sign = &trimmed[..length];
    let rest = trimmed[length..].trim_start();
    let turned = match sign {
        "=+" | "+" => "+=",
        "=-" | "-" => "-=",
        "=*" | "*" => "*=",
        "=/" | "/" => "/=",
        _ => "",
    };
    if sign.contains('=') {
        let hint = match sign {
            "=" | "==" | ":=" => "to set a value, write it without a sign".to_owned(),
            _ if !turned.is_empty() => format!("did you mean `{turned}`?"),
            _ => "write the new value out, as in \"0.9 * x ^ 2\"".to_owned(),
        };
        return Err((length, hint));
    }
    if rest.starts_with('=') && !turned.is_empty() {
        let length = trimmed.len() - rest.len() + 1;
        return Err((length, format!("write `{turned}` without a space")));
    }
    Ok((Assign::Set, text))
}
