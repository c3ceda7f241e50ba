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

/// One limit of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxLimit {
    /// The lower limit of a number.
    Low,
    /// The upper limit of a number.
    High,
    /// The choice of labels or flags.
    Labels,
}

/// A limit of a box together with all that are surer than it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surest {
    /// The column that it restricts.
    pub column: usize,
    /// Which limit of this column it is.
    pub limit: BoxLimit,
    /// Its quasi-p value.
    pub quasi_p: f64,
    /// How many trials lie within this limit and the surer ones, and in how many of them the outcome came
    /// about.
    pub held_out: BoxCount,
}

/// The limits of a box from the surest on, the one with the smallest quasi-p value: each with the trials
/// that it leaves of those within the surer ones.
pub(super) fn surest_first(
    data: &PrimData,
    trials: &[u32],
    limits: &BoxLimits,
    quasi_p: &[QuasiP],
) -> Vec<Surest> {
    let of = |column: usize| {
        let low = match &limits.0[column] {
            Restriction::Among(_) => BoxLimit::Labels,
            Restriction::Free | Restriction::Between { .. } => BoxLimit::Low,
        };
        let own = [(low, quasi_p[column].low), (BoxLimit::High, quasi_p[column].high)];
        own.into_iter().filter_map(move |(limit, quasi_p)| Some((column, limit, quasi_p?)))
    };
    let mut order: Vec<(usize, BoxLimit, f64)> = (0..limits.0.len()).flat_map(of).collect();
    order.sort_by(|a, b| a.2.total_cmp(&b.2));
    let mut left = trials.to_vec();
    let kept = order.into_iter().map(|(column, limit, quasi_p)| {
        let (low, high) = limits.0[column].ends();
        let alone = match limit {
            BoxLimit::Low => Restriction::between(low, None),
            BoxLimit::High => Restriction::between(None, high),
            BoxLimit::Labels => limits.0[column].clone(),
        };
        left.retain(|trial| alone.allows(&data.columns[column], *trial));
        Surest { column, limit, quasi_p, held_out: data.count(&left) }
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
