//! Measuring, wrapping and cutting text.

use std::sync::OnceLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::error::ChartError;
use super::theme::{FAMILY, INTER_REGULAR, INTER_SEMIBOLD};
use crate::format::sets_direction;

/// The largest number of letters of a text; what follows would not fit on a chart anyway.
const LONGEST: usize = 600;

/// The size at which widths are measured, in pixels for an em; widths are proportional to the size.
const MEASURED_AT: f64 = 1000.0;

/// The drawing library takes the size of a font as its height. Inter is 1.21 ems high; the rest is
/// a reserve of 1 % for programs that space letters a little differently.
const MEASURED_HEIGHT: f64 = 1.22;

/// How heavy the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

impl Weight {
    /// The style under which the font of this weight is registered with the drawing library.
    pub fn style(self) -> FontStyle {
        match self {
            Weight::Regular => FontStyle::Normal,
            Weight::SemiBold => FontStyle::Bold,
        }
    }
}

/// Measures text in the bundled fonts.
pub(super) struct Ruler {
    regular: FontDesc<'static>,
    semibold: FontDesc<'static>,
}

impl Ruler {
    /// Registers the bundled fonts, once for the process.
    pub fn new() -> Result<Self, ChartError> {
        static REGISTERED: OnceLock<Result<(), ChartError>> = OnceLock::new();
        REGISTERED
            .get_or_init(|| {
                register_font(FAMILY, Weight::Regular.style(), INTER_REGULAR)
                    .map_err(|_| ChartError::Font("Inter Regular"))?;
                register_font(FAMILY, Weight::SemiBold.style(), INTER_SEMIBOLD)
                    .map_err(|_| ChartError::Font("Inter SemiBold"))
            })
            .clone()?;
        let font = |weight: Weight| {
            FontDesc::new(FontFamily::Name(FAMILY), MEASURED_AT * MEASURED_HEIGHT, weight.style())
        };
        Ok(Self { regular: font(Weight::Regular), semibold: font(Weight::SemiBold) })
    }

    /// The width of `text` in CSS pixels at a font size of `size` CSS pixels.
    pub fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let font = match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semibold,
        };
        // Full-width letters are drawn by another font, one em each.
        let wide = text.chars().filter(|c| is_wide(*c)).count();
        let narrow: String = text.chars().filter(|c| !is_wide(*c)).collect();
        let measured = match font.layout_box(&narrow) {
            Ok(((left, _), (right, _))) => f64::from(right - left) / MEASURED_AT,
            // Without the font, the width of an average letter of a sans-serif font.
            Err(_) => 0.6 * narrow.chars().count() as f64,
        };
        (measured + wide as f64) * size
    }

    /// The width of the widest of `texts`, as [`Ruler::width`].
    pub fn widest<T: AsRef<str>>(
        &self,
        texts: impl IntoIterator<Item = T>,
        size: f64,
        weight: Weight,
    ) -> f64 {
        let widths = texts.into_iter().map(|text| self.width(text.as_ref(), size, weight));
        widths.fold(0.0, f64::max)
    }

    /// `text` on one line of at most `width`, with an ellipsis where it had to be cut.
    pub fn fit(&self, text: &str, width: f64, size: f64, weight: Weight) -> String {
        let text = clean(text);
        if self.width(&text, size, weight) <= width {
            return text;
        }
        self.cut(&text, width, size, weight)
    }

    /// `text` on up to `lines` lines of at most `width`, broken between words where possible. If
    /// not all of it fits, the last line ends with an ellipsis. Lines are about equally long, so
    /// that the last does not consist of a single word. Empty text has no lines.
    pub fn wrap(
        &self,
        text: &str,
        width: f64,
        lines: usize,
        size: f64,
        weight: Weight,
    ) -> Vec<String> {
        let text = clean(text);
        let mut best = self.fill(&text, width, lines, size, weight);
        for twentieths in (10..20).rev() {
            let narrower = width * f64::from(twentieths) / 20.0;
            let wrapped = self.fill(&text, narrower, lines + 1, size, weight);
            if wrapped.len() > best.len() || wrapped.join(" ") != text {
                break;
            }
            best = wrapped;
        }
        best
    }

    /// Puts as many words on each line as fit.
    fn fill(&self, text: &str, width: f64, lines: usize, size: f64, weight: Weight) -> Vec<String> {
        let mut rest = text;
        let mut wrapped = Vec::new();
        while !rest.is_empty() && wrapped.len() < lines {
            if self.width(rest, size, weight) <= width {
                wrapped.push(rest.to_owned());
                break;
            }
            if wrapped.len() + 1 == lines {
                wrapped.push(self.cut(rest, width, size, weight));
                break;
            }
            let end = self.line_end(rest, width, size, weight);
            wrapped.push(rest[..end].trim_end().to_owned());
            rest = rest[end..].trim_start();
        }
        wrapped
    }

    /// The byte at which the first line of `text` ends: after the last word that fits, or within a
    /// word that fits on no line.
    fn line_end(&self, text: &str, width: f64, size: f64, weight: Weight) -> usize {
        let fits = |end: &usize| self.width(text[..*end].trim_end(), size, weight) <= width;
        let words: Vec<usize> = text.match_indices(' ').map(|(i, _)| i).collect();
        let whole = words.partition_point(fits);
        if whole > 0 {
            return words[whole - 1];
        }
        // A name that is too long is broken after an underscore, if there is one.
        let parts: Vec<usize> = text.match_indices('_').map(|(i, _)| i + 1).collect();
        let part = parts.partition_point(fits);
        if part > 0 {
            return parts[part - 1];
        }
        let letters: Vec<usize> = letter_ends(text);
        letters[letters.partition_point(fits).clamp(1, letters.len()) - 1]
    }

    /// As much of the beginning of `text` as fits, with an ellipsis after it.
    fn cut(&self, text: &str, width: f64, size: f64, weight: Weight) -> String {
        let with_ellipsis = |end: usize| format!("{}…", text[..end].trim_end());
        let ends = letter_ends(text);
        let kept =
            ends.partition_point(|end| self.width(&with_ellipsis(*end), size, weight) <= width);
        with_ellipsis(if kept == 0 { 0 } else { ends[kept - 1] })
    }
}

/// For each letter, the index of the byte after it.
fn letter_ends(text: &str) -> Vec<usize> {
    text.char_indices().map(|(i, c)| i + c.len_utf8()).collect()
}

/// `text` as one line that XML can hold: white space and control characters become single spaces,
/// and marks that set the direction of text are left out, since they could turn around what
/// follows.
pub(super) fn clean(text: &str) -> String {
    let visible: String = text
        .chars()
        .take(LONGEST)
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}') && !sets_direction(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a letter is one em wide: those of East Asian scripts, and pictographs.
fn is_wide(c: char) -> bool {
    matches!(
        u32::from(c),
        0x1100..=0x115F
            | 0x2E80..=0xA4CF
            | 0xA960..=0xA97F
            | 0xAC00..=0xD7FB
            | 0xF900..=0xFAFF
            | 0xFE30..=0xFE6F
            | 0xFF00..=0xFF60
            | 0x1F300..=0x1FAFF
            | 0x20000..=0x3FFFF
    )
}

#[cfg(test)]
mod tests {
    use super::Weight::Regular;
    use super::*;

    #[test]
    fn widths_grow_with_text_and_size() {
        let ruler = Ruler::new().unwrap();
        let one = ruler.width("Tension", 12.0, Regular);
        assert!((35.0..60.0).contains(&one), "{one}");
        assert!((ruler.width("Tension", 24.0, Regular) - 2.0 * one).abs() < 1e-9);
        assert!(ruler.width("Tension", 12.0, Weight::SemiBold) > one);
        assert_eq!(ruler.width("긴장", 12.0, Regular), 24.0);
    }

    #[test]
    fn long_text_is_cut_with_an_ellipsis_and_fits() {
        let ruler = Ruler::new().unwrap();
        let cut = ruler.fit(&"word ".repeat(50), 100.0, 12.0, Regular);
        assert!(cut.ends_with('…') && !cut.ends_with(" …"), "{cut}");
        assert!(ruler.width(&cut, 12.0, Regular) <= 100.0);
        assert_eq!(ruler.fit("short", 100.0, 12.0, Regular), "short");
        assert_eq!(ruler.fit("short", 0.0, 12.0, Regular), "…");
    }

    #[test]
    fn wrapping_loses_no_word_until_the_last_line() {
        let ruler = Ruler::new().unwrap();
        let text = "the quick brown fox jumps over the lazy dog";
        let lines = ruler.wrap(text, 120.0, 9, 12.0, Regular);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), text);
        let two = ruler.wrap(text, 120.0, 2, 12.0, Regular);
        assert_eq!(two.len(), 2);
        assert!(two[1].ends_with('…'));
        assert!(two.iter().all(|l| ruler.width(l, 12.0, Regular) <= 120.0));
    }

    #[test]
    fn no_single_word_is_left_for_the_last_line() {
        let ruler = Ruler::new().unwrap();
        let text = "Tension peaks in the spring and eases, but one in twenty ends above 80";
        let width = ruler.width(text, 12.0, Regular) - 1.0;
        let lines = ruler.wrap(text, width, 2, 12.0, Regular);
        assert_eq!(lines.join(" "), text);
        assert!(lines[1].len() > 25, "{lines:?}");
    }

    #[test]
    fn words_longer_than_a_line_are_broken() {
        let ruler = Ruler::new().unwrap();
        let lines = ruler.wrap(&"긴".repeat(30), 120.0, 9, 12.0, Regular);
        assert_eq!(lines.len(), 3);
        assert_eq!(ruler.wrap("abc", 0.5, 9, 12.0, Regular).len(), 3);
        assert_eq!(ruler.wrap("hold_back", 40.0, 9, 12.0, Regular), ["hold_", "back"]);
        assert!(ruler.wrap("  ", 120.0, 9, 12.0, Regular).is_empty());
    }

    #[test]
    fn what_xml_forbids_becomes_a_space() {
        assert_eq!(clean("a\u{0}b\n\n c\u{1b}[0m\u{FFFF}"), "a b c [0m");
    }

    #[test]
    fn nothing_of_a_text_turns_the_rest_around() {
        assert_eq!(clean("a\u{202E}b\u{2066}c\u{200F}"), "abc");
    }
}
