//! A choice among values with weights.

use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};

/// `discrete(v1, w1, v2, w2, …)`, one of the values, in the order written: the first at which the
/// weights so far, as a share of all weights, exceed `u`. It rises with `u` if the values do.
///
/// Weights are at least zero and have a positive, finite sum, which need not be one; a value of
/// weight zero never comes.
pub static DISCRETE: Distribution = Distribution {
    name: "discrete",
    parameters: Parameters::Pairs,
    about: "one of the values v, with odds as their weights w",
    limits: &[Limit::Any, Limit::AtLeast(0.0)],
    gives: Gives::Value,
    range: (f64::NEG_INFINITY, f64::INFINITY),
    is_discrete: true,
    quantile: Quantile::OfUniform(quantile),
    prepared: None,
    composed: None,
    cases: Cases {
        sound: &[
            &[1.0, 0.5, 2.0, 0.5],
            &[-1.0, 2.0, 3.0, 1.5, 5.0, 1.0],
            &[0.5, 0.0, 7.0, 3.0, 9.0, 1.0, 12.0, 0.0],
            &[7.0, 2.0],
        ],
        unsound: &[
            &[],
            &[1.0, 0.0, 2.0, 0.0],
            &[1.0, 1.0, 2.0, -0.5],
            &[1.0, f64::NAN],
            &[1.0, f64::INFINITY],
        ],
        bits: 0x1cd9_0b10_3c72_3505,
    },
};

fn quantile(u: f64, parameters: &[f64]) -> f64 {
    let pairs = || parameters.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let mut total = 0.0;
    for (_, weight) in pairs() {
        if weight.is_nan() || weight < 0.0 {
            return f64::NAN;
        }
        total += weight;
    }
    if !(total > 0.0 && total < f64::INFINITY) {
        return f64::NAN;
    }
    let wanted = u * total;
    let mut sum = 0.0;
    let mut last = f64::NAN;
    for (value, weight) in pairs() {
        if weight > 0.0 {
            sum += weight;
            last = value;
            if sum > wanted {
                break;
            }
        }
    }
    last
}
