//! The PERT distribution.

use super::beta;
use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Preparation, Quantile, Standard};
use super::uniform;
use crate::numeric::beta_quantile;

/// `pert(a, mode, b)`, from `a` to `b` with its peak at `mode`: a beta distribution whose mean is
/// `(a + 4 mode + b) / 6`. The difference of the ends must be finite; equal ends give that number.
///
/// Source: Malcolm, Roseboom, Clark & Fazar 1959; Vose 2008, *Risk analysis* (modified PERT, λ = 4).
pub static PERT: Distribution = Distribution {
    name: "pert",
    parameters: Parameters::Numbers(&["a", "mode", "b"]),
    about: "a draw from the beta distribution over a to b with mean (a + 4 mode + b) / 6",
    limits: &[Limit::Any, Limit::NotBelow("a"), Limit::NotBelow("mode")],
    gives: Gives::Number,
    range: (f64::NEG_INFINITY, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfUniform(quantile),
    prepared: Some(Preparation { standard, draw }),
    composed: None,
    cases: Cases {
        sound: &[&[0.0, 1.0, 4.0], &[10.0, 12.0, 40.0], &[0.0, 0.0, 1.0], &[2.0, 2.0, 2.0]],
        unsound: &[&[0.0, 2.0, 1.0], &[0.0, f64::NAN, 1.0], &[0.0, 1.0, f64::INFINITY]],
        bits: 0x6b4f_8d95_b604_18e6,
    },
};

fn quantile(u: f64, parameters: &[f64]) -> f64 {
    let &[a, mode, b] = parameters else { return f64::NAN };
    let width = b - a;
    if !(a <= mode && mode <= b && width < f64::INFINITY) {
        return f64::NAN;
    }
    if width == 0.0 {
        return a;
    }
    let [left, right] = shapes(a, mode, b);
    between(beta_quantile(u, left, right), a, b)
}

/// The shapes of the beta distribution, `a < b`.
fn shapes(a: f64, mode: f64, b: f64) -> [f64; 2] {
    let width = b - a;
    [1.0 + 4.0 * ((mode - a) / width), 1.0 + 4.0 * ((b - mode) / width)]
}

fn standard(parameters: &[f64]) -> Option<Standard> {
    match *parameters {
        [a, mode, b] if a < b => beta::standard(&shapes(a, mode, b)),
        _ => None,
    }
}

fn draw(share: f64, parameters: &[f64]) -> f64 {
    match *parameters {
        [a, _, b] => between(share, a, b),
        _ => f64::NAN,
    }
}

/// The number at this share of the way, exactly an end where the share is zero or one.
fn between(share: f64, a: f64, b: f64) -> f64 {
    if share >= 1.0 {
        b
    } else if share <= 0.0 {
        a
    } else {
        uniform::between(share, a, b)
    }
}
