//! The numbers of a chart as a table of texts.

/// What a chart shows, as a small table. Cells hold numbers with their units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataTable {
    /// The heads of the columns.
    pub head: Vec<String>,
    /// The rows, with a cell for each column.
    pub rows: Vec<Vec<String>>,
}
