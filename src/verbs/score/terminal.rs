//! The answer of `score` as text for the terminal.

use super::question::ScoreQuestion;
use super::tables::{ScoreKind, ScoreRow, ScoreTables};
use super::words::{LESS_IS_BETTER, ScoreWords, interval_text, kind_as_head};
use crate::format::{NOTHING, count, counted, number, number_range, percent};
use crate::report::Played;
use crate::verbs::terminal::{Tell, cut, plain, set_in_words, wrapped};
use crate::verbs::titles::Titles;

/// How many cases are listed: the first.
const CASES: usize = 40;
/// The width of the name of a file, a forecaster or an outcome.
const NAME: usize = 32;

impl Tell for ScoreQuestion {
    fn tell(&self, played: &Played<'_>, tables: &ScoreTables) -> String {
        let words = ScoreWords::new(Titles::plain(played), tables);
        let own = tables.own();
        let mut text = wrapped(&played.title());
        text += &wrapped(&words.headline());
        text.extend(words.findings().iter().map(|line| wrapped(line)));
        text += &wrapped(&format!(
            "{}{}, seed {}, policy {}, world {}{}.",
            counted(played.trials, "trial"),
            if own.len() > 1 { " of each" } else { "" },
            played.seed,
            self.policy,
            self.world,
            set_in_words(played),
        ));
        text += "\n";
        match own.as_slice() {
            [one] => text += &words.forecasts(one),
            _ => {
                text += &words.means();
                text += "\n";
                text += &words.cases();
            }
        }
        text += &wrapped(LESS_IS_BETTER);
        text += &wrapped("All: scores.csv; means and skill: mean_scores.csv; shares: summary.csv.");
        text
    }
}

impl ScoreWords<'_> {
    /// The forecasts of one case: what each gave the outcome that came about, and its scores.
    fn forecasts(&self, own: &ScoreRow) -> String {
        let kinds = self.tables.kinds();
        let mut heads = vec!["Forecaster", "gave it"];
        for kind in &kinds {
            heads.extend([kind_as_head(*kind), "95 %"]);
        }
        let rows = [own].into_iter().chain(self.tables.others(own)).map(|row| {
            let name = self.forecaster(&row.forecaster);
            let mut cells = vec![cut(&name, NAME), percent(row.share)];
            for kind in &kinds {
                let score = row.score(*kind);
                cells.push(score.map_or_else(String::new, |score| number(score.value)));
                cells.push(score.map_or_else(String::new, interval_text));
            }
            cells
        });
        plain(&heads, rows.collect(), &numbers(heads.len(), 1))
    }

    /// The mean scores of each forecaster, and the skill of Démarche against it.
    fn means(&self) -> String {
        let kinds = self.tables.kinds();
        let mut heads = vec!["Forecaster", "cases"];
        for kind in &kinds {
            heads.extend([kind_as_head(*kind), "Démarche’s skill", "95 %"]);
        }
        let rows = self.tables.forecasters().into_iter().map(|forecaster| {
            let mean = |kind: ScoreKind| self.tables.mean(forecaster, kind);
            let cases = mean(ScoreKind::Brier).map_or(0, |row| row.cases);
            let mut cells = vec![cut(&self.forecaster(forecaster), NAME), count(cases)];
            for kind in &kinds {
                let row = mean(*kind);
                let known = row.and_then(|row| row.skill_interval());
                cells.push(row.map_or_else(|| NOTHING.to_owned(), |row| number(row.mean)));
                let skill = row.and_then(|row| row.skill);
                cells.push(skill.map_or_else(String::new, number));
                cells.push(known.map_or_else(String::new, |own| number_range(own.low, own.high)));
            }
            cells
        });
        plain(&heads, rows.collect(), &numbers(heads.len(), 1))
    }

    /// The first cases, each with what came about and the scores of Démarche.
    fn cases(&self) -> String {
        let kinds = self.tables.kinds();
        let mut heads = vec!["Case", "came about", "share"];
        heads.extend(kinds.iter().map(|kind| kind_as_head(*kind)));
        let own = self.tables.own();
        let rows = own.iter().take(CASES).map(|row| {
            let mut cells = vec![
                cut(&self.file(row), NAME),
                cut(&self.came_about(row), NAME),
                percent(row.share),
            ];
            cells.extend(kinds.iter().map(|kind| {
                row.score(*kind).map_or_else(|| NOTHING.to_owned(), |own| number(own.value))
            }));
            cells
        });
        let table = plain(&heads, rows.collect(), &numbers(heads.len(), 2));
        match own.len().saturating_sub(CASES) as u64 {
            0 => table,
            more => table + &wrapped(&format!("… and {}.", counted(more, "more case"))),
        }
    }
}

/// The columns of numbers, where the first so many are text.
fn numbers(columns: usize, texts: usize) -> Vec<usize> {
    (texts..columns).collect()
}
