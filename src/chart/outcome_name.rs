//! An outcome as charts know it.

use super::colour::Colour;

/// The name of an outcome with its colour, which is the same on every chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeName {
    /// Its id in the scenario. In the SVG, what is about it is in a group with this id as
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
