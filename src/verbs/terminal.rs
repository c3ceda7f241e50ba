//! Text, tables and bars for the terminal.

use std::sync::atomic::{AtomicUsize, Ordering};

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::answer::Ask;
use crate::report::Played;

/// A question whose answer can be printed in the terminal.
pub trait Tell: Ask {
    /// The answer in words and tables, from the tables that were written.
    fn tell(&self, played: &Played<'_>, tables: &Self::Tables) -> String;
}

/// How many columns of letters a line may have; without limit where the text goes to no terminal.
static WIDTH: AtomicUsize = AtomicUsize::new(usize::MAX);
/// The least width to which a column of text is cut.
const LEAST: usize = 8;

/// From here on, tables and paragraphs that are made for the terminal are cut to this many columns of letters.
pub fn set_width(width: usize) {
    WIDTH.store(width, Ordering::Relaxed);
}

/// A table without frame: headings and rows; columns in `right` are numbers.
///
/// Where a table is wider than the terminal, text is cut, the longest first; then bars are left out.
/// Numbers are never cut.
pub(crate) fn plain(headings: &[&str], rows: Vec<Vec<String>>, right: &[usize]) -> String {
    fitted(headings, rows, right, WIDTH.load(Ordering::Relaxed))
}

/// A table that is cut to a width.
fn fitted(headings: &[&str], mut rows: Vec<Vec<String>>, right: &[usize], most: usize) -> String {
    let whole = laid_out(headings, &rows, right);
    let widest = whole.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let mut excess = widest.saturating_sub(most);
    if excess == 0 {
        return whole;
    }
    let mut headings: Vec<String> = headings.iter().map(|&heading| heading.to_owned()).collect();
    let last = headings.len().saturating_sub(1);
    let mut bars = rows.iter().filter_map(|row| row.get(last)).filter(|cell| !cell.is_empty());
    let ends_in_bars = bars.clone().next().is_some() && bars.all(|cell| is_bar(cell));
    let mut widths: Vec<usize> = headings.iter().map(|heading| heading.width()).collect();
    for row in &rows {
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = cell.width().max(*width));
    }
    let texts = (0..=last).filter(|at| !(right.contains(at) || ends_in_bars && *at == last));
    let texts: Vec<usize> = texts.collect();
    while excess > 0 {
        let longest = texts.iter().copied().filter(|at| widths[*at] > LEAST);
        let Some(longest) = longest.max_by_key(|at| widths[*at]) else { break };
        widths[longest] -= 1;
        excess -= 1;
    }
    for row in rows.iter_mut().chain([&mut headings]) {
        texts.iter().for_each(|at| row[*at] = cut_to_width(&row[*at], widths[*at]));
        if excess > 0 && ends_in_bars {
            row.pop();
        }
    }
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    laid_out(&headings, &rows, right)
}

/// The lines of a table in full width.
fn laid_out(headings: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(headings.to_vec());
    for row in rows {
        table.add_row(row.clone());
    }
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n") + "\n"
}

/// How many columns of letters a line of words has at most.
const LINE: usize = 100;

/// A paragraph on lines of at most 100 columns, fewer in a narrower terminal, with a line break at its
/// end. Words that are longer have a line of their own.
pub(crate) fn wrapped(paragraph: &str) -> String {
    indented(paragraph, 0)
}

/// The same, each line so many columns further right.
pub(crate) fn indented(paragraph: &str, columns: usize) -> String {
    let most = LINE.min(WIDTH.load(Ordering::Relaxed)).saturating_sub(columns);
    let mut lines: Vec<String> = Vec::new();
    for word in words_of(paragraph) {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let space = " ".repeat(columns);
    lines.iter().map(|line| format!("{space}{line}\n")).collect()
}

/// The parts of a paragraph between which a line may end: its words, but a number and the sign of percent
/// that follows it are one.
fn words_of(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(paragraph);
    std::iter::from_fn(move || {
        let text = rest?;
        let may_end = |(at, _): &(usize, &str)| !text[at + 1..].starts_with('%');
        let (word, after) = match text.match_indices(' ').find(may_end) {
            Some((at, _)) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        rest = after;
        Some(word)
    })
}

/// The values that the command line set, as it writes them, as the end of a sentence; nothing if it set
/// none.
pub(crate) fn set_in_words(played: &Played<'_>) -> String {
    let given = played.file.document.given();
    let words: Vec<&str> = given.iter().map(|given| given.written()).collect();
    if words.is_empty() { String::new() } else { format!(", with {} set", words.join(", ")) }
}

/// A bar of `width` characters for a share in 0..1, in eighths of a character.
pub(crate) fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let filled = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    let mut text = "█".repeat(filled / 8);
    if !filled.is_multiple_of(8) {
        text.push(EIGHTHS[filled % 8]);
    } else if filled == 0 && share > 0.0 {
        text.push(EIGHTHS[1]);
    }
    text
}

/// Whether a cell holds a bar and nothing else.
fn is_bar(cell: &str) -> bool {
    // From a whole block, U+2588, to an eighth of one, U+258F.
    cell.chars().all(|letter| ('█'..='▏').contains(&letter))
}

/// A text cut to at most `most` columns of the terminal, of which some letters take two.
fn cut_to_width(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let kept = text.chars().take_while(|letter| {
        let width = letter.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    });
    let kept: String = kept.collect();
    format!("{}…", kept.trim_end())
}

/// A text cut to at most `most` characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_between_words_but_not_before_a_sign_of_percent() {
        let words: Vec<&str> = words_of("from 2 % (or 3 %)  to 4 %").collect();
        assert_eq!(words, ["from", "2 %", "(or", "3 %)", "", "to", "4 %"]);
        let text = "a ".repeat(47) + "in 41 %, and so on";
        assert_eq!(wrapped(&text), "a ".repeat(46) + "a in\n41 %, and so on\n");
    }

    #[test]
    fn titles_are_cut_before_bars_are_left_out_and_numbers_never() {
        let row = |title: &str, id: &str, share: &str| {
            vec![title.to_owned(), id.to_owned(), share.to_owned(), bar(0.5, 10)]
        };
        let rows = || {
            vec![
                row("A settlement that nobody expected", "settlement", "99.9 %"),
                row("위기 위기 위기 위기 위기 위기", "crisis", "<0.01 %"),
            ]
        };
        let at = |width| fitted(&["Outcome", "id", "share", ""], rows(), &[2], width);
        let widest = |text: &str| text.lines().map(UnicodeWidthStr::width).max().unwrap();
        let whole = at(usize::MAX);
        assert!(whole.contains("nobody expected") && widest(&whole) > 60);
        for width in 40..widest(&whole) {
            let text = at(width);
            assert!(widest(&text) <= width, "{width}:\n{text}");
            assert!(text.contains("99.9 %") && text.contains("<0.01 %") && text.contains('…'));
            assert!(text.contains("█████"), "{width}:\n{text}");
        }
        assert!(at(50).contains("settlement "), "the longer text is cut first:\n{}", at(50));
        let narrow = at(10);
        assert!(narrow.contains("99.9 %") && !narrow.contains('█'), "{narrow}");
        assert!(narrow.lines().all(|line| line.contains('…') || line.contains("id")), "{narrow}");
        assert_eq!(fitted(&["a"], vec![], &[], 0), laid_out(&["a"], &[], &[]));
    }

    #[test]
    fn paragraphs_are_broken_between_words() {
        assert_eq!(wrapped("one line"), "one line\n");
        let text = wrapped(&["word"; 41].join(" "));
        let lengths: Vec<usize> = text.lines().map(|line| line.chars().count()).collect();
        assert_eq!(lengths, [99, 99, 4]);
        assert_eq!(wrapped(&"long".repeat(30)), "long".repeat(30) + "\n");
    }

    #[test]
    fn bars_grow_by_eighths_and_never_hide_a_share() {
        assert_eq!(bar(0.0, 10), "");
        assert_eq!(bar(0.0001, 10), "▏");
        assert_eq!(bar(0.5, 10), "█████");
        assert_eq!(bar(0.5625, 10), "█████▋");
        assert_eq!(bar(1.0, 10), "██████████");
    }
}
