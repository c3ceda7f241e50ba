//! Gumbel numbers, which decide between options.

use crate::numeric::{self, kernels};

/// The standard Gumbel number, −ln(−ln u), of a uniform one.
pub(in crate::engine) fn gumbel(u: f64) -> f64 {
    -numeric::ln(-numeric::ln(u))
}

/// Turns a column of uniform numbers into standard Gumbel numbers. The logarithms may skip the
/// cases of tiny arguments: a uniform number lies strictly between zero and one, so neither it nor
/// minus its logarithm is so small.
#[inline(always)]
pub(in crate::engine) fn gumbels(numbers: &mut [f64]) {
    for x in numbers {
        *x = -kernels::ln_of_normal(-kernels::ln_of_normal(*x));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_the_same_numbers_as_one_at_a_time() {
        let uniform: Vec<f64> =
            (0..1000u64).map(|i| numeric::unit(i.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
        let mut column = uniform.clone();
        gumbels(&mut column);
        assert!(uniform.iter().zip(&column).all(|(u, g)| gumbel(*u).to_bits() == g.to_bits()));
    }
}
