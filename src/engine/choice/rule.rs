//! What each rule answers, for one trial and for the lanes. A new rule has an arm in each function
//! here, and its formulas in a file of its own.

use super::contest::Contest;
use super::decided::WeighedOption;
use super::quantal;
use crate::engine::lanes::lower::graph::{Graph, Value};
use crate::model::{ChoicePlaceId, ChoiceRule};

/// One trial.
impl ChoiceRule<f64> {
    /// The score of an option that is worth `value`; the option with the highest is chosen, of
    /// equals the first. `gumbel` gives the option's Gumbel number, for rules that take chances.
    pub(in crate::engine) fn score(self, value: f64, gumbel: impl FnOnce() -> f64) -> f64 {
        match self {
            ChoiceRule::QuantalResponse { rationality } => {
                quantal::score(rationality, value, gumbel())
            }
        }
    }

    /// The probability that a voter says yes to whom `stake` = V(yes) − V(no).
    pub(in crate::engine) fn probability_of_yes(self, stake: f64) -> f64 {
        match self {
            ChoiceRule::QuantalResponse { rationality } => {
                quantal::probability_of_yes(rationality, stake)
            }
        }
    }

    /// Takes those options out of a contest that another is so far ahead of, by what was imagined,
    /// that further plays are unlikely to change it. `options` are those that are left.
    pub(in crate::engine) fn narrow(self, options: &[WeighedOption<'_>], contest: &mut Contest) {
        match self {
            ChoiceRule::QuantalResponse { rationality } => {
                quantal::narrow(rationality, options, contest);
            }
        }
    }

    /// Whether what was imagined suffices to know how a vote with the uniform number `u` comes out,
    /// from V(yes) − V(no) in each play.
    pub(in crate::engine) fn has_decided_vote(self, stakes: &[f64], u: f64) -> bool {
        match self {
            ChoiceRule::QuantalResponse { rationality } => {
                quantal::has_decided_vote(rationality, stakes, u)
            }
        }
    }

    /// What the probabilities of options with these values are proportional to.
    pub(in crate::engine) fn weights(self, values: &[f64]) -> Vec<f64> {
        match self {
            ChoiceRule::QuantalResponse { rationality } => quantal::weights(rationality, values),
        }
    }

    /// A difference of values on the scale on which the rule decides: for quantal response in
    /// log-odds.
    pub(in crate::engine) fn scaled(self, difference: f64) -> f64 {
        match self {
            ChoiceRule::QuantalResponse { rationality } => rationality * difference,
        }
    }
}

/// The lanes, when their code is put together.
impl ChoiceRule<Value> {
    /// See the same function for one trial; `place` is that of the option's Gumbel number.
    pub(in crate::engine) fn score(
        self,
        graph: &mut Graph,
        value: Value,
        place: ChoicePlaceId,
    ) -> Value {
        match self {
            ChoiceRule::QuantalResponse { rationality } => {
                quantal::score_value(graph, rationality, value, place)
            }
        }
    }

    /// See the same function for one trial.
    pub(in crate::engine) fn probability_of_yes(self, graph: &mut Graph, stake: Value) -> Value {
        match self {
            ChoiceRule::QuantalResponse { rationality } => {
                quantal::probability_of_yes_value(graph, rationality, stake)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: ChoiceRule<f64> = ChoiceRule::QuantalResponse { rationality: 10.0 };

    #[test]
    fn differences_are_scaled_by_rationality() {
        assert_eq!(TEN.scaled(0.5), 5.0);
        assert_eq!(TEN.scaled(-0.25), -2.5);
    }

    #[test]
    fn options_that_share_their_luck_are_compared_play_by_play() {
        // Both vary over plays, their difference does not: 0.5 in each, so that the margin is that of one unseen
        // play, λ·0.2/8 = 0.25, and the scores are 5 - 4.5 apart.
        let low: Vec<f64> = (0..8).map(|k| if k % 2 == 0 { 0.125 } else { 0.375 }).collect();
        let high: Vec<f64> = low.iter().map(|value| value + 0.5).collect();
        let options = [
            WeighedOption { option: 0, value: 0.25, gumbel: 0.0, plays: &low },
            WeighedOption { option: 1, value: 0.75, gumbel: -4.5, plays: &high },
        ];
        let mut contest = Contest::of(2);
        TEN.narrow(&options, &mut contest);
        assert!(contest.is_over() && contest.is_left(1) && !contest.is_left(0));
        // Whatever the winner is worth in the end, the other is worth as much less as it was.
        let mut values = [0.0, 0.875];
        contest.complete(&mut values);
        assert_eq!(values, [0.375, 0.875]);
    }

    #[test]
    fn a_vote_is_decided_where_no_play_could_turn_it() {
        // λ·mean = 2 and the margin 0.25: decided at even odds, not where σ(2) is about the number.
        assert!(TEN.has_decided_vote(&[0.2; 8], 0.5));
        assert!(!TEN.has_decided_vote(&[0.2; 8], 0.88));
    }
}
