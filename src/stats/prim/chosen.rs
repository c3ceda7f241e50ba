//! Which box of a trajectory is shown, and whether it is told from chance.

use super::data::BoxCount;
use crate::stats::interval::{Interval, clopper_pearson};

/// The step of a trajectory whose box is shown: the last with a density of at least `threshold`, else
/// the densest, and the first of equally dense ones. The figures are those of trials that took no part in
/// the search.
///
/// # Panics
/// Without steps.
pub fn chosen(steps: &[BoxCount], threshold: f64) -> usize {
    let density = |at: usize| steps[at].density().unwrap_or(0.0);
    let dense = (0..steps.len()).rev().find(|at| density(*at) >= threshold);
    let densest = (0..steps.len()).reduce(|a, b| if density(b) > density(a) { b } else { a });
    dense.or(densest).expect("a trajectory begins with the whole space")
}

/// The interval for the density of a step's box, when it is one of `steps` that were looked at: with
/// probability `level` or more, it holds for all of them at once, and so for whichever is shown
/// (Clopper & Pearson at `(1 - level) / steps`).
///
/// # Panics
/// If there are no steps or `level` is not strictly between 0 and 1.
pub fn density_interval(step: BoxCount, steps: usize, level: f64) -> Interval {
    clopper_pearson(step.count, step.n, level, steps as u64)
}

/// Whether a step's box is told from chance: its [`density_interval`] lies above the density of all trials,
/// the first step.
pub(super) fn is_told(steps: &[BoxCount], at: usize, level: f64) -> bool {
    let base = steps[0].density().unwrap_or(1.0);
    density_interval(steps[at], steps.len(), level).low > base
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(counts: &[(u64, u64)]) -> Vec<BoxCount> {
        counts.iter().map(|(count, n)| BoxCount { n: *n, count: *count }).collect()
    }

    #[test]
    fn the_last_dense_box_is_shown_else_the_densest() {
        assert_eq!(chosen(&steps(&[(20, 100), (40, 50), (36, 40), (15, 20)]), 0.8), 2);
        assert_eq!(chosen(&steps(&[(20, 100), (30, 50), (20, 40), (12, 20)]), 0.8), 1);
        assert_eq!(chosen(&steps(&[(20, 100), (0, 0)]), 0.8), 0);
    }

    #[test]
    fn a_box_is_told_if_its_joint_interval_lies_above_the_base_rate() {
        let clear = steps(&[(200, 1_000), (150, 200)]);
        assert!(is_told(&clear, 1, 0.95) && !is_told(&clear, 0, 0.95));
        // 29 of 100 alone would do: 20.4 to 38.9 in 100 where 20 is the base rate.
        let alone = steps(&[(200, 1_000), (29, 100)]);
        assert!(density_interval(alone[1], 1, 0.95).low > 0.2);
        assert!(!is_told(&alone, 1, 0.95));
    }

    #[test]
    fn nothing_is_told_of_an_outcome_that_never_came_about() {
        let never = steps(&[(0, 1_000), (0, 200)]);
        assert!(!is_told(&never, 0, 0.95) && !is_told(&never, 1, 0.95));
    }
}
