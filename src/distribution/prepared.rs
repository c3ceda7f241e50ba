//! Quantiles that have to be solved, kept as polynomials where their parameters stay the same.
//!
//! Draws far out in the tails are still solved, and so are all draws where polynomials do not come
//! near enough.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::row::{Standard, Support};
use crate::numeric::PiecewisePolynomial;

/// How many prepared quantiles are kept that nobody uses at the moment.
pub(super) const MOST_IDLE: usize = 256;

/// The quantile of a [`Standard`] for many draws.
///
/// It differs from the solved quantile by at most 3e-13 of its value, and is never beyond the ends
/// of the range. The polynomials are made when the first draw asks for them, in about a
/// millisecond, and depend on nothing but the distribution and its parameters.
#[derive(Debug)]
pub(crate) struct Prepared {
    standard: Standard,
    polynomials: OnceLock<Option<PiecewisePolynomial>>,
}

impl Prepared {
    /// The one prepared quantile that all share who ask for this distribution and these parameters.
    pub fn shared(standard: Standard) -> Arc<Self> {
        type PreparedKey = (&'static str, Vec<u64>);
        static ALL: Mutex<BTreeMap<PreparedKey, Arc<Prepared>>> = Mutex::new(BTreeMap::new());
        let bits = standard.parameters.iter().map(|x| x.to_bits()).collect();
        let key = (standard.distribution.name, bits);
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_IDLE && !all.contains_key(&key) {
            all.retain(|_, prepared| Arc::strong_count(prepared) > 1);
        }
        let new = || Arc::new(Prepared { standard, polynomials: OnceLock::new() });
        Arc::clone(all.entry(key).or_insert_with(new))
    }

    /// The number below which the share `u` lies; NaN for a `u` outside the open unit interval.
    pub fn quantile(&self, u: f64) -> f64 {
        let upper = u >= 0.5;
        let tail = if upper { 1.0 - u } else { u };
        let polynomials = self.polynomials();
        let found = match self.standard.support {
            Support::Positive => {
                let end = self.standard.distribution.range.1;
                let x = polynomials.and_then(|all| all.at(usize::from(upper), tail));
                x.map(|x| if x > end { end } else { x })
            }
            Support::Symmetric => polynomials.and_then(|all| all.at(0, tail)).map(|slope| {
                let size = slope * (0.5 - tail);
                if upper { size } else { -size }
            }),
        };
        found.unwrap_or_else(|| self.standard.quantile(u))
    }

    /// The polynomials, if they come near enough to what is solved.
    pub(super) fn polynomials(&self) -> Option<&PiecewisePolynomial> {
        let make = || match self.standard.support {
            Support::Positive => {
                let lower = |tail| self.standard.quantile(tail);
                let upper = |tail: f64| self.standard.quantile(1.0 - tail);
                PiecewisePolynomial::of(&[&lower, &upper])
            }
            Support::Symmetric => {
                // The draw itself is zero in the middle, where its relative error would have no
                // bound; its slope from there is not.
                let slope = |tail: f64| -self.standard.quantile(tail) / (0.5 - tail);
                PiecewisePolynomial::of(&[&slope])
            }
        };
        self.polynomials.get_or_init(make).as_ref()
    }
}

impl Standard {
    fn quantile(&self, u: f64) -> f64 {
        self.distribution.quantile(u, &self.parameters)
    }
}
