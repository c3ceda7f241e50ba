//! An outcome as charts know it.

/// The name of an outcome with its colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeName {
    /// What it is called.
    pub label: String,
    /// Which colour of the palette it has; the same index is the same colour on every chart.
    pub colour_index: usize,
}
