//! Regret: how much better another policy would have done.

use super::Moments;
use super::sketch::nearest_rank;

/// A policy's regret over draws of the assumptions, in the unit of the values.
///
/// The regret of a draw is the best policy's value there less the policy's own: what one would have
/// gained by knowing the draw beforehand. It is never negative.
///
/// Where values are shares of few repeats, the best policy of a draw is partly the luckiest, so
/// regret is overestimated: less so with more repeats, and least where all policies are played with
/// the same random numbers.
///
/// Source: Savage 1951, "The theory of statistical decision", JASA 46.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regret {
    /// The mean over the draws.
    pub mean: f64,
    /// The 90th percentile by nearest rank: the smallest regret that at least 0.9 of the draws do
    /// not exceed.
    pub ninetieth: f64,
}

impl Regret {
    /// The regret of each policy, from `values[policy][draw]`, where higher is better and all
    /// policies see the same draws. Empty without policies.
    ///
    /// # Panics
    /// If rows differ in length or have none, or a value is not finite.
    ///
    /// ```
    /// use demarche::stats::Regret;
    /// let found = Regret::of(&[vec![0.2, 0.9], vec![0.4, 0.4]]);
    /// assert_eq!(found[0], Regret { mean: 0.1, ninetieth: 0.2 });
    /// assert_eq!(found[1], Regret { mean: 0.25, ninetieth: 0.5 });
    /// ```
    pub fn of(values: &[Vec<f64>]) -> Vec<Self> {
        regrets(values).into_iter().map(Self::over).collect()
    }

    /// The summary of one policy's regrets, of which there is at least one.
    fn over(mut regrets: Vec<f64>) -> Self {
        let mut moments = Moments::default();
        moments.add_all(&regrets);
        regrets.sort_unstable_by(f64::total_cmp);
        let rank = nearest_rank(0.9, regrets.len() as u64).expect("a column has values");
        Self {
            mean: moments.mean().expect("a column has values"),
            ninetieth: regrets[rank as usize - 1],
        }
    }
}

/// The best value of each column less the value itself, so 0 for the best; rows and columns are
/// those of `values`, where higher is better.
///
/// # Panics
/// If rows differ in length or have none, or a value is not finite.
pub(super) fn regrets(values: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let Some(first) = values.first() else { return Vec::new() };
    assert!(!first.is_empty(), "there is nothing to regret without a column");
    let mut best = first.clone();
    for row in values {
        assert_eq!(row.len(), best.len(), "every policy has a value in every column");
        for (best, &value) in best.iter_mut().zip(row) {
            assert!(value.is_finite(), "regret of {value}");
            *best = if value > *best { value } else { *best };
        }
    }
    let regrets = |row: &Vec<f64>| best.iter().zip(row).map(|(best, own)| best - own).collect();
    values.iter().map(regrets).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ninetieth_percentile_is_a_regret_that_was_seen() {
        let best = vec![1.0; 20];
        let own: Vec<f64> = (0..20).map(|i| 1.0 - f64::from(i) / 32.0).collect();
        let found = Regret::of(&[own, best]);
        // 18 of 20 regrets, 0 to 17, are at most 17.
        assert_eq!(found[0], Regret { mean: 9.5 / 32.0, ninetieth: 17.0 / 32.0 });
        assert_eq!(found[1], Regret { mean: 0.0, ninetieth: 0.0 });
    }

    #[test]
    fn one_policy_or_one_draw_will_do() {
        assert!(Regret::of(&[]).is_empty());
        assert_eq!(Regret::of(&[vec![-3.0, 2.0]]), [Regret { mean: 0.0, ninetieth: 0.0 }]);
        let one = Regret::of(&[vec![-3.0], vec![1.0]]);
        assert_eq!(one[0], Regret { mean: 4.0, ninetieth: 4.0 });
    }

    #[test]
    #[should_panic(expected = "every policy has a value")]
    fn ragged_rows_are_refused() {
        Regret::of(&[vec![1.0, 2.0], vec![1.0]]);
    }

    #[test]
    #[should_panic(expected = "regret of NaN")]
    fn a_value_that_is_no_number_is_refused() {
        Regret::of(&[vec![1.0, f64::NAN]]);
    }
}
