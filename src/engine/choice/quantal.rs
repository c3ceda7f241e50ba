//! Quantal response: better options are likelier, and how much so is λ, the actor's rationality.
//!
//! The probability of an option is proportional to exp(λ·V). The option with the largest λ·V + G,
//! with an independent standard Gumbel number G for each option, has just this probability (Gumbel
//! 1954). A voter that weighs yes against no says yes with the logistic function of λ times the
//! difference.

use crate::engine::lanes::graph::{Graph, Value};
use crate::engine::lanes::operation::Unary;
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

#[cfg(test)]
mod tests {
    use super::*;

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
