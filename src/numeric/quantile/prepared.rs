//! Inverses that have to be solved, kept as polynomials where their parameters stay the same.
//!
//! Solving takes a microsecond or more; the polynomial takes some nanoseconds. What is far out in
//! the tails is still solved, and so is everything where polynomials do not come near enough.

use std::collections::BTreeMap;
use std::f64::consts::PI;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{SHAPES, SMALLEST_SHAPE, beta, gamma};
use crate::numeric::kernels::cos;

/// The coefficients of a polynomial.
const TERMS: usize = 11;
/// Tails below this, of either end, are solved.
const TAIL: f64 = 1.0 / 1024.0;
/// In how many pieces a doubling of the tail is cut: the exponent of two, the least that will do.
const FINENESS: std::ops::RangeInclusive<u32> = 2..=4;
/// How far polynomials may be from what was solved, relative.
const TOLERANCE: f64 = 2e-13;
/// How many inverses are kept that nobody uses at the moment.
const MOST_IDLE: usize = 256;

const SIGNIFICAND_BITS: u32 = f64::MANTISSA_DIGITS - 1;
const ONE: u64 = 1.0_f64.to_bits();

/// A distribution whose inverse has to be solved, of scale one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Solved {
    Beta(f64, f64),
    Gamma(f64),
}

/// The inverse of a distribution with fixed shapes, for many draws.
///
/// At most 3e-13 away, relative, from [`beta`] or [`gamma`], and never beyond the ends. The
/// polynomials are made when the first draw asks for them, in about a millisecond, and depend on
/// nothing but the shapes.
#[derive(Debug)]
pub struct Prepared {
    solved: Solved,
    table: OnceLock<Option<Table>>,
}

impl Prepared {
    /// The beta distribution with these shapes; `None` where nothing has to be solved.
    pub fn beta(a: f64, b: f64) -> Option<Arc<Self>> {
        let sound = SHAPES.contains(&a) && SHAPES.contains(&b) && !(a == 1.0 && b == 1.0);
        sound.then(|| Self::shared(Solved::Beta(a, b)))
    }

    /// The gamma distribution with this shape and scale one; `None` where it is none.
    pub fn gamma(shape: f64) -> Option<Arc<Self>> {
        let sound = (SMALLEST_SHAPE..f64::INFINITY).contains(&shape);
        sound.then(|| Self::shared(Solved::Gamma(shape)))
    }

    /// The one that all share who ask for these shapes.
    fn shared(solved: Solved) -> Arc<Self> {
        static ALL: Mutex<BTreeMap<(u64, u64), Arc<Prepared>>> = Mutex::new(BTreeMap::new());
        let key = match solved {
            Solved::Beta(a, b) => (a.to_bits(), b.to_bits()),
            // No beta distribution has a shape of zero.
            Solved::Gamma(shape) => (shape.to_bits(), 0),
        };
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_IDLE && !all.contains_key(&key) {
            all.retain(|_, prepared| Arc::strong_count(prepared) > 1);
        }
        let new = || Arc::new(Prepared { solved, table: OnceLock::new() });
        Arc::clone(all.entry(key).or_insert_with(new))
    }

    /// The number below which the share `u` lies; NaN for a `u` outside the open unit interval.
    pub fn quantile(&self, u: f64) -> f64 {
        let table = self.table.get_or_init(|| Table::of(|u| self.solved.quantile(u)));
        match (table.as_ref().and_then(|table| table.at(u)), self.solved) {
            (Some(x), Solved::Beta(..)) if x > 1.0 => 1.0,
            (Some(x), _) => x,
            (None, solved) => solved.quantile(u),
        }
    }
}

impl Solved {
    fn quantile(self, u: f64) -> f64 {
        match self {
            Solved::Beta(a, b) => beta(u, a, b),
            Solved::Gamma(shape) => gamma(u, shape, 1.0),
        }
    }
}

/// An inverse by pieces, in each of which it is a polynomial.
///
/// A piece is a part of a doubling of the tail: `u` below one half, `1 - u` above. So the first
/// bits of the tail tell the piece, and the others the place in it.
#[derive(Debug)]
struct Table {
    /// How many bits of a tail tell the place in a piece.
    below: u32,
    /// The bits of the first piece.
    first: u64,
    /// How many pieces a side has.
    side: u64,
    /// The pieces of the lower side from the tail on, then those of the upper side. Coefficients
    /// from the lowest power up, of a place from -1 to 1.
    pieces: Vec<[f64; TERMS]>,
}

impl Table {
    /// The table of an inverse, if it meets [`TOLERANCE`].
    fn of(inverse: impl Fn(f64) -> f64) -> Option<Table> {
        let basis = Basis::new();
        FINENESS.into_iter().find_map(|fineness| Table::cut(&inverse, &basis, fineness))
    }

    fn cut(inverse: &impl Fn(f64) -> f64, basis: &Basis, fineness: u32) -> Option<Table> {
        let below = SIGNIFICAND_BITS - fineness;
        let first = TAIL.to_bits() >> below;
        let side = (0.5_f64.to_bits() >> below) - first;
        let mut table = Table { below, first, side, pieces: Vec::new() };
        for upper in [false, true] {
            for index in 0..side {
                let start = f64::from_bits((first + index) << below);
                let width = f64::from_bits((first + index + 1) << below) - start;
                let exact = |place: f64| {
                    let tail = start + width * (0.5 * (place + 1.0));
                    inverse(if upper { 1.0 - tail } else { tail })
                };
                let piece = basis.fit(basis.nodes.map(exact));
                // Where the error of an interpolation is greatest: at the ends, and between nodes.
                for place in [-1.0, basis.between] {
                    let (found, wanted) = (polynomial(&piece, place), exact(place));
                    let near = (found - wanted).abs() <= TOLERANCE * wanted.abs();
                    if !(near && wanted >= f64::MIN_POSITIVE) {
                        return None;
                    }
                }
                table.pieces.push(piece);
            }
        }
        Some(table)
    }

    /// The inverse; `None` in the tails and outside.
    fn at(&self, u: f64) -> Option<f64> {
        let upper = u >= 0.5;
        let tail = if upper { 1.0 - u } else { u };
        let bits = tail.to_bits();
        let index = (bits >> self.below).wrapping_sub(self.first);
        if index >= self.side {
            return None;
        }
        let piece = self.pieces[(index + if upper { self.side } else { 0 }) as usize];
        let rest = bits & ((1 << self.below) - 1);
        // Both differences are exact.
        let share = f64::from_bits(ONE | (rest << (SIGNIFICAND_BITS - self.below))) - 1.0;
        Some(polynomial(&piece, 2.0 * share - 1.0))
    }
}

/// By the rule of Horner, from the highest power down.
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
    /// Their coefficients from the lowest power up.
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
        // From the smallest on.
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
    use super::{Prepared, TAIL, Table};
    use crate::numeric::quantile::{beta, gamma, oracle};
    use crate::numeric::unit;
    use proptest::prelude::*;

    /// Documented.
    const ERROR: f64 = 3e-13;

    const SHAPES: [(f64, f64); 16] = [
        (0.05, 0.05),
        (0.05, 40.0),
        (40.0, 0.05),
        (0.3, 7.0),
        (0.5, 0.5),
        (1.0, 2.0),
        (2.0, 1.0),
        (3.0, 3.0),
        (4.0, 3.0),
        (1.0, 5.0),
        (2.0, 5.0),
        (80.0, 3.0),
        (300.0, 700.0),
        (1.0, 1e4),
        (1e4, 1e4),
        (1e4, 0.05),
    ];

    /// Uniform numbers in the tails, in the middle, and on both sides of all borders of pieces.
    fn uniforms() -> Vec<f64> {
        let mut all: Vec<f64> = (1..800).map(|i| f64::from(i) / 800.0).collect();
        let mut small = 0.1;
        while small > 1e-16 {
            all.extend([small, 1.0 - small]);
            small /= 10.0;
        }
        let mut power = TAIL / 2.0;
        while power < 0.5 {
            for part in 16..32 {
                let border = f64::from(part) / 16.0 * power;
                for near in [border.next_down(), border, border.next_up()] {
                    all.extend([near, 1.0 - near]);
                }
            }
            power *= 2.0;
        }
        all.extend([0.5, unit(0), unit(u64::MAX)]);
        all.sort_by(f64::total_cmp);
        all
    }

    #[track_caller]
    fn meets(prepared: &Prepared, exact: impl Fn(f64) -> f64, uniforms: &[f64], what: &str) {
        let (mut worst, mut at) = (0.0, 0.0);
        let mut before = 0.0;
        for u in uniforms {
            let (found, wanted) = (prepared.quantile(*u), exact(*u));
            let error = if found == wanted { 0.0 } else { (found / wanted - 1.0).abs() };
            if error > worst || error.is_nan() {
                (worst, at) = (error, *u);
            }
            assert!(found >= before * (1.0 - 2.0 * ERROR), "{what} falls at {u}");
            before = found;
        }
        println!("{what:24} {worst:.1e} at {at}");
        assert!(worst <= ERROR, "{what} is {worst:e} off at {at}");
    }

    #[test]
    fn prepared_inverses_meet_solved_ones() {
        let uniforms = uniforms();
        for (a, b) in SHAPES {
            let prepared = Prepared::beta(a, b).unwrap();
            meets(&prepared, |u| beta(u, a, b), &uniforms, &format!("beta({a}, {b})"));
        }
        for shape in [0.05, 0.3, 0.9, 1.0, 2.5, 30.0, 999.0, 1001.0, 1e4] {
            let prepared = Prepared::gamma(shape).unwrap();
            meets(&prepared, |u| gamma(u, shape, 1.0), &uniforms, &format!("gamma({shape})"));
        }
    }

    /// Else what is tested above is the solver against itself.
    #[test]
    fn polynomials_are_near_enough_for_all_but_odd_shapes() {
        let table = |a: f64, b: f64| Table::of(|u| beta(u, a, b));
        // There the solver's own last digits are too rough.
        for (a, b) in SHAPES.into_iter().filter(|shapes| *shapes != (1.0, 1e4)) {
            let table = table(a, b).unwrap_or_else(|| panic!("no table for beta({a}, {b})"));
            assert!(table.at(0.3).is_some() && table.at(1e-4).is_none() && table.at(0.5).is_none());
        }
        assert!(table(1e-6, 1e-6).is_none());
    }

    #[test]
    fn quantiles_in_many_digits_are_met() {
        let numbers = oracle::quantiles();
        let at = oracle::list(&numbers["quantile_at"]);
        let mut met = 0;
        for case in numbers["cases"].as_array().unwrap() {
            let formula = case["formula"].as_str().unwrap();
            let (name, rest) = formula.split_once('(').unwrap_or((formula, ""));
            let p: Vec<f64> = rest
                .trim_end_matches(')')
                .split(',')
                .filter_map(|x| x.trim().parse().ok())
                .collect();
            let (prepared, scale) = match name {
                "beta" => (Prepared::beta(p[0], p[1]), 1.0),
                "gamma" => (Prepared::gamma(p[0]), p[1]),
                _ => continue,
            };
            let Some(prepared) = prepared else { continue };
            for (u, wanted) in at.iter().zip(oracle::list(&case["quantile"])) {
                oracle::assert_close(scale * prepared.quantile(*u), wanted, 1e-12, formula);
                met += 1;
            }
        }
        assert!(met > 200, "{met}");
    }

    #[test]
    fn what_is_no_distribution_or_no_uniform_number_has_none() {
        assert!(Prepared::beta(0.0, 1.0).is_none() && Prepared::beta(1.0, f64::NAN).is_none());
        assert!(Prepared::beta(1.0, 1.0).is_none() && Prepared::gamma(-1.0).is_none());
        let prepared = Prepared::beta(4.0, 3.0).unwrap();
        for u in [0.0, 1.0, -0.1, -0.3, 1.1, f64::NAN, f64::INFINITY] {
            assert!(prepared.quantile(u).is_nan(), "at {u}");
        }
    }

    #[test]
    fn the_same_shapes_share_one() {
        let first = Prepared::beta(2.25, 3.75).unwrap();
        assert!(std::sync::Arc::ptr_eq(&first, &Prepared::beta(2.25, 3.75).unwrap()));
        assert!(!std::sync::Arc::ptr_eq(&first, &Prepared::beta(3.75, 2.25).unwrap()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_shapes_meet_what_is_solved(
            a in -3.0..9.2_f64,
            b in -3.0..9.2_f64,
            bits in prop::collection::vec(any::<u64>(), 60),
        ) {
            let (a, b) = (crate::numeric::exp(a), crate::numeric::exp(b));
            let prepared = Prepared::beta(a, b).unwrap();
            let mut uniforms: Vec<f64> = bits.into_iter().map(unit).collect();
            uniforms.sort_by(f64::total_cmp);
            meets(&prepared, |u| beta(u, a, b), &uniforms, &format!("beta({a}, {b})"));
            let prepared = Prepared::gamma(a).unwrap();
            meets(&prepared, |u| gamma(u, a, 1.0), &uniforms, &format!("gamma({a})"));
        }
    }
}
