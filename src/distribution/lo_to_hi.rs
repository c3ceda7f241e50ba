//! The lognormal distribution given by an interval.

use super::composed::{Composed, KnownParameter};
use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};
use crate::numeric::{exp, ln};

/// The standard normal quantile at 95 %.
const Z_95: f64 = 1.644_853_626_951_472_2;

/// `lo to hi`, the lognormal distribution of which 5 % lies below `lo` and 5 % above `hi`; equal
/// ends give that number.
pub static LO_TO_HI: Distribution = Distribution {
    name: "to",
    parameters: Parameters::Ends,
    about: "a draw from the lognormal distribution with this 90 % interval",
    limits: &[Limit::Above(0.0), Limit::NotBelow("lo")],
    gives: Gives::Number,
    range: (0.0, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfNormal(of_normal),
    prepared: None,
    composed: Some(composed),
    cases: Cases {
        sound: &[&[5.0, 10.0], &[0.2, 0.9], &[0.1, 0.1], &[1e9, 3e12]],
        unsound: &[&[0.0, 1.0], &[-1.0, 1.0], &[2.0, 1.0], &[1.0, f64::INFINITY], &[f64::NAN, 1.0]],
        bits: 0x2c79_ee29_d775_d7d9,
    },
};

/// The draw is counted from the nearer end, so that both ends are met exactly.
fn of_normal(z: f64, parameters: &[f64]) -> f64 {
    let &[lo, hi] = parameters else { return f64::NAN };
    match log_sd(lo, hi) {
        None => f64::NAN,
        Some(sigma) if z < 0.0 => lo * exp(sigma * (z + Z_95)),
        Some(sigma) => hi * exp(sigma * (z - Z_95)),
    }
}

/// The standard deviation of the logarithm, if these ends make a distribution.
fn log_sd(lo: f64, hi: f64) -> Option<f64> {
    let sound = lo > 0.0 && lo <= hi && hi < f64::INFINITY;
    sound.then(|| (ln(hi) - ln(lo)) / (2.0 * Z_95))
}

/// The same as the quantile, where both ends are constants.
fn composed(parameters: &[KnownParameter]) -> Option<Composed> {
    let [lo, hi] = parameters else { return None };
    let sigma = Composed::Constant(log_sd(lo.constant?, hi.constant?)?);
    let end = Composed::below_zero_or_not(Composed::Parameter(0), Composed::Parameter(1));
    let to_end = Composed::below_zero_or_not(Composed::Constant(Z_95), Composed::Constant(-Z_95));
    let away = Composed::sum(Composed::StandardNormal, to_end);
    Some(Composed::product(end, Composed::exp(Composed::product(sigma, away))))
}
