//! The normal distribution and its exponential.

use super::is_open_unit;
use crate::numeric::kernels::{exp, ln};
use crate::numeric::normal_quantile;

/// The standard normal quantile at 95 %.
const Z_95: f64 = 1.644_853_626_951_472_2;

/// The normal distribution with this mean and standard deviation, `sd >= 0`; zero gives the mean.
pub fn normal(u: f64, mean: f64, sd: f64) -> f64 {
    if is_open_unit(u) { normal_of(normal_quantile(u), mean, sd) } else { f64::NAN }
}

/// The normal distribution's number where the standard one has `z`.
pub(crate) fn normal_of(z: f64, mean: f64, sd: f64) -> f64 {
    if mean.is_finite() && sd >= 0.0 && sd.is_finite() { mean + sd * z } else { f64::NAN }
}

/// The distribution of a number whose natural logarithm is normal with mean `mu` and standard
/// deviation `sigma >= 0`.
pub fn lognormal(u: f64, mu: f64, sigma: f64) -> f64 {
    exp(normal(u, mu, sigma))
}

/// The lognormal distribution of which 5 % lies below `lo` and 5 % above `hi`,
/// `0 < lo <= hi`; equal ends give that number.
pub fn lo_to_hi(u: f64, lo: f64, hi: f64) -> f64 {
    let Some(Spread { sigma, z_95 }) = spread(lo, hi).filter(|_| is_open_unit(u)) else {
        return f64::NAN;
    };
    // Counted from the nearer end, so that both ends are met exactly.
    let z = normal_quantile(u);
    if z < 0.0 { lo * exp(sigma * (z + z_95)) } else { hi * exp(sigma * (z - z_95)) }
}

/// How [`lo_to_hi`] is spread.
pub(crate) struct Spread {
    /// The standard deviation of the logarithm.
    pub sigma: f64,
    /// How many of them the ends are from the middle.
    pub z_95: f64,
}

/// The spread between these ends, if they make a distribution.
pub(crate) fn spread(lo: f64, hi: f64) -> Option<Spread> {
    let sound = lo > 0.0 && lo <= hi && hi < f64::INFINITY;
    sound.then(|| Spread { sigma: (ln(hi) - ln(lo)) / (2.0 * Z_95), z_95: Z_95 })
}
