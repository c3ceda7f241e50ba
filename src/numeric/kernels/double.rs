//! Sums and products with their rounding errors: an unevaluated pair `high + low` carries about
//! 106 bits.
//!
//! Source: Dekker 1971, *A floating-point technique for extending the available precision*;
//! Knuth, *The Art of Computer Programming* 2, 4.2.2.

/// A number held as `high + low`, with `low` at most half an ulp of `high`.
#[derive(Clone, Copy)]
pub(super) struct Double {
    pub high: f64,
    pub low: f64,
}

/// `a + b` exactly, where `|a| >= |b|` or `a` is zero.
#[inline(always)]
pub(super) fn fast_two_sum(a: f64, b: f64) -> Double {
    let high = a + b;
    Double { high, low: b - (high - a) }
}

/// `a + b` exactly.
#[inline(always)]
pub(super) fn two_sum(a: f64, b: f64) -> Double {
    let high = a + b;
    let other = high - a;
    Double { high, low: (a - (high - other)) + (b - other) }
}

/// `a * b` exactly, for factors below 2^996 whose product stays above 2^-969.
#[inline(always)]
pub(super) fn two_product(a: f64, b: f64) -> Double {
    let high = a * b;
    let (a1, a0) = split(a);
    let (b1, b0) = split(b);
    Double { high, low: ((a1 * b1 - high) + a1 * b0 + a0 * b1) + a0 * b0 }
}

/// The product of two pairs, to about 2^-103 of its size.
#[inline(always)]
pub(super) fn product(a: Double, b: Double) -> Double {
    let p = two_product(a.high, b.high);
    fast_two_sum(p.high, p.low + (a.high * b.low + a.low * b.high))
}

/// Halves of 26 bits each (Veltkamp's splitting by 2^27 + 1).
#[inline(always)]
fn split(a: f64) -> (f64, f64) {
    let scaled = 134_217_729.0 * a;
    let top = scaled - (scaled - a);
    (top, a - top)
}
