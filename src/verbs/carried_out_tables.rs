//! How far policies were carried out, as a table for the terminal and one for the page.

use super::carried_out::CarriedOut;
use super::fidelity::FidelityRow;
#[cfg(feature = "report")]
use crate::format::NOTHING;
use crate::format::{bare_percent_range, counted, percent};
#[cfg(feature = "report")]
use crate::report::{PageCell, PageTable};
use crate::stats::{Interval, clopper_pearson};
use crate::study::LEVEL;
#[cfg(feature = "cli")]
use crate::verbs::terminal::{cut, plain};

/// How many moves the terminal lists.
#[cfg(feature = "cli")]
const LISTED: usize = 12;
/// The width of a name in a table of the terminal.
#[cfg(feature = "cli")]
const NAME: usize = 26;

impl FidelityRow {
    /// The 95 % interval of the share of trials in which the move is made (Clopper & Pearson).
    fn interval(&self) -> Interval {
        let count = (self.made * self.trials as f64).round() as u64;
        clopper_pearson(count.min(self.trials), self.trials, LEVEL, 1)
    }
}

impl CarriedOut<'_> {
    /// The rows, the move that was made least often first.
    fn least_made_first(&self) -> Vec<&FidelityRow> {
        let mut rows: Vec<&FidelityRow> = self.rows.iter().collect();
        rows.sort_by(|a, b| a.made.total_cmp(&b.made));
        rows
    }

    /// A table for the terminal with the moves that were made least often; nothing where no policy
    /// forces a move.
    #[cfg(feature = "cli")]
    pub fn terminal_table(&self) -> String {
        let Some(first) = self.rows.first() else { return String::new() };
        let compared = self.rows.iter().any(|row| row.made_without.is_some());
        let two_files = self.rows.iter().any(|row| row.scenario != first.scenario);
        let rows = self.least_made_first();
        let shown = rows.iter().take(LISTED).map(|row| {
            let interval = row.interval();
            let file = two_files.then(|| cut(&row.scenario, NAME));
            let mut cells: Vec<String> = file.into_iter().collect();
            cells.extend([
                cut(&row.world, NAME),
                cut(&row.policy, NAME),
                cut(&row.full_name(), NAME + 8) + &self.times_sign(row),
                format!("{} to {}", row.from, row.to),
                percent(row.made),
                bare_percent_range(interval.low, interval.high),
            ]);
            if compared {
                cells.push(row.made_without.map_or(crate::format::NOTHING.to_owned(), percent));
            }
            cells
        });
        let mut heads = vec!["World", "Policy", "Move", "steps", "made", "95 %"];
        if two_files {
            heads.insert(0, "File");
        }
        if compared {
            heads.push("without");
        }
        let numbers = heads.len() - if compared { 4 } else { 3 };
        let mut text = format!(
            "\nCarried out: in how many of {} each forced move was made in its window:\n{}",
            counted(first.trials, "trial"),
            plain(&heads, shown.collect(), &[numbers, numbers + 1, numbers + 2, numbers + 3])
        );
        if rows.len() > LISTED {
            let more = rows.len() - LISTED;
            text.push_str(&format!("... and {more} more, made more often, in fidelity.csv\n"));
        }
        text
    }

    /// A table for the page; nothing where no policy forces a move.
    #[cfg(feature = "report")]
    pub fn page_table(&self) -> Option<PageTable> {
        let first = self.rows.first()?;
        let compared = self.rows.iter().any(|row| row.made_without.is_some());
        let mut heads = vec!["Policy", "World", "Forced move", "Window", "#Made", "#95 %"];
        let without = match self.without {
            crate::model::NO_POLICY => "#Made without it".to_owned(),
            _ => format!("#Made {}", self.without_it(first)),
        };
        if compared {
            heads.push(&without);
        }
        let caption = format!(
            "Carried out: share of {} in which a forced move was made in its window, the least first",
            counted(first.trials, "trial")
        );
        let mut table = PageTable::new(caption, &heads);
        for row in self.least_made_first() {
            let interval = row.interval();
            let mut cells = vec![
                PageCell::text(self.titles.policy(&row.scenario, &row.policy)),
                PageCell::text(self.titles.world(&row.world)),
                PageCell::text(self.titles.action(&row.full_name()) + &self.times_sign(row)),
                PageCell::text(self.window(row)),
                PageCell::number(percent(row.made), row.made),
                PageCell::number(bare_percent_range(interval.low, interval.high), interval.low),
            ];
            if compared {
                cells.push(match row.made_without {
                    Some(share) => PageCell::number(percent(share), share),
                    None => PageCell { text: NOTHING.to_owned(), ..PageCell::nothing() },
                });
            }
            table.row(cells).strong = row.is_hardly_made();
        }
        Some(table)
    }

    /// A window with its first and its last day, or with its steps where there are no dates.
    #[cfg(feature = "report")]
    fn window(&self, row: &FidelityRow) -> String {
        let model = self.titles.played.model();
        let days = model.dates.and_then(|dates| {
            let day = |date: jiff::civil::Date| date.strftime("%-d %B %Y").to_string();
            let last = dates.last_day(u32::try_from(row.to + 1).ok()?)?;
            Some((day(dates.day_of(row.from as i64)?), day(last)))
        });
        match days {
            Some((first, last)) => format!("{first} to {last}"),
            None => format!("steps {} to {}", row.from, row.to),
        }
    }

    /// How often the policy asks for a move, after the move; nothing if it is once.
    fn times_sign(&self, row: &FidelityRow) -> String {
        match self.times(row) {
            1 => String::new(),
            more => format!(" ×{more}"),
        }
    }
}
