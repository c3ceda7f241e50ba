//! The exponential function, `e^x - 1` and the logistic function.

/// Adding this to a number below 2^51 rounds it to a whole number and leaves that in the low bits.
pub(super) const ROUND: f64 = 6_755_399_441_055_744.0;
/// ln 2 in two parts; the first has 32 bits, so that its product with an exponent is exact.
pub(super) const LN2_HIGH: f64 = 0.693_147_180_369_123_8;
pub(super) const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const PER_LN2: f64 = std::f64::consts::LOG2_E;

/// `e^x`. Error at most 0.6 ulp; infinite above 709.78, zero below -745.13.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    exp_sum(clamped(x), 0.0)
}

/// Limits an argument to the range in which the scaling by powers of two works; a NaN stays.
#[inline(always)]
pub(super) fn clamped(x: f64) -> f64 {
    x.clamp(-760.0, 720.0)
}

/// `e^(x + low)` for `|x|` up to 760 and `low` at most an ulp or so of `x`.
///
/// `x = k ln 2 + r` with `|r| <= 0.35` (Cody & Waite 1980), then the Taylor series to `r^13`,
/// which leaves 2^-58.
#[inline(always)]
pub(super) fn exp_sum(x: f64, low: f64) -> f64 {
    let ReducedExponent { k, r, c } = reduce(x, low);
    let one = 1.0 + r;
    let lost = r - (one - 1.0);
    let sum = one + (lost + (c + c * r + square_terms(r)));
    // Two factors, since 2^k itself may be too small or too large for a normal double.
    let half = halved(k);
    sum * power_of_two(half) * power_of_two(k.wrapping_sub(half))
}

/// `e^x - 1`, accurate near zero too. Error at most 1.3 ulp.
#[inline(always)]
pub fn exp_m1(x: f64) -> f64 {
    if x > 40.0 { exp(x) } else { exp_m1_up_to_40(x) }
}

/// [`exp_m1`] for arguments up to 40, without a branch.
#[inline(always)]
pub(crate) fn exp_m1_up_to_40(x: f64) -> f64 {
    let held = if x < -50.0 { -50.0 } else { x };
    let ReducedExponent { k, r, c } = reduce(held, 0.0);
    let scale = power_of_two(k);
    let grown = scale * (r + (c + c * r + square_terms(r))) + (scale - 1.0);
    if x == 0.0 { x } else { grown }
}

/// The logistic function `1 / (1 + e^-x)`. Error at most 2.1 ulp in both tails; it reaches zero
/// only where `e^x` does, and one only where that is the nearest double.
#[inline(always)]
pub fn sigmoid(x: f64) -> f64 {
    let e = exp(-x.abs());
    let top = if x < 0.0 { e } else { 1.0 };
    top / (1.0 + e)
}

/// `x = k ln 2 + (r + c)`.
struct ReducedExponent {
    k: i64,
    r: f64,
    c: f64,
}

#[inline(always)]
fn reduce(x: f64, low: f64) -> ReducedExponent {
    let shifted = x * PER_LN2 + ROUND;
    let whole = shifted - ROUND;
    // A NaN leaves a meaningless exponent here, and a NaN in `r`.
    let k = (shifted.to_bits() as i64).wrapping_sub(ROUND.to_bits() as i64);
    let high = x - whole * LN2_HIGH;
    let rest = whole * LN2_LOW - low;
    let r = high - rest;
    ReducedExponent { k, r, c: (high - r) - rest }
}

/// `e^r - 1 - r`.
#[inline(always)]
fn square_terms(r: f64) -> f64 {
    let z = r * r;
    let low = (1.0 / 2.0 + r * (1.0 / 6.0)) + z * (1.0 / 24.0 + r * (1.0 / 120.0));
    let middle = (1.0 / 720.0 + r * (1.0 / 5_040.0)) + z * (1.0 / 40_320.0 + r * (1.0 / 362_880.0));
    let high = (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0))
        + z * (1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0));
    let fourth = z * z;
    z * (low + fourth * (middle + fourth * high))
}

/// `k / 2` rounded down, for `k` above -4096: by a shift that every processor has for several lanes.
#[inline(always)]
fn halved(k: i64) -> i64 {
    ((k.wrapping_add(4096) as u64) >> 1) as i64 - 2048
}

/// `2^k` for `-1022 <= k <= 1023`.
#[inline(always)]
fn power_of_two(k: i64) -> f64 {
    f64::from_bits((k.wrapping_add(1023) as u64) << 52)
}
