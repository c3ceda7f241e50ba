//! Robustness: how well a policy does across worlds whose probabilities nobody knows.

use super::Moments;
use super::regret::regrets;

/// Measures of how well one policy does that need no probabilities of the worlds, in the unit of the
/// values.
///
/// Each metric answers another question, and they may rank policies differently: no single one is
/// robustness itself.
///
/// Source: McPhail, Maier, Kwakkel, Giuliani, Castelletti & Westra 2018, "Robustness metrics: how
/// are they calculated, when should they be used and why do they give different results?", Earth's
/// Future 6, doi 10.1002/2017EF000649.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    /// The value in the worst world: the policy with the largest is Wald's maximin.
    pub worst: f64,
    /// Which world that is; the first of several with the same value.
    pub worst_world: usize,
    /// For each world, the best policy's value less the policy's own; never negative.
    pub regrets: Vec<f64>,
    /// The largest of them: the policy with the smallest is Savage's minimax regret.
    pub largest_regret: f64,
    /// The world with this regret; the first of several with the same regret.
    pub largest_regret_world: usize,
    /// The mean over worlds, all with the same weight: Laplace's principle of insufficient reason.
    pub mean: f64,
    /// The share of worlds, within 0..=1, with a value of at least the threshold: Starr's domain
    /// criterion, also called satisficing. `None` without a threshold.
    pub share_at_least: Option<f64>,
}

/// The robustness of each policy, from `values[policy][world]`, where higher is better. Empty
/// without policies.
///
/// # Panics
/// If rows differ in length or have none, a value is not finite, or the threshold is NaN.
///
/// ```
/// let found = demarche::stats::robustness(&[vec![0.1, 0.9], vec![0.4, 0.5]], Some(0.4));
/// assert_eq!((found[0].worst, found[0].worst_world), (0.1, 0));
/// assert_eq!((found[1].largest_regret, found[1].largest_regret_world), (0.4, 1));
/// assert_eq!(found[1].share_at_least, Some(1.0));
/// ```
pub fn robustness(values: &[Vec<f64>], threshold: Option<f64>) -> Vec<Robustness> {
    assert!(!threshold.is_some_and(f64::is_nan), "a threshold is a number");
    let each = values.iter().zip(regrets(values));
    each.map(|(values, regrets)| of_policy(values, regrets, threshold)).collect()
}

fn of_policy(values: &[f64], regrets: Vec<f64>, threshold: Option<f64>) -> Robustness {
    let worst_world = first_where(values, |value, least| value < least);
    let largest_regret_world = first_where(&regrets, |regret, most| regret > most);
    let mut moments = Moments::default();
    moments.add_all(values);
    let share_at_least = threshold.map(|threshold| {
        let enough = values.iter().filter(|value| **value >= threshold).count();
        enough as f64 / values.len() as f64
    });
    Robustness {
        worst: values[worst_world],
        worst_world,
        largest_regret: regrets[largest_regret_world],
        largest_regret_world,
        regrets,
        mean: moments.mean().expect("a policy has values"),
        share_at_least,
    }
}

/// The place of the first value that none of the others surpasses.
fn first_where(values: &[f64], surpasses: impl Fn(f64, f64) -> bool) -> usize {
    let other =
        |best: usize, at: usize| if surpasses(values[at], values[best]) { at } else { best };
    (1..values.len()).fold(0, other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::oracle;

    #[test]
    fn the_investment_table_gives_its_known_metrics() {
        let numbers = oracle::numbers();
        let table = &numbers["robustness"];
        let values: Vec<Vec<f64>> =
            table["payoff"].as_array().unwrap().iter().map(oracle::list).collect();
        let found = robustness(&values, Some(2.0));
        let column = |of: fn(&Robustness) -> f64| found.iter().map(of).collect::<Vec<_>>();
        assert_eq!(column(|one| one.worst), oracle::list(&table["maximin"]));
        assert_eq!(column(|one| one.largest_regret), oracle::list(&table["max_regret"]));
        assert_eq!(column(|one| one.mean), oracle::list(&table["mean"]));
        assert_eq!(
            column(|one| one.share_at_least.unwrap()),
            oracle::list(&table["share_at_least_2"])
        );
        let worlds: Vec<_> =
            found.iter().map(|one| (one.worst_world, one.largest_regret_world)).collect();
        assert_eq!(worlds, [(0, 0), (0, 0), (2, 2)]);
        assert_eq!(found[1].regrets, [5.0, 1.0, 4.0]);
    }

    #[test]
    fn of_equal_worlds_the_first_is_named() {
        let found = robustness(&[vec![1.0, 0.0, 0.0, 1.0], vec![0.5, 1.0, 1.0, 2.0]], None);
        assert_eq!((found[0].worst_world, found[0].largest_regret_world), (1, 1));
        assert_eq!((found[1].worst_world, found[1].largest_regret_world), (0, 0));
        assert_eq!(found[0].share_at_least, None);
    }

    #[test]
    fn one_policy_regrets_nothing_and_none_has_nothing() {
        let alone = robustness(&[vec![-1.0, 4.0]], Some(4.0));
        assert_eq!((alone[0].largest_regret, alone[0].largest_regret_world), (0.0, 0));
        assert_eq!((alone[0].mean, alone[0].share_at_least), (1.5, Some(0.5)));
        assert!(robustness(&[], Some(1.0)).is_empty());
    }

    #[test]
    #[should_panic(expected = "without a column")]
    fn a_policy_without_worlds_is_refused() {
        robustness(&[Vec::new()], None);
    }
}
