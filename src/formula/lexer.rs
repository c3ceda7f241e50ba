//! Cuts the text of a formula into tokens.

use super::pasted::{Pasted, strange};
use super::text::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use unicode_normalization::char::is_combining_mark;

/// The smallest pieces of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    Word(String),
    Sign(&'static str),
    End,
}

impl Token {
    /// How a message names the token.
    pub(super) fn shown(&self) -> String {
        match self {
            Token::Number(_) => "a number".to_owned(),
            Token::Text(text) => format!("'{text}'"),
            Token::Word(word) => format!("`{word}`"),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end of the formula".to_owned(),
        }
    }
}

/// Longer signs come before the shorter ones they start with.
const SIGNS: [&str; 18] =
    ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "^", "(", ")", ",", ".", "%", "=", "!"];

/// Signs of other languages, and what is written here instead.
const FOREIGN: [(&str, &str); 11] = [
    ("===", "=="),
    ("!==", "!="),
    ("&&", "and"),
    ("||", "or"),
    ("**", "^"),
    ("<>", "!="),
    ("~=", "!="),
    ("=<", "<="),
    ("=>", ">="),
    ("&", "and"),
    ("|", "or"),
];

/// The first mistake of a formula. What follows from it would be guesswork, and the same slip is
/// often made again.
struct First<'f>(&'f mut Diagnostics);

impl First<'_> {
    fn push(&mut self, diagnostic: Diagnostic) {
        if !self.0.has_errors() {
            self.0.push(diagnostic);
        }
    }
}

/// The token that is written with this sign or word.
fn token_of(written: &str) -> Option<Token> {
    if written.starts_with(is_word_start) {
        return Some(Token::Word(written.to_owned()));
    }
    SIGNS.iter().find(|sign| **sign == written).map(|sign| Token::Sign(sign))
}

/// Cuts a formula into tokens, the last of which is [`Token::End`].
pub(super) fn tokens(text: &Text<'_>, found: &mut Diagnostics) -> Vec<(Token, Span)> {
    let source = text.text;
    let mut found = First(found);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let start = at;
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let token = if first.is_ascii_digit()
            || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            let length = number_length(rest);
            at += length;
            let digits = rest[..length].replace('_', "");
            match digits.parse::<f64>() {
                Ok(number) if number.is_finite() => Token::Number(number),
                read => {
                    let (what, label) = match read {
                        Ok(_) => ("a number too large to hold", "must be below 1.8e308"),
                        Err(_) => {
                            ("a number that cannot be read", "write it as 0.25, 25% or 2.5e-1")
                        }
                    };
                    let place = text.span(start, at);
                    found.push(Diagnostic::new(Code::FormulaSyntax, place, what).label(label));
                    Token::Number(0.0)
                }
            }
        } else if is_word_start(first) {
            let length = rest.find(|c| !is_word_part(c)).unwrap_or(rest.len());
            at += length;
            Token::Word(rest[..length].to_owned())
        } else if first == '\'' || first == '"' {
            let body = &rest[1..];
            match body.find(first) {
                Some(length) => {
                    at += length + 2;
                    Token::Text(body[..length].to_owned())
                }
                None => {
                    at = source.len();
                    found.push(
                        Diagnostic::new(
                            Code::FormulaSyntax,
                            text.span(start, at),
                            "a label without its closing quote",
                        )
                        .label(format!("expected a closing {first}")),
                    );
                    Token::Text(body.to_owned())
                }
            }
        } else if let Some((sign, ours)) = FOREIGN.iter().find(|(sign, _)| rest.starts_with(sign)) {
            at += sign.len();
            found.push(
                Diagnostic::new(
                    Code::FormulaSyntax,
                    text.span(start, at),
                    format!("`{sign}` is not an operator"),
                )
                .label(format!("write `{ours}`")),
            );
            match token_of(ours) {
                Some(token) => token,
                None => continue,
            }
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            at += sign.len();
            Token::Sign(sign)
        } else if let ('[', Some(action)) = (first, action_before(&out)) {
            let length = rest.find(']').map_or(rest.len(), |end| end + 1);
            at += length;
            let name = rest[1..length].split('=').next().unwrap_or_default().trim();
            let name = if name.chars().all(is_word_part) { name } else { "" };
            let name = if name.is_empty() { "x" } else { name };
            found.push(
                Diagnostic::new(
                    Code::FormulaSyntax,
                    text.span(start, at),
                    "a formula cannot name an item of a menu",
                )
                .label(format!("`{action}` means the action, whatever the item"))
                .hint(format!("the value that was chosen last is `chosen({action}.{name}, 0)`")),
            );
            continue;
        } else {
            at += first.len_utf8();
            let (words, ours) = strange(first);
            let pasted = Pasted::find(first);
            let quoted = pasted.is_some_and(|pasted| pasted.ours == "'");
            // Where the quote ends; looked for only behind a quote, since the text may be long.
            let is_quote =
                |c: char| c == '\'' || Pasted::find(c).is_some_and(|pasted| pasted.ours == "'");
            let mut after = rest.char_indices().skip(1);
            let end = if quoted { after.find(|(_, c)| is_quote(*c)) } else { None };
            let message = format!("{words} has no meaning here");
            let place = text.span(start, at);
            found.push(
                Diagnostic::new(Code::FormulaSyntax, place, message)
                    .label(ours.unwrap_or_else(|| "not part of a formula".to_owned())),
            );
            match (pasted, end) {
                (_, Some((end, last))) if quoted => {
                    at = start + end + last.len_utf8();
                    Token::Text(rest[first.len_utf8()..end].to_owned())
                }
                (Some(pasted), _) => match token_of(pasted.ours) {
                    Some(token) => token,
                    None => continue,
                },
                (None, _) => continue,
            }
        };
        out.push((token, text.span(start, at)));
    }
    out.push((Token::End, text.span(source.len(), source.len())));
    out
}

/// The action that the last tokens name, as `actor.action`.
fn action_before(tokens: &[(Token, Span)]) -> Option<String> {
    match tokens {
        [.., (Token::Word(actor), _), (Token::Sign("."), _), (Token::Word(action), _)] => {
            Some(format!("{actor}.{action}"))
        }
        _ => None,
    }
}

/// Whether a name may start with this character.
pub(crate) fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// Whether a name may go on with this character.
pub(crate) fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

/// The length of the number that `text` starts with: digits, a point, an exponent.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |mut at: usize| {
        while at < bytes.len() && (bytes[at].is_ascii_digit() || bytes[at] == b'_') {
            at += 1;
        }
        at
    };
    let mut at = digits(0);
    if at < bytes.len() && bytes[at] == b'.' {
        at = digits(at + 1);
    }
    if at < bytes.len() && (bytes[at] | 0x20) == b'e' {
        let sign = usize::from(at + 1 < bytes.len() && matches!(bytes[at + 1], b'+' | b'-'));
        let end = digits(at + 1 + sign);
        if end > at + 1 + sign {
            at = end;
        }
    }
    at
}
