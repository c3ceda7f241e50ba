//! The quantile of the standard Gumbel distribution, −ln(−ln u), as a table of cubic polynomials:
//! one step of a table takes half the time of two logarithms or less.
//!
//! The tail of a uniform number is its distance to the nearer of zero and one. Each halving of the
//! tail, from one half down to 2^-17, is cut into 256 pieces of equal width, on either side. On a
//! piece the quantile is the cubic that has its values at the two ends and at a quarter of the width
//! from either end: where the Chebyshev polynomial of that degree has its extremes (Trefethen 2013,
//! *Approximation theory and approximation practice*, 2). So neighbouring pieces meet, and the
//! quantile never falls where its uniform number rises. Smaller tails, one number in 65,536, take two
//! logarithms, and so does one half.

use super::kernels::{ln, ln_of_normal};

/// How many times the tail is halved before logarithms take over.
const HALVINGS: usize = 16;
/// Each halving has two to the power of this many pieces.
const FINENESS: u32 = 8;
/// How many pieces there are on either side of one half; a power of two, like that of all pieces.
const SIDE: usize = HALVINGS << FINENESS;
const ALL: usize = 2 * SIDE;

const SIGNIFICAND_BITS: u32 = f64::MANTISSA_DIGITS - 1;
const ONE: u64 = 1.0_f64.to_bits();
/// How many bits of a tail say where in its piece it is.
const BELOW: u32 = SIGNIFICAND_BITS - FINENESS;
/// The first bits of a tail in the piece that is farthest from one half.
const FIRST: u64 = (0.5_f64.to_bits() >> BELOW) - SIDE as u64;

/// How many numbers of a column are computed at once.
const WIDTH: usize = 32;

/// All pieces, in the order of the uniform numbers.
static CUBICS: [Cubic; ALL] = Cubic::all();

/// The standard Gumbel number −ln(−ln u) of a uniform number. Its absolute error is at most 1e-12,
/// and where `u` rises it never falls. Infinite at zero and one, NaN outside.
pub(crate) fn gumbel_quantile(u: f64) -> f64 {
    let spot = Spot::of(u);
    if spot.is_beyond() { two_logarithms(u) } else { CUBICS[spot.index].value(spot.place) }
}

/// [`gumbel_quantile`] of a column of uniform numbers, in place.
#[inline(always)]
pub(crate) fn gumbel_quantiles(numbers: &mut [f64]) {
    let mut room = Room { indices: [0; WIDTH], places: [0.0; WIDTH], pieces: [Cubic::NONE; WIDTH] };
    let (whole, rest) = numbers.as_chunks_mut();
    for part in whole {
        room.quantiles(part);
    }
    if !rest.is_empty() {
        let mut part = [0.25; WIDTH];
        part[..rest.len()].copy_from_slice(rest);
        room.quantiles(&mut part);
        rest.copy_from_slice(&part[..rest.len()]);
    }
}

/// Where in the table a uniform number is.
struct Spot {
    /// The position of its tail among those of its side, from the smallest on. At least `SIDE` where
    /// the table has none.
    piece: u64,
    /// The position in the table.
    index: usize,
    /// The place in the piece, from 0 at its smallest tail to 1.
    place: f64,
}

impl Spot {
    #[inline(always)]
    fn of(u: f64) -> Spot {
        let upper = u > 0.5;
        // Exact for every number above one half.
        let tail = if upper { 1.0 - u } else { u };
        let bits = tail.to_bits();
        let piece = (bits >> BELOW).wrapping_sub(FIRST);
        let mirrored = (ALL as u64 - 1).wrapping_sub(piece);
        let index = (if upper { mirrored } else { piece }) & (ALL as u64 - 1);
        let rest = bits & ((1 << BELOW) - 1);
        // The bits become the significand of a number from 1 to 2.
        let place = f64::from_bits(ONE | (rest << FINENESS)) - 1.0;
        Spot { piece, index: index as usize, place }
    }

    /// Whether the table has no piece for the number.
    fn is_beyond(&self) -> bool {
        self.piece >= SIDE as u64
    }
}

/// Room for the pieces of some numbers, which are copied side by side before they are evaluated.
/// That is quicker than to collect each coefficient of several pieces, even on processors that have
/// an instruction for it.
struct Room {
    indices: [usize; WIDTH],
    places: [f64; WIDTH],
    pieces: [Cubic; WIDTH],
}

impl Room {
    #[inline(always)]
    fn quantiles(&mut self, numbers: &mut [f64; WIDTH]) {
        let Room { indices, places, pieces } = self;
        let mut together = 0;
        for ((u, index), place) in numbers.iter().zip(&mut *indices).zip(&mut *places) {
            let spot = Spot::of(*u);
            (*index, *place) = (spot.index, spot.place);
            together |= spot.piece;
        }
        for (index, piece) in indices.iter().zip(&mut *pieces) {
            *piece = CUBICS[*index & (ALL - 1)];
        }
        // `SIDE` being a power of two, no position has a bit from there on if all are below it.
        if together >= SIDE as u64 {
            beyond(numbers, pieces);
        }
        for ((x, piece), place) in numbers.iter_mut().zip(&*pieces).zip(&*places) {
            *x = piece.value(*place);
        }
    }
}

/// Puts a constant in place of the piece of each number for which the table has none.
#[cold]
#[inline(never)]
fn beyond(numbers: &[f64; WIDTH], pieces: &mut [Cubic; WIDTH]) {
    for (u, piece) in numbers.iter().zip(pieces) {
        if Spot::of(*u).is_beyond() {
            *piece = Cubic([two_logarithms(*u), 0.0, 0.0, 0.0]);
        }
    }
}

fn two_logarithms(u: f64) -> f64 {
    -ln(-ln(u))
}

/// The coefficients of a polynomial from the lowest power up.
#[repr(align(32))]
#[derive(Clone, Copy)]
struct Cubic([f64; 4]);

impl Cubic {
    const NONE: Cubic = Cubic([0.0; 4]);

    #[inline(always)]
    fn value(&self, place: f64) -> f64 {
        let Cubic([c0, c1, c2, c3]) = *self;
        c0 + place * (c1 + place * (c2 + place * c3))
    }

    /// The cubic through values at the start, at a quarter, at three quarters and at the end.
    const fn through([start, quarter, three_quarters, end]: [f64; 4]) -> Cubic {
        // The mean slopes from the start to the other places.
        let first = (quarter - start) * 4.0;
        let second = (three_quarters - start) * (4.0 / 3.0);
        let third = end - start;
        let c3 = (third - first) * (16.0 / 3.0) - (second - first) * 8.0;
        let c2 = (second - first) * 2.0 - c3;
        // What is left, so that the piece ends where the next one starts.
        Cubic([start, third - (c2 + c3), c2, c3])
    }

    const fn all() -> [Cubic; ALL] {
        let mut all = [Cubic::NONE; ALL];
        let mut piece = 0;
        while piece < SIDE {
            let start = f64::from_bits((FIRST + piece as u64) << BELOW);
            let end = f64::from_bits((FIRST + piece as u64 + 1) << BELOW);
            // These tails have so few bits that they and their distances to one are exact.
            let width = end - start;
            let tails = [start, start + 0.25 * width, start + 0.75 * width, end];
            let (mut lower, mut upper) = ([0.0; 4], [0.0; 4]);
            let mut node = 0;
            while node < 4 {
                lower[node] = -ln_of_normal(-ln_of_normal(tails[node]));
                upper[node] = -ln_of_normal(-ln_of_normal(1.0 - tails[node]));
                node += 1;
            }
            all[piece] = Cubic::through(lower);
            all[ALL - 1 - piece] = Cubic::through(upper);
            piece += 1;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, BELOW, FIRST, SIDE, Spot, gumbel_quantile, gumbel_quantiles, two_logarithms};
    use crate::numeric::{PhiloxStream, unit};
    use rand::Rng;

    /// Functions to 400 bits, by `tests/oracles/generate.py`.
    const TABLE: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/kernels.csv"));

    /// Doubles where one piece ends and the next starts, from zero to one.
    fn borders() -> impl Iterator<Item = f64> {
        let lower = (0..=SIDE as u64).map(|piece| f64::from_bits((FIRST + piece) << BELOW));
        lower.clone().chain(lower.map(|tail| 1.0 - tail))
    }

    fn next(u: f64) -> f64 {
        f64::from_bits(u.to_bits() + 1)
    }

    fn previous(u: f64) -> f64 {
        f64::from_bits(u.to_bits() - 1)
    }

    #[test]
    fn it_is_as_accurate_as_documented() {
        let (mut worst, mut cases) = (0.0_f64, 0);
        for line in TABLE.lines().filter(|line| line.starts_with("gumbel_quantile,")) {
            let cells: Vec<&str> = line.split(',').collect();
            let [u, _, exact] = [cells[1], cells[2], cells[3]]
                .map(|bits| f64::from_bits(u64::from_str_radix(bits, 16).unwrap()));
            let error = (gumbel_quantile(u) - exact).abs();
            assert!(error <= 1e-12, "{error:e} at {u:e}");
            worst = worst.max(error);
            cases += 1;
        }
        assert!(cases >= 500, "{cases} cases");
        // In every piece, at places all over it: the logarithms are accurate to the last digits.
        for tail in 0..64 * SIDE as u64 {
            let tail = f64::from_bits((FIRST << BELOW) + (tail << (BELOW - 6)));
            for u in [tail, 1.0 - tail] {
                worst = worst.max((gumbel_quantile(u) - two_logarithms(u)).abs());
            }
        }
        assert!(worst <= 1e-12, "{worst:e}");
        println!("the largest error is {worst:e}");
    }

    #[test]
    fn it_never_falls() {
        let rises = |u: f64, v: f64| {
            let (below, above) = (gumbel_quantile(u), gumbel_quantile(v));
            assert!(u < v && below <= above, "{below} at {u:e}, {above} at {v:e}");
        };
        for border in borders() {
            let mut u = border;
            for _ in 0..4 {
                rises(previous(u), u);
                u = previous(u);
            }
            let mut u = border;
            for _ in 0..4 {
                rises(u, next(u));
                u = next(u);
            }
        }
        let mut random = PhiloxStream::new([1, 2], [3; 4]);
        for _ in 0..1_000_000 {
            let bits = random.next_u64();
            let u = unit(bits);
            rises(u, next(u));
            if bits >> 12 != u64::MAX >> 12 {
                rises(u, unit(bits + (1 << 12)));
            }
            rises(f64::from_bits(u.to_bits() - (bits & 0xfff) - 1), u);
            // Smaller than those of the generator: what is stratified may be.
            let small = u * unit(random.next_u64());
            rises(small, small + f64::EPSILON * small.max(f64::EPSILON));
        }
    }

    #[test]
    fn a_column_has_the_same_numbers_as_one_at_a_time() {
        let mut random = PhiloxStream::new([4, 5], [6; 4]);
        let ends = [0.0, 1.0, 0.5, f64::MIN_POSITIVE, f64::NAN, -0.5, 1.5, previous(1.0)];
        for n in 0..200 {
            let mut uniform: Vec<f64> = (0..n).map(|_| unit(random.next_u64())).collect();
            for (u, end) in uniform.iter_mut().step_by(7).zip(ends) {
                *u = end;
            }
            uniform.extend(borders().skip(n * ALL / 200).step_by(5).take(n / 2));
            let mut column = uniform.clone();
            gumbel_quantiles(&mut column);
            for (u, g) in uniform.iter().zip(&column) {
                let alone = gumbel_quantile(*u);
                assert!(alone.to_bits() == g.to_bits() || (alone.is_nan() && g.is_nan()), "{u:e}");
            }
        }
    }

    #[test]
    fn ends_are_infinite_and_nothing_lies_outside() {
        assert_eq!(gumbel_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(gumbel_quantile(1.0), f64::INFINITY);
        for outside in [-0.25, 1.25, f64::NAN, f64::INFINITY] {
            assert!(gumbel_quantile(outside).is_nan(), "{outside}");
        }
    }

    /// A number that takes logarithms without need is right all the same, but slow.
    #[test]
    fn only_small_tails_and_one_half_take_logarithms() {
        let smallest = 1.0 / 131_072.0;
        for i in 0..1 << 20 {
            let u = (f64::from(i) + 0.5) / 1_048_576.0;
            let is_small = u < smallest || u > 1.0 - smallest;
            assert_eq!(Spot::of(u).is_beyond(), is_small, "{u}");
        }
        assert!(Spot::of(0.5).is_beyond() && Spot::of(previous(smallest)).is_beyond());
        assert!(!Spot::of(smallest).is_beyond() && !Spot::of(1.0 - smallest).is_beyond());
    }
}
