//! How much of a variance is settled at a part of the moments at which it is.

/// A part of the variance of whether trials end in an outcome: the variance settled at some moments over all of
/// it, `p (1 - p)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SettledPart {
    /// The estimate, without bias; it may be negative where the part is small. The parts of all moments add up
    /// to 1, but for errors.
    pub part: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end of the 95 % interval.
    pub high: f64,
    /// The standard error of the estimate.
    pub standard_error: f64,
}
