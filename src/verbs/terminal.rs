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
    fn bars_grow_by_eighths_and_never_hide_a_share() {
        assert_eq!(bar(0.0, 10), "");
        assert_eq!(bar(0.0001, 10), "▏");
        assert_eq!(bar(0.5, 10), "█████");
        assert_eq!(bar(0.5625, 10), "█████▋");
        assert_eq!(bar(1.0, 10), "██████████");
    }
}
