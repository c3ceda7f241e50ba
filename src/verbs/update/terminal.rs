//! The answer of `update` as text for the terminal.

use super::question::UpdateQuestion;
use super::tables::UpdateTables;
use super::words::{GIVEN, UpdateWords};
use crate::format::{count, counted, number, percent, percent_range};
use crate::report::Played;
use crate::verbs::forecaster::ForecasterName;
use crate::verbs::terminal::{Tell, cut, plain, set_in_words, wrapped};
use crate::verbs::titles::Titles;

/// How many assumptions are listed.
const ASSUMPTIONS: usize = 10;
/// How many steps are listed: the last.
const STEPS: usize = 24;
/// The width of a name.
const NAME: usize = 44;

impl Tell for UpdateQuestion {
    fn tell(&self, played: &Played<'_>, tables: &UpdateTables) -> String {
        let words = UpdateWords::new(Titles::plain(played), tables);
        let mut text = wrapped(&played.model().title);
        text += &wrapped(&words.headline());
        text += &wrapped(GIVEN);
        text += &words.fit().map_or_else(String::new, |own| wrapped(&own));
        text += &words.surprise().map_or_else(String::new, |own| wrapped(&own));
        let effective =
            words.evidence(ForecasterName::Demarche, None).map_or(0.0, |own| own.effective);
        text += &wrapped(&format!(
            "{}, of which the last weights stand for {} original; seed {}, policy {}, world {}{}.",
            counted(played.trials, "particle"),
            number(effective),
            played.seed,
            self.policy,
            words.world(),
            set_in_words(played),
        ));
        text += "\n";
        text += &words.odds_table();
        text += "\n";
        text += &words.steps_table();
        let learned = words.learned_table();
        if !learned.is_empty() {
            text += "\n";
            text += &learned;
        }
        if tables.worlds.len() > 1 {
            text += "\n";
            text += &words.worlds_table();
        }
        text += &wrapped(
            "95 %: of the luck of the draw, each by itself. log: natural logarithm of the probability of what is known of \
             the step, given all before it. All: odds.csv, evidence.csv, posterior.csv, worlds.csv.",
        );
        text
    }
}

impl UpdateWords<'_> {
    fn odds_table(&self) -> String {
        let rows = self.revised().into_iter().map(|own| {
            vec![
                cut(&self.names.outcome(&own.after.outcome), NAME),
                percent(own.before.share),
                percent_range(own.before.low, own.before.high),
                percent(own.after.share) + if own.is_clear() { "" } else { " ?" },
                percent_range(own.after.low, own.after.high),
            ]
        });
        let text =
            plain(&["Outcome", "before", "95 %", "after", "95 %"], rows.collect(), &[1, 2, 3, 4]);
        text + &wrapped("?: not told apart from before.")
    }

    /// How surprising each step was, and the odds of the outcome that changed most.
    fn steps_table(&self) -> String {
        let Some(last) = self.last() else { return String::new() };
        let first = (last + 1).saturating_sub(STEPS as u64);
        let told = self.revised().first().map(|own| own.after.outcome.clone()).unwrap_or_default();
        let rows = (first..=last).map(|step| {
            let log = |forecaster| {
                self.evidence(forecaster, Some(step))
                    .map_or(String::new(), |row| number(row.log_evidence))
            };
            let odds = self.odds(self.world(), Some(step));
            let own = odds.iter().find(|row| row.outcome == told);
            let effective = self
                .evidence(ForecasterName::Demarche, Some(step))
                .map_or(0.0, |row| row.effective);
            vec![
                self.step(step).heading(),
                log(ForecasterName::Demarche),
                log(ForecasterName::Random),
                log(ForecasterName::PriorFrequencies),
                count(effective.round() as u64),
                own.map_or(String::new(), |row| percent(row.share)),
            ]
        });
        let title = cut(&self.names.outcome(&told), NAME);
        let heads = ["Step", "log", "random", "frequencies", "effective", title.as_str()];
        plain(&heads, rows.collect(), &[1, 2, 3, 4, 5])
    }

    fn learned_table(&self) -> String {
        let rows = self.learned().into_iter().take(ASSUMPTIONS).map(|own| {
            let shown = |row: &super::tables::PosteriorRow| {
                format!("{} ({} to {})", number(row.mean), number(row.p05), number(row.p95))
            };
            vec![cut(&own.shown, NAME), shown(own.prior), shown(own.posterior)]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if rows.is_empty() {
            return String::new();
        }
        let more = self.learned().len().saturating_sub(rows.len()) as u64;
        let text = plain(&["Assumption", "before: mean (5 to 95 %)", "after"], rows, &[]);
        match more {
            0 => text,
            more => {
                text + &wrapped(&format!("… and {} revised less.", counted(more, "assumption")))
            }
        }
    }

    fn worlds_table(&self) -> String {
        let rows = self.tables.worlds.iter().map(|row| {
            let error =
                row.se.map_or_else(|| "?".to_owned(), |se| format!("± {}", number(1.96 * se)));
            vec![
                cut(&row.world, NAME),
                number(row.log_evidence),
                error,
                number(row.log_bayes_factor),
                percent(row.posterior),
            ]
        });
        let heads = ["World", "log evidence", "95 %", "against the first", "posterior"];
        plain(&heads, rows.collect(), &[1, 2, 3, 4])
            + &wrapped("posterior: if all of these worlds were equally likely before.")
    }
}
