//! Makes text from a scenario safe to show on a page. The template escapes it; this module removes
//! invisible characters and marks that change the direction of text, and shortens what is too long.

use crate::format;
pub use crate::format::sets_direction;
use crate::report::phrases;

/// The largest number of letters in a title or a name.
pub const TITLE: usize = 160;
/// The largest number of letters in a formula.
pub const FORMULA: usize = 240;
/// The largest number of letters in a description or a source.
pub const PARAGRAPH: usize = 900;

/// Whether a letter is written from right to left.
fn runs_leftwards(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF
    )
}

/// At most `most` letters of a text on one line, without marks that set its
/// direction. Text that runs from right to left is isolated, so that the text around it keeps its
/// order.
pub fn plain(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut letters = 0;
    let mut cut = false;
    for c in text.chars().filter(|c| !sets_direction(*c)) {
        let c = if c.is_control() || c.is_whitespace() || ('\u{FFFE}'..='\u{FFFF}').contains(&c) {
            ' '
        } else {
            c
        };
        if c == ' ' && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        if letters == most {
            cut = true;
            break;
        }
        out.push(c);
        letters += 1;
    }
    out.truncate(out.trim_end().len());
    if cut {
        out.push('…');
    }
    if out.chars().any(runs_leftwards) { format!("\u{2068}{out}\u{2069}") } else { out }
}

/// A title or a name, made safe for the page.
pub fn title(text: &str) -> String {
    plain(text, TITLE)
}

/// A description or a source, made safe for the page.
pub fn paragraph(text: &str) -> String {
    plain(text, PARAGRAPH)
}

/// A formula, made safe for the page.
pub fn formula(text: &str) -> String {
    plain(text, FORMULA)
}

/// A title in quotation marks, for use in a sentence.
pub fn quoted(text: &str) -> String {
    format!("“{}”", title(text))
}

/// A name as a person would write it: `border_guard` is `border guard`.
pub fn spaced(name: &str) -> String {
    title(&phrases::spaced(name))
}

/// A range of sizes in percentage points with its unit: `2.4 to 3.0 points`.
pub fn size_range(low: f64, high: f64) -> String {
    format!("{} points", format::unsigned_points_span(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_megabyte_is_cut_and_says_so() {
        let long = title(&"long ".repeat(200_000));
        assert_eq!(long.chars().count(), TITLE);
        assert!(long.ends_with("long…"), "{long}");
        assert_eq!(title("short"), "short");
        let exact = "e".repeat(TITLE);
        assert_eq!(title(&exact), exact);
    }

    #[test]
    fn nothing_of_a_title_turns_the_rest_around() {
        assert_eq!(title("a\u{202E}b\u{2066}c\u{200F}"), "abc");
        assert_eq!(title("סוף"), "\u{2068}סוף\u{2069}");
        assert_eq!(title("\u{202E}סוף"), "\u{2068}סוף\u{2069}");
        assert_eq!(title("서울, 모스크바"), "서울, 모스크바");
    }

    #[test]
    fn what_cannot_be_seen_becomes_one_space() {
        assert_eq!(title(" a\0\u{1b}\r\n\tb \u{85} "), "a b");
        assert_eq!(title("\u{FFFF}"), "");
    }
}
