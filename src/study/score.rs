//! Plays what happened in reality, and scores the shares of trials and what others forecast.

use std::convert::Infallible;

use super::plan::Plan;
use super::play::play;
use super::stopped::Stopped;
use super::watch::{Onward, Watch};
use crate::engine::Recording;
use crate::model::{Model, OWN_FORECAST, UNIFORM_FORECAST};
use crate::stats::{ProperScores, ScoreEstimate, ScoredForecast, TrialScores};

/// What happened in reality to a scenario, and what others forecast of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObservedCase {
    /// The position of the outcome that came about among those of the model, unresolved last.
    pub observed: usize,
    /// Whether the outcomes stand in an order, so that a near miss is better than a far one.
    pub ordered: bool,
    /// What others forecast.
    pub others: Vec<OtherForecast>,
}

/// What somebody else forecast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherForecast {
    /// Who it was.
    pub forecaster: String,
    /// The probability of each outcome of the model, unresolved last.
    pub probabilities: Vec<f64>,
    /// Whether a probability of unresolved was given, be it 0.
    pub names_unresolved: bool,
}

/// A forecast of a case with its scores.
#[derive(Clone, Debug, PartialEq)]
pub struct ForecastScore {
    /// Who forecast it.
    pub forecaster: String,
    /// Whether the probabilities are estimated by shares of trials, and the scores with an error.
    pub is_estimated: bool,
    /// The probability of the outcome that came about; where it is estimated, the share of trials.
    pub share: f64,
    /// The Brier score.
    pub brier: ScoreEstimate,
    /// The logarithmic score, which may be infinite.
    pub log: ScoreEstimate,
    /// The ranked probability score, where the outcomes stand in an order.
    pub ranked: Option<ScoreEstimate>,
    /// What was said of each class, and which came about.
    pub said: ScoredForecast,
}

/// How many trials of each model ended in each outcome, unresolved last.
///
/// # Errors
///
/// [`Stopped`]; a numerical error is that of the first trial that has one, in the first model that does.
pub fn count_outcomes(
    models: &[Model],
    plan: Plan,
    watch: &dyn Watch,
) -> Result<Vec<Vec<u64>>, Stopped<Infallible>> {
    let plan = Plan { recording: Recording::End, ..plan };
    let mut all = Vec::new();
    for (at, model) in models.iter().enumerate() {
        let mut counts = vec![0; model.outcomes.len() + 1];
        // The outcomes of one model are shown as it is played; those of several are not the same.
        let before = if models.len() == 1 { counts.clone() } else { Vec::new() };
        let onward = Onward::new(watch, at as u64 * plan.trials, &before);
        let played = play(model, plan, &onward, |wave| {
            for outcome in wave.iter().flat_map(|block| &block.outcomes) {
                counts[*outcome as usize] += 1;
            }
            Ok(())
        });
        played.map_err(|stopped| stopped.after(at))?;
        all.push(counts);
    }
    Ok(all)
}

impl ObservedCase {
    /// The scores of the shares of trials, then those of the same probability for each class, then those of
    /// all others; `None` with fewer than two trials.
    ///
    /// The classes are the outcomes; unresolved is one of them only if it came about, a trial ended in it or
    /// somebody named it.
    pub fn scored(&self, counts: &[u64]) -> Option<Vec<ForecastScore>> {
        let last = counts.len() - 1;
        let has_unresolved = self.observed == last
            || counts[last] > 0
            || self.others.iter().any(|own| own.names_unresolved);
        let classes = if has_unresolved { counts.len() } else { last };
        let counts = &counts[..classes];
        let mut scores = vec![self.of_trials(counts)?];
        let even = vec![1.0 / classes as f64; classes];
        scores.push(self.of_probabilities(UNIFORM_FORECAST, &even));
        scores.extend(
            self.others
                .iter()
                .map(|own| self.of_probabilities(&own.forecaster, &own.probabilities[..classes])),
        );
        Some(scores)
    }

    fn of_trials(&self, counts: &[u64]) -> Option<ForecastScore> {
        let TrialScores { brier, log, ranked } = TrialScores::of(counts, self.observed)?;
        let trials: u64 = counts.iter().sum();
        Some(ForecastScore {
            forecaster: OWN_FORECAST.to_owned(),
            is_estimated: true,
            share: counts[self.observed] as f64 / trials as f64,
            brier,
            log,
            ranked: self.ordered.then_some(ranked),
            said: self.said(TrialScores::smoothed(counts)),
        })
    }

    fn of_probabilities(&self, forecaster: &str, probabilities: &[f64]) -> ForecastScore {
        let ProperScores { brier, log, ranked } = ProperScores::of(probabilities, self.observed);
        let [brier, log, ranked] =
            [brier, log, ranked].map(|value| ScoreEstimate { value, error: 0.0 });
        ForecastScore {
            forecaster: forecaster.to_owned(),
            is_estimated: false,
            share: probabilities[self.observed],
            brier,
            log,
            ranked: self.ordered.then_some(ranked),
            said: self.said(probabilities.to_vec()),
        }
    }

    fn said(&self, probabilities: Vec<f64>) -> ScoredForecast {
        ScoredForecast { probabilities, observed: Some(self.observed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(probabilities: &[f64], names_unresolved: bool) -> OtherForecast {
        let probabilities = probabilities.to_vec();
        OtherForecast { forecaster: "panel".to_owned(), probabilities, names_unresolved }
    }

    fn classes(case: &ObservedCase, counts: &[u64]) -> usize {
        let scores = case.scored(counts).expect("enough trials");
        let said: Vec<usize> = scores.iter().map(|own| own.said.probabilities.len()).collect();
        assert!(said.iter().all(|own| *own == said[0]), "{said:?}");
        said[0]
    }

    #[test]
    fn unresolved_is_a_class_where_it_was_named_observed_or_counted() {
        let plain =
            ObservedCase { others: vec![panel(&[0.2, 0.8, 0.0], false)], ..Default::default() };
        assert_eq!(classes(&plain, &[3, 7, 0]), 2);
        assert_eq!(classes(&plain, &[3, 7, 1]), 3);
        assert_eq!(classes(&ObservedCase { observed: 2, ..plain.clone() }, &[3, 7, 0]), 3);
        let named = ObservedCase { others: vec![panel(&[0.2, 0.8, 0.0], true)], ..plain };
        assert_eq!(classes(&named, &[3, 7, 0]), 3);
    }

    #[test]
    fn all_forecasters_are_scored_on_the_same_classes() {
        let others = vec![panel(&[0.25, 0.75, 0.0], false)];
        let case = ObservedCase { observed: 1, ordered: true, others };
        let scores = case.scored(&[400, 600, 0]).expect("enough trials");
        let names: Vec<&str> = scores.iter().map(|own| own.forecaster.as_str()).collect();
        assert_eq!(names, [OWN_FORECAST, UNIFORM_FORECAST, "panel"]);
        assert_eq!([scores[0].share, scores[1].share, scores[2].share], [0.6, 0.5, 0.75]);
        assert_eq!((scores[1].brier.value, scores[2].brier.value), (0.5, 0.125));
        assert_eq!(scores[2].ranked.map(|own| own.value), Some(0.0625));
        assert!(scores[0].is_estimated && scores[0].brier.error > 0.0);
        assert!(!scores[1].is_estimated && scores[1].brier.error == 0.0);
        assert_eq!(case.scored(&[1, 0, 0]), None);
        let unordered = ObservedCase { ordered: false, ..case };
        let scores = unordered.scored(&[400, 600, 0]).expect("enough trials");
        assert!(scores.iter().all(|own| own.ranked.is_none()));
    }

    #[test]
    fn a_forecaster_who_ruled_out_what_came_about_scores_without_bound() {
        let others = vec![panel(&[1.0, 0.0, 0.0], false)];
        let case = ObservedCase { observed: 1, ordered: false, others };
        let scores = case.scored(&[10, 0, 0]).expect("enough trials");
        assert_eq!(scores[2].log.value, f64::INFINITY);
        assert!(scores[0].log.value.is_finite(), "no share of trials rules anything out");
    }
}
