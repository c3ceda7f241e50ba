//! Whose preferences matter most, in words.

use super::parts::{Ranked, brief, of_row};
use super::question::SensitivityMethod;
use super::single_inputs::width;
use super::words::{NAMED, SensitivityWords};
use crate::format::listed;
use crate::verbs::importance::ImportanceRow;
use crate::verbs::titles::said;

impl SensitivityWords<'_> {
    /// Whose preferences matter most, as a sentence; `None` where the scenario has no actors.
    pub fn preferences(&self, of: &str) -> Option<String> {
        if self.names.no_actor_is_drawn() {
            return Some(
                "Nothing is drawn for any of the actors; --vary preferences --by actor tells whose \
                 preferences matter most."
                    .to_owned(),
            );
        }
        match self.method() {
            SensitivityMethod::Sobol => self.preferences_by_indices(of),
            SensitivityMethod::Morris => {
                let rows = self.morris(of).into_iter();
                let own = rows.filter(|row| self.names.actor_of(&row.input).is_some());
                let first = own.max_by(|a, b| a.mu_star.total_cmp(&b.mu_star))?;
                Some(self.strongest_preference(&first.input))
            }
            SensitivityMethod::OneAtATime => {
                let rows = self.points(of).into_iter();
                let own = rows.filter(|rows| self.names.actor_of(&rows[0].input).is_some());
                let first = own.max_by(|a, b| width(a).total_cmp(&width(b)))?;
                Some(self.strongest_preference(&first[0].input))
            }
        }
    }

    fn strongest_preference(&self, input: &str) -> String {
        let name = said(&self.names.shown(input, None));
        format!("Of all that is drawn for actors, {name} had the largest effect.")
    }

    fn preferences_by_indices(&self, of: &str) -> Option<String> {
        let is_own = |row: &&ImportanceRow| self.names.actor_of(&row.input).is_some();
        let rows: Vec<&ImportanceRow> = self.importance(of).into_iter().filter(is_own).collect();
        let ranked = Ranked::of(rows.iter().copied());
        let (first, others) = ranked.all.split_first()?;
        let is_by_actor = self.names.actor(&first.input, first.group.as_deref()).is_some();
        let title = |row: &ImportanceRow| {
            let actor = self.names.actor_of(&row.input);
            actor.map_or_else(String::new, |actor| self.names.actor_title(actor))
        };
        if !ranked.all.iter().any(|row| row.is_clear()) {
            return Some(
                "Of what is drawn for actors, nothing can be told from zero with so many rows."
                    .to_owned(),
            );
        }
        Some(match (is_by_actor, ranked.is_told) {
            (true, true) if others.is_empty() => {
                format!("Only {}’s preferences are drawn: {}.", title(first), of_row(first))
            }
            (true, true) => {
                let rest: Vec<String> =
                    others.iter().map(|row| format!("{} {}", title(row), brief(row))).collect();
                format!(
                    "{}’s preferences matter most: {}; {}.",
                    title(first),
                    of_row(first),
                    listed(&rest)
                )
            }
            (true, false) => {
                let all: Vec<String> =
                    ranked.all.iter().map(|row| format!("{} {}", title(row), brief(row))).collect();
                format!(
                    "Whose preferences matter most is not told apart with so many rows: {}.",
                    listed(&all)
                )
            }
            (false, true) => format!(
                "Of what is drawn for actors, {} matters most: {}. --by actor tells each actor’s \
                 preferences together.",
                self.named(first),
                of_row(first)
            ),
            (false, false) => {
                let clear = ranked.all.iter().filter(|row| row.is_clear()).take(NAMED);
                let clear: Vec<String> = clear.map(|row| self.named(row)).collect();
                format!(
                    "Of what is drawn for actors, {} can be told from nothing. --by actor tells each \
                     actor’s preferences together.",
                    listed(&clear)
                )
            }
        })
    }
}
