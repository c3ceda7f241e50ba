//! The name and colour of an outcome.

use super::colour::Colour;

/// The name of an outcome with its colour, which is the same on every chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeName {
    /// Its id in the scenario. In the SVG, all marks about it are in groups with this id as
    /// `data-outcome`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
}

#[cfg(test)]
impl OutcomeName {
    /// The `index`-th outcome of a test.
    pub(super) fn sample(label: &str, index: usize) -> Self {
        let colour = Colour::series(index);
        Self { id: format!("outcome_{index}"), label: label.to_owned(), colour }
    }
}
