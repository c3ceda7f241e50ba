//! Text, tables and bars for the terminal.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::answer::Ask;
use crate::report::Played;

/// A question whose answer can be printed in the terminal.
pub trait Tell: Ask {
    /// The answer in words and tables, from the tables that were written.
    fn tell(&self, played: &Played<'_>, tables: &Self::Tables) -> String;
}

/// A table without frame: headings and rows; columns in `right` are numbers.
pub(crate) fn plain(headings: &[&str], rows: Vec<Vec<String>>, right: &[usize]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(headings.to_vec());
    for row in rows {
        table.add_row(row);
    }
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n") + "\n"
}

/// How many characters a line of words has at most.
const WIDTH: usize = 100;

/// A paragraph on lines of at most 100 characters, with a line break at its end. Words that are longer
/// have a line of their own.
pub(crate) fn wrapped(paragraph: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let length = |text: &str| text.chars().count();
    for word in paragraph.split(' ') {
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(word) <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n") + "\n"
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
