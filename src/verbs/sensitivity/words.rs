//! What sensitivity says in words, for terminal, charts and page alike.

use super::names::InputNames;
use super::question::SensitivityMethod;
use super::tables::{MorrisRow, OneAtATimeRow, SensitivityTables, VarianceRow};
use crate::format::{
    count, counted, listed, number, percent, unsigned_points, whole_percent, whole_percent_range,
};
use crate::report::Played;
use crate::study::Target;
use crate::verbs::importance::ImportanceRow;
use crate::verbs::titles::quoted;

/// How many inputs a sentence names.
const NAMED: usize = 3;
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

/// A number with the interval that it is known within.
#[derive(Clone, Copy)]
pub(super) struct PartKnown {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl PartKnown {
    /// The estimate and its interval, if there are any.
    pub fn of(value: Option<f64>, low: Option<f64>, high: Option<f64>) -> Option<Self> {
        Some(PartKnown { value: value?, low: low?, high: high? })
    }

    /// As a percentage: `34 % (31 to 37 %)`.
    pub fn words(self) -> String {
        let value = whole_percent(self.value.clamp(0.0, 1.0));
        format!("{value} ({})", whole_percent_range(self.low, self.high.min(1.0)))
    }

    /// Whether it can be told from zero.
    pub fn is_clear(self) -> bool {
        self.low > 0.0
    }
}

impl ImportanceRow {
    /// The part of the variance that goes with it alone.
    pub(super) fn first(&self) -> Option<PartKnown> {
        PartKnown::of(self.S1, self.S1_low, self.S1_high)
    }

    /// The part with its interactions.
    pub(super) fn total(&self) -> Option<PartKnown> {
        PartKnown::of(self.ST, self.ST_low, self.ST_high)
    }

    /// Whether its importance can be told from zero.
    pub(super) fn is_clear(&self) -> bool {
        [self.first(), self.total()].into_iter().flatten().any(PartKnown::is_clear)
    }

    /// By what it is ranked.
    pub(super) fn rank(&self) -> f64 {
        self.total().or(self.first()).map_or(f64::NEG_INFINITY, |part| part.value)
    }
}

/// What comes first among some, and whether that is told apart from the others.
struct Ranked<'t, T> {
    /// The most important first.
    all: Vec<&'t T>,
    is_told: bool,
}

impl<'t> Ranked<'t, ImportanceRow> {
    /// Rows by their total, or where the indices of single inputs tell more, by these.
    fn of(rows: impl Iterator<Item = &'t ImportanceRow>) -> Self {
        let mut all: Vec<&ImportanceRow> = rows.collect();
        all.sort_by(|a, b| b.rank().total_cmp(&a.rank()));
        if is_apart(&all, |row| row.total()) {
            return Ranked { all, is_told: true };
        }
        let first = |row: &ImportanceRow| row.first().map_or(f64::NEG_INFINITY, |own| own.value);
        let mut by_first = all.clone();
        by_first.sort_by(|a, b| first(b).total_cmp(&first(a)));
        match is_apart(&by_first, |row| row.first()) {
            true => Ranked { all: by_first, is_told: true },
            false => Ranked { all, is_told: false },
        }
    }
}

/// Whether the first of some rows is clear of all others: their intervals do not touch.
fn is_apart<T>(rows: &[&T], part: impl Fn(&T) -> Option<PartKnown>) -> bool {
    let Some((first, others)) = rows.split_first() else { return false };
    let Some(first) = part(first) else { return false };
    first.is_clear() && others.iter().all(|other| part(other).is_some_and(|p| p.high < first.low))
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
    fn named(&self, row: &ImportanceRow) -> String {
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

    /// What moves a result most in a screening.
    pub fn moved(&self, of: &str) -> String {
        let target = said(&self.names.target(of));
        let mut rows = self.morris(of);
        rows.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star));
        let Some((first, others)) = rows.split_first() else {
            return format!("No input moves {target}: it was the same at all points.");
        };
        let name = |row: &MorrisRow| said(&self.names.shown(&row.input, None));
        let by = self.effect(of, first);
        if others.iter().all(|other| other.mu_star_high < first.mu_star_low) {
            return format!(
                "{} moves {target} most: {by} from end to end on average.",
                name(first)
            );
        }
        let tied = rows.iter().filter(|row| row.mu_star_high >= first.mu_star_low);
        let tied: Vec<String> = tied.map(|row| name(row)).collect();
        match tied.len() {
            few if few <= NAMED => format!(
                "{} move {target} most, {by} from end to end at most; which of them more is not told \
                 apart.",
                listed(&tied)
            ),
            many => format!(
                "{} moves {target} most, {by} from end to end on average, but it is not told apart from {} \
                 others.",
                name(first),
                count(many as u64 - 1)
            ),
        }
    }

    /// The mean size of an effect, with its unit and interval.
    pub fn effect(&self, of: &str, row: &MorrisRow) -> String {
        let (value, low, high) = (row.mu_star, row.mu_star_low, row.mu_star_high);
        match self.is_share(of) {
            true => format!(
                "{} points ({} to {})",
                unsigned_points(value),
                unsigned_points(low),
                unsigned_points(high)
            ),
            false => format!("{} ({} to {})", number(value), number(low), number(high)),
        }
    }

    /// What one input at a time does to a result.
    pub fn swung(&self, of: &str) -> String {
        let target = said(&self.names.target(of));
        let mut all = self.points(of);
        all.sort_by(|a, b| width(b).total_cmp(&width(a)));
        let Some(first) = all.first() else { return String::new() };
        if !is_moved(first) {
            return format!(
                "By itself, no input moves {target} by more than chance allows, all others at their \
                 medians."
            );
        }
        let name = said(&self.names.shown(&first[0].input, None));
        let (least, _) = bounds(first);
        let tied = all[1..].iter().filter(|rows| bounds(rows).1 >= least).count() as u64;
        let tied = match tied {
            0 => String::new(),
            1 => "; it is not told apart from one other".to_owned(),
            some => format!("; it is not told apart from {} others", count(some)),
        };
        format!(
            "{name} moves {target} most: from {} to {} as it goes from its 10th to its 90th percentile, all \
             others at their medians{tied}.",
            self.level(of, first[0].share),
            self.level(of, first[2].share)
        )
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

/// How far a result moves from the lowest percentile of an input to its highest.
pub(super) fn width(rows: &[&OneAtATimeRow; 3]) -> f64 {
    (rows[2].share - rows[0].share).abs()
}

/// The least and the greatest distance by which a result may move from the lowest percentile of an input to
/// its highest, if the intervals at both hold.
fn bounds(rows: &[&OneAtATimeRow; 3]) -> (f64, f64) {
    let ends = |row: &OneAtATimeRow| row.mc_low.zip(row.mc_high);
    match (ends(rows[0]), ends(rows[2])) {
        (Some(low), Some(high)) => {
            let least = (high.0 - low.1).max(low.0 - high.1).max(0.0);
            (least, (high.1 - low.0).max(low.1 - high.0))
        }
        (None, _) | (_, None) => (0.0, f64::INFINITY),
    }
}

/// Whether the intervals at both ends do not touch.
pub(super) fn is_moved(rows: &[&OneAtATimeRow; 3]) -> bool {
    bounds(rows).0 > 0.0
}

/// A name in quotation marks, for use in a sentence; those in it become single ones.
fn said(name: &str) -> String {
    quoted(&name.replace('“', "‘").replace('”', "’"))
}

/// What goes with a row, alone and with others.
fn of_row(row: &ImportanceRow) -> String {
    match (row.first(), row.total()) {
        (Some(first), Some(total)) => {
            format!("{} alone, {} with its interactions", first.words(), total.words())
        }
        (Some(first), None) => format!("{} of all uncertainty alone", first.words()),
        (None, _) => String::new(),
    }
}

/// The total of a row, or where it has none, its part alone.
fn brief(row: &ImportanceRow) -> String {
    row.total().or(row.first()).map_or_else(String::new, PartKnown::words)
}
