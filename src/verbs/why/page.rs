//! The page of `why`: whose surprises settled it, and when.

use super::charts::{CHARTS, FIRST};
use super::question::WhyQuestion;
use super::tables::{WhyRow, WhyTables};
use super::words::{BELOW_ZERO, SURPRISES, WhyWords};
use crate::format::{bare_percent, bare_percent_range, count, counted, percent, percent_range};
use crate::report::phrases::capital;
use crate::report::{ChartKind, PageCell, PageTable, Scene, VerbPage};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::titles::Titles;

/// How many further outcomes the words tell of.
const FURTHER: usize = 3;

impl Draw for WhyQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<WhyTables>)] = CHARTS;
    const FIRST: FirstDrawer<WhyTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &WhyTables) -> VerbPage {
        let of = WhyWords::new(Titles::for_page(&scene.played), tables);
        let mut shown = Vec::new();
        if tables.has_sources() {
            shown.push(of.source_table(scene));
        }
        shown.extend([of.time_table(scene), of.outcome_table(scene)]);
        VerbPage {
            question: "Whose surprises settle it?".to_owned(),
            lead: of.headline(),
            points: of.points(),
            rests_on: None,
            tables: shown,
            notes: vec![
                "Part: of all that was open about the outcome before anything was drawn, the variance p(1 − p) of \
                 whether a trial ends in it. The parts of all sources add up to 100 %, and so do those of all times. \
                 95 %: each by itself. In strong print is what can be told from zero."
                    .to_owned(),
                BELOW_ZERO.to_owned(),
            ],
            trials: format!(
                "{}, played on from their moments{}",
                counted(scene.played.trials, "trial"),
                self.looked_at()
            ),
            times: ", and each trial on from its moments with other luck".to_owned(),
            certainty: "The odds of an outcome move as a trial goes on, from p before anything is drawn to 0 or 1 at its \
                        end, and every move is by chance: a draw, an event, a choice, a vote. What a moment settles is \
                        the mean square of the move that the odds make in it; over all moments these add up to \
                        p(1 − p). They are estimated without bias and without knowing any odds: a trial is played \
                        again with other luck in one moment alone, and with other luck after it. A choice is luck in so \
                        far as it could not be foreseen from the situation; an actor that does the same in every trial \
                        settles nothing. Which of two parts is larger is told only if their intervals do not overlap.",
            times_taken: None,
            settled: Vec::new(),
            story: None,
        }
    }
}

impl WhyWords<'_> {
    fn points(&self) -> Vec<String> {
        let all = self.outcomes();
        let mut lines = vec![SURPRISES.to_owned()];
        let further = all.iter().skip(1).take(FURTHER).filter(|sum| sum.part.is_some());
        lines.extend(further.map(|sum| self.settled(sum)));
        lines.extend(all.first().and_then(|sum| self.sum(sum)));
        lines
    }

    /// What each source settled of each outcome.
    fn source_table(&self, scene: &Scene<'_>) -> PageTable {
        let heads = ["Of", "Settled by", "#Part, %", "#95 %"];
        let mut table = PageTable::new("Whose luck settled it", &heads);
        for sum in self.told() {
            for row in self.tables.sources(&sum.outcome) {
                self.part_row(&mut table, scene, row, self.names.label(row));
            }
        }
        table
    }

    /// When each outcome was settled.
    fn time_table(&self, scene: &Scene<'_>) -> PageTable {
        let heads = ["Of", "!When", "#Part, %", "#95 %"];
        let mut table = PageTable::new("When it was settled", &heads);
        for sum in self.told() {
            for row in self.tables.times(&sum.outcome) {
                let when = self.names.time(row.after.unwrap_or(0));
                self.part_row(&mut table, scene, row, when);
            }
        }
        table
    }

    fn part_row(&self, table: &mut PageTable, scene: &Scene<'_>, row: &WhyRow, what: String) {
        let Some(part) = row.known() else { return };
        let shown = table.row(vec![
            PageCell::outcome(scene, &row.outcome),
            PageCell::text(what),
            PageCell::number(bare_percent(part.value), part.value),
            PageCell::number(bare_percent_range(part.low, part.high), part.low),
        ]);
        shown.strong = row.is_clear();
        shown.outcome = Some(row.outcome.clone());
    }

    /// How open each outcome was, how well its parts add up, and when half of it was settled.
    fn outcome_table(&self, scene: &Scene<'_>) -> PageTable {
        let heads = ["Of", "#Trials", "#Share", "#Parts add up to", "#95 %", "!Half settled"];
        let mut table = PageTable::new("How open each outcome was", &heads).unsorted();
        for sum in self.outcomes() {
            let share = sum.ended as f64 / sum.trials.max(1) as f64;
            let [parts, interval] = match sum.known() {
                Some(part) => [
                    PageCell::number(percent(part.value), part.value),
                    PageCell::number(percent_range(part.low, part.high), part.low),
                ],
                None => [PageCell::text("too few to tell"), PageCell::nothing()],
            };
            let half = self.tables.half(&sum.outcome).map(|half| capital(&self.names.until(half)));
            let shown = table.row(vec![
                PageCell::outcome(scene, &sum.outcome),
                PageCell::number(count(sum.ended), sum.ended as f64),
                PageCell::number(percent(share), share),
                parts,
                interval,
                half.map_or_else(|| PageCell::text("not told"), PageCell::text),
            ]);
            shown.outcome = Some(sum.outcome.clone());
        }
        table
    }
}
