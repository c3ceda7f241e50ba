//! An outcome as charts know it.

use super::colour::Colour;

/// The name of an outcome with its colour, which is the same on every chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeName {
    /// Its id: marks that are about it are in a group with this id as `data-outcome`.
    pub id: String,
    /// What it is called.
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
