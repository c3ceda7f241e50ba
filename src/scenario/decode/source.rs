//! Decodes values that may be formulas.

use super::super::tree::{TomlNode, TomlValue};
use super::super::types::Source;
use super::context::Context;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::formula::ast::{Expr, ExprKind};
use crate::formula::{Text, parse};

/// A formula. Mistakes in it are reported.
pub(super) fn formula(cx: &mut Context<'_>, node: &TomlNode, path: String) -> Option<Source> {
    let mut source = formula_or_label(cx, node, path)?;
    source.mistakes.drain(..).for_each(|mistake| cx.found.push(mistake));
    Some(source)
}

/// A formula or a label. Why a label is no formula is kept with it.
pub(super) fn formula_or_label(
    cx: &mut Context<'_>,
    node: &TomlNode,
    path: String,
) -> Option<Source> {
    match &node.value {
        TomlValue::Text(text) => {
            let offset = offset_of(cx.text, node.span, text);
            Some(of_text(node, path, text, offset))
        }
        TomlValue::Number(number) if !number.is_finite() => {
            let message = format!("`{}` is not finite", number.to_string().to_lowercase());
            cx.report(
                Diagnostic::new(Code::NotFinite, node.span, message)
                    .label("expected a finite number"),
            );
            None
        }
        _ => plain(cx, node, path),
    }
}

/// What stands for a value in which a mistake was reported.
pub(super) fn broken(node: &TomlNode, path: String) -> Source {
    Source {
        path,
        text: String::new(),
        is_text: false,
        expr: Expr::broken(node.span),
        mistakes: Vec::new(),
        span: node.span,
        belief: node.belief.clone(),
    }
}

/// An end of a range: a formula, or `inf` or `-inf` for no end.
pub(super) fn range_end(cx: &mut Context<'_>, node: &TomlNode, path: String) -> Option<Source> {
    match &node.value {
        TomlValue::Number(number) if number.is_infinite() => plain(cx, node, path),
        _ => formula(cx, node, path),
    }
}

/// The formula that `text` says, which is a part of the string `node`. `offset` is its
/// place in the file, if the file writes it without escapes.
pub(super) fn of_text(node: &TomlNode, path: String, text: &str, offset: Option<usize>) -> Source {
    let mut found = Diagnostics::new();
    let expr = parse(Text { text, offset, whole: node.span }, &mut found);
    Source {
        path,
        text: text.to_owned(),
        is_text: true,
        expr,
        mistakes: found.iter().cloned().collect(),
        span: node.span,
        belief: node.belief.clone(),
    }
}

/// The place in the file of the first character of a string, if the file writes the
/// string without escapes, on one line or several, or a command line without quotes.
pub(super) fn offset_of(file: &str, span: Span, decoded: &str) -> Option<usize> {
    let raw = file.get(span.start..span.end)?;
    if raw == decoded {
        return Some(span.start);
    }
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let around = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
    let inner = raw.get(around..raw.len().checked_sub(around)?)?;
    // The end of the line behind three quotes is not part of the string.
    let next = inner.strip_prefix("\r\n").or(inner.strip_prefix('\n')).filter(|_| around == 3);
    let text = next.unwrap_or(inner);
    (raw.ends_with(quote) && text == decoded).then_some(span.end - around - text.len())
}

/// A number or a flag.
fn plain(cx: &mut Context<'_>, node: &TomlNode, path: String) -> Option<Source> {
    let kind = match &node.value {
        TomlValue::Whole(whole) => ExprKind::Number(*whole as f64),
        TomlValue::Number(number) => ExprKind::Number(*number),
        TomlValue::Flag(flag) => ExprKind::Flag(*flag),
        TomlValue::TooLarge => return None,
        other => {
            let message = format!("a formula is wanted, not {}", other.kind());
            cx.report(
                Diagnostic::new(Code::WrongKind, node.span, message)
                    .label("expected a number, true, false or a formula in quotes"),
            );
            return None;
        }
    };
    let written = cx.text.get(node.span.start..node.span.end).unwrap_or_default();
    Some(Source {
        path,
        text: written.to_owned(),
        is_text: false,
        expr: Expr { kind, span: node.span },
        mistakes: Vec::new(),
        span: node.span,
        belief: node.belief.clone(),
    })
}
