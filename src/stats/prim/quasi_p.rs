//! Whether a restriction of a box could as well be there by chance.

use super::data::{BoxCount, PrimData};
use super::limits::{BoxLimits, Restriction};
use crate::numeric::beta_cdf;

/// The quasi-p values of a restricted input: the probability that at least as many trials in the box would
/// have the outcome as do, if each had it with the density of the box without the restriction. It is
/// called quasi because the restriction was sought, not given.
///
/// Source: Bryant & Lempert 2010, "Thinking inside the box: a participatory, computer-assisted approach to
/// scenario discovery", Technological Forecasting & Social Change 77, section 3.3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuasiP {
    /// That of the lower limit of a number, or of the choice of labels or flags; `None` where there is none.
    pub low: Option<f64>,
    /// That of the upper limit of a number; `None` where there is none.
    pub high: Option<f64>,
}

/// The quasi-p values of each input of a box, in the order of the columns, counted over `trials`.
pub(super) fn quasi_p(data: &PrimData, trials: &[u32], limits: &BoxLimits) -> Vec<QuasiP> {
    let inside = data.count(&limits.inside(data, trials));
    let of = |(column, restriction): (usize, &Restriction)| {
        let without = |wider: Restriction| {
            let wider = data.count(&limits.with(column, wider).inside(data, trials));
            at_least(inside, wider)
        };
        match restriction {
            Restriction::Free => QuasiP { low: None, high: None },
            Restriction::Among(_) => QuasiP { low: Some(without(Restriction::Free)), high: None },
            Restriction::Between { low, high } => QuasiP {
                low: low.map(|_| without(Restriction::between(None, *high))),
                high: high.map(|_| without(Restriction::between(*low, None))),
            },
        }
    };
    limits.0.iter().enumerate().map(of).collect()
}

impl QuasiP {
    /// The larger of the two; zero where nothing is restricted.
    pub fn largest(self) -> f64 {
        [self.low, self.high].into_iter().flatten().fold(0.0, f64::max)
    }
}

/// A restriction of a box together with all that are surer than it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surest {
    /// The column that it restricts.
    pub column: usize,
    /// How many trials meet this restriction and the surer ones, and in how many of them the outcome came
    /// about.
    pub held_out: BoxCount,
}

/// The restrictions of a box from the surest on, the one with the smallest quasi-p value: each with the
/// trials that it leaves of those that meet the surer ones.
pub(super) fn surest_first(
    data: &PrimData,
    trials: &[u32],
    limits: &BoxLimits,
    quasi_p: &[QuasiP],
) -> Vec<Surest> {
    let mut order: Vec<usize> =
        (0..limits.0.len()).filter(|column| limits.0[*column].is_restricted()).collect();
    order.sort_by(|a, b| quasi_p[*a].largest().total_cmp(&quasi_p[*b].largest()));
    let mut left = trials.to_vec();
    let kept = order.into_iter().map(|column| {
        left.retain(|trial| limits.0[column].allows(&data.columns[column], *trial));
        Surest { column, held_out: data.count(&left) }
    });
    kept.collect()
}

/// The probability of `inside.count` successes or more in `inside.n` trials with the density of `wider`:
/// a tail of the binomial distribution, by way of the beta distribution.
fn at_least(inside: BoxCount, wider: BoxCount) -> f64 {
    if inside.count == 0 {
        return 1.0;
    }
    let (hits, misses) = (inside.count as f64, (inside.n - inside.count) as f64);
    beta_cdf(wider.density().unwrap_or(0.0), hits, misses + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quasi_p_values_are_tails_of_the_binomial_distribution() {
        let half = BoxCount { n: 10, count: 5 };
        for (count, tail) in [(0, 1.0), (1, 1_023.0), (4, 848.0), (5, 638.0), (9, 11.0), (10, 1.0)]
        {
            let expected = if count == 0 { 1.0 } else { tail / 1_024.0 };
            let found = at_least(BoxCount { n: 10, count }, half);
            assert!((found - expected).abs() < 1e-12, "{count}: {found}, not {expected}");
        }
        assert_eq!(at_least(BoxCount { n: 3, count: 3 }, BoxCount { n: 4, count: 4 }), 1.0);
    }
}
