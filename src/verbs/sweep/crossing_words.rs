//! Where policies cross, in words.

use super::stretches::{SideStretch, SideWords};
use super::tables::CrossingRow;
use super::words::SweepWords;
use crate::format::listed;
use crate::stats::Sign;
use crate::verbs::titles::quoted;

impl SweepWords<'_> {
    /// The title of the chart of an outcome: its headline or, where several worlds are drawn, what it shows.
    #[cfg(feature = "report")]
    pub fn chart_title(&self, outcome: &str) -> String {
        if self.played.worlds.len() > 1 {
            let title = match self.others().is_empty() {
                true => "How the trials end".to_owned(),
                false => quoted(&self.titles.outcome(outcome)),
            };
            return format!("{title} along {}", listed(&self.swept()));
        }
        if let ([world], [policy]) = (self.played.worlds, self.others()) {
            let rows = self.crossings(world, policy, outcome);
            if rows.len() > 1 {
                // The brackets below the chart say where two lines cross, and where it is not told.
                let (words, stretches) = self.sides_of(&rows);
                return words.sides(&stretches);
            }
        }
        let (told, open) = self.of(&[outcome.to_owned()]);
        let first = told.into_iter().chain(open).next().unwrap_or_default();
        first.trim_end_matches('.').to_owned()
    }

    /// `“War” is more frequent under “Talks” than under “Pressure”`, of two policies of a row the one that is
    /// named first; with the world.
    fn more(&self, row: &CrossingRow, under: &str) -> String {
        let other = if row.policy_a == under { &row.policy_b } else { &row.policy_a };
        format!(
            "{} is more frequent under {} than under {}{}",
            quoted(&self.titles.outcome(&row.outcome)),
            quoted(&self.policy(under)),
            quoted(&self.policy(other)),
            self.in_world(&row.world)
        )
    }

    /// Where a policy overtakes the first one, and whether anything is told.
    pub(super) fn crossing(&self, world: &str, policy: &str, outcome: &str) -> (String, bool) {
        let rows = self.crossings(world, policy, outcome);
        let title = quoted(&self.titles.outcome(outcome));
        let Some(first) = rows.first() else {
            return (format!("{title} never came about{}.", self.in_world(world)), false);
        };
        let (words, stretches) = self.sides_of(&rows);
        if let Some(sentence) = words.sentence(&stretches) {
            return (sentence, true);
        }
        let sentence = format!(
            "No crossing told: whether {title} is more frequent under {} or {}{} cannot be told at any value \
             of {}.",
            quoted(&self.policy(&first.policy_a)),
            quoted(&self.policy(policy)),
            self.in_world(world),
            self.swept().first().cloned().unwrap_or_default()
        );
        (sentence, false)
    }

    /// The crossings of an outcome between two policies, of which there is at least one row, and the words for
    /// the sides. A difference is the second policy's share less the first one's.
    fn sides_of(&self, rows: &[&CrossingRow]) -> (SideWords, Vec<SideStretch>) {
        let first = rows[0];
        let shares = self.shares(&first.world, &first.policy_a, &first.outcome);
        let words = SideWords {
            swept: self.swept().first().cloned().unwrap_or_default(),
            range: range(shares.iter().filter_map(|row| row.value_1.number())),
            negative: self.more(first, &first.policy_a),
            positive: self.more(first, &first.policy_b),
            other: |_| "less frequent",
            crosses: "the two cross at",
            never: "no crossing in range",
        };
        let side = |under: &Option<String>| {
            let is_second = under.as_ref().map(|under| *under == first.policy_b);
            is_second.map(|is_second| if is_second { Sign::Positive } else { Sign::Negative })
        };
        let stretches = rows.iter().map(|row| SideStretch {
            found: row.found,
            value: row.value,
            ends: row.low.zip(row.high),
            at_low: side(&row.more_at_low),
            at_high: side(&row.more_at_high),
        });
        (words, stretches.collect())
    }
}

/// The lowest and the highest of some values.
pub(super) fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}
