//! The triangular distribution.

use super::limit::Limit;
use super::row::{Cases, Distribution, Gives, Parameters, Quantile};

/// `triangular(a, mode, b)`, from `a` to `b` with its peak at `mode`. The difference of the ends
/// must be finite; equal ends give that number.
///
/// Source: Johnson, Kotz & Balakrishnan 1995, *Continuous univariate distributions* 2, 26.9.
pub static TRIANGULAR: Distribution = Distribution {
    name: "triangular",
    parameters: Parameters::Numbers(&["a", "mode", "b"]),
    about: "a draw from the triangle over a, mode and b",
    limits: &[Limit::Any, Limit::NotBelow("a"), Limit::NotBelow("mode")],
    gives: Gives::Number,
    range: (f64::NEG_INFINITY, f64::INFINITY),
    is_discrete: false,
    quantile: Quantile::OfUniform(quantile),
    prepared: None,
    composed: None,
    cases: Cases {
        sound: &[&[0.0, 1.0, 4.0], &[0.0, 0.0, 1.0], &[-1.0, 4.0, 4.0], &[2.0, 2.0, 2.0]],
        unsound: &[
            &[0.0, 2.0, 1.0],
            &[0.0, -1.0, 1.0],
            &[f64::NEG_INFINITY, 0.0, 1.0],
            &[0.0, f64::NAN, 1.0],
        ],
        bits: 0x8321_cda1_19fb_4e95,
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
    let (left, right) = (mode - a, b - mode);
    if u * width < left {
        let x = a + width * (u * (left / width)).sqrt();
        if x > mode { mode } else { x }
    } else {
        // b - √((1 - u) width right), arranged to lose nothing near a.
        let (before, after) = (left / width, right / width);
        let share = (before + u * after) / (1.0 + ((1.0 - u) * after).sqrt());
        let x = a + width * share;
        if x < mode {
            mode
        } else if x > b {
            b
        } else {
            x
        }
    }
}
