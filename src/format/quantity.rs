//! Numbers together with what they count or measure, which decides how they are written.

use super::{
    count, number, number_range, percent, percent_range, points, points_range, unsigned_points,
    unsigned_points_range,
};

/// A number, or a range of numbers, with what it counts or measures.
///
/// # Examples
///
/// ```
/// use demarche::format::Quantity;
///
/// let change = Quantity::PointsRange(0.2461, 0.2778);
/// assert_eq!(change.text(), "+24.6 to +27.8");
/// assert_eq!(change.value(), 0.2461);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// A whole number of things.
    Count(u64),
    /// A share of a whole, from 0 to 1.
    Share(f64),
    /// A range of shares.
    ShareRange(f64, f64),
    /// A difference of shares, from -1 to 1.
    Points(f64),
    /// A range of differences of shares.
    PointsRange(f64, f64),
    /// The size of a difference of shares, from 0 to 1.
    UnsignedPoints(f64),
    /// A range of sizes of differences of shares.
    UnsignedPointsRange(f64, f64),
    /// Any other number.
    Number(f64),
    /// A range of other numbers.
    NumberRange(f64, f64),
}

impl Quantity {
    /// The text that a reader sees.
    pub fn text(self) -> String {
        match self {
            Quantity::Count(value) => count(value),
            Quantity::Share(share) => percent(share),
            Quantity::ShareRange(low, high) => percent_range(low, high),
            Quantity::Points(difference) => points(difference),
            Quantity::PointsRange(low, high) => points_range(low, high),
            Quantity::UnsignedPoints(size) => unsigned_points(size),
            Quantity::UnsignedPointsRange(low, high) => unsigned_points_range(low, high),
            Quantity::Number(value) => number(value),
            Quantity::NumberRange(low, high) => number_range(low, high),
        }
    }

    /// The number itself, by which a column is sorted; for a range, its lower end.
    pub fn value(self) -> f64 {
        match self {
            Quantity::Count(value) => value as f64,
            Quantity::Share(value)
            | Quantity::ShareRange(value, _)
            | Quantity::Points(value)
            | Quantity::PointsRange(value, _)
            | Quantity::UnsignedPoints(value)
            | Quantity::UnsignedPointsRange(value, _)
            | Quantity::Number(value)
            | Quantity::NumberRange(value, _) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_number_is_written_its_own_way() {
        for (quantity, text, value) in [
            (Quantity::Count(1_250), "1,250", 1250.0),
            (Quantity::Share(0.25), "25.0 %", 0.25),
            (Quantity::ShareRange(0.25, 0.5), "25.0 to 50.0 %", 0.25),
            (Quantity::Points(0.25), "+25.0", 0.25),
            (Quantity::PointsRange(-0.25, 0.5), "−25.0 to +50.0", -0.25),
            (Quantity::UnsignedPoints(0.25), "25.0", 0.25),
            (Quantity::UnsignedPointsRange(0.25, 0.5), "25.0 to 50.0", 0.25),
            (Quantity::Number(0.25), "0.25", 0.25),
            (Quantity::NumberRange(-0.25, 0.5), "−0.25 to 0.5", -0.25),
        ] {
            assert_eq!((quantity.text().as_str(), quantity.value()), (text, value));
        }
    }
}
