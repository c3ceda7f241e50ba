//! What every chart can tell of itself.

use super::error::ChartError;

/// What a chart shows, as a small table. Cells hold numbers with their units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataTable {
    /// The heads of the columns.
    pub head: Vec<String>,
    /// The rows, with a cell for each column.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    /// A table with these heads and no rows yet.
    pub fn new<T: Into<String>>(head: impl IntoIterator<Item = T>) -> Self {
        DataTable { head: head.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}

/// A chart: numbers and labels that can be drawn, told and tabled.
pub trait Chart {
    /// The sentence that stands above it.
    fn title(&self) -> &str;

    /// What it shows, in a sentence or two, for those who cannot see it.
    fn alt(&self) -> String;

    /// The numbers it shows.
    fn table(&self) -> DataTable;

    /// The chart as a whole SVG document.
    ///
    /// # Errors
    ///
    /// Numbers that cannot be drawn.
    fn svg(&self) -> Result<String, ChartError>;
}

/// Words in a list: `a, b and c`.
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
