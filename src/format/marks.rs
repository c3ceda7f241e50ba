//! Characters that are not seen and change how others are shown.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character sets the direction of text, and so could turn around what stands beside it.
pub fn sets_direction(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// A text on one line: white space and control characters become single spaces, and marks that set the
/// direction of text are left out.
pub fn one_line(text: &str) -> String {
    let seen = text.chars().filter(|c| !sets_direction(*c));
    let plain: String = seen.map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as a terminal may have it: what would move the cursor, give orders to the terminal or turn text around
/// is written out as `\u001b`, which means the same where it stands in JSON. Line ends and tabs stay; and so
/// do colours, where the text is one that this program `painted`.
pub fn printable(text: &str, painted: bool) -> Cow<'_, str> {
    let is_refused = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || sets_direction(c);
    if !text.contains(is_refused) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_refused) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let kept = if painted { colour_length(rest) } else { 0 };
        if kept > 0 {
            out.push_str(&rest[..kept]);
            rest = &rest[kept..];
            continue;
        }
        let mut letters = rest.chars();
        if let Some(refused) = letters.next() {
            let _ = write!(out, "\\u{:04x}", u32::from(refused));
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The length of the order for a colour that a text begins with; 0 if it begins with none.
fn colour_length(text: &str) -> usize {
    let Some(order) = text.strip_prefix("\u{1b}[") else { return 0 };
    let end = order.find(|c: char| !c.is_ascii_digit() && c != ';');
    end.filter(|end| order[*end..].starts_with('m')).map_or(0, |end| end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_on_one_line_has_no_marks() {
        assert_eq!(one_line("  a\u{202e}b\n\n c\t\u{85}d "), "ab c d");
        assert_eq!(one_line("שלום, 위기"), "שלום, 위기");
    }

    #[test]
    fn orders_to_a_terminal_are_written_out() {
        let hostile = "a\u{1b}[2J\u{9b}31m\u{202e}\r\n\tb";
        assert_eq!(printable(hostile, false), "a\\u001b[2J\\u009b31m\\u202e\\u000d\n\tb");
        let painted = "\u{1b}[1;31merror\u{1b}[0m \u{1b}[2J\u{1b}]0;x\u{7}";
        let kept = "\u{1b}[1;31merror\u{1b}[0m \\u001b[2J\\u001b]0;x\\u0007";
        assert_eq!(printable(painted, true), kept);
        let value: String = serde_json::from_str(&printable("\"\u{202e}\u{7f}\"", false)).unwrap();
        assert_eq!(value, "\u{202e}\u{7f}");
        assert!(matches!(printable("plain\n", false), Cow::Borrowed(_)));
    }
}
