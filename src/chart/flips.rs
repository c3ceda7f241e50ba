//! Which outcomes become which when one policy replaces another, trial by trial.

use super::cells::{Cells, Fill};
use super::chart_trait::Chart;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::{ChartError, check_length};
use super::frame::ChartFrame;
use super::heads::Heads;
use super::names::RowNames;
use super::outcome_name::OutcomeName;
use super::shades::text_colour;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{AXIS, INK, LABEL_SIZE, MARGIN, MUTED, TICK_SIZE, WIDTH};
use crate::format;
use crate::format::listed;
use crate::format::{Quantity, counted};

/// A table that counts trials, each played under two policies: the outcome under the baseline in
/// the rows, the outcome of the same trial under the other policy in the columns.
///
/// Cells off the diagonal, whose trials changed their outcome, are shaded: the more trials, the
/// darker. The diagonal, whose trials did not, is grey. Sums are at the right and at the bottom.
/// The chart is 800 pixels wide; where the names do not fit above the columns, numbers stand for
/// them, and where the counts do not fit into the cells, they are rounded to thousands or millions.
///
/// # Examples
///
/// ```
/// use demarche::chart::{Chart, Colour, FlipChart, OutcomeName};
///
/// let outcome = |id: &str, label: &str, index| OutcomeName {
///     id: id.to_owned(),
///     label: label.to_owned(),
///     colour: Colour::series(index),
/// };
///
/// let chart = FlipChart {
///     title: "One trial in ten is saved from war".to_owned(),
///     subtitle: "1,000 paired trials".to_owned(),
///     source: "demarche 0.1, seed 7".to_owned(),
///     baseline: "Nothing new".to_owned(),
///     policy: "Seoul talks".to_owned(),
///     outcomes: vec![outcome("war", "War", 0), outcome("deal", "Deal", 1)],
///     counts: vec![vec![312, 103], vec![20, 565]],
/// };
/// assert!(chart.svg()?.contains(">103</text>"));
/// # Ok::<(), demarche::chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FlipChart {
    /// The title: a sentence that says what the chart shows, on up to three lines.
    pub title: String,
    /// The subtitle: what was counted, on up to two lines.
    pub subtitle: String,
    /// Where the numbers come from, on up to two lines.
    pub source: String,
    /// The policy that the rows are about.
    pub baseline: String,
    /// The policy that the columns are about.
    pub policy: String,
    /// The outcomes from top to bottom and from left to right.
    pub outcomes: Vec<OutcomeName>,
    /// For each outcome under the baseline, how many of its trials end in each outcome under the
    /// policy.
    pub counts: Vec<Vec<u64>>,
}

/// The part of the chart's width that names may take, where names stand above the columns, and
/// where numbers do.
const NAMES: f64 = 0.29;
const ROW: f64 = 34.0;
const WIDEST_CELL: f64 = 110.0;
/// The distance from the cells to the sums.
const SUM_GAP: f64 = 6.0;
/// The width of the number of an outcome before its name.
const NUMBER: f64 = 24.0;
/// The distance from the names to the cells.
const NAME_GAP: f64 = 12.0;
/// The height of the line that says what the rows and columns are.
const CAPTION: f64 = 17.0;
/// The distance from that line to the heads of the columns.
const HEAD_GAP: f64 = 14.0;

impl Chart for FlipChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let cells = self.counts.iter().enumerate().flat_map(|(row, counts)| {
            counts.iter().enumerate().map(move |(column, count)| (*count, row, column))
        });
        let mut moved: Vec<_> = cells.filter(|(n, from, to)| *n > 0 && from != to).collect();
        moved.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
        let words = |&(count, from, to): &(u64, usize, usize)| {
            let (from, to) = (&self.outcomes[from].label, &self.outcomes[to].label);
            format!("{} from {from} to {to}", counted(count, "trial"))
        };
        let most: Vec<String> = moved.iter().take(3).map(words).collect();
        let (baseline, policy) = (&self.baseline, &self.policy);
        if most.is_empty() {
            return format!(
                "No trial ends in another outcome under {policy} than under {baseline}."
            );
        }
        format!(
            "Trials by their outcome under {baseline} and under {policy}. Most frequent changes: {}.",
            listed(&most)
        )
    }

    fn data(&self) -> ChartData {
        let corner = format!("Trials: {} / {}", self.baseline, self.policy);
        let labels = self.outcomes.iter().map(|outcome| outcome.label.clone());
        let mut table = ChartData::new([corner].into_iter().chain(labels));
        for (outcome, counts) in self.outcomes.iter().zip(&self.counts) {
            let cells = counts.iter().map(|count| Quantity::Count(*count).into());
            table.row([outcome.label.as_str().into()].into_iter().chain(cells));
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// Counts that do not have a row and a column for each outcome.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        let count = self.outcomes.len();
        check_length(&self.baseline, self.counts.len(), count)?;
        for (outcome, row) in self.outcomes.iter().zip(&self.counts) {
            check_length(&outcome.label, row.len(), count)?;
        }
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        if self.outcomes.is_empty() {
            let height = frame.head() + ROW + frame.foot();
            return frame.drawing(height, |canvas| {
                let at = (MARGIN, frame.head() + ROW / 2.0);
                canvas.text_centred("No outcomes", at, TextStyle::new(LABEL_SIZE, MUTED))
            });
        }
        let table = FlipMatrix::new(&ruler, self, frame.head());
        let height = table.bottom() + frame.foot();
        frame.drawing(height, |canvas| {
            table.draw_heads(canvas)?;
            for (row, outcome) in self.outcomes.iter().enumerate() {
                canvas.outcome(&outcome.id, |canvas| table.draw_row(canvas, row))?;
            }
            table.draw_sums(canvas)
        })
    }
}

/// Where the cells of the chart are drawn.
struct FlipMatrix<'a> {
    chart: &'a FlipChart,
    ruler: &'a Ruler,
    names: RowNames,
    heads: Heads,
    captions: RowNames,
    cells: Cells,
    /// Writes a count: with all its digits, or in short form if the cells are narrow.
    written: fn(u64) -> String,
    /// The largest count off the diagonal, which has the darkest shade.
    most: u64,
    top: f64,
    left: f64,
}

impl<'a> FlipMatrix<'a> {
    fn new(ruler: &'a Ruler, chart: &'a FlipChart, top: f64) -> Self {
        let count = chart.outcomes.len() as f64;
        let labels = || chart.outcomes.iter().map(|outcome| outcome.label.as_str());
        let face = (TICK_SIZE, Weight::Regular);
        let names = RowNames::new(ruler, labels(), WIDTH * NAMES, 2, face);
        let left = MARGIN + NUMBER + names.widest() + NAME_GAP;
        let width = ((WIDTH - MARGIN - SUM_GAP - left) / (count + 1.0)).min(WIDEST_CELL);
        let heads = Heads::new(ruler, labels(), width);
        let captions = [
            format!("Rows: outcome under “{}”", chart.baseline),
            format!("Columns: outcome of the same trial under “{}”", chart.policy),
        ];
        let captions = RowNames::new(
            ruler,
            captions.iter().map(String::as_str),
            WIDTH - 2.0 * MARGIN,
            1,
            (TICK_SIZE, Weight::Regular),
        );
        let off_diagonal = chart.counts.iter().enumerate().flat_map(|(k, row)| {
            row.iter().enumerate().filter(move |(l, _)| k != *l).map(|(_, count)| *count)
        });
        let everything = sum_of(chart.counts.iter().flatten());
        // No count is wider than the sum of all.
        let is_short = !Cells::fits(ruler, &format::count(everything), width);
        let written = if is_short { format::short_count } else { format::count };
        let top = top + 2.0 * CAPTION + HEAD_GAP + heads.height();
        Self {
            most: off_diagonal.max().unwrap_or(0),
            cells: Cells::new(ruler, [written(everything).as_str()], width, ROW),
            written,
            chart,
            ruler,
            names,
            heads,
            captions,
            top,
            left,
        }
    }

    fn bottom(&self) -> f64 {
        self.y(self.chart.outcomes.len()) + ROW / 2.0 + 8.0
    }

    fn draw_heads(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let above = self.top - self.heads.height() - HEAD_GAP;
        let face = TextStyle::new(TICK_SIZE, MUTED);
        for caption in 0..2 {
            let y = above - (1.5 - f64::from(caption)) * CAPTION;
            self.captions.draw(canvas, caption as usize, (MARGIN, y), face)?;
        }
        for (column, outcome) in self.chart.outcomes.iter().enumerate() {
            let x = self.x(column);
            let half = self.cells.width / 2.0 - 1.0;
            let colour = outcome.colour;
            canvas.outcome(&outcome.id, |canvas| {
                self.heads.draw(canvas, column, (x, self.top - 4.0))?;
                canvas.rectangle((x - half, self.top - 4.0), (x + half, self.top - 1.0), colour)
            })?;
        }
        let face = TextStyle::new(TICK_SIZE, MUTED).at(Anchor::Middle);
        canvas.text_centred("All", (self.x(self.chart.outcomes.len()), self.top - 17.0), face)
    }

    fn draw_row(&self, canvas: &Canvas, row: usize) -> Result<(), ChartError> {
        let y = self.y(row);
        let colour = self.chart.outcomes[row].colour;
        let edge = self.left - 1.0;
        let half = ROW / 2.0 - 1.0;
        canvas.rectangle((edge - 3.0, y - half), (edge, y + half), colour)?;
        let mut x = MARGIN;
        if self.heads.numbered() {
            let face = TextStyle::new(TICK_SIZE, INK).semibold();
            canvas.text_centred(&(row + 1).to_string(), (x, y), face)?;
            x += NUMBER;
        }
        self.names.draw(canvas, row, (x, y), TextStyle::new(TICK_SIZE, text_colour(colour)))?;

        for (column, count) in self.chart.counts[row].iter().enumerate() {
            let fill = if row == column {
                Fill::Muted
            } else {
                Fill::Shade(*count as f64 / self.most.max(1) as f64)
            };
            let words = self.words(row, column, *count);
            canvas.mark(&words, |canvas| self.draw_cell(canvas, (column, row), fill, *count))?;
        }
        let sum = sum_of(&self.chart.counts[row]);
        self.draw_cell(canvas, (self.chart.outcomes.len(), row), Fill::Sum, sum)
    }

    fn draw_sums(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let count = self.chart.outcomes.len();
        let y = self.y(count);
        let line = self.top + count as f64 * ROW + SUM_GAP / 2.0;
        let end = self.x(count) + self.cells.width / 2.0;
        canvas.path(&[(MARGIN, line), (end, line)], AXIS, 1.0)?;
        canvas.text_centred("All", (MARGIN, y), TextStyle::new(TICK_SIZE, MUTED))?;
        for column in 0..count {
            let sum = sum_of(self.chart.counts.iter().map(|row| &row[column]));
            self.draw_cell(canvas, (column, count), Fill::Sum, sum)?;
        }
        let everything = sum_of(self.chart.counts.iter().flatten());
        self.draw_cell(canvas, (count, count), Fill::Sum, everything)
    }

    fn draw_cell(
        &self,
        canvas: &Canvas,
        (column, row): (usize, usize),
        fill: Fill,
        count: u64,
    ) -> Result<(), ChartError> {
        let at = (self.x(column), self.y(row));
        self.cells.draw(canvas, self.ruler, at, fill, &(self.written)(count))
    }

    /// The tooltip of a cell.
    fn words(&self, row: usize, column: usize, count: u64) -> String {
        let [from, to] = [row, column].map(|at| self.chart.outcomes[at].label.as_str());
        let trials = counted(count, "trial");
        if row == column {
            return format!("{trials}: {from} under both");
        }
        format!(
            "{trials}: {from} only under {}, {to} only under {}",
            self.chart.baseline, self.chart.policy
        )
    }

    /// The horizontal middle of a column; the last column holds the sums.
    fn x(&self, column: usize) -> f64 {
        let gap = if column == self.chart.outcomes.len() { SUM_GAP } else { 0.0 };
        self.left + (column as f64 + 0.5) * self.cells.width + gap
    }

    /// The vertical middle of a row; the last row holds the sums.
    fn y(&self, row: usize) -> f64 {
        let gap = if row == self.chart.outcomes.len() { SUM_GAP } else { 0.0 };
        self.top + (row as f64 + 0.5) * ROW + gap
    }
}

/// A sum of counts; if it is too large for the type, the largest number of the type.
fn sum_of<'n>(counts: impl IntoIterator<Item = &'n u64>) -> u64 {
    counts.into_iter().fold(0, |sum: u64, count| sum.saturating_add(*count))
}

#[cfg(test)]
mod tests {
    use super::super::colour::Colour;
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::super::shades::heat;
    use super::*;

    fn chart(count: usize, label: &str, scale: u64) -> FlipChart {
        let cell = |row: usize, column: usize| match row == column {
            true => 900 * scale,
            false => ((row * 7 + column * 5) % 11) as u64 * scale,
        };
        FlipChart {
            title: "One trial in ten is saved from war".to_owned(),
            subtitle: "1,000 paired trials".to_owned(),
            source: "Seed 7".to_owned(),
            baseline: label.to_owned(),
            policy: label.to_owned(),
            outcomes: (0..count).map(|k| OutcomeName::sample(label, k)).collect(),
            counts: (0..count).map(|r| (0..count).map(|c| cell(r, c)).collect()).collect(),
        }
    }

    #[test]
    fn counts_and_sums_are_written() {
        let mut chart = chart(2, "War", 1);
        chart.counts = vec![vec![312, 103], vec![20, 565]];
        let written: Vec<String> =
            texts(&chart.svg().unwrap()).into_iter().map(|t| t.text).collect();
        for expected in ["312", "103", "20", "565", "415", "585", "332", "668", "1,000"] {
            assert_eq!(written.iter().filter(|t| *t == expected).count(), 1, "{expected}");
        }
    }

    #[test]
    fn the_most_frequent_change_has_the_strongest_shade_and_no_change_has_none() {
        let mut chart = chart(3, "War", 1);
        chart.counts = vec![vec![900, 100, 0], vec![0, 900, 0], vec![50, 0, 900]];
        let svg = chart.svg().unwrap();
        let Colour { 0: r, 1: g, 2: b } = heat(1.0);
        let strongest = format!("#{r:02X}{g:02X}{b:02X}");
        assert_eq!(rectangle_widths(&svg, &strongest).len(), 1, "{strongest}");
        let none: usize =
            ["#FAFAFB", "#FAFBFB"].map(|c| rectangle_widths(&svg, c).len()).iter().sum();
        assert_eq!(none, 4);
    }

    #[test]
    fn counts_too_wide_for_their_cells_are_written_short() {
        let written = |scale| texts(&chart(12, "War", scale).svg().unwrap());
        assert!(written(1).iter().any(|t| t.text == "900"));
        for scale in [100, 1_000, 10_000] {
            assert!(!written(scale).iter().any(|t| t.text.ends_with('…')), "{scale}");
        }
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let chart = chart(6, "Freeze", 1);
        assert_eq!(chart.svg(), chart.svg());
    }

    #[test]
    fn few_many_and_long_names_are_legible() {
        let long = "A name of an outcome that goes on and on ".repeat(3);
        let hangul = "제한적 타격 또는 심각한 충돌".repeat(4);
        for count in [0, 1, 2, 3, 6, 12] {
            for label in ["War", "Verified, phased denuclearisation", &long, &hangul, "", "<b>&\"'"]
            {
                for scale in [0, 1, 1_000, u64::MAX / 1_000] {
                    assert_legible(&chart(count, label, scale).svg().unwrap());
                }
            }
        }
    }

    #[test]
    fn a_table_that_is_not_square_is_refused() {
        let mut chart = chart(3, "War", 1);
        chart.counts[1].pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
        chart.counts.truncate(1);
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
    }
}
