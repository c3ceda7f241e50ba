//! What came before each outcome, in words and tables for terminal and page.

use super::tables::{BeforeKind, BeforeRow, LeverTables};
use super::words::LeverWords;
#[cfg(feature = "cli")]
use crate::format::NOTHING;
use crate::format::{
    bare_percent, bare_percent_range, listed, points, points_range, whole_percent,
    whole_percent_range,
};
use crate::report::phrases::capital;
use crate::report::words::{quoted, title};
use crate::report::{PageCell, PageTable, Scene};
#[cfg(feature = "cli")]
use crate::verbs::terminal::{cut, plain, wrapped};

/// How many things are shown before each outcome.
const SHOWN: usize = 6;
/// How many of these the terminal lists, and before how many outcomes.
#[cfg(feature = "cli")]
const LISTED: (usize, usize) = (3, 4);
/// The width of a name in the terminal.
#[cfg(feature = "cli")]
const NAME: usize = 26;

/// What it means that something came before an outcome.
pub(super) const NOT_AN_EFFECT: &str = "What came before an outcome goes with it, and need not bring it about: both may follow from the same \
     assumption, or the move may answer what was coming. What a move changes is what its lever changes. A trial that ends \
     early also leaves less time for things to come.";

impl LeverTables {
    /// What came clearly more or less often before an outcome in a world, the largest difference first. An
    /// action stands for the items of its menu.
    fn standing_before(&self, world: &str, outcome: &str) -> Vec<&BeforeRow> {
        let is_own = |row: &&BeforeRow| {
            row.world == world
                && row.outcome == outcome
                && row.kind != BeforeKind::Item
                && row.stands_out()
        };
        let mut rows: Vec<&BeforeRow> = self.before.iter().filter(is_own).collect();
        rows.sort_by(|a, b| b.difference.abs().total_cmp(&a.difference.abs()));
        rows
    }

    /// The outcomes of a world that anything stands out before, in file order.
    fn outcomes_with_before(&self, world: &str) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for row in self.before.iter().filter(|row| row.world == world && row.stands_out()) {
            if !all.contains(&row.outcome.as_str()) {
                all.push(&row.outcome);
            }
        }
        all
    }
}

impl LeverWords<'_> {
    /// What something that happens is called: who does what, or its title.
    fn thing(&self, row: &BeforeRow) -> String {
        match row.kind {
            BeforeKind::Action | BeforeKind::Item => self.its_move(&row.happening),
            BeforeKind::Event | BeforeKind::Bargain | BeforeKind::Calendar => {
                let known = &self.played.model().happenings;
                let own = known.iter().find(|known| known.name == row.happening);
                capital(&title(own.map_or(row.happening.as_str(), |own| own.title.as_str())))
            }
        }
    }

    /// What went with the outcomes of the first world most, as a sentence; `None` if nothing did.
    pub fn came_before(&self) -> Option<String> {
        let world = self.played.worlds.first()?;
        let clauses = self.tables.outcomes_with_before(world).into_iter().filter_map(|outcome| {
            let row = self.tables.standing_before(world, outcome).into_iter().next()?;
            let part = |share: f64, low: f64, high: f64| {
                format!("{} ({})", whole_percent(share), whole_percent_range(low, high))
            };
            Some(format!(
                "{} came in {} of the trials that ended in {}, and in {} of the others",
                quoted(&self.thing(row)),
                part(row.share_with, row.with_low, row.with_high),
                quoted(self.played.outcome_title(outcome)),
                part(row.share_without, row.without_low, row.without_high),
            ))
        });
        let clauses: Vec<String> = clauses.take(2).collect();
        (!clauses.is_empty()).then(|| {
            format!(
                "What goes with an outcome, which need not bring it about: {}.",
                listed(&clauses)
            )
        })
    }

    /// What came before each outcome, as a table.
    pub fn before_table(&self, scene: &Scene<'_>) -> Option<PageTable> {
        let heads = [
            "Before",
            "World",
            "This came",
            "#With it, %",
            "#Without, %",
            "#All trials, %",
            "#Difference, points",
            "#95 %, all at once",
            "#Forcing it changes the outcome by",
            "#Forbidding it, by",
        ];
        let mut table = PageTable::new(
            "What came before: what goes with an outcome, not what brings it about",
            &heads,
        );
        for world in self.played.worlds {
            for outcome in self.tables.outcomes_with_before(world) {
                for row in self.tables.standing_before(world, outcome).into_iter().take(SHOWN) {
                    let share = |share: f64, low: f64, high: f64| {
                        PageCell::number(bare_percent(share), share)
                            .note(bare_percent_range(low, high))
                    };
                    let shown = table.row(vec![
                        PageCell::outcome(scene, outcome),
                        PageCell::text(self.world(world)),
                        PageCell::text(self.thing(row)),
                        share(row.share_with, row.with_low, row.with_high),
                        share(row.share_without, row.without_low, row.without_high),
                        share(row.share, row.share_low, row.share_high),
                        PageCell::number(points(row.difference), row.difference),
                        PageCell::number(points_range(row.low_all, row.high_all), row.low_all),
                        effect(row.forced, row.forced_low.zip(row.forced_high)),
                        effect(row.forbidden, row.forbidden_low.zip(row.forbidden_high)),
                    ]);
                    shown.outcome = Some(outcome.to_owned());
                }
            }
        }
        (!table.rows.is_empty()).then_some(table)
    }

    /// What came before the outcomes of the first world, for the terminal; nothing if nothing stands out.
    #[cfg(feature = "cli")]
    pub fn before_in_terminal(&self) -> String {
        let Some(world) = self.played.worlds.first() else { return String::new() };
        let mut rows = Vec::new();
        for outcome in self.tables.outcomes_with_before(world).into_iter().take(LISTED.1) {
            for row in self.tables.standing_before(world, outcome).into_iter().take(LISTED.0) {
                let effect = |value: Option<f64>, ends: Option<(f64, f64)>| match value.zip(ends) {
                    Some((value, (low, high))) if low > 0.0 || high < 0.0 => points(value),
                    Some((value, _)) => points(value) + " ?",
                    None => NOTHING.to_owned(),
                };
                rows.push(vec![
                    cut(outcome, NAME),
                    cut(&row.happening, NAME),
                    bare_percent(row.share_with),
                    bare_percent(row.share_without),
                    points_range(row.low_all, row.high_all),
                    effect(row.forced, row.forced_low.zip(row.forced_high)),
                    effect(row.forbidden, row.forbidden_low.zip(row.forbidden_high)),
                ]);
            }
        }
        if rows.is_empty() {
            return String::new();
        }
        let within = match self.played.worlds {
            [_] => String::new(),
            _ => format!(" in the world `{world}`"),
        };
        let heads =
            ["Before", "came", "with it", "else", "difference, 95 %", "forced", "forbidden"];
        format!("\nWhat came before, in plain trials{within}:\n")
            + &plain(&heads, rows, &[2, 3, 4, 5, 6])
            + &wrapped(&format!(
                "with it, else: came in this share, in %, of the trials with the outcome, and of all others; \
                 difference: in points, over all rows at once. forced, forbidden: by how many points the lever changes the \
                 outcome; ?: may be zero. {NOT_AN_EFFECT} All: before.csv."
            ))
    }
}

/// What a lever changes, with its interval below.
fn effect(value: Option<f64>, ends: Option<(f64, f64)>) -> PageCell {
    match value.zip(ends) {
        Some((value, (low, high))) => {
            PageCell::number(points(value), value).note(points_range(low, high))
        }
        None => PageCell::nothing(),
    }
}
