//! The tables of the page, which the template writes and the page's script sorts.

use serde::Serialize;

use crate::format::NOTHING;

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageTable {
    /// What it shows, for readers who use a screen reader.
    pub caption: String,
    /// The columns.
    pub columns: Vec<PageColumn>,
    /// The rows.
    pub rows: Vec<PageRow>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct PageColumn {
    /// Its heading.
    pub name: String,
    /// Whether it holds numbers, which are aligned right.
    pub numeric: bool,
    /// How the rows are sorted by it at first: `ascending`, `descending` or `none`.
    pub sort: &'static str,
    /// Whether it can be sorted by.
    pub sortable: bool,
}

/// A row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageRow {
    /// What stands in it, column by column.
    pub cells: Vec<PageCell>,
    /// The outcome that the row is about.
    pub outcome: Option<String>,
    /// Whether the row is emphasized.
    pub strong: bool,
}

/// What stands in one place of a table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageCell {
    /// The text.
    pub text: String,
    /// The value by which it is sorted, where that is not the text.
    pub sort: Option<String>,
    /// A second line in small letters.
    pub note: Option<String>,
    /// Whether it is a formula or a name of the file.
    pub code: bool,
    /// The share, in per cent, that a bar shows.
    pub bar: Option<f64>,
    /// A drawing that this crate made, as SVG.
    pub svg: Option<String>,
    /// The outcome that a press of the cell's button highlights.
    pub outcome: Option<String>,
    /// The colour of that outcome.
    pub colour: Option<String>,
    /// The outcome that the cell is about: the cell is highlighted when the outcome is.
    pub outcome_mark: Option<String>,
}

impl PageTable {
    /// An empty table. A heading that begins with `#` makes a column of numbers, and one that begins
    /// with `!` a column by which the table cannot be sorted.
    pub fn new(caption: impl Into<String>, headings: &[&str]) -> Self {
        let column = |heading: &&str| {
            let name = heading.trim_start_matches(['#', '!']);
            PageColumn {
                name: name.to_owned(),
                numeric: heading.starts_with('#'),
                sort: "none",
                sortable: !heading.starts_with('!'),
            }
        };
        PageTable {
            caption: caption.into(),
            columns: headings.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// Says that the rows come sorted by a column, the largest first.
    pub fn sorted_down(mut self, column: usize) -> Self {
        self.columns[column].sort = "descending";
        self
    }

    /// Says that it cannot be sorted, since it is short or its order is what it tells.
    pub fn unsorted(mut self) -> Self {
        self.columns.iter_mut().for_each(|column| column.sortable = false);
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<PageCell>) -> &mut PageRow {
        self.rows.push(PageRow { cells, ..PageRow::default() });
        self.rows.last_mut().expect("a row was just added")
    }
}

impl PageCell {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        PageCell { text: text.into(), ..PageCell::default() }
    }

    /// A formula or a name of the file.
    pub fn code(text: impl Into<String>) -> Self {
        PageCell { code: true, ..PageCell::text(text) }
    }

    /// A number: the text that is shown, and the value by which it is sorted.
    pub fn number(text: impl Into<String>, value: f64) -> Self {
        PageCell { sort: Some(sort_key(value)), ..PageCell::text(text) }
    }

    /// An empty cell, which sorts below every number.
    pub fn nothing() -> Self {
        PageCell { sort: Some(sort_key(f64::NEG_INFINITY)), ..PageCell::text(NOTHING) }
    }

    /// The same with a second line.
    pub fn note(self, note: impl Into<String>) -> Self {
        let note = note.into();
        PageCell { note: (!note.is_empty()).then_some(note), ..self }
    }
}

/// A number for the script to sort by.
fn sort_key(value: f64) -> String {
    if value == f64::NEG_INFINITY { "-1e308".to_owned() } else { format!("{value:?}") }
}
