//! The page of `score`: how well it was forecast.

use super::charts::{CHARTS, FIRST};
use super::question::ScoreQuestion;
use super::tables::{CalibrationRow, ScoreTables};
use super::words::{LESS_IS_BETTER, ScoreWords, interval_text, kind_as_head};
use crate::format::{count, counted, number, number_range, percent};
use crate::report::{ChartKind, PageCell, PageTable, Scene, VerbPage};
use crate::stats::ScoreEstimate;
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::titles::Titles;

impl Draw for ScoreQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<ScoreTables>)] = CHARTS;
    const FIRST: FirstDrawer<ScoreTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &ScoreTables) -> VerbPage {
        let words = ScoreWords::new(Titles::for_page(&scene.played), tables);
        let mut shown = Vec::new();
        if tables.own().len() > 1 {
            shown.push(words.mean_table());
        }
        shown.push(words.score_table());
        shown.extend(tables.calibration.as_deref().map(|rows| words.calibration_table(rows)));
        VerbPage {
            question: "How well was it forecast?".to_owned(),
            lead: words.headline(),
            points: words.findings(),
            rests_on: None,
            tables: shown,
            notes: vec![LESS_IS_BETTER.to_owned()],
            trials: counted(scene.played.trials, "trial"),
            times: String::new(),
            certainty: "A share of trials is a forecast with an error. Squares of shares that are off by chance are too \
                        large on average, so the variance of the shares is taken off the Brier and the ranked \
                        probability score; the logarithmic score is that of shares with half a trial added to each \
                        outcome, so that an outcome in which no trial ended has a score too. Their intervals cover the \
                        number of trials alone. Skill is 1 less a ratio of mean scores; its interval, by Student’s \
                        distribution, is told from 10 cases on and takes the cases for a sample of many alike. The \
                        reliability curve is told from 50 cases on.",
            times_taken: None,
            settled: Vec::new(),
            story: None,
        }
    }
}

impl ScoreWords<'_> {
    /// The mean scores of each forecaster.
    fn mean_table(&self) -> PageTable {
        let heads =
            ["Forecaster", "Score", "#Cases", "#Mean", "#Démarche in these", "#Skill", "#95 %"];
        let mut table = PageTable::new("Mean scores, and the skill of Démarche", &heads);
        for row in &self.tables.means {
            let optional = |value: Option<f64>| match value {
                Some(value) => PageCell::number(number(value), value),
                None => PageCell::nothing(),
            };
            let known = row.skill_interval();
            table.row(vec![
                PageCell::text(self.forecaster(&row.forecaster)),
                PageCell::text(kind_as_head(row.score)),
                PageCell::number(count(row.cases), row.cases as f64),
                score_cell(row.mean),
                score_cell(row.own),
                optional(row.skill),
                match known {
                    Some(known) => PageCell::number(number_range(known.low, known.high), known.low),
                    None => PageCell::nothing(),
                },
            ]);
        }
        table
    }

    /// The scores of each forecaster in each case.
    fn score_table(&self) -> PageTable {
        let kinds = self.tables.kinds();
        let mut heads = vec!["Case".to_owned(), "Came about".to_owned(), "Forecaster".to_owned()];
        heads.push("#Gave it".to_owned());
        for kind in &kinds {
            heads.extend([format!("#{}", kind_as_head(*kind)), "#95 %".to_owned()]);
        }
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut table = PageTable::new("The scores of each case", &heads);
        for row in &self.tables.scores {
            let mut cells = vec![
                PageCell::text(self.file(row)),
                PageCell::text(self.came_about(row)),
                PageCell::text(self.forecaster(&row.forecaster)),
                PageCell::number(percent(row.share), row.share),
            ];
            for kind in &kinds {
                cells.extend(self.score_cells(row.score(*kind)));
            }
            table.row(cells).strong = row.is_own();
        }
        table
    }

    /// A score and its interval.
    fn score_cells(&self, score: Option<ScoreEstimate>) -> [PageCell; 2] {
        let Some(score) = score else { return [PageCell::nothing(), PageCell::nothing()] };
        let interval = match score.error > 0.0 {
            true => PageCell::number(interval_text(score), score.value - score.error),
            false => PageCell::nothing(),
        };
        [score_cell(score.value), interval]
    }

    /// How well each forecaster is calibrated.
    fn calibration_table(&self, rows: &[CalibrationRow]) -> PageTable {
        let heads = [
            "Forecaster",
            "#Outcomes",
            "#Mean square",
            "#Miscalibration",
            "#Discrimination",
            "#Uncertainty",
        ];
        let mut table = PageTable::new("The mean square over all outcomes, taken apart", &heads);
        for row in rows {
            let parts =
                [row.score, row.miscalibration, row.discrimination, row.uncertainty].into_iter();
            let mut cells = vec![
                PageCell::text(self.forecaster(&row.forecaster)),
                PageCell::number(count(row.forecasts), row.forecasts as f64),
            ];
            cells.extend(parts.map(|part| PageCell::number(number(part), part)));
            table.row(cells);
        }
        table
    }
}

/// A score, of which an infinite one sorts above all others.
fn score_cell(score: f64) -> PageCell {
    PageCell::number(number(score), score.min(f64::MAX))
}
