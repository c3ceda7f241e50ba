//! The words of `score`, which terminal, charts and page share.

use super::found::ScoreVerdict;
use super::tables::{MeanScoreRow, ScoreKind, ScoreRow, ScoreTables};
use crate::format::{
    count, counted, listed, number, number_range, percent, percent_range, whole_percent,
};
use crate::model::{BASE_RATE_FORECAST, OWN_FORECAST, UNIFORM_FORECAST};
use crate::report::Played;
use crate::stats::{Calibration, ScoreEstimate, Skill};
use crate::study::LEVEL;
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::shared::SummaryRow;
use crate::verbs::titles::{Titles, quoted};

/// What one case can show.
pub(super) const ONE_CASE: &str = "One case says little: whoever gave a high probability to what happened scores well, be it by \
     knowledge or by luck. Forecasters are told apart over many cases.";

/// How to read scores.
pub(super) const LESS_IS_BETTER: &str = "Less is better. Brier: from 0 to 2; log: −ln of the probability of what came about, from 0 on; RPS: by how \
     much the order was missed. Those of Démarche are what infinitely many trials would have, estimated without the \
     bias of their number; 95 %: the error of the trials alone.";

/// The words of an answer.
pub(super) struct ScoreWords<'a> {
    /// What was played.
    pub played: &'a Played<'a>,
    /// The results.
    pub tables: &'a ScoreTables,
    titles: Titles<'a>,
}

/// A score in words.
pub(super) fn kind_in_words(kind: ScoreKind) -> &'static str {
    match kind {
        ScoreKind::Brier => "the Brier score",
        ScoreKind::Log => "the logarithmic score",
        ScoreKind::Rps => "the ranked probability score",
    }
}

/// A score as the head of a column.
pub(super) fn kind_as_head(kind: ScoreKind) -> &'static str {
    match kind {
        ScoreKind::Brier => "Brier",
        ScoreKind::Log => "log",
        ScoreKind::Rps => "RPS",
    }
}

/// The interval of a score, where it has an error.
pub(super) fn interval_text(score: ScoreEstimate) -> String {
    let known = score.interval(LEVEL);
    if score.error > 0.0 { number_range(known.low, known.high) } else { String::new() }
}

/// A share of trials and its interval.
fn share_text(row: &SummaryRow) -> String {
    format!("{} ({})", percent(row.share), percent_range(row.mc_low, row.mc_high))
}

impl<'a> ScoreWords<'a> {
    /// The words of an answer, with these titles.
    pub fn new(titles: Titles<'a>, tables: &'a ScoreTables) -> Self {
        ScoreWords { played: titles.played, tables, titles }
    }

    /// What a forecaster is called in a table.
    pub fn forecaster(&self, name: &str) -> String {
        match name {
            OWN_FORECAST => "Démarche".to_owned(),
            UNIFORM_FORECAST => "Uniform".to_owned(),
            BASE_RATE_FORECAST => "Base rate".to_owned(),
            other => (self.titles.safe)(other),
        }
    }

    /// What a forecaster is called in a sentence.
    fn forecaster_in_words(&self, name: &str) -> String {
        match name {
            OWN_FORECAST => "Démarche".to_owned(),
            UNIFORM_FORECAST => "uniform probabilities".to_owned(),
            BASE_RATE_FORECAST => "the base rate".to_owned(),
            other => quoted(&(self.titles.safe)(other)),
        }
    }

    /// The outcome that came about in a file.
    pub fn came_about(&self, own: &ScoreRow) -> String {
        self.title(&own.file, &own.observed)
    }

    /// The title of an outcome of a file.
    fn title(&self, file: &str, outcome: &str) -> String {
        let file = self.played.files().find(|own| own.name == file);
        let title = file.and_then(|file| {
            let at = file.model.outcome_ids().position(|id| id == outcome)?;
            Some(file.model.outcome_title(at))
        });
        (self.titles.safe)(title.unwrap_or(outcome))
    }

    /// The name of a file.
    pub fn file(&self, own: &ScoreRow) -> String {
        (self.titles.safe)(&own.file)
    }

    /// The share of trials of a file that ended in an outcome.
    fn summary(&self, file: &str, outcome: &str) -> Option<&'a SummaryRow> {
        let is_it = |row: &&SummaryRow| row.scenario == file && row.outcome == outcome;
        self.tables.summary.iter().find(is_it)
    }

    /// The share of trials that ended in what came about, and its interval.
    fn share(&self, own: &ScoreRow) -> String {
        match self.summary(&own.file, &own.observed) {
            Some(row) => share_text(row),
            None => percent(own.share),
        }
    }

    /// Which outcome had a larger share than the one that came about, if any.
    fn likelier(&self, own: &ScoreRow) -> Option<String> {
        let row = self.summary(&own.file, &own.observed)?;
        let of_file = self.tables.summary.iter().filter(|other| other.scenario == own.file);
        let most = of_file.max_by(|a, b| a.share.total_cmp(&b.share))?;
        if most.share <= row.share {
            return None;
        }
        let name = quoted(&self.title(&own.file, &most.outcome));
        let share = share_text(most);
        Some(match most.mc_low > row.mc_high {
            true => format!("{name} had been the likeliest, with {share}"),
            false => format!("{name} had {share}, which the trials cannot tell from it"),
        })
    }

    /// The first sentence.
    pub fn headline(&self) -> String {
        match self.tables.own().as_slice() {
            [] => "Nothing was played.".to_owned(),
            [one] => {
                let likelier = self.likelier(one).map(|other| format!("; {other}"));
                format!(
                    "{} came about; Démarche had given it {}{}.",
                    quoted(&self.came_about(one)),
                    self.share(one),
                    likelier.unwrap_or_default()
                )
            }
            many => self.over_many(many.len() as u64),
        }
    }

    /// What follows: the comparison with others, and how much all of this can show.
    pub fn findings(&self) -> Vec<String> {
        let own = self.tables.own();
        if let [one] = own.as_slice() {
            let mut all = vec![self.against_others(one)];
            all.extend(self.records());
            all.push(ONE_CASE.to_owned());
            return all;
        }
        let mut all: Vec<String> = Vec::new();
        let reference = self.tables.reference();
        for forecaster in self.tables.forecasters() {
            if forecaster != OWN_FORECAST && forecaster != reference {
                let row = self.tables.mean(forecaster, ScoreKind::Brier);
                all.extend(row.map(|row| format!("Against {}.", self.skill(row))));
            }
        }
        all.push(self.reliability(own.len() as u64));
        all.extend(self.records());
        all
    }

    /// How one case was scored beside others.
    fn against_others(&self, own: &ScoreRow) -> String {
        let (mut better, mut worse, mut untold, mut mixed) = (vec![], vec![], vec![], vec![]);
        for other in self.tables.others(own) {
            let verdicts: Vec<(ScoreKind, ScoreVerdict)> = ScoreKind::ALL
                .into_iter()
                .filter_map(|kind| {
                    let verdict = ScoreVerdict::of(own.score(kind)?, other.score(kind)?.value);
                    Some((kind, verdict))
                })
                .collect();
            let name = self.forecaster_in_words(&other.forecaster);
            let all = |wanted| verdicts.iter().all(|(_, verdict)| *verdict == wanted);
            if all(ScoreVerdict::Better) {
                better.push(name);
            } else if all(ScoreVerdict::Worse) {
                worse.push(name);
            } else if all(ScoreVerdict::NotTold) {
                untold.push(name);
            } else {
                mixed.push(format!("against {name}: {}", in_words(&verdicts)));
            }
        }
        let mut parts = Vec::new();
        let scored: Vec<String> = [("better than", &better), ("worse than", &worse)]
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(word, names)| format!("{word} {}", listed(names)))
            .collect();
        if !scored.is_empty() {
            parts.push(format!("it scored {}", listed(&scored)));
        }
        if !untold.is_empty() {
            let names = listed(&untold);
            parts.push(format!("it cannot be told from {names} within the error of the trials"));
        }
        parts.extend(mixed);
        format!("On this case {}.", parts.join("; "))
    }

    /// How many cases were scored beside the reference.
    fn over_many(&self, cases: u64) -> String {
        let reference = self.tables.reference();
        match self.tables.mean(reference, ScoreKind::Brier) {
            Some(row) => format!("Over {}, against {}.", counted(cases, "case"), self.skill(row)),
            None => format!("{} were scored.", counted(cases, "case")),
        }
    }

    /// The mean Brier scores of Démarche and of another, and which is better.
    fn skill(&self, row: &MeanScoreRow) -> String {
        let name = self.forecaster_in_words(&row.forecaster);
        let cases = self.tables.own().len() as u64;
        let in_some = match row.cases == cases {
            true => String::new(),
            false => format!(" in the {} that it forecast", counted(row.cases, "case")),
        };
        let means = format!(
            "{name}{in_some}: a mean Brier score of {} to its {}",
            number(row.own),
            number(row.mean)
        );
        let Some(skill) = row.skill else { return format!("{means}; the skill is not defined") };
        let skill_text = format!("a skill of {}", number(skill));
        match row.skill_interval() {
            Some(known) => {
                let range = number_range(known.low, known.high);
                let verdict = match known {
                    known if known.low > 0.0 => "Démarche did better",
                    known if known.high < 0.0 => "Démarche did worse",
                    _ => "which of the two does better is not told by these cases",
                };
                format!("{means}, {skill_text} (95 %: {range}): {verdict}")
            }
            None if ScoreVerdict::of(row.own_mean(), row.mean) == ScoreVerdict::NotTold => {
                format!("{means}, which is no difference within the error of the trials")
            }
            None if row.cases < Skill::ENOUGH_CASES as u64 => format!(
                "{means}, {skill_text} in these; {} are too few to say how it does in others",
                counted(row.cases, "case")
            ),
            None => format!("{means}, {skill_text} in each of them"),
        }
    }

    /// In how many cases Démarche scored better than the reference, as the title of a chart.
    pub fn case_by_case(&self) -> String {
        let reference = self.tables.reference();
        let own = self.tables.own();
        let verdicts = own.iter().filter_map(|row| {
            let others = self.tables.others(row);
            let other = others.into_iter().find(|other| other.forecaster == reference)?;
            Some(ScoreVerdict::of(row.score(ScoreKind::Brier)?, other.brier))
        });
        let verdicts: Vec<ScoreVerdict> = verdicts.collect();
        let of = |wanted| verdicts.iter().filter(|own| **own == wanted).count() as u64;
        let untold = match of(ScoreVerdict::NotTold) {
            0 => String::new(),
            untold => format!(", not told apart in {}", count(untold)),
        };
        format!(
            "Better than {} in {} of {}, worse in {}{untold}",
            self.forecaster_in_words(reference),
            count(of(ScoreVerdict::Better)),
            counted(verdicts.len() as u64, "case"),
            count(of(ScoreVerdict::Worse))
        )
    }

    /// The record of each file that has one, as a sentence: how likely what it tells was, step by step.
    fn records(&self) -> Vec<String> {
        let rows = self.tables.records.as_deref().unwrap_or_default();
        let of_files = rows.chunk_by(|a, b| a.file == b.file);
        let told = of_files.filter_map(|rows| {
            let of = |forecaster| rows.iter().find(|row| row.forecaster == forecaster);
            let (own, random, frequencies) = (
                of(ForecasterName::Demarche)?,
                of(ForecasterName::Random)?,
                of(ForecasterName::PriorFrequencies)?,
            );
            let error = own.per_step_se.map_or_else(String::new, |se| {
                format!(" (± {} by chance, 95 %)", number(1.96 * se))
            });
            Some(format!(
                "Of {}’s record of {}, each was given the logarithm {} on average{error}, by choices at random {}, by the \
                 frequencies of moves without the record {}; more is better.",
                (self.titles.safe)(&own.file),
                counted(own.steps, "step"),
                number(own.per_step),
                number(random.per_step),
                number(frequencies.per_step)
            ))
        });
        told.collect()
    }

    /// How well calibrated Démarche was, or why that is not told.
    fn reliability(&self, cases: u64) -> String {
        let mut own = self.tables.calibration.iter().flatten();
        let own = own.find(|row| row.forecaster == OWN_FORECAST);
        let Some((own, within)) = own.zip(self.tables.within_band()) else {
            return format!(
                "There is no reliability diagram: that takes {} cases, and here are {}.",
                count(Calibration::ENOUGH_CASES as u64),
                count(cases)
            );
        };
        format!(
            "Its reliability curve lies within the band of a calibrated forecaster (90 %, at each probability by itself) \
             at {} of the probabilities that it gave. Over all outcomes of all cases the mean square of {} is {} \
             of miscalibration, less {} of discrimination, plus {} of uncertainty.",
            whole_percent(within),
            number(own.score),
            number(own.miscalibration),
            number(own.discrimination),
            number(own.uncertainty)
        )
    }
}

/// Which scores say what, where they disagree.
fn in_words(verdicts: &[(ScoreKind, ScoreVerdict)]) -> String {
    let by = |wanted: ScoreVerdict, word: &str| {
        let own = verdicts.iter().filter(|(_, verdict)| *verdict == wanted);
        let own: Vec<&str> = own.map(|(kind, _)| kind_in_words(*kind)).collect();
        (!own.is_empty()).then(|| format!("{word} by {}", listed(&own)))
    };
    let parts: Vec<String> = [
        by(ScoreVerdict::Better, "better"),
        by(ScoreVerdict::Worse, "worse"),
        by(ScoreVerdict::NotTold, "not told apart"),
    ]
    .into_iter()
    .flatten()
    .collect();
    listed(&parts)
}
