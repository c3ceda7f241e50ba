//! How likely what is known was, by what several forecasters would have said.

use crate::model::ChoiceRule;
use crate::numeric;

/// Who would have said how likely what happened was. All of them know the situation and the chances of nature; of
/// moves and votes they expect different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Forecaster {
    /// The model: quantal response to what options are worth.
    Model,
    /// All open options are equally likely, and so are yes and no.
    Random,
    /// Options are as frequent as in trials of which nothing is known.
    Frequencies,
}

impl Forecaster {
    /// All of them, in the order of the numbers of a [`KnownLikelihood`].
    pub const ALL: [Forecaster; 3] =
        [Forecaster::Model, Forecaster::Random, Forecaster::Frequencies];
}

/// The natural logarithm of the likelihood of what is known of a step, by each of [`Forecaster::ALL`]; minus infinity
/// where it is impossible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownLikelihood {
    /// By forecaster.
    pub logs: [f64; 3],
}

impl KnownLikelihood {
    /// That of nothing: certain.
    pub const CERTAIN: KnownLikelihood = KnownLikelihood { logs: [0.0; 3] };
    /// That of what cannot be.
    pub const IMPOSSIBLE: KnownLikelihood = KnownLikelihood { logs: [f64::NEG_INFINITY; 3] };

    /// Whether the model takes it to be possible.
    pub fn is_possible(&self) -> bool {
        self.logs[0] > f64::NEG_INFINITY
    }

    /// Takes something else into account that has these probabilities.
    pub(in crate::engine) fn and(&mut self, probabilities: [f64; 3]) {
        for (log, p) in self.logs.iter_mut().zip(probabilities) {
            *log += match p {
                0.0 => f64::NEG_INFINITY,
                1.0 => 0.0,
                p => numeric::ln(p),
            };
        }
    }
}

/// An option that is open in a turn.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct OpenOption {
    /// An action by its position on the track; holding is one more than the last.
    pub option: usize,
    /// What it is worth to who chooses.
    pub value: f64,
    /// How often it is taken when it is open.
    pub frequency: f64,
}

/// The probability that one of some options is taken, by forecaster: of those that are open, one at least. Where one
/// alone is open it is taken.
pub(in crate::engine) fn of_choice(
    rule: ChoiceRule<f64>,
    open: &[OpenOption],
    is_one: impl Fn(usize) -> bool,
) -> [f64; 3] {
    let share = |weights: &[f64]| {
        let one = weights.iter().zip(open).filter(|(_, own)| is_one(own.option));
        let part: f64 = one.map(|(weight, _)| weight).sum();
        part / weights.iter().sum::<f64>()
    };
    if let [only] = open {
        return [f64::from(u8::from(is_one(only.option))); 3];
    }
    let values: Vec<f64> = open.iter().map(|own| own.value).collect();
    let frequencies: Vec<f64> = open.iter().map(|own| own.frequency).collect();
    [share(&rule.weights(&values)), share(&vec![1.0; open.len()]), share(&frequencies)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_has_the_probabilities_of_its_forecasters() {
        let rule = ChoiceRule::QuantalResponse { rationality: 2.0 };
        let option = |option, value, frequency| OpenOption { option, value, frequency };
        let open =
            [option(0, 0.5 * numeric::ln(3.0), 0.1), option(1, 0.0, 0.1), option(4, 0.0, 0.3)];
        // exp(λV) is 3, 1 and 1.
        let found = of_choice(rule, &open, |option| option == 0);
        for (found, exact) in found.iter().zip([0.6, 1.0 / 3.0, 0.2]) {
            assert!((found - exact).abs() < 1e-12, "{found} is not {exact}");
        }
        let found = of_choice(rule, &open, |option| option < 4);
        assert!((found[0] - 0.8).abs() < 1e-12 && (found[2] - 0.4).abs() < 1e-12);
        assert_eq!(of_choice(rule, &open[..1], |option| option == 0), [1.0; 3]);
        assert_eq!(of_choice(rule, &open[..1], |option| option == 1), [0.0; 3]);
        let mut all = KnownLikelihood::CERTAIN;
        all.and([1.0, 0.5, 0.0]);
        assert_eq!(all.logs, [0.0, numeric::ln(0.5), f64::NEG_INFINITY]);
        assert!(all.is_possible() && !KnownLikelihood::IMPOSSIBLE.is_possible());
    }
}
