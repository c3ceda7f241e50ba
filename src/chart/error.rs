//! Why a chart cannot be drawn, and the checks that say so.

use crate::format::number;

/// Why a chart could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// One series has more or fewer values than the chart has steps, outcomes or worlds.
    #[error("series `{series}` has {found} values instead of {expected}")]
    Length {
        /// The name of the series.
        series: String,
        /// How many values it should have.
        expected: usize,
        /// How many values the series has.
        found: usize,
    },
    /// A value is not a number, is infinite, or is beyond 1e300.
    #[error("series `{series}` has a value that cannot be drawn: {value}")]
    Value {
        /// The name of the series.
        series: String,
        /// The value, as text.
        value: String,
    },
    /// A share lies outside the range from 0 to 1.
    #[error("series `{series}` has a share outside the range from 0 to 1: {value}")]
    Share {
        /// The name of the series.
        series: String,
        /// The value, as text.
        value: String,
    },
    /// A difference of two shares lies outside the range from -1 to 1.
    #[error("series `{series}` has a difference outside the range from -1 to 1: {value}")]
    Difference {
        /// The name of the series.
        series: String,
        /// The value, as text.
        value: String,
    },
    /// A bundled font could not be read.
    #[error("font `{0}` could not be read")]
    Font(&'static str),
    /// The drawing library returned an error.
    #[error("drawing failed: {0}")]
    Draw(String),
    /// The text given is not SVG that can be read.
    #[error("the SVG could not be read: {0}")]
    Svg(String),
    /// The picture has no pixels, or more than fit in memory.
    #[error("a picture of {width} by {height} pixels cannot be made")]
    Size {
        /// The width asked for, in pixels.
        width: u64,
        /// The height asked for, in pixels.
        height: u64,
    },
    /// The PNG could not be encoded.
    #[error("the PNG could not be encoded: {0}")]
    Png(String),
}

/// The largest magnitude that is drawn: beyond it, differences of two values overflow.
const LARGEST: f64 = 1e300;

/// Fails for values that cannot be drawn on any axis.
pub(super) fn check_values(series: &str, values: &[f64]) -> Result<(), ChartError> {
    match values.iter().find(|v| !(-LARGEST..=LARGEST).contains(*v)) {
        None => Ok(()),
        Some(value) => Err(ChartError::Value { series: series.to_owned(), value: number(*value) }),
    }
}

/// Fails for values that are not between 0 and 1; up to one in a million outside is allowed for
/// rounding.
pub(super) fn check_shares(series: &str, values: &[f64]) -> Result<(), ChartError> {
    check_values(series, values)?;
    match values.iter().find(|v| !(-1e-6..=1.0 + 1e-6).contains(*v)) {
        None => Ok(()),
        Some(value) => {
            Err(ChartError::Share { series: series.to_owned(), value: value.to_string() })
        }
    }
}

/// Fails for values that are not between -1 and 1; up to one in a million outside is allowed for
/// rounding.
pub(super) fn check_differences(series: &str, values: &[f64]) -> Result<(), ChartError> {
    check_values(series, values)?;
    match values.iter().find(|v| v.abs() > 1.0 + 1e-6) {
        None => Ok(()),
        Some(value) => {
            Err(ChartError::Difference { series: series.to_owned(), value: value.to_string() })
        }
    }
}

/// Fails for a series that does not have one value for each step.
pub(super) fn check_length(series: &str, found: usize, expected: usize) -> Result<(), ChartError> {
    if found == expected {
        return Ok(());
    }
    Err(ChartError::Length { series: series.to_owned(), expected, found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_not_numbers_are_refused() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e301] {
            assert!(check_values("s", &[0.0, bad]).is_err(), "{bad}");
        }
        assert_eq!(check_values("s", &[1e12, -1e-9, 1e300]), Ok(()));
    }

    #[test]
    fn shares_are_between_zero_and_one_give_or_take_rounding() {
        assert_eq!(check_shares("s", &[0.0, 1.0, 1.0 + 1e-12, -1e-12]), Ok(()));
        assert!(check_shares("s", &[1.01]).is_err());
        let message = check_shares("war", &[-0.5]).unwrap_err().to_string();
        assert_eq!(message, "series `war` has a share outside the range from 0 to 1: -0.5");
    }

    #[test]
    fn differences_are_between_minus_one_and_one() {
        assert_eq!(check_differences("s", &[-1.0, 0.0, 1.0 + 1e-12]), Ok(()));
        for bad in [1.1, -1.1, f64::NAN, f64::INFINITY] {
            assert!(check_differences("s", &[bad]).is_err(), "{bad}");
        }
    }
}
