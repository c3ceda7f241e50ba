//! The scores of probabilities that are known without error.

use crate::numeric::ln;

/// The scores of one forecast of one case. Less is better, and 0 is a forecast that gave the outcome that
/// came about a probability of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProperScores {
    /// The Brier score, from 0 to 2: `Σ (p_k - o_k)²` over all classes, with `o_k` 1 for the class that came
    /// about and 0 for others. For two classes it is twice the square that is also called by this name.
    ///
    /// Source: Brier 1950, "Verification of forecasts expressed in terms of probability", Monthly Weather
    /// Review 78.
    pub brier: f64,
    /// The logarithmic score, from 0 on: `-ln p` of the class that came about, infinite where that had no
    /// probability.
    ///
    /// Source: Good 1952, "Rational decisions", Journal of the Royal Statistical Society B 14.
    pub log: f64,
    /// The ranked probability score, from 0 to the number of classes less one: `Σ (P_k - O_k)²` over the
    /// probabilities cumulated in the order of the classes, not divided by their number. It means something
    /// where the classes stand in an order.
    ///
    /// Source: Epstein 1969, "A scoring system for probability forecasts of ranked categories", Journal of
    /// Applied Meteorology 8.
    pub ranked: f64,
}

impl ProperScores {
    /// The scores of probabilities that add up to 1 when the class `observed` came about.
    ///
    /// # Panics
    /// If there is no such class.
    ///
    /// ```
    /// use demarche::stats::ProperScores;
    ///
    /// let scores = ProperScores::of(&[0.5, 0.3, 0.2], 0);
    /// assert!((scores.brier - 0.38).abs() < 1e-12);
    /// assert!((scores.log - 0.6931).abs() < 1e-4);
    /// assert!((scores.ranked - 0.29).abs() < 1e-12);
    /// ```
    pub fn of(probabilities: &[f64], observed: usize) -> Self {
        let brier = probabilities.iter().enumerate().map(|(class, p)| {
            let miss = if class == observed { p - 1.0 } else { *p };
            miss * miss
        });
        ProperScores {
            brier: brier.sum(),
            // A difference from zero, since the opposite of zero would have a sign.
            log: 0.0 - ln(probabilities[observed]),
            ranked: cumulated(probabilities, observed).map(|miss| miss * miss).sum(),
        }
    }
}

/// For each class but the last, the probability of it and of those before, less whether one of these came
/// about.
fn cumulated(probabilities: &[f64], observed: usize) -> impl Iterator<Item = f64> {
    let but_the_last = &probabilities[..probabilities.len().saturating_sub(1)];
    but_the_last.iter().enumerate().scan(0.0, move |sum, (class, p)| {
        *sum += p;
        Some(if class >= observed { *sum - 1.0 } else { *sum })
    })
}

#[cfg(test)]
mod tests {
    use super::super::oracle::{numbers, oracle, rows, wholes};
    use super::*;
    use crate::stats::Skill;

    /// A score by its name, by that of its oracle, and of which number.
    type Kind = (&'static str, &'static str, fn(&ProperScores) -> f64);

    #[test]
    fn scores_agree_with_those_of_other_programs() {
        let cases = &oracle()["multi_class"];
        let (forecasts, observed) = (rows(&cases["forecasts"]), wholes(&cases["observed"]));
        let found: Vec<ProperScores> =
            forecasts.iter().zip(&observed).map(|(p, at)| ProperScores::of(p, *at)).collect();
        let reference = numbers(&cases["reference"]);
        let others: Vec<ProperScores> =
            observed.iter().map(|at| ProperScores::of(&reference, *at)).collect();
        let kinds: [Kind; 3] = [
            ("brier", "brier", |s| s.brier),
            ("log", "log_definition_check", |s| s.log),
            ("rps", "rps_unnormalised", |s| s.ranked),
        ];
        for (kind, key, of) in kinds {
            let wanted = numbers(&cases[key]);
            let own: Vec<f64> = found.iter().map(of).collect();
            assert_eq!(own.len(), wanted.len());
            for (own, wanted) in own.iter().zip(&wanted) {
                assert!((own - wanted).abs() < 1e-12, "{kind}: {own} and {wanted}");
            }
            let others: Vec<f64> = others.iter().map(of).collect();
            let skill = Skill::of(&own, &others, 0.95).unwrap();
            for (own, key) in
                [(skill.own, "mean"), (skill.reference, "reference_mean"), (skill.skill, "skill")]
            {
                let wanted = cases[key][kind].as_f64().unwrap();
                assert!((own - wanted).abs() < 1e-12, "{kind} {key}: {own} and {wanted}");
            }
        }
    }

    #[test]
    fn certainty_scores_zero_or_without_bound() {
        assert_eq!(
            ProperScores::of(&[0.0, 1.0, 0.0], 1),
            ProperScores { brier: 0.0, log: 0.0, ranked: 0.0 }
        );
        let wrong = ProperScores::of(&[1.0, 0.0, 0.0], 2);
        assert_eq!((wrong.brier, wrong.log, wrong.ranked), (2.0, f64::INFINITY, 2.0));
        assert!(!ProperScores::of(&[1.0], 0).log.is_sign_negative());
    }

    #[test]
    fn nobody_gains_by_saying_something_else() {
        // The expected scores of a forecast where the probabilities are these.
        let truth = [0.5, 0.3, 0.2];
        let expected = |said: &[f64]| {
            let all = (0..3).map(|at| (truth[at], ProperScores::of(said, at)));
            all.fold([0.0; 3], |sum, (p, own)| {
                [sum[0] + p * own.brier, sum[1] + p * own.log, sum[2] + p * own.ranked]
            })
        };
        let honest = expected(&truth);
        for (a, b) in [(0.4, 0.3), (0.6, 0.3), (0.5, 0.2), (0.1, 0.8), (0.51, 0.3)] {
            let other = expected(&[a, b, 1.0 - a - b]);
            assert!(honest.iter().zip(other).all(|(own, other)| *own < other), "{a} {b}");
        }
    }
}
