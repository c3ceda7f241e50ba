//! Regret: how much better another policy would have done.

use super::sketch::nearest_rank;
use super::{Moments, PairedMean};

/// A policy's regret over draws of the assumptions, in the unit of the values.
///
/// The regret of a draw is the best policy's value there less the policy's own: what one would have
/// gained by knowing the draw beforehand. It is never negative.
///
/// Where values are shares of few repeats, the best policy of a draw is partly the luckiest, so
/// regret is overestimated: less so with more repeats, and least where all policies are played with
/// the same random numbers. [`CrossFitted`] is underestimated instead.
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

/// A policy's regret over draws of the assumptions, cross-fitted: the best policy of each draw is
/// chosen by one half of its repeats and valued by the other, once each way.
///
/// So no luck is counted as foresight, and equal policies have a regret of zero on average. The policy
/// chosen by half of the repeats is not always the best one, so this regret is underestimated, and the
/// true one lies between it and [`Regret::mean`], but for noise.
///
/// Source: the argument of cross-validated selection, as in Athey & Wager 2021, "Policy learning with
/// observational data", Econometrica 89, and Hansen & Racine 2012, "Jackknife model averaging", Journal
/// of Econometrics 167.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossFitted {
    /// The regrets of all draws; single ones may be negative.
    pub draws: PairedMean,
}

impl CrossFitted {
    /// The regret of each policy, from the values by each half of the repeats: `values[policy][draw]`,
    /// where higher is better. Of several policies with the best value in the half that chooses, all
    /// are chosen with equal weight. Empty without policies.
    ///
    /// # Panics
    /// If rows differ in length.
    ///
    /// ```
    /// use demarche::stats::CrossFitted;
    /// // The first half prefers the second policy, the second half the first.
    /// let halves = [vec![vec![0.2], vec![0.4]], vec![vec![0.5], vec![0.1]]];
    /// let found = CrossFitted::of([&halves[0], &halves[1]]);
    /// // Of the first policy: the choice of the first half is worth 0.1 by the second instead of 0.5,
    /// // and that of the second half is this policy itself.
    /// assert!((found[0].draws.moments().mean().unwrap() + 0.2).abs() < 1e-12);
    /// ```
    pub fn of(halves: [&[Vec<f64>]; 2]) -> Vec<Self> {
        let [first, second] = halves;
        let draws = first.first().map_or(0, Vec::len);
        let value = |half: &[Vec<f64>], policy: usize, draw: usize| half[policy][draw];
        let mut regrets = vec![Vec::with_capacity(draws); first.len()];
        for draw in 0..draws {
            let one_way = valued(first, second, draw);
            let other_way = valued(second, first, draw);
            for (policy, regrets) in regrets.iter_mut().enumerate() {
                let one = one_way - value(second, policy, draw);
                let other = other_way - value(first, policy, draw);
                regrets.push(0.5 * (one + other));
            }
        }
        let summary = |regrets: Vec<f64>| CrossFitted { draws: PairedMean::of(&regrets) };
        regrets.into_iter().map(summary).collect()
    }
}

/// The value, by the half `judge`, of the policies that are best in a draw by the half `chooser`.
fn valued(chooser: &[Vec<f64>], judge: &[Vec<f64>], draw: usize) -> f64 {
    let best = chooser.iter().map(|row| row[draw]).fold(f64::NEG_INFINITY, f64::max);
    let chosen = chooser.iter().zip(judge).filter(|(row, _)| row[draw] == best);
    let (sum, count) =
        chosen.fold((0.0, 0u32), |(sum, count), (_, judged)| (sum + judged[draw], count + 1));
    sum / f64::from(count)
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
