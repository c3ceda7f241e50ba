//! Regret: how far each policy falls short of the one that does best, world by world.

use super::cells::{Cells, Fill};
use super::chart_trait::Chart;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length, check_values};
use super::frame::ChartFrame;
use super::heads::Heads;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::outline;
use super::names::RowNames;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use crate::format::listed;
use crate::format::{Quantity, unsigned_points};

/// A heat map of regret: policies in the rows, worlds in the columns, in the order given.
///
/// Regret is how far a policy falls short of the best policy for the same world (Savage 1951), so
/// it is never negative. The last two columns say by how much at most each policy falls short, and on
/// average. Policies that are not behind any other by the most have a framed value and a bold name. The chart is 800
/// pixels wide; if the names of worlds do not fit above the columns, numbers replace them and the
/// names are listed below.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, RegretChart, RegretRow};
///
/// let row = |policy: &str, regrets: [f64; 2], mean, is_ahead| RegretRow {
///     policy: policy.to_owned(),
///     regrets: regrets.to_vec(),
///     mean,
///     is_ahead,
/// };
/// let chart = RegretChart {
///     title: "Talks are never far from the best".to_owned(),
///     subtitle: "Regret in percentage points".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     unit: "percentage points".to_owned(),
///     worlds: vec!["As assumed".to_owned(), "Beijing gives in".to_owned()],
///     rows: vec![
///         row("Talks", [0.015, 0.0], 0.0075, true),
///         row("Oil cut", [0.0, 0.093], 0.0465, false),
///     ],
/// };
/// assert!(chart.svg()?.contains("9.3"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RegretChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: the unit of regret, and whose regret it is, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The word for hundredths, such as `percentage points`: regrets are written in hundredths.
    pub unit: String,
    /// The worlds from left to right.
    pub worlds: Vec<String>,
    /// The policies from top to bottom.
    pub rows: Vec<RegretRow>,
}

/// The regrets of one policy.
#[derive(Debug, Clone, PartialEq)]
pub struct RegretRow {
    /// Its name, on up to two lines.
    pub policy: String,
    /// Its regret in each world: a difference of shares, or of utilities; 0 or more.
    pub regrets: Vec<f64>,
    /// Its mean regret over the worlds, with weights that the caller chooses.
    pub mean: f64,
    /// Whether no other policy is known to fall short by less at most: the only one is the best, and
    /// several are tied.
    pub is_ahead: bool,
}

impl RegretRow {
    fn largest(&self) -> f64 {
        self.regrets.iter().copied().fold(0.0, f64::max)
    }

    /// Its regret in each world, the largest of them and their mean.
    fn figures(&self) -> impl Iterator<Item = f64> {
        self.regrets.iter().copied().chain([self.largest(), self.mean])
    }
}

/// The part of the chart's width that names may take.
const NAMES: f64 = 0.27;
const ROW: f64 = 36.0;
const WIDEST_CELL: f64 = 96.0;
/// The distance from the names to the cells, and from the cells to the last two columns.
const NAME_GAP: f64 = 12.0;
const SUM_GAP: f64 = 10.0;
/// The space between the cells and the legend below.
const KEY_GAP: f64 = 12.0;

impl Chart for RegretChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let largest =
            |row: &RegretRow| format!("{} {}", row.policy, unsigned_points(row.largest()));
        let rows: Vec<String> = self.rows.iter().map(largest).collect();
        format!(
            "By up to how much each policy falls short of the best in the same world, in {}: {}.",
            self.unit,
            listed(&rows)
        )
    }

    fn data(&self) -> ChartData {
        let named = |name: &str| format!("{name}, {}", self.unit);
        let worlds = self.worlds.iter().map(|world| named(world));
        let head = ["Policy".to_owned()].into_iter().chain(worlds);
        let mut table = ChartData::new(head.chain([named("by up to"), named("on average")]));
        for row in &self.rows {
            let regrets = row.figures().map(|regret| Quantity::UnsignedPoints(regret).into());
            table.row([row.policy.as_str().into()].into_iter().chain(regrets));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// A row without one regret for each world, or with a value that is negative or not finite.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        for row in &self.rows {
            check_length(&row.policy, row.regrets.len(), self.worlds.len())?;
            check_values(&row.policy, &row.regrets)?;
            check_values(&row.policy, &[row.mean])?;
            if let Some(value) = row.regrets.iter().chain([&row.mean]).find(|v| **v < 0.0) {
                let (series, value) = (row.policy.clone(), value.to_string());
                return Err(ChartError::Value { series, value });
            }
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        if self.rows.is_empty() || self.worlds.is_empty() {
            let height = frame.head() + ROW + frame.foot();
            return frame.drawing(height, |canvas| {
                let at = (MARGIN, frame.head() + ROW / 2.0);
                canvas.text_centred("No policies to compare", at, TextStyle::new(LABEL_SIZE, MUTED))
            });
        }
        let map = RegretGrid::new(&ruler, self, frame.head());
        let worlds = Legend::new(&ruler, map.world_entries());
        let mark = match self.rows.iter().filter(|row| row.is_ahead).count() {
            0 => Vec::new(),
            1 => vec!["falls short by the least"],
            _ => vec!["tied: the trials cannot tell which falls short by the least"],
        };
        let mark = mark.into_iter().map(|text| LegendEntry::new(LegendMark::Outline(INK), text));
        let mark = Legend::new(&ruler, mark.collect());
        let height = map.bottom() + worlds.height() + mark.height() + frame.foot();
        frame.drawing(height, |canvas| {
            map.draw(canvas)?;
            worlds.draw(canvas, map.bottom())?;
            mark.draw(canvas, map.bottom() + worlds.height())
        })
    }
}

/// Where the cells of the chart are drawn.
struct RegretGrid<'a> {
    chart: &'a RegretChart,
    ruler: &'a Ruler,
    names: RowNames,
    heads: Heads,
    cells: Cells,
    /// For each row its regrets, the largest of them and their mean, as texts.
    figures: Vec<Vec<String>>,
    largest: f64,
    top: f64,
    left: f64,
}

impl<'a> RegretGrid<'a> {
    fn new(ruler: &'a Ruler, chart: &'a RegretChart, top: f64) -> Self {
        let names = RowNames::new(
            ruler,
            chart.rows.iter().map(|row| row.policy.as_str()),
            WIDTH * NAMES,
            2,
            (TICK_SIZE, Weight::SemiBold),
        );
        let left = MARGIN + names.widest() + NAME_GAP;
        let columns = chart.worlds.len() + 2;
        let width = ((WIDTH - MARGIN - SUM_GAP - left) / columns as f64).min(WIDEST_CELL);
        let heads = Heads::new(ruler, chart.worlds.iter().map(String::as_str), width);
        let written = |row: &RegretRow| row.figures().map(unsigned_points).collect();
        let figures: Vec<Vec<String>> = chart.rows.iter().map(written).collect();
        let largest = |row: &RegretRow| row.largest();
        Self {
            cells: Cells::new(ruler, figures.iter().flatten().map(String::as_str), width, ROW),
            largest: chart.rows.iter().map(largest).fold(0.0, f64::max),
            top: top + heads.height().max(20.0) + 2.0,
            chart,
            ruler,
            names,
            heads,
            figures,
            left,
        }
    }

    fn bottom(&self) -> f64 {
        self.top + self.chart.rows.len() as f64 * ROW + KEY_GAP
    }

    /// The names of the worlds, if numbers replace them above the columns.
    fn world_entries(&self) -> Vec<LegendEntry> {
        if !self.heads.numbered() {
            return Vec::new();
        }
        let worlds = self.chart.worlds.iter().enumerate();
        worlds.map(|(k, world)| LegendEntry::new(LegendMark::Number(k + 1), world)).collect()
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let worlds = self.chart.worlds.len();
        for column in 0..worlds {
            self.heads.draw(canvas, column, (self.x(column), self.top))?;
        }
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        let fits = |text: &&str| {
            self.ruler.width(text, TICK_SIZE, Weight::Regular) <= self.cells.width - 2.0
        };
        let largest = ["By up to", "Most"].into_iter().find(fits).unwrap_or("Most");
        for (k, text) in [largest, "Mean"].into_iter().enumerate() {
            canvas.text_centred(text, (self.x(worlds + k), self.top - 13.0), face)?;
        }
        for (index, row) in self.chart.rows.iter().enumerate() {
            self.draw_row(canvas, index, row)?;
        }
        Ok(())
    }

    fn draw_row(&self, canvas: &Canvas, index: usize, row: &RegretRow) -> Result<(), ChartError> {
        let y = self.top + (index as f64 + 0.5) * ROW;
        let is_least = row.is_ahead;
        let face = TextStyle::new(TICK_SIZE, INK).at(Anchor::End);
        let face = if is_least { face.semibold() } else { face };
        self.names.draw(canvas, index, (self.left - NAME_GAP + 2.0, y), face)?;
        let worlds = self.chart.worlds.len();
        for (column, text) in self.figures[index].iter().enumerate() {
            let fill = match row.regrets.get(column) {
                Some(regret) if self.largest > 0.0 => Fill::Shade(regret / self.largest),
                Some(_) => Fill::Shade(0.0),
                None => Fill::Sum,
            };
            let words = self.words(row, column, text);
            canvas.mark(&words, |canvas| {
                self.cells.draw(canvas, self.ruler, (self.x(column), y), fill, text)
            })?;
        }
        if is_least {
            let (x, half) = (self.x(worlds), self.cells.width / 2.0 - 2.0);
            let from = (x - half, y - ROW / 2.0 + 3.0);
            outline(canvas, from, (x + half, y + ROW / 2.0 - 3.0), INK, 1.75)?;
        }
        Ok(())
    }

    /// The tooltip of a cell.
    fn words(&self, row: &RegretRow, column: usize, figure: &str) -> String {
        let (policy, unit) = (&row.policy, &self.chart.unit);
        match self.chart.worlds.get(column) {
            Some(world) => format!("{policy} in {world}: falls short by {figure} {unit}"),
            None if column == self.chart.worlds.len() => {
                format!("{policy}: falls short by up to {figure} {unit}")
            }
            None => format!("{policy}: falls short by {figure} {unit} on average"),
        }
    }

    /// The middle of a column; the last two hold the largest and the mean.
    fn x(&self, column: usize) -> f64 {
        let gap = if column >= self.chart.worlds.len() { SUM_GAP } else { 0.0 };
        self.left + (column as f64 + 0.5) * self.cells.width + gap
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::{assert_legible, texts};
    use super::*;

    fn chart(policies: usize, worlds: usize, label: &str, scale: f64) -> RegretChart {
        let regret = |r: usize, w: usize| ((r * 7 + w * 5) % 13) as f64 * scale;
        RegretChart {
            title: "Talks are never far from the best".to_owned(),
            subtitle: "Regret in percentage points".to_owned(),
            source: "Seed 7".to_owned(),
            unit: "percentage points".to_owned(),
            worlds: vec![label.to_owned(); worlds],
            rows: (0..policies)
                .map(|r| RegretRow {
                    policy: label.to_owned(),
                    regrets: (0..worlds).map(|w| regret(r, w)).collect(),
                    mean: 6.0 * scale,
                    is_ahead: r == 0,
                })
                .collect(),
        }
    }

    fn frames(svg: &str) -> usize {
        svg.lines().filter(|line| line.starts_with("<polyline") && line.contains("#1B2430")).count()
    }

    #[test]
    fn regrets_the_largest_and_the_mean_are_written() {
        let mut chart = chart(1, 3, "Talks", 1.0);
        chart.rows[0] = RegretRow {
            policy: "Talks".to_owned(),
            regrets: vec![0.01, 0.125, 0.0325],
            mean: 0.056,
            is_ahead: true,
        };
        let written: Vec<String> =
            texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect();
        for (expected, count) in [("1.0", 1), ("12.5", 2), ("3.2", 1), ("5.6", 1)] {
            assert_eq!(written.iter().filter(|t| *t == expected).count(), count, "{expected}");
        }
    }

    #[test]
    fn policies_that_are_not_behind_are_framed_and_several_are_tied() {
        let legend = |chart: &RegretChart| {
            let written = texts(&chart.svg().unwrap()).into_iter().map(|t| t.text);
            written.filter(|text| text.contains("short by")).collect::<Vec<String>>().join("|")
        };
        let mut chart = chart(3, 2, "Talks", 1.0);
        assert_eq!(frames(&chart.svg().unwrap()), 2, "one in the map and one in the legend");
        assert_eq!(legend(&chart), "falls short by the least");
        chart.rows[2].is_ahead = true;
        assert_eq!(frames(&chart.svg().unwrap()), 3, "two are tied");
        assert!(legend(&chart).starts_with("tied:"));
        chart.rows.iter_mut().for_each(|row| row.is_ahead = false);
        assert_eq!(frames(&chart.svg().unwrap()), 0);
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(5, 6, "Freeze", 0.1);
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn few_many_and_long_names_are_legible() {
        let long = "A name of a policy that goes on and on ".repeat(3);
        let hangul = "서울이 모스크바에 도움을 청하다".repeat(4);
        for (policies, worlds) in [(0, 3), (2, 0), (1, 1), (13, 1), (1, 10), (13, 10)] {
            for label in ["War", "Beijing gives in", &long, &hangul, "", "<b>&\"'"] {
                for scale in [0.0, 0.013, 1.0, 1e12] {
                    assert_legible(&chart(policies, worlds, label, scale).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn rows_that_do_not_fit_the_worlds_and_negative_regrets_are_refused() {
        let mut chart = chart(2, 3, "War", 1.0);
        chart.rows[1].regrets.pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
        for bad in [-0.1, f64::NAN, f64::INFINITY] {
            chart.rows[1].regrets = vec![0.0, bad, 0.0];
            assert!(matches!(chart.svg(), Err(ChartError::Value { .. })), "{bad}");
        }
    }
}
