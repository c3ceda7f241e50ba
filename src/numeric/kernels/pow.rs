//! Powers.

use super::double::{Double, fast_two_sum, product, two_product};
use super::exp::{LN2_HIGH, LN2_LOW, clamped, exp_sum};
use super::log::decompose;

/// `x^y`. Error at most 0.6 ulp. The last rounding alone is half an ulp of that, so a result that a
/// double can hold is exact: `2^3 = 8`, `x^1 = x`, `9^0.5 = 3`.
///
/// Special values are those of IEEE 754 `pow`: `x^0 = 1^y = 1` for any operand, NaN included; a
/// negative base has a power only where the exponent is whole (or infinite); `0^y` is infinite
/// for `y < 0`.
#[inline]
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    let size = x.abs();
    let whole = Whole::of(y);
    let negative = x.is_sign_negative() && whole == Whole::Odd;
    let value = if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if size == 0.0 || size == f64::INFINITY || y.abs() == f64::INFINITY {
        at_limit(size, y)
    } else if x < 0.0 && whole == Whole::Not {
        f64::NAN
    } else {
        positive(size, y)
    };
    if negative { -value } else { value }
}

/// What kind of whole number an exponent is.
#[derive(Clone, Copy, PartialEq)]
enum Whole {
    Not,
    Even,
    Odd,
}

impl Whole {
    #[inline]
    fn of(y: f64) -> Whole {
        let size = y.abs();
        if size >= 9_007_199_254_740_992.0 {
            Whole::Even
        } else if size.floor() != size {
            Whole::Not
        } else if size as u64 & 1 == 1 {
            Whole::Odd
        } else {
            Whole::Even
        }
    }
}

/// The power where base or exponent is zero or infinite; `size` is at least zero.
#[inline]
fn at_limit(size: f64, y: f64) -> f64 {
    if size == 1.0 {
        1.0
    } else if (size > 1.0) == (y > 0.0) {
        f64::INFINITY
    } else {
        0.0
    }
}

/// Whether [`pow_of_positive`] gives `x^y`.
#[inline(always)]
pub(crate) fn is_plain_power(x: f64, y: f64) -> bool {
    x > 0.0 && x < f64::INFINITY && x != 1.0 && y.abs() < f64::INFINITY && y != 0.0
}

/// [`pow`] computed without a branch. Elsewhere than where [`is_plain_power`] holds, the result has no
/// meaning.
#[inline(always)]
pub(crate) fn pow_of_positive(x: f64, y: f64) -> f64 {
    positive(x, y)
}

/// `x^y` for finite `x > 0` and finite `y`.
#[inline(always)]
fn positive(x: f64, y: f64) -> f64 {
    let log = ln_double(x);
    // Beyond 2^70 even the base nearest to one has left the range of doubles.
    let held = y.clamp(-1.180_591_620_717_411_3e21, 1.180_591_620_717_411_3e21);
    let high = two_product(held, log.high);
    let total = fast_two_sum(high.high, high.low + held * log.low);
    let exponent = clamped(total.high);
    let rest = if exponent == total.high { total.low } else { 0.0 };
    exp_sum(exponent, rest)
}

/// The logarithm of a finite `x > 0` to about 2^-68 of its size.
///
/// `ln m = 2 artanh s` with `s = (m - 1) / (m + 1)`; the terms to `s^5` are carried in pairs, the
/// rest of the series is small enough for single doubles.
#[inline]
fn ln_double(x: f64) -> Double {
    let (k, m) = decompose(x);
    let f = m - 1.0;
    let below = fast_two_sum(2.0, f);
    let quotient = f / below.high;
    let back = two_product(quotient, below.high);
    let rest = ((f - back.high) - back.low - quotient * below.low) / below.high;
    let s = fast_two_sum(quotient, rest);
    let z = product(s, s);

    let tail = z.high * series_from_seventh(z.high);
    let fifth = fast_two_sum(2.0 / 5.0, tail);
    let fifth = Double { high: fifth.high, low: fifth.low - 2.220_446_049_250_313e-17 };
    let upper = product(z, fifth);
    let third = fast_two_sum(2.0 / 3.0, upper.high);
    let third =
        Double { high: third.high, low: third.low + (upper.low + 3.700_743_415_417_188e-17) };
    let cubic = product(product(s, z), third);

    let first = fast_two_sum(k * LN2_HIGH, 2.0 * s.high);
    let second = fast_two_sum(first.high, cubic.high);
    let low = (first.low + second.low) + (cubic.low + 2.0 * s.low) + k * LN2_LOW;
    fast_two_sum(second.high, low)
}

/// `2/7 + 2/9 z + … + 2/27 z^10`.
#[inline]
fn series_from_seventh(z: f64) -> f64 {
    const FACTORS: [f64; 10] = [
        2.0 / 25.0,
        2.0 / 23.0,
        2.0 / 21.0,
        2.0 / 19.0,
        2.0 / 17.0,
        2.0 / 15.0,
        2.0 / 13.0,
        2.0 / 11.0,
        2.0 / 9.0,
        2.0 / 7.0,
    ];
    FACTORS.iter().fold(2.0 / 27.0, |sum, factor| sum * z + factor)
}

#[cfg(test)]
mod tests {
    use super::ln_double;

    /// Logarithms in 60 digits, by mpmath, each as the sum of two doubles. Where the significand is
    /// far from one, the last terms of the series count.
    #[test]
    fn logarithms_are_good_to_twice_the_digits_that_powers_need() {
        for (x, high, low) in [
            (1.414, 0.346_422_567_474_380_94, 2.133_162_732_000_299_7e-17),
            (1.4, 0.336_472_236_621_212_9, -2.749_511_929_341_821_2e-17),
            (1.375, 0.318_453_731_118_534_6, 2.711_477_936_732_623_6e-17),
            (1.3, 0.262_364_264_467_491_06, 2.663_362_835_347_756_6e-17),
            (0.75, -0.287_682_072_451_780_9, -2.607_160_616_442_564e-17),
            (0.718_75, -0.330_241_686_870_576_87, 1.082_832_163_748_385_8e-17),
            (0.7072, -0.346_441_767_658_703_3, 2.483_815_566_716_944_7e-17),
        ] {
            let found = ln_double(x);
            let error = ((found.high - high) + (found.low - low)) / high;
            // 2^-68 is 3.4e-21.
            assert!(error.abs() < 5e-21, "{error:e} at {x}");
        }
    }
}
