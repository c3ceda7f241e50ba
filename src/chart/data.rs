//! The numbers of a chart as a table.

use crate::format::Quantity;

/// The numbers that a chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartData {
    /// The heads of the columns. The first column says what a row is about.
    pub heads: Vec<String>,
    /// The rows, with a cell for each column.
    pub rows: Vec<Vec<ChartCell>>,
}

/// A cell of a chart's table.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartCell {
    /// No value.
    Nothing,
    /// Words.
    Words(String),
    /// A number, or a range of numbers.
    Quantity(Quantity),
}

impl ChartData {
    /// A table with these heads and no rows yet.
    pub fn new<T: Into<String>>(heads: impl IntoIterator<Item = T>) -> Self {
        ChartData { heads: heads.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = ChartCell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether a column holds numbers and nothing else.
    pub fn is_numeric(&self, column: usize) -> bool {
        let mut any = false;
        for cell in self.rows.iter().filter_map(|row| row.get(column)) {
            match cell {
                ChartCell::Words(_) => return false,
                ChartCell::Quantity(_) => any = true,
                ChartCell::Nothing => {}
            }
        }
        any
    }
}

impl ChartCell {
    /// The text that a reader sees.
    pub fn text(&self) -> String {
        match self {
            ChartCell::Nothing => String::new(),
            ChartCell::Words(words) => words.clone(),
            ChartCell::Quantity(quantity) => quantity.text(),
        }
    }

    /// The number by which a column of numbers is sorted.
    pub fn value(&self) -> Option<f64> {
        match self {
            ChartCell::Quantity(quantity) => Some(quantity.value()),
            ChartCell::Nothing | ChartCell::Words(_) => None,
        }
    }
}

impl From<Quantity> for ChartCell {
    fn from(quantity: Quantity) -> Self {
        ChartCell::Quantity(quantity)
    }
}

impl From<Option<Quantity>> for ChartCell {
    fn from(quantity: Option<Quantity>) -> Self {
        quantity.map_or(ChartCell::Nothing, ChartCell::Quantity)
    }
}

impl From<&str> for ChartCell {
    fn from(words: &str) -> Self {
        ChartCell::Words(words.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_numeric_if_it_holds_numbers_and_no_words() {
        let mut data = ChartData::new(["Outcome", "Share", "Interval", "Note"]);
        let share = Quantity::Share(0.25);
        data.row(["War".into(), share.into(), ChartCell::Nothing, "few".into()]);
        data.row(["Deal".into(), share.into(), ChartCell::Nothing, share.into()]);
        assert_eq!([0, 1, 2, 3].map(|column| data.is_numeric(column)), [false, true, false, false]);
        let texts: Vec<String> = data.rows[0].iter().map(ChartCell::text).collect();
        assert_eq!(texts, ["War", "25.0 %", "", "few"]);
        assert_eq!(data.rows[0][1].value(), Some(0.25));
        assert_eq!(data.rows[0][0].value(), None);
    }
}
