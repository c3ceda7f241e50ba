//! The share of a part in a whole, with an interval from those of both.

use crate::stats::{Estimate, Interval};

/// The share of `part` in `whole`, of which it is at most all; `None` unless the interval of `whole` excludes
/// zero. Both are variances known with errors of this correlation.
///
/// Where both intervals are symmetric this is Fieller's; where they are not, each side takes the half of
/// the interval that matters to it (the "method of variance estimates recovery").
///
/// Source: Fieller 1954, "Some problems in interval estimation", Journal of the Royal Statistical Society
/// B 16; Donner & Zou 2012, "Closed-form confidence intervals for functions of the normal mean and standard
/// deviation", Statistical Methods in Medical Research 21.
pub fn share_of(part: Estimate, whole: Estimate, correlation: f64) -> Option<Estimate> {
    if whole.interval.low <= 0.0 {
        return None;
    }
    let Interval { low, high } = ratio_interval(part, whole, correlation);
    let low = low.max(0.0);
    // An interval that lies beyond is left as it is.
    let high = if low < 1.0 { high.min(1.0) } else { high };
    Some(Estimate { value: part.value / whole.value, interval: Interval { low, high } })
}

/// The interval of a ratio, neither end of which is cut.
fn ratio_interval(part: Estimate, whole: Estimate, correlation: f64) -> Interval {
    let own = part.value.clamp(part.interval.low, part.interval.high);
    let below = own - part.interval.low;
    let above = part.interval.high - own;
    let whole_below = whole.value - whole.interval.low;
    let whole_above = whole.interval.high - whole.value;
    // At an end r, part - r whole is as far from zero as its own error:
    // (part - r whole)² = half² - 2 correlation half r whole_half + (r whole_half)².
    let roots = |half: f64, whole_half: f64| {
        let square = whole.value * whole.value - whole_half * whole_half;
        let linear = own * whole.value - correlation * half * whole_half;
        let constant = own * own - half * half;
        let root = (linear * linear - square * constant).max(0.0).sqrt();
        (square, linear + root, constant)
    };
    let (_, sum, constant) = roots(below, whole_above);
    let low = if sum > 0.0 { constant / sum } else { 0.0 };
    let (square, sum, _) = roots(above, whole_below);
    Interval { low, high: if square > 0.0 { sum / square } else { f64::INFINITY } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(value: f64, half: f64) -> Estimate {
        Estimate { value, interval: Interval { low: value - half, high: value + half } }
    }

    #[test]
    fn a_whole_that_is_known_divides_both_ends() {
        let found = ratio_interval(around(3.0, 1.0), around(2.0, 1e-12), 0.3);
        assert!((found.low - 1.0).abs() < 1e-9 && (found.high - 2.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn symmetric_parts_give_fiellers_interval() {
        let (part, whole, correlation) = (around(1.0, 0.4), around(2.0, 0.5), 0.6);
        let found = ratio_interval(part, whole, correlation);
        for r in [found.low, found.high] {
            let away = 1.0 - 2.0 * r;
            let error = 0.16 - 2.0 * correlation * 0.4 * 0.5 * r + 0.25 * r * r;
            assert!((away * away - error).abs() < 1e-12, "{found:?}");
        }
        assert!(found.low < 0.5 && 0.5 < found.high);
        // Errors that go together cancel in a ratio.
        let apart = ratio_interval(part, whole, 0.0);
        assert!(apart.high - apart.low > found.high - found.low);
    }

    #[test]
    fn a_share_is_within_zero_and_one_and_needs_a_whole() {
        let found = share_of(around(0.9, 0.3), around(1.0, 0.1), 0.0).unwrap();
        assert!((found.value - 0.9).abs() < 1e-15 && found.interval.high == 1.0);
        let below = Estimate { value: -0.1, interval: Interval { low: 0.0, high: 0.2 } };
        let found = share_of(below, around(1.0, 0.1), 0.0).unwrap();
        assert_eq!((found.value, found.interval.low), (-0.1, 0.0));
        assert!(found.interval.high > 0.2 && found.interval.high < 0.25, "{found:?}");
        assert_eq!(share_of(around(0.9, 0.3), around(0.1, 0.1), 0.0), None);
    }

    #[test]
    fn a_whole_that_may_be_twice_as_large_still_bounds_from_below() {
        let whole = Estimate { value: 1.0, interval: Interval { low: 0.5, high: 2.5 } };
        let found = ratio_interval(around(0.8, 0.1), whole, 0.0);
        assert!(found.low > 0.2 && found.low < 0.4 && found.high.is_finite(), "{found:?}");
    }

    /// The closed form for independent estimates with lopsided intervals (Donner & Zou 2012), in 40 digits.
    #[test]
    fn lopsided_parts_give_the_closed_form() {
        let of = |value, low, high| Estimate { value, interval: Interval { low, high } };
        for (part, whole, low, high) in [
            (
                of(0.8, 0.7, 0.9),
                of(1.0, 0.5, 2.5),
                0.315_824_251_627_881_6,
                1.612_356_851_458_163_3,
            ),
            (
                of(0.3, 0.2, 0.5),
                of(1.0, 0.8, 1.3),
                0.185_550_801_663_692_3,
                0.525_978_140_957_491_6,
            ),
        ] {
            let found = ratio_interval(part, whole, 0.0);
            let near = |found: f64, wanted: f64| (found - wanted).abs() < 1e-13;
            assert!(near(found.low, low) && near(found.high, high), "{found:?}");
        }
    }
}
