//! Quantal response: better options are likelier, and how much so is λ, the actor's rationality.
//!
//! The probability of an option is proportional to exp(λ·V). The option with the largest λ·V + G,
//! with an independent standard Gumbel number G for each option, has just this probability (Gumbel
//! 1954). A voter that weighs yes against no says yes with the logistic function of λ times the
//! difference.

use super::contest::Contest;
use super::decided::WeighedOption;
use crate::engine::lanes::lower::graph::{Graph, Value};
use crate::engine::lanes::machine::operation::Unary;
use crate::formula::One;
use crate::model::ChoicePlaceId;
use crate::numeric;

/// The score of an option with value V and Gumbel number G; that with the largest is chosen.
#[inline(always)]
pub(super) fn score(rationality: f64, value: f64, gumbel: f64) -> f64 {
    rationality * value + gumbel
}

/// The same as a value of the lanes, for the option with this place.
pub(super) fn score_value(
    graph: &mut Graph,
    rationality: Value,
    value: Value,
    place: ChoicePlaceId,
) -> Value {
    let (urge, gumbel) = (graph.multiply(rationality, value), graph.gumbel(place));
    graph.add(urge, gumbel)
}

/// The probability that a voter says yes to whom `stake` = V(yes) − V(no).
pub(super) fn probability_of_yes(rationality: f64, stake: f64) -> f64 {
    numeric::sigmoid(rationality * stake)
}

/// The same as a value of the lanes.
pub(super) fn probability_of_yes_value(
    graph: &mut Graph,
    rationality: Value,
    stake: Value,
) -> Value {
    let urge = graph.multiply(rationality, stake);
    graph.unary(Unary::Function(One::Sigmoid), urge)
}

/// What the probabilities of options are proportional to; the largest is 1.
pub(super) fn weights(rationality: f64, values: &[f64]) -> Vec<f64> {
    let scores = values.iter().map(|value| rationality * value);
    let best = scores.clone().fold(f64::NEG_INFINITY, f64::max);
    scores.map(|score| numeric::exp(score - best)).collect()
}

/// What one play that was not imagined might add to the differences of those that were, in utility.
const UNSEEN: f64 = 0.2;

/// How far the scores of two options must be apart for further plays to be unlikely to change which
/// of them is the higher: (λ/n)·√(Σ (d − d̄)² + 0.2²), with the differences d of their values in each
/// of n plays. But for the last term, which keeps a few plays that agree from being taken for
/// certainty, this is λ times the standard error of the mean of n independent plays.
fn margin(rationality: f64, differences: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = differences.clone().count() as f64;
    let mean = differences.clone().sum::<f64>() / n;
    let squares: f64 = differences.map(|d| (d - mean) * (d - mean)).sum();
    rationality / n * (squares + UNSEEN * UNSEEN).sqrt()
}

/// Takes those options out that the option with the highest score, the first of equals, is ahead of by
/// the margin.
pub(super) fn narrow(rationality: f64, options: &[WeighedOption<'_>], contest: &mut Contest) {
    let score = |option: &WeighedOption<'_>| score(rationality, option.value, option.gumbel);
    let Some((first, rest)) = options.split_first() else { return };
    let leader = rest
        .iter()
        .fold(first, |leader, option| if score(option) > score(leader) { option } else { leader });
    for option in options.iter().filter(|option| option.option != leader.option) {
        let differences = leader.plays.iter().zip(option.plays).map(|(a, b)| a - b);
        if score(leader) - score(option) >= margin(rationality, differences) {
            let behind = leader.value - option.value;
            contest.beat(option.option, leader.option, behind, option.plays.len());
        }
    }
}

/// Whether a vote with the uniform number `u`, by a voter to whom V(yes) − V(no) is as given in each
/// play, is clear by more than the margin: yes is said where u < σ(λ·mean), that is where λ·mean is
/// above ln(u / (1 − u)).
pub(super) fn has_decided_vote(rationality: f64, stakes: &[f64], u: f64) -> bool {
    let mean = stakes.iter().sum::<f64>() / stakes.len() as f64;
    let ahead = rationality * mean - numeric::ln(u / (1.0 - u));
    ahead.abs() > margin(rationality, stakes.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of some options are left, each with its values in its plays and its Gumbel number.
    fn left(rationality: f64, options: &[(&[f64], f64)]) -> Vec<usize> {
        let weighed: Vec<WeighedOption<'_>> = options
            .iter()
            .enumerate()
            .map(|(option, (plays, gumbel))| {
                let value = plays.iter().sum::<f64>() / plays.len() as f64;
                WeighedOption { option, value, gumbel: *gumbel, plays }
            })
            .collect();
        let mut contest = Contest::of(options.len());
        narrow(rationality, &weighed, &mut contest);
        let left: Vec<usize> = (0..options.len()).filter(|at| contest.is_left(*at)).collect();
        assert_eq!(contest.is_over(), left.len() == 1);
        left
    }

    #[test]
    fn equal_plays_leave_the_margin_of_one_unseen_play() {
        // λ·0.2/8 = 0.25 with λ = 10, exactly what one is ahead of the other with V = 0.5 and 0.475.
        let (low, high) = ([0.475; 8], [0.5; 8]);
        let left = |gumbel: f64| left(10.0, &[(&low, 0.0), (&high, gumbel)]);
        assert_eq!(left(1e-9), [1]);
        assert_eq!(left(-1e-9), [0, 1]);
        assert_eq!(left(-0.6), [0]);
        assert_eq!(left(-0.4), [0, 1]);
    }

    #[test]
    fn the_margin_counts_how_differences_vary_over_plays() {
        // Differences 0.1 and 0.3 by turns, so mean 0.2 and squares 8·0.1², with the unseen play
        // 0.08 + 0.04 = 0.12; λ/n·√0.12 = 0.433 with λ = 10. The scores are 2 + G apart.
        let plays: Vec<f64> = (0..8).map(|k| if k % 2 == 0 { 0.1 } else { 0.3 }).collect();
        let plays = plays.as_slice();
        let zero: &[f64] = &[0.0; 8];
        let edge = 10.0 / 8.0 * 0.12f64.sqrt();
        for (gap, decided) in [(edge + 1e-9, true), (edge - 1e-9, false), (0.0, false)] {
            let two = left(10.0, &[(plays, gap - 2.0), (zero, 0.0)]);
            assert_eq!(two, if decided { vec![0] } else { vec![0, 1] });
            // A third option far behind is out, whether or not the others are decided.
            let far = (zero, -50.0);
            let three = left(10.0, &[far, (zero, 0.0), (plays, gap - 2.0)]);
            assert_eq!(three, if decided { vec![2] } else { vec![1, 2] });
            let turned = left(10.0, &[(zero, 0.0), far, (plays, -gap - 2.0)]);
            assert_eq!(turned, if decided { vec![0] } else { vec![0, 2] });
        }
    }

    #[test]
    fn without_rationality_everything_is_decided() {
        let plays = [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0];
        assert_eq!(left(0.0, &[(&plays, 0.3), (&[0.5; 8], 0.3)]), [0]);
        assert!(has_decided_vote(0.0, &plays, 0.3));
    }

    #[test]
    fn a_vote_is_decided_as_the_choice_between_two_options() {
        // Stakes 0.1 and 0.3 by turns as above: λ·mean = 2.
        let stakes: Vec<f64> = (0..8).map(|k| if k % 2 == 0 { 0.1 } else { 0.3 }).collect();
        let edge = 10.0 / 8.0 * 0.12f64.sqrt();
        for (gap, decided) in [(edge + 1e-9, true), (edge - 1e-9, false)] {
            for side in [-1.0, 1.0] {
                let u = numeric::sigmoid(2.0 + side * gap);
                assert_eq!(has_decided_vote(10.0, &stakes, u), decided);
            }
        }
    }

    #[test]
    fn weights_are_those_of_the_softmax_and_stay_finite() {
        let two = weights(2.0, &[0.0, 0.5 * numeric::ln(3.0)]);
        assert!((two[0] - 1.0 / 3.0).abs() < 1e-15 && two[1] == 1.0, "{two:?}");
        assert_eq!(weights(1e9, &[0.0, 1.0]), [0.0, 1.0]);
    }

    #[test]
    fn a_vote_is_a_choice_between_two_options() {
        let two = weights(3.0, &[0.2, 0.6]);
        let yes = probability_of_yes(3.0, 0.6 - 0.2);
        assert!((yes - two[1] / (two[0] + two[1])).abs() < 1e-15);
    }
}
