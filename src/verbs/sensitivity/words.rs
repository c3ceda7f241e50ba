//! What sensitivity says in words, for terminal, charts and page alike.

use super::names::InputNames;
use super::parts::{Ranked, of_row};
use super::question::SensitivityMethod;
use super::tables::{MorrisRow, OneAtATimeRow, SensitivityTables, VarianceRow};
use crate::format::{count, counted, listed, number, percent, unsigned_points, whole_percent};
use crate::report::Played;
use crate::study::Target;
use crate::verbs::importance::ImportanceRow;
use crate::verbs::part_known::PartKnown;
use crate::verbs::titles::said;

/// How many inputs a sentence names.
pub(super) const NAMED: usize = 3;
/// The half width of a total index to which the number of rows is told.
const WIDTH: f64 = 0.1;

/// The words of sensitivity.
pub(super) struct SensitivityWords<'a> {
    /// What was played.
    pub played: &'a Played<'a>,
    /// The results.
    pub tables: &'a SensitivityTables,
    /// What things are called.
    pub names: InputNames<'a>,
}

impl<'a> SensitivityWords<'a> {
    /// The words of these results.
    pub fn new(played: &'a Played<'a>, tables: &'a SensitivityTables) -> Self {
        SensitivityWords { played, tables, names: InputNames::new(played) }
    }

    /// The method that made the tables.
    pub fn method(&self) -> SensitivityMethod {
        match self.tables {
            SensitivityTables { morris: Some(_), .. } => SensitivityMethod::Morris,
            SensitivityTables { one_at_a_time: Some(_), .. } => SensitivityMethod::OneAtATime,
            SensitivityTables { .. } => SensitivityMethod::Sobol,
        }
    }

    /// How much is explained, result by result.
    pub fn variance(&self) -> &'a [VarianceRow] {
        self.tables.variance.as_deref().unwrap_or_default()
    }

    /// The indices of a result.
    pub fn importance(&self, of: &str) -> Vec<&'a ImportanceRow> {
        let rows = self.tables.importance.as_deref().unwrap_or_default();
        rows.iter().filter(|row| row.of == of).collect()
    }

    /// The effects on a result.
    pub fn morris(&self, of: &str) -> Vec<&'a MorrisRow> {
        let rows = self.tables.morris.as_deref().unwrap_or_default();
        rows.iter().filter(|row| row.of == of).collect()
    }

    /// For each input, its rows of a result, from its lowest percentile to its highest.
    pub fn points(&self, of: &str) -> Vec<[&'a OneAtATimeRow; 3]> {
        let rows = self.tables.one_at_a_time.as_deref().unwrap_or_default();
        let own: Vec<&OneAtATimeRow> = rows.iter().filter(|row| row.of == of).collect();
        own.chunks_exact(3).map(|rows| [rows[0], rows[1], rows[2]]).collect()
    }

    /// The results that the tables are of, in their order.
    pub fn targets(&self) -> Vec<&'a str> {
        let mut all: Vec<&str> = Vec::new();
        let variance = self.variance().iter().map(|row| row.of.as_str());
        let morris = self.tables.morris.iter().flatten().map(|row| row.of.as_str());
        let points = self.tables.one_at_a_time.iter().flatten().map(|row| row.of.as_str());
        for of in variance.chain(morris).chain(points) {
            if !all.contains(&of) {
                all.push(of);
            }
        }
        all
    }

    /// The result that the headline is about: of outcomes the likeliest, or with effects alone that which is
    /// moved most; where a number was asked for, the first that was.
    pub fn main(&self) -> Option<&'a str> {
        let targets = self.targets();
        if !targets.iter().all(|of| self.names.is_outcome(of)) {
            return targets.first().copied();
        }
        let weight = |of: &&str| -> f64 {
            let mean = self.variance().iter().find(|row| row.of == *of).map(|row| row.mean);
            let middle = || self.points(of).first().map(|points| points[1].share);
            let largest = || self.morris(of).iter().map(|row| row.mu_star).reduce(f64::max);
            mean.or_else(middle).or_else(largest).unwrap_or(0.0)
        };
        targets.into_iter().rev().max_by(|a, b| weight(a).total_cmp(&weight(b)))
    }

    /// An input or a group in quotation marks.
    pub(super) fn named(&self, row: &ImportanceRow) -> String {
        said(&self.names.shown(&row.input, row.group.as_deref()))
    }

    /// The first sentences of the answer.
    pub fn headline(&self) -> String {
        let Some(of) = self.main() else {
            return "No outcome of the scenario was reached, so there is nothing to explain."
                .to_owned();
        };
        match self.method() {
            SensitivityMethod::Sobol => {
                let row = self.variance().iter().find(|row| row.of == of);
                row.map_or_else(String::new, |row| self.explained(row) + &self.by_what(row))
            }
            SensitivityMethod::Morris => self.moved(of),
            SensitivityMethod::OneAtATime => self.swung(of),
        }
    }

    /// How much of a result is explained at all, as a sentence.
    pub fn explained(&self, row: &VarianceRow) -> String {
        let what = said(&self.names.target(&row.of));
        let Some(part) = PartKnown::of(row.part, row.part_low, row.part_high) else {
            return format!("{what} was the same in all {}.", counted(row.plays, "play"));
        };
        match row.is_clear() {
            true => format!(
                "What nobody knows explains {} of the uncertainty about {what}.",
                part.words()
            ),
            false => format!(
                "What nobody knows explains at most {} of the uncertainty about {what}: too few rows to \
                 tell it from nothing.",
                whole_percent(part.high)
            ),
        }
    }

    /// By which inputs, as a sentence with a space before it.
    pub fn by_what(&self, row: &VarianceRow) -> String {
        let ranked = Ranked::of(self.importance(&row.of).into_iter());
        let Some(first) = ranked.all.first() else { return String::new() };
        if ranked.is_told {
            return format!(" It rests most on {}: {}.", self.named(first), of_row(first));
        }
        let alone = PartKnown::of(row.S1_sum, row.S1_sum_low, row.S1_sum_high);
        if alone.is_some_and(|sum| sum.high < 0.5) {
            return " No single one of the inputs decides it: it is how they come together."
                .to_owned();
        }
        let clear = ranked.all.iter().filter(|row| row.is_clear());
        let clear: Vec<String> = clear.take(NAMED).map(|row| self.named(row)).collect();
        match clear.as_slice() {
            [] => " No single input can be told from nothing.".to_owned(),
            [one] => format!(" Of single inputs only {one} can be told from nothing."),
            some => format!(
                " It rests on {}; which of them matters most is not told apart.",
                listed(some)
            ),
        }
    }

    /// How V is shared out between single inputs and how they come together, as a sentence; `None` where
    /// that is not known.
    pub fn together(&self, row: &VarianceRow) -> Option<String> {
        let alone = PartKnown::of(row.S1_sum, row.S1_sum_low, row.S1_sum_high)?;
        let rest =
            PartKnown { value: 1.0 - alone.value, low: 1.0 - alone.high, high: 1.0 - alone.low };
        Some(format!(
            "Of what is explained, {} goes with inputs each alone, and {} with how they come together.",
            alone.words(),
            rest.words()
        ))
    }

    /// How well totals are known, and how many rows would do; `None` where there are none.
    pub fn width(&self, of: &str) -> Option<String> {
        let totals = self.importance(of).into_iter().filter_map(ImportanceRow::total);
        let halves: Vec<f64> = totals.map(|total| (total.high - total.low) / 2.0).collect();
        let widest = halves.into_iter().reduce(f64::max)?;
        let rows = self.played.trials;
        if widest <= WIDTH {
            return None;
        }
        // Errors fall with the root of the number of rows.
        let enough = rows as f64 * (widest / WIDTH) * (widest / WIDTH);
        let magnitude = [10_000.0, 1_000.0, 100.0].into_iter().find(|unit| enough >= 10.0 * unit);
        let unit = magnitude.unwrap_or(100.0);
        Some(format!(
            "With {} a total is known to ± {} points or better; ± 10 points take about {}.",
            counted(rows, "row"),
            unsigned_points(widest),
            count(((enough / unit).ceil() * unit) as u64)
        ))
    }

    /// A mean of a result as text.
    pub fn level(&self, of: &str, value: f64) -> String {
        if self.is_share(of) { percent(value) } else { number(value) }
    }

    /// Whether a result is a share of trials.
    pub fn is_share(&self, of: &str) -> bool {
        let model = self.played.model();
        Target::called(model, of).is_ok_and(|target| target.is_share(model))
    }

    /// The unit of a result, where the file gives one.
    pub fn unit(&self, of: &str) -> Option<String> {
        let own = Target::called(self.played.model(), of).ok()?;
        own.unit().map(str::to_owned)
    }

    /// What was played: `4,096 rows of 15 plays`.
    pub fn played_in_words(&self) -> String {
        let (n, each) = (self.played.trials, self.plays_of_each());
        match self.method() {
            SensitivityMethod::Sobol => {
                format!("{} of {}", counted(n, "row"), counted(each, "play"))
            }
            SensitivityMethod::Morris => {
                let walks = if n == 1 { "trajectory" } else { "trajectories" };
                format!("{} {walks} of {}", count(n), counted(each, "point"))
            }
            SensitivityMethod::OneAtATime => {
                format!("{} at each of {}", counted(n, "trial"), counted(each, "point"))
            }
        }
    }

    /// How many plays a row has, points a trajectory, or points there are.
    pub fn plays_of_each(&self) -> u64 {
        let inputs = self.names.count();
        match self.method() {
            SensitivityMethod::Sobol => {
                self.variance().first().map_or(0, |row| row.plays / row.rows.max(1))
            }
            SensitivityMethod::Morris => inputs + 1,
            SensitivityMethod::OneAtATime => 1 + 2 * inputs,
        }
    }

    /// What is to be known of inputs that are correlated; `None` if none are.
    pub fn correlated(&self) -> Option<&'static str> {
        let is_together = match self.method() {
            SensitivityMethod::Sobol => true,
            SensitivityMethod::Morris | SensitivityMethod::OneAtATime => false,
        };
        self.names.are_correlated().then_some(match is_together {
            true => "Inputs that are correlated are told together, as one group.",
            false => {
                "Inputs that are correlated were moved each by itself, their correlations left out."
            }
        })
    }
}
