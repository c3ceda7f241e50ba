//! The normal distribution.

use super::composed::{Composed, KnownParameter};
use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};

/// `normal(mean, sd)`; a standard deviation of zero gives the mean.
pub static NORMAL: Distribution = Distribution {
    name: "normal",
    parameters: Parameters::Numbers(&["mean", "sd"]),
    about: "a draw from the normal distribution",
    limits: &[Limit::Any, Limit::AtLeast(0.0)],
    gives: Gives::Number,
    range: (f64::NEG_INFINITY, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfNormal(of_normal),
    prepared: None,
    composed: Some(composed),
    cases: Cases {
        sound: &[&[1.0, 2.0], &[0.0, 1.0], &[-3.0, 0.25], &[3.0, 0.0], &[1e6, 1e3]],
        unsound: &[
            &[f64::NAN, 1.0],
            &[f64::INFINITY, 1.0],
            &[0.0, -1.0],
            &[0.0, f64::INFINITY],
            &[0.0, f64::NAN],
        ],
        bits: 0x4535_0d1c_08d1_ff8d,
    },
};

/// The draw that belongs to a draw from the standard normal distribution.
pub(super) fn of_normal(z: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [mean, sd] if mean.is_finite() && sd >= 0.0 && sd.is_finite() => mean + sd * z,
        _ => f64::NAN,
    }
}

/// `mean + sd z`, where the parameters certainly make a distribution.
pub(super) fn composed(parameters: &[KnownParameter]) -> Option<Composed> {
    let [mean, sd] = parameters else { return None };
    let sound = mean.finite && sd.finite && sd.low >= 0.0;
    sound.then(|| {
        let away = Composed::product(Composed::Parameter(1), Composed::StandardNormal);
        Composed::sum(Composed::Parameter(0), away)
    })
}
