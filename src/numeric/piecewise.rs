//! Functions of a tail probability, kept as polynomials: some nanoseconds in place of the
//! microsecond or more that solving for a quantile takes.

use std::f64::consts::PI;

use super::kernels::cos;

/// How many coefficients a polynomial has.
const TERMS: usize = 11;
/// No polynomials are kept for tails below this.
const SMALLEST_TAIL: f64 = 1.0 / 1024.0;
/// Each doubling of the tail is cut into two to the power of this many pieces: the least number of
/// this range with which the polynomials are accurate enough.
const FINENESS: std::ops::RangeInclusive<u32> = 2..=4;
/// How far a polynomial may be from the function that it stands for, relative to its value.
const TOLERANCE: f64 = 2e-13;

const SIGNIFICAND_BITS: u32 = f64::MANTISSA_DIGITS - 1;
const ONE: u64 = 1.0_f64.to_bits();

/// Positive functions of a tail probability from 1/1024 to one half, as polynomials by pieces.
///
/// A piece is a part of a doubling of the tail: the first bits of the tail say which piece it is
/// in, and the other bits where in it.
#[derive(Debug)]
pub(crate) struct PiecewisePolynomial {
    /// How many bits of a tail say where in its piece it is.
    below: u32,
    /// The first bits of a tail in the first piece.
    first: u64,
    /// How many pieces a function has.
    count: u64,
    /// The pieces of the first function from the smallest tail on, then those of the next. Each has
    /// its coefficients from the lowest power up, for a place in the piece from -1 to 1.
    pieces: Vec<[f64; TERMS]>,
}

impl PiecewisePolynomial {
    /// The polynomials of these functions; `None` where a function is not positive everywhere, or
    /// the polynomials do not come near enough to it.
    pub fn of(functions: &[&dyn Fn(f64) -> f64]) -> Option<Self> {
        let basis = Basis::new();
        FINENESS.into_iter().find_map(|fineness| Self::cut(functions, &basis, fineness))
    }

    fn cut(functions: &[&dyn Fn(f64) -> f64], basis: &Basis, fineness: u32) -> Option<Self> {
        let below = SIGNIFICAND_BITS - fineness;
        let first = SMALLEST_TAIL.to_bits() >> below;
        let count = (0.5_f64.to_bits() >> below) - first;
        let mut all = PiecewisePolynomial { below, first, count, pieces: Vec::new() };
        for function in functions {
            for index in 0..count {
                let start = f64::from_bits((first + index) << below);
                let width = f64::from_bits((first + index + 1) << below) - start;
                let exact = |place: f64| function(start + width * (0.5 * (place + 1.0)));
                let piece = basis.fit(basis.nodes.map(exact));
                // The error of an interpolation is greatest at the ends and between nodes.
                for place in [-1.0, basis.between] {
                    let (found, wanted) = (polynomial(&piece, place), exact(place));
                    let near = (found - wanted).abs() <= TOLERANCE * wanted.abs();
                    if !(near && wanted >= f64::MIN_POSITIVE) {
                        return None;
                    }
                }
                all.pieces.push(piece);
            }
        }
        Some(all)
    }

    /// The value of a function, by its position in the list, at this tail; `None` for tails that
    /// are not in the range.
    pub fn at(&self, function: usize, tail: f64) -> Option<f64> {
        let bits = tail.to_bits();
        let index = (bits >> self.below).wrapping_sub(self.first);
        if index >= self.count {
            return None;
        }
        let piece = self.pieces[function * self.count as usize + index as usize];
        let rest = bits & ((1 << self.below) - 1);
        // Both differences are exact.
        let share = f64::from_bits(ONE | (rest << (SIGNIFICAND_BITS - self.below))) - 1.0;
        Some(polynomial(&piece, 2.0 * share - 1.0))
    }
}

/// The value of a polynomial by Horner's rule, from the highest power down.
fn polynomial(coefficients: &[f64; TERMS], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// Interpolation at Chebyshev's nodes (Trefethen 2013, *Approximation theory and approximation
/// practice*, 3 and 4).
struct Basis {
    nodes: [f64; TERMS],
    /// A place between two nodes where the error is greatest.
    between: f64,
    /// The Chebyshev polynomials at the nodes.
    values: [[f64; TERMS]; TERMS],
    /// The coefficients of those polynomials from the lowest power up.
    powers: [[f64; TERMS]; TERMS],
}

impl Basis {
    fn new() -> Self {
        let step = PI / TERMS as f64;
        let node = |j: usize| (j as f64 + 0.5) * step;
        let values = std::array::from_fn(|k| std::array::from_fn(|j| cos(k as f64 * node(j))));
        let mut powers = [[0.0; TERMS]; TERMS];
        powers[0][0] = 1.0;
        powers[1][1] = 1.0;
        for k in 2..TERMS {
            // T_k = 2 x T_(k-1) - T_(k-2), in whole numbers.
            for power in 0..TERMS {
                let raised = if power > 0 { powers[k - 1][power - 1] } else { 0.0 };
                powers[k][power] = 2.0 * raised - powers[k - 2][power];
            }
        }
        let nodes = std::array::from_fn(|j| cos(node(j)));
        Basis { nodes, between: cos(4.0 * step), values, powers }
    }

    /// The polynomial through these values at the nodes.
    fn fit(&self, at_nodes: [f64; TERMS]) -> [f64; TERMS] {
        let mut coefficients = [0.0; TERMS];
        // The last terms are the smallest: adding them first loses least.
        for k in (0..TERMS).rev() {
            let sum: f64 = self.values[k].iter().zip(at_nodes).map(|(t, x)| t * x).sum();
            let weight = sum * if k == 0 { 1.0 } else { 2.0 } / TERMS as f64;
            for (coefficient, power) in coefficients.iter_mut().zip(self.powers[k]) {
                *coefficient += weight * power;
            }
        }
        coefficients
    }
}

#[cfg(test)]
mod tests {
    use super::PiecewisePolynomial;
    use crate::numeric::{beta_quantile, exp};

    #[test]
    fn functions_are_told_apart_and_met() {
        let (falling, rising) = (|tail: f64| exp(-tail), |tail: f64| 3.0 + tail * tail);
        let both = PiecewisePolynomial::of(&[&falling, &rising]).expect("two smooth functions");
        for tail in [0.001, 0.0123, 0.125, 0.3, 0.499_999] {
            let (first, second) = (both.at(0, tail).unwrap(), both.at(1, tail).unwrap());
            assert!((first / falling(tail) - 1.0).abs() < 3e-13, "{first} at {tail}");
            assert!((second / rising(tail) - 1.0).abs() < 3e-13, "{second} at {tail}");
        }
        for outside in [0.0, 1e-4, 0.5, 0.7, -0.1, 1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(both.at(0, outside), None, "at {outside}");
        }
    }

    #[test]
    fn functions_that_are_too_steep_or_not_positive_have_none() {
        let steep = |tail: f64| beta_quantile(tail, 1e-6, 1e-6);
        assert!(PiecewisePolynomial::of(&[&steep]).is_none());
        assert!(PiecewisePolynomial::of(&[&|tail| tail - 0.25]).is_none());
    }
}
