//! Natural logarithms.

use super::double::two_sum;
use super::exp::{LN2_HIGH, LN2_LOW, ROUND};

/// The bits of the square root of one half: significands are taken from there to √2.
const SIGNIFICAND_FROM: u64 = 0x3fe6_a09e_667f_3bcd;
const SMALLEST_NORMAL: f64 = f64::MIN_POSITIVE;
const TWO_54: f64 = 18_014_398_509_481_984.0;

/// The natural logarithm. Error at most 0.75 ulp; `-inf` at zero, NaN below.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let (k, m) = decompose(x);
    special(x, ln_parts(k, m, 0.0))
}

/// [`ln`] of a finite number that is at least the smallest normal double, computed without a branch.
#[inline(always)]
pub(crate) const fn ln_of_normal(x: f64) -> f64 {
    let (k, m) = split(x);
    ln_parts(k, m, 0.0)
}

/// `ln(1 + x)`, accurate near zero too. Error at most 0.75 ulp; `-inf` at -1, NaN below.
#[inline(always)]
pub fn ln_1p(x: f64) -> f64 {
    let u = two_sum(1.0, x);
    let (k, m) = decompose(u.high);
    let regular = special(u.high, ln_parts(k, m, u.low / u.high));
    if x == 0.0 { x } else { regular }
}

/// [`ln_1p`] for `-1 < x <= 0`, with fewer branches.
#[inline(always)]
pub(crate) fn ln_1p_up_to_zero(x: f64) -> f64 {
    let u = two_sum(1.0, x);
    let (k, m) = split(u.high);
    let regular = ln_parts(k, m, u.low / u.high);
    if x == 0.0 { x } else { regular }
}

/// `(k, m)` with `x = 2^k m` and `√½ <= m < √2`, for finite `x > 0`.
#[inline(always)]
pub(super) fn decompose(x: f64) -> (f64, f64) {
    let tiny = x < SMALLEST_NORMAL;
    let scaled = if tiny { x * TWO_54 } else { x };
    let shift = if tiny { 54.0 } else { 0.0 };
    let (k, m) = split(scaled);
    (k - shift, m)
}

/// [`decompose`] for a normal number.
#[inline(always)]
const fn split(x: f64) -> (f64, f64) {
    let bits = x.to_bits();
    let k = (bits.wrapping_sub(SIGNIFICAND_FROM) as i64) >> 52;
    let m = f64::from_bits(bits.wrapping_sub((k as u64) << 52));
    // `k` as the low bits of a large whole number: this converts it to a double. Not every processor
    // has an instruction that does so for several numbers at once.
    let whole = f64::from_bits(ROUND.to_bits().wrapping_add(k as u64)) - ROUND;
    (whole, m)
}

/// `k ln 2 + ln m + more`, `more` being a small correction.
///
/// With `f = m - 1` and `s = f / (2 + f)`, `ln(1 + f) = f - s (f - R)`, where `R` is an even
/// polynomial in `s`. Method and coefficients: fdlibm `e_log.c` (Sun Microsystems 1993).
#[inline(always)]
const fn ln_parts(k: f64, m: f64, more: f64) -> f64 {
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w
        * (3.999_999_999_940_942e-1
            + w * (2.222_219_843_214_978_4e-1 + w * 1.531_383_769_920_937_3e-1));
    let odd = z
        * (6.666_666_666_666_735e-1
            + w * (2.857_142_874_366_239e-1
                + w * (1.818_357_216_161_805e-1 + w * 1.479_819_860_511_658_6e-1)));
    let half = 0.5 * f * f;
    let small = s * (half + (odd + even)) + (k * LN2_LOW + more);
    k * LN2_HIGH - ((half - small) - f)
}

/// The logarithm of zero, negative numbers, infinity and NaN; `regular` for all others.
#[inline(always)]
fn special(x: f64, regular: f64) -> f64 {
    if x > 0.0 && x < f64::INFINITY {
        regular
    } else if x == 0.0 {
        f64::NEG_INFINITY
    } else if x < 0.0 {
        f64::NAN
    } else {
        x
    }
}
