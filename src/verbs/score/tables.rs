//! The tables of `score`.

use serde::{Deserialize, Serialize};

use crate::model::OWN_FORECAST;
use crate::report::Played;
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::shared::SummaryRow;
use crate::verbs::tables::{CheckedRow, Misfit, row, tables};

tables! {
    /// What `score` writes.
    pub struct ScoreTables {
        /// The outcomes of each file.
        pub summary: Vec<SummaryRow>,
        /// The scores of each forecaster in each file.
        pub scores: Vec<ScoreRow>,
        /// The mean scores of each forecaster over the files.
        pub means: Vec<MeanScoreRow>,
        /// How likely the records of the files were; only where a file has one.
        pub records: Option<Vec<RecordScoreRow>>,
        /// How well each forecaster is calibrated; only from 50 files on.
        pub calibration: Option<Vec<CalibrationRow>>,
        /// The reliability curve of Démarche; only from 50 files on.
        pub reliability: Option<Vec<ReliabilityRow>>,
    }
}

/// A score: less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScoreKind {
    /// The Brier score.
    Brier,
    /// The logarithmic score.
    Log,
    /// The ranked probability score.
    Rps,
}

impl ScoreKind {
    /// All scores, in the order of the columns.
    pub const ALL: [ScoreKind; 3] = [ScoreKind::Brier, ScoreKind::Log, ScoreKind::Rps];
}

row! {
    /// The scores of one forecaster in one file. Less is better. The Brier score is the sum over classes of
    /// the square of the probability less 1 for the outcome that came about and 0 for others; the logarithmic
    /// score the natural logarithm of the probability of the outcome that came about, with its sign changed;
    /// the ranked probability score the sum of squares of the cumulated probabilities less the cumulated ones
    /// and zeros, in file order, not divided. Those of Démarche are what infinitely many trials would have, as
    /// estimated from the trials without the bias of their number.
    pub struct ScoreRow in "scores.csv" may be infinite: "log" {
        /// The scenario file's name.
        pub file: String,
        /// The id of the outcome that came about.
        pub observed: String,
        /// How many trials were played. Empty for forecasters other than `demarche`.
        pub trials: Option<u64>,
        /// The probability that the forecaster gave the outcome that came about, in 0..1; of `demarche`, the
        /// share of trials.
        pub share: f64,
        /// `demarche`, `uniform` (the same for all classes), `base_rate`, or the name of another.
        pub forecaster: String,
        /// The Brier score, from 0 to 2.
        pub brier: f64,
        /// Its standard error from the number of trials. Empty for forecasters other than `demarche`.
        pub brier_se: Option<f64>,
        /// The logarithmic score.
        pub log: f64,
        /// Its standard error.
        pub log_se: Option<f64>,
        /// The ranked probability score. Empty where the file does not say that its outcomes are ordered.
        pub rps: Option<f64>,
        /// Its standard error.
        pub rps_se: Option<f64>,
    }
}

row! {
    /// The mean of a score of one forecaster over the files for which it is known, and how much better or
    /// worse Démarche did in the same files.
    pub struct MeanScoreRow in "mean_scores.csv" may be infinite: "mean" {
        /// The forecaster.
        pub forecaster: String,
        /// `brier`, `log` or `rps`.
        pub score: ScoreKind,
        /// In how many files the forecaster has this score.
        pub cases: u64,
        /// The mean of its scores.
        pub mean: f64,
        /// The mean of the scores of Démarche in the same files.
        pub own: f64,
        /// The standard error of that mean from the number of trials alone.
        pub own_se: f64,
        /// The skill of Démarche against the forecaster: 1 less the mean of Démarche over that of the
        /// forecaster. Empty for `demarche`, and where the mean is zero or infinite.
        pub skill: Option<f64>,
        /// The lower end of its 95 % interval over cases such as these (Student). Empty below 10 files.
        pub skill_low: Option<f64>,
        /// The upper end.
        pub skill_high: Option<f64>,
    }
}

row! {
    /// Only where a file has a `[record]`. How likely what it tells was, step by step, by a forecaster: the mean over its
    /// steps of the natural logarithm of the probability of what is known of a step, given all before it. More is better.
    pub struct RecordScoreRow in "record_scores.csv" {
        /// The scenario file's name.
        pub file: String,
        /// `demarche`, the scenario; `random`, to whom all open options are equally likely, and yes and no as well;
        /// `prior_frequencies`, to whom options are as frequent as in trials without the record. All of them know the
        /// situation, and the chances of nature.
        pub forecaster: ForecasterName,
        /// How many steps are known.
        pub steps: u64,
        /// The logarithm of the probability of the whole record.
        pub log_evidence: f64,
        /// The same, divided by the number of steps.
        pub per_step: f64,
        /// The standard error of that by chance.
        pub per_step_se: Option<f64>,
    }
}

row! {
    /// Only from 50 files on. How well a forecaster is calibrated: the mean square of the probabilities less 1 for outcomes that came
    /// about and 0 for others, over all outcomes of all files, taken apart in two ways. The score is
    /// miscalibration less discrimination plus uncertainty, and also reliability less resolution plus
    /// uncertainty.
    pub struct CalibrationRow in "calibration.csv" {
        /// The forecaster.
        pub forecaster: String,
        /// In how many files it forecast.
        pub cases: u64,
        /// How many outcomes it gave a probability in these.
        pub forecasts: u64,
        /// How many different probabilities.
        pub different: u64,
        /// The mean square.
        pub score: f64,
        /// By how much it would be less if every probability were the frequency on the rising reliability
        /// curve.
        pub miscalibration: f64,
        /// By how much these frequencies do better than the overall frequency said of every outcome.
        pub discrimination: f64,
        /// The score of the overall frequency.
        pub uncertainty: f64,
        /// As miscalibration, with the frequency of exactly this probability (Murphy 1973).
        pub reliability: f64,
        /// As discrimination, with these frequencies.
        pub resolution: f64,
    }
}

row! {
    /// Only from 50 files on. The reliability curve of Démarche at a probability that it gave some outcome.
    pub struct ReliabilityRow in "reliability.csv" {
        /// The probability.
        pub said: f64,
        /// How many outcomes were given exactly it.
        pub forecasts: u64,
        /// How many of these came about.
        pub came_about: u64,
        /// The frequency that belongs to it on the rising curve.
        pub frequency: f64,
        /// The lower end of the band in which the curves of 90 of 100 calibrated forecasters run here.
        pub band_low: f64,
        /// The upper end.
        pub band_high: f64,
    }
}

impl CheckedRow for ScoreRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        unless_played(played, &self.file)?;
        Misfit::unless_any_outcome(played, "observed", &self.observed)?;
        Misfit::unless((0.0..=1.0).contains(&self.share), "share", self.share, "a share")
    }

    fn check_all(rows: &[Self], played: &Played<'_>) -> Result<(), String> {
        let is_own = |row: &&Self| row.forecaster == OWN_FORECAST;
        let own: Vec<&str> = rows.iter().filter(is_own).map(|row| row.file.as_str()).collect();
        let files: Vec<&str> = played.files().map(|file| file.name).collect();
        match own == files {
            true => Ok(()),
            false => Err(format!("{} scores instead of one for each file", own.len())),
        }
    }
}

impl CheckedRow for RecordScoreRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        unless_played(played, &self.file)
    }
}

/// Checks that a file was played.
fn unless_played(played: &Played<'_>, file: &str) -> Result<(), Misfit> {
    let is_played = played.files().any(|own| own.name == file);
    Misfit::unless(is_played, "file", file, "a file that was played")
}

impl CheckedRow for MeanScoreRow {}
impl CheckedRow for CalibrationRow {}

impl CheckedRow for ReliabilityRow {
    fn check(&self, _: &Played<'_>) -> Result<(), Misfit> {
        for (column, share) in [
            ("said", self.said),
            ("frequency", self.frequency),
            ("band_low", self.band_low),
            ("band_high", self.band_high),
        ] {
            Misfit::unless((0.0..=1.0).contains(&share), column, share, "a share")?;
        }
        Ok(())
    }
}
