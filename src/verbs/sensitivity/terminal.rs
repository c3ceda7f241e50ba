//! The answer of `sensitivity` as text for the terminal.

use super::charts::value;
use super::question::{SensitivityMethod, SensitivityQuestion};
use super::single_inputs::{is_moved, width};
use super::tables::SensitivityTables;
use super::words::SensitivityWords;
use crate::format::{
    NOTHING, number, number_range, percent_range, unsigned_points, whole_percent,
    whole_percent_range,
};
use crate::report::Played;
use crate::verbs::part_known::PartKnown;
use crate::verbs::terminal::{Tell, cut, plain, set_in_words, wrapped};

/// How many inputs are listed.
const LISTED: usize = 15;
/// The widths of an input's name and of a result's in a table.
const INPUT: usize = 44;
const RESULT: usize = 30;

impl Tell for SensitivityQuestion {
    fn tell(&self, played: &Played<'_>, tables: &SensitivityTables) -> String {
        let words = SensitivityWords::new(played, tables);
        let mut text = wrapped(&played.model().title);
        text.push_str(&wrapped(&words.headline()));
        let main = words.main();
        if let Some(preferences) = main.and_then(|of| words.preferences(of)) {
            text.push_str(&wrapped(&preferences));
        }
        text.push_str(&wrapped(&format!(
            "{}, seed {}, policy {}, world {}{}.",
            words.played_in_words(),
            played.seed,
            self.policy,
            self.world,
            set_in_words(played),
        )));
        text.push('\n');
        let Some(of) = main else { return text };
        text.push_str(&match self.method {
            SensitivityMethod::Sobol => words.indices(of),
            SensitivityMethod::Morris => words.effects(of),
            SensitivityMethod::OneAtATime => words.ends(of),
        });
        if let Some(correlated) = words.correlated() {
            text.push_str(&wrapped(correlated));
        }
        text
    }
}

impl SensitivityWords<'_> {
    /// How much of each result is explained, and what each input explains of the main one.
    fn indices(&self, of: &str) -> String {
        let part = |part: Option<PartKnown>| match part {
            Some(part) => {
                let value = whole_percent(part.value.clamp(-9.99, 9.99));
                [value, whole_percent_range(part.low, part.high.min(1.0))]
            }
            None => [NOTHING.to_owned(), String::new()],
        };
        let rows = self.variance().iter().map(|row| {
            let [value, interval] = part(PartKnown::of(row.part, row.part_low, row.part_high));
            vec![
                cut(&self.names.target(&row.of), RESULT),
                self.level(&row.of, row.mean),
                value,
                interval,
            ]
        });
        let mut text = plain(&["Of", "mean", "explained", "95 %"], rows.collect(), &[1, 2, 3]);
        let mut rows = self.importance(of);
        if rows.is_empty() {
            return text;
        }
        text.push('\n');
        rows.sort_by(|a, b| b.is_clear().cmp(&a.is_clear()).then(b.rank().total_cmp(&a.rank())));
        let listed = rows.iter().take(LISTED).map(|row| {
            let [first, first_interval] = part(row.first());
            let [total, total_interval] = part(row.total());
            let unclear = if row.is_clear() { "" } else { " ?" };
            vec![
                cut(&self.names.shown(&row.input, row.group.as_deref()), INPUT),
                first + unclear,
                first_interval,
                total,
                total_interval,
            ]
        });
        let name = format!("{} rests on", cut(&self.names.target(of), RESULT));
        let heads = [name.as_str(), "alone", "95 %", "with others", "95 %"];
        text.push_str(&plain(&heads, listed.collect(), &[1, 2, 3, 4]));
        let row = self.variance().iter().find(|row| row.of == of);
        let of_what = match row.is_some_and(|row| row.is_clear()) {
            true => "of what is explained",
            false => "of all uncertainty, as it is not known that anything is explained",
        };
        let together = row.and_then(|row| self.together(row));
        let width = self.width(of);
        for sentence in [together, width].into_iter().flatten() {
            text.push_str(&wrapped(&sentence));
        }
        text.push_str(&wrapped(&format!(
            "explained: the part of all uncertainty about a single trial that would go if all inputs were \
             known. alone, with others: parts {of_what} (S1, ST). 95 %: each by itself. ?: not distinguishable \
             from zero. All: variance.csv, importance.csv.",
        )));
        text
    }

    /// The effects of each input on the main result.
    fn effects(&self, of: &str) -> String {
        let size = |value: f64| match self.is_share(of) {
            true => unsigned_points(value),
            false => number(value),
        };
        let mut rows = self.morris(of);
        rows.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star));
        let listed = rows.iter().take(LISTED).map(|row| {
            let sign = if row.mu < 0.0 { "−" } else { "" };
            vec![
                cut(&self.names.shown(&row.input, None), INPUT),
                size(row.mu_star),
                format!("{} to {}", size(row.mu_star_low), size(row.mu_star_high)),
                size(row.sigma),
                format!("{sign}{}", size(row.mu.abs())),
            ]
        });
        let name = format!("{} is moved by", cut(&self.names.target(of), RESULT));
        let heads = [name.as_str(), "mu*", "95 %", "sigma", "mu"];
        let unit = if self.is_share(of) { "In percentage points. " } else { "" };
        plain(&heads, listed.collect(), &[1, 2, 3, 4])
            + &wrapped(&format!(
                "{unit}mu*: the mean size of the effects, per whole range of the input; sigma: how much they \
                 vary; mu: their mean, in which ups and downs cancel. 95 %: each by itself. All: morris.csv.",
            ))
    }

    /// What each input does to the main result at both of its ends.
    fn ends(&self, of: &str) -> String {
        let mut points = self.points(of);
        points.sort_by(|a, b| width(b).total_cmp(&width(a)));
        let range = |low: Option<f64>, high: Option<f64>| match (low.zip(high), self.is_share(of)) {
            (Some((low, high)), true) => percent_range(low, high),
            (Some((low, high)), false) => number_range(low, high),
            (None, _) => NOTHING.to_owned(),
        };
        let middle = points.first().map(|rows| self.level(of, rows[1].share)).unwrap_or_default();
        let listed = points.iter().take(LISTED).map(|rows| {
            let star = if is_moved(rows) { " *" } else { "" };
            let mut cells = vec![cut(&self.names.shown(&rows[0].input, None), INPUT)];
            for row in [rows[0], rows[2]] {
                cells.extend([
                    value(row),
                    self.level(of, row.share),
                    range(row.mc_low, row.mc_high),
                ]);
            }
            cells[6] += star;
            cells
        });
        let name = format!("{} with", cut(&self.names.target(of), RESULT));
        let heads = [name.as_str(), "at 10th", "is", "95 %", "at 90th", "is", "95 %"];
        plain(&heads, listed.collect(), &[1, 2, 3, 4, 5, 6])
            + &wrapped(&format!(
                "With all inputs at their medians it is {middle}. at 10th, at 90th: the input’s value at these \
                 percentiles, all others at their medians, on common luck. 95 %: each by itself; *: the two do \
                 not touch. All: one_at_a_time.csv.",
            ))
    }
}
